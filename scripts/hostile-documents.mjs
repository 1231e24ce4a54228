// Documents that are hard on whoever reads them, made up after the grammar of OpenAPI and JSON Schema: each kind is a function of
// its size. `node scripts/hostile-documents.mjs KIND [SIZE] > document.json`, and without KIND the list of kinds.
// `scripts/stalls.mjs` measures what they cost.
import { pathToFileURL } from 'node:url';
import { kinds as large } from './large-documents.mjs';

const list = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const named = (count, make) => Object.fromEntries(list(count, make));
const json = (schema) => ({ content: { 'application/json': { schema } } });
const answers = (schema) => ({ 200: { description: 'ok', ...json(schema) } });
const reference = (name) => ({ $ref: `#/components/schemas/${name}` });
const described = (paths, components = {}, more = {}) => ({
  openapi: '3.1.0',
  info: { title: 'Hostile', version: '1' },
  paths,
  components,
  ...more,
});

/** A schema on both ways: what is answered, and what is sent. */
const both = (schema, schemas = {}) =>
  described(
    {
      '/a': {
        get: { operationId: 'readA', responses: answers(schema) },
        post: { operationId: 'makeA', requestBody: { required: true, ...json(schema) }, responses: answers(schema) },
      },
    },
    { schemas },
  );

/** Parameters of one operation. */
const asked = (parameters) =>
  described({ '/a': { get: { operationId: 'a', parameters, responses: answers({ type: 'object' }) } } });
const query = (name, schema, more = {}) => ({ name, in: 'query', schema, ...more });
const word = 'Read the properties and relationships of this object. ';

export const kinds = {
  ...large,
  // Members
  exclusiveRequired: (count = 44) =>
    both({
      type: 'object',
      properties: named(count, (at) => [`m${at}`, { type: 'integer' }]),
      required: list(count, (at) => `m${at}`),
      allOf: list(count - 1, (at) => ({ not: { required: [`m${at}`, `m${at + 1}`] } })),
    }),
  optionalWeb: (count = 44) =>
    both({
      type: 'object',
      properties: named(count, (at) => [`m${at}`, { type: 'integer' }]),
      anyOf: list(count, (at) => ({ required: [`m${at}`], not: { required: [`m${(at + 1) % count}`] } })),
      minProperties: Math.floor(count / 2),
    }),
  manyKeys: (count = 43) =>
    both({
      type: 'object',
      required: list(count, (at) => `key${at}`),
      properties: named(count, (at) => [
        `key${at}`,
        [
          { type: 'string', minLength: 3, maxLength: 9, pattern: '^[a-z]+$' },
          { type: 'integer', minimum: 1, maximum: 99, multipleOf: 3 },
          { type: 'array', minItems: 1, maxItems: 4, uniqueItems: true, items: { enum: ['a', 'b', 'c', 'd', 'e'] } },
          { oneOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
        ][at % 4],
      ]),
    }),
  dependentWeb: (count = 60) =>
    both({
      type: 'object',
      required: ['m0'],
      properties: named(count, (at) => [`m${at}`, { type: 'string' }]),
      dependentSchemas: named(count, (at) => [
        `m${at}`,
        { required: [`m${(at * 7 + 1) % count}`], properties: { [`m${(at * 5 + 2) % count}`]: { minLength: at % 9 } } },
      ]),
    }),
  patternMembers: (count = 2000) =>
    both({
      type: 'object',
      minProperties: 50,
      patternProperties: named(count, (at) => [`^p${at}[a-z]{1,${(at % 9) + 1}}$`, { type: 'integer', minimum: at }]),
      additionalProperties: false,
    }),
  overlappingPatterns: (count = 60) =>
    both({
      type: 'object',
      minProperties: 20,
      patternProperties: named(count, (at) => [`[a-z]{${at}}`, { type: 'integer', maximum: 1000 - at }]),
    }),
  namesThatBacktrack: (count = 30) =>
    both({
      type: 'object',
      minProperties: count,
      propertyNames: { pattern: '^([a-z]+)+$', minLength: 25, maxLength: 40 },
      additionalProperties: { type: 'string', pattern: '^(([a-z0-9]+)*\\s?)+$', minLength: 20 },
    }),
  unevaluatedWeb: (count = 14) =>
    both({
      type: 'object',
      allOf: list(count, (at) => ({
        anyOf: [
          { required: [`a${at}`], properties: { [`a${at}`]: { type: 'integer' } } },
          { required: [`b${at}`], properties: { [`b${at}`]: { type: 'string' } } },
        ],
      })),
      unevaluatedProperties: false,
    }),
  exclusiveWeb: (count = 12) =>
    both({
      type: 'object',
      allOf: list(count, (at) => ({
        oneOf: list(3, (branch) => ({
          required: [`v${at}`],
          properties: { [`v${at}`]: { const: branch }, [`v${(at + 1) % count}`]: { not: { const: branch } } },
        })),
      })),
    }),
  closedBranches: (count = 200) =>
    both({
      oneOf: list(count, (at) => ({
        type: 'object',
        required: ['kind', `of${at}`],
        additionalProperties: false,
        properties: { kind: { type: 'string' }, [`of${at}`]: { type: 'string' }, shared: { type: 'integer' } },
      })),
    }),
  // Numbers
  interactingBounds: (count = 34) =>
    both({
      type: 'object',
      required: list(count, (at) => `n${at}`),
      properties: named(count, (at) => [
        `n${at}`,
        {
          type: at % 2 ? 'integer' : 'number',
          allOf: [
            { multipleOf: 3 + (at % 5) },
            { multipleOf: 7 + (at % 3) },
            { minimum: at * 11 + 1 },
            { exclusiveMaximum: at * 11 + 4000 },
            { not: { multipleOf: 2 + (at % 4) * 11 } },
          ],
        },
      ]),
    }),
  primeMultiples: (count = 12) =>
    both({
      type: 'integer',
      allOf: [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37].slice(0, count).map((multipleOf) => ({ multipleOf })),
      minimum: 1,
      maximum: 1e12,
    }),
  forbiddenNumbers: (count = 5000) =>
    both({ type: 'integer', minimum: 0, maximum: count, not: { enum: list(count, (at) => at) } }),
  tinySteps: () =>
    both({ type: 'number', multipleOf: 1e-300, minimum: 1e-299, maximum: 1e300, not: { multipleOf: 2e-300 } }),
  // Lists
  tuple: (count = 20_000) =>
    both({
      type: 'array',
      minItems: count,
      prefixItems: list(count, (at) => ({ type: at % 2 ? 'string' : 'integer' })),
      items: false,
    }),
  deepItems: (depth = 500) => {
    const to = (level) => (level < depth ? reference(`L${level}`) : { type: 'integer' });
    return both(
      to(0),
      named(depth, (level) => [`L${level}`, { type: 'array', minItems: 1, items: to(level + 1) }]),
    );
  },
  doublingItems: (depth = 24) => {
    let schema = { type: 'integer' };
    for (let level = 0; level < depth; level++) schema = { type: 'array', minItems: 2, items: schema };
    return both(schema);
  },
  containsWeb: (count = 60) =>
    both({
      type: 'array',
      minItems: 5,
      maxItems: 70,
      items: { type: 'integer', minimum: 0, maximum: 1000 },
      allOf: list(count, (at) => ({ contains: { multipleOf: at + 2 }, minContains: 1, maxContains: 40 })),
    }),
  hugeMinItems: (count = 1_000_000) =>
    both({
      type: 'array',
      minItems: count,
      items: { type: 'object', required: ['a', 'b'], properties: { a: { type: 'string' }, b: { type: 'integer' } } },
    }),
  hugeMinLength: (count = 10_000_000) =>
    both({ type: 'object', required: ['a'], properties: { a: { type: 'string', minLength: count } } }),
  distinctObjects: (count = 300) =>
    both({
      type: 'array',
      minItems: count,
      uniqueItems: true,
      items: {
        type: 'object',
        required: ['a', 'b'],
        properties: {
          a: { type: 'integer', minimum: 0, maximum: 17 },
          b: { type: 'integer', minimum: 0, maximum: 17 },
        },
        additionalProperties: false,
      },
    }),
  // Applicators
  allOfChain: (count = 5000) =>
    both(
      reference('C0'),
      named(count, (at) => [
        `C${at}`,
        at + 1 < count
          ? { allOf: [reference(`C${at + 1}`)] }
          : { type: 'object', properties: { a: { type: 'string' } } },
      ]),
    ),
  referenceChain: (count = 5000) =>
    both(
      reference('C0'),
      named(count, (at) => [`C${at}`, at + 1 < count ? reference(`C${at + 1}`) : { type: 'string' }]),
    ),
  allOfWide: (count = 5000) =>
    both({
      allOf: list(count, (at) => ({
        type: 'object',
        properties: { [`m${at}`]: { type: 'integer' } },
        required: [`m${at}`],
      })),
    }),
  nots: (depth = 400) => {
    let schema = { type: 'integer' };
    for (let level = 0; level < depth; level++) schema = { not: schema };
    return both(schema);
  },
  notWebs: (depth = 12) => {
    let schema = { required: ['z'] };
    for (let level = 0; level < depth; level++)
      schema = {
        not: {
          anyOf: [
            schema,
            { required: [`a${level}`] },
            { not: { properties: { [`b${level}`]: { const: level } }, required: [`b${level}`] } },
          ],
        },
      };
    return both({ type: 'object', ...schema });
  },
  ifLadder: (depth = 300) => {
    let schema = { required: ['last'] };
    for (let level = 0; level < depth; level++)
      schema = {
        if: { properties: { kind: { const: `k${level}` } } },
        // biome-ignore lint/suspicious/noThenProperty: the keyword's name
        then: { required: [`of${level}`] },
        else: schema,
      };
    return both({ type: 'object', required: ['kind'], properties: { kind: { type: 'string' } }, ...schema });
  },
  discriminators: (count = 1000) =>
    both(
      {
        oneOf: list(count, (at) => reference(`Kind${at}`)),
        discriminator: {
          propertyName: 'kind',
          mapping: named(count, (at) => [`k${at}`, `#/components/schemas/Kind${at}`]),
        },
      },
      named(count, (at) => [
        `Kind${at}`,
        {
          type: 'object',
          required: ['kind'],
          properties: { kind: { const: `k${at}` }, [`m${at}`]: { type: 'integer' } },
        },
      ]),
    ),
  fanOut: (count = 30) =>
    both(
      reference('N0'),
      named(count, (at) => [
        `N${at}`,
        {
          type: 'object',
          required: ['id', 'next'],
          properties: {
            id: { type: 'integer' },
            next: { type: 'array', items: reference(`N${(at + 1) % count}`) },
            ...named(count, (to) => [`to${to}`, reference(`N${to}`)]),
          },
        },
      ]),
    ),
  requiredFanOut: (depth = 12) =>
    both(
      reference('N0'),
      named(depth, (at) => [
        `N${at}`,
        at + 1 < depth
          ? {
              type: 'object',
              required: ['a', 'b', 'c'],
              properties: { a: reference(`N${at + 1}`), b: reference(`N${at + 1}`), c: reference(`N${at + 1}`) },
            }
          : { type: 'string' },
      ]),
    ),
  recursiveUnion: (count = 20) =>
    both(reference('E'), {
      E: {
        oneOf: [
          ...list(count, (at) => ({
            type: 'object',
            required: [`op${at}`, 'left', 'right'],
            properties: { [`op${at}`]: { const: at }, left: reference('E'), right: reference('E') },
          })),
          { type: 'integer' },
        ],
      },
    }),
  // Sizes
  hugeEnum: (count = 100_000) =>
    both({
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'string', enum: list(count, (at) => `value ${at}`) } },
    }),
  hugeEnums: (count = 20_000) =>
    both({ allOf: list(5, (from) => ({ enum: list(count, (at) => `value ${at + from * 100}`) })) }),
  hugeConst: (count = 100_000) => both({ const: list(count, (at) => ({ id: at, name: `name ${at}` })) }),
  fakerCounts: (count = 1e9) =>
    both({
      type: 'object',
      required: ['a', 'b', 'c', 'd'],
      properties: {
        a: { type: 'string', 'x-faker': { 'git.commitSha': { length: count } } },
        b: {
          type: 'array',
          items: { type: 'string' },
          'x-faker': { 'date.betweens': { from: '2020-01-01', to: '2021-01-01', count } },
        },
        c: { type: 'string', 'x-faker': { 'helpers.fake': ['{{lorem.paragraphs(1000000)}}'] } },
        d: { type: 'string', 'x-faker': { 'lorem.words': count } },
      },
    }),
  largeExample: (bytes = 5_000_000) => {
    const document = both({ type: 'array', items: { type: 'object' } });
    document.paths['/a'].get.responses[200].content['application/json'].example = list(
      Math.floor(bytes / 40),
      (at) => ({ id: at, name: `thing number ${at}` }),
    );
    return document;
  },
  largeDescription: (bytes = 5_000_000) =>
    both({
      type: 'object',
      description: word.repeat(bytes / word.length),
      properties: { a: { type: 'string', description: word.repeat(1000) } },
    }),
  largePattern: (groups = 5000) =>
    both({
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'string', pattern: `^${'(a|b)'.repeat(groups)}$` } },
    }),
  repeatedPattern: (count = 1000) =>
    both({
      type: 'object',
      required: ['a'],
      properties: { a: { type: 'string', pattern: `^([a-z]{1,${count}}[0-9]{1,${count}})$` } },
    }),
  manyPatterns: (count = 12) =>
    both({
      type: 'string',
      allOf: list(count, (at) => ({ pattern: `[${String.fromCharCode(97 + at)}x]` })),
      minLength: 3,
      maxLength: 20,
    }),
  // Operations
  operations: (count = 10_000) =>
    described(
      named(count, (at) => [
        `/things${at}/{id}`,
        {
          get: {
            operationId: `op${at}`,
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
            responses: answers(reference('Thing')),
          },
        },
      ]),
      {
        schemas: {
          Thing: {
            type: 'object',
            required: ['id'],
            properties: { id: { type: 'integer' }, name: { type: 'string' } },
          },
        },
      },
    ),
  parameters: (count = 10_000) => asked(list(count, (at) => query(`p${at}`, { type: at % 2 ? 'string' : 'integer' }))),
  requiredParameters: (count = 1000) =>
    asked(
      list(count, (at) =>
        query(`p${at}`, { type: at % 2 ? 'string' : 'integer', minimum: 1, maxLength: 9 }, { required: true }),
      ),
    ),
  boundedParameters: (count = 39) =>
    asked(
      list(count, (at) =>
        query(
          `p${at}`,
          [
            { type: 'integer', minimum: 1, maximum: 100, multipleOf: 3 },
            { type: 'string', minLength: 2, maxLength: 9, pattern: '^[a-z]+$' },
            { type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 1, maxItems: 3, uniqueItems: true },
            { type: 'number', exclusiveMinimum: 0, maximum: 1 },
          ][at % 4],
          { required: at % 2 === 0 },
        ),
      ),
    ),
  pathSegments: (count = 5000) =>
    described({ [`/${'a/'.repeat(count)}b`]: { get: { operationId: 'a', responses: answers({ type: 'string' }) } } }),
  templatedSegments: (count = 1000) =>
    described({
      [list(count, (at) => `/s${at}/{p${at}}`).join('')]: {
        parameters: list(count, (at) => ({ name: `p${at}`, in: 'path', required: true, schema: { type: 'integer' } })),
        get: { operationId: 'a', responses: answers({ type: 'string' }) },
      },
    }),
  ambiguousPaths: (count = 12) =>
    described(
      named(2 ** Math.min(count, 12), (bits) => [
        list(count, (at) => (bits & (1 << at) ? '/x' : `/{p${at}}`)).join(''),
        {
          parameters: list(count, (at) => at)
            .filter((at) => !(bits & (1 << at)))
            .map((at) => ({ name: `p${at}`, in: 'path', required: true, schema: { type: 'string' } })),
          get: { operationId: `op${bits}`, responses: answers({ type: 'string' }) },
        },
      ]),
    ),
  links: (count = 3000) => {
    const document = described({
      '/a': {
        post: { operationId: 'makeA', responses: answers({ type: 'object', properties: { id: { type: 'integer' } } }) },
      },
      '/a/{id}': {
        get: {
          operationId: 'readA',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: answers({ type: 'object', properties: { id: { type: 'integer' } } }),
        },
      },
    });
    document.paths['/a'].post.responses[200].links = named(count, (at) => [
      `link${at}`,
      { operationId: 'readA', parameters: { id: '$response.body#/id' } },
    ]);
    return document;
  },
  callbacks: (count = 3000) => {
    const document = both({ type: 'object', properties: { url: { type: 'string', format: 'uri' } } });
    document.paths['/a'].post.callbacks = named(count, (at) => [
      `on${at}`,
      {
        [`{$request.body#/url}/${at}`]: {
          post: { requestBody: json({ type: 'object' }), responses: { 200: { description: 'ok' } } },
        },
      },
    ]);
    return document;
  },
  webhooks: (count = 3000) =>
    described(
      { '/a': { get: { operationId: 'a', responses: answers({ type: 'string' }) } } },
      {},
      {
        webhooks: named(count, (at) => [
          `hook${at}`,
          {
            post: {
              operationId: `hook${at}`,
              requestBody: json({ type: 'object', properties: { a: { type: 'string' } } }),
              responses: { 200: { description: 'ok' } },
            },
          },
        ]),
      },
    ),
  serverVariables: (count = 3000) =>
    described(
      { '/a': { get: { operationId: 'a', responses: answers({ type: 'string' }) } } },
      {},
      {
        servers: [
          {
            url: `https://example.com${list(count, (at) => `/{v${at}}`).join('')}`,
            variables: named(count, (at) => [`v${at}`, { default: `d${at}`, enum: [`d${at}`, `e${at}`] }]),
          },
        ],
      },
    ),
  servers: (count = 3000) =>
    described(
      { '/a': { get: { operationId: 'a', responses: answers({ type: 'string' }) } } },
      {},
      { servers: list(count, (at) => ({ url: `https://host${at}.example.com/v${at}` })) },
    ),
  security: (count = 3000) =>
    described(
      { '/a': { get: { operationId: 'a', responses: answers({ type: 'string' }) } } },
      { securitySchemes: named(count, (at) => [`s${at}`, { type: 'apiKey', in: 'header', name: `X-Key-${at}` }]) },
      { security: list(count, (at) => ({ [`s${at}`]: [] })) },
    ),
  securityTogether: (count = 300) =>
    described(
      { '/a': { get: { operationId: 'a', responses: answers({ type: 'string' }) } } },
      { securitySchemes: named(count, (at) => [`s${at}`, { type: 'apiKey', in: 'header', name: `X-Key-${at}` }]) },
      { security: [named(count, (at) => [`s${at}`, []])] },
    ),
  responses: (count = 400) =>
    described({
      '/a': {
        get: {
          operationId: 'a',
          responses: named(count, (at) => [
            String(200 + at),
            {
              description: 'x',
              headers: named(20, (name) => [`X-H${name}`, { schema: { type: 'string', minLength: 3 } }]),
              ...json({ type: 'object', properties: { a: { type: 'string' } } }),
            },
          ]),
        },
      },
    }),
  mediaTypes: (count = 3000) =>
    described({
      '/a': {
        post: {
          operationId: 'a',
          requestBody: {
            content: named(count, (at) => [`application/vnd.kind${at}+json`, { schema: { type: 'object' } }]),
          },
          responses: {
            200: {
              description: 'ok',
              content: named(count, (at) => [
                `application/vnd.kind${at}+json`,
                { schema: { type: 'object', properties: { a: { type: 'integer' } } } },
              ]),
            },
          },
        },
      },
    }),
  // Things
  nestedLists: (depth = 6) => {
    const paths = {};
    let path = '';
    const schemas = {};
    for (let level = 0; level < depth; level++) {
      const ids = list(level, (at) => ({ name: `l${at}Id`, in: 'path', required: true, schema: { type: 'string' } }));
      path += `/l${level}s`;
      schemas[`L${level}`] = {
        type: 'object',
        required: ['id', 'name'],
        properties: {
          id: { type: 'string' },
          name: { type: 'string' },
          ...(level + 1 < depth && {
            [`l${level + 1}s`]: {
              type: 'object',
              required: ['data', 'has_more'],
              properties: { data: { type: 'array', items: reference(`L${level + 1}`) }, has_more: { type: 'boolean' } },
            },
          }),
          parent: level === 0 ? { type: 'string' } : { anyOf: [{ type: 'string' }, reference(`L${level - 1}`)] },
        },
      };
      paths[path] = {
        parameters: ids,
        get: {
          operationId: `list${level}`,
          responses: answers({
            type: 'object',
            required: ['data', 'has_more'],
            properties: { data: { type: 'array', items: reference(`L${level}`) }, has_more: { type: 'boolean' } },
          }),
        },
        post: {
          operationId: `make${level}`,
          requestBody: json(reference(`L${level}`)),
          responses: answers(reference(`L${level}`)),
        },
      };
      path += `/{l${level}Id}`;
      paths[path] = {
        parameters: [...ids, { name: `l${level}Id`, in: 'path', required: true, schema: { type: 'string' } }],
        get: { operationId: `read${level}`, responses: answers(reference(`L${level}`)) },
      };
    }
    return described(paths, { schemas });
  },
  wideRows: (count = 300) => {
    const thing = {
      type: 'object',
      required: ['id'],
      properties: {
        id: { type: 'integer' },
        ...named(count, (at) => [
          `list${at}`,
          {
            type: 'array',
            minItems: 3,
            items: {
              type: 'object',
              required: ['id'],
              properties: {
                id: { type: 'integer' },
                name: { type: 'string' },
                email: { type: 'string', format: 'email' },
              },
            },
          },
        ]),
      },
    };
    return described(
      {
        '/things': {
          get: { operationId: 'list', responses: answers({ type: 'array', items: reference('Thing') }) },
          post: {
            operationId: 'make',
            requestBody: json(reference('Thing')),
            responses: { 201: answers(reference('Thing'))[200] },
          },
        },
        '/things/{id}': {
          get: {
            operationId: 'read',
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
            responses: answers(reference('Thing')),
          },
        },
      },
      { schemas: { Thing: thing } },
    );
  },
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [kind, ...sizes] = process.argv.slice(2);
  if (Object.hasOwn(kinds, kind ?? '')) console.log(JSON.stringify(kinds[kind](...sizes.map(Number))));
  else console.log(Object.keys(kinds).join('\n'));
}
