// Large documents and hard ones, made up: `node scripts/large-documents.mjs KIND > document.json`, and without KIND the
// list of kinds. `scripts/first-answers.mjs` measures them.
import { pathToFileURL } from 'node:url';
import { readOptions } from './options.mjs';

const response = (schema) => ({ 200: { description: 'ok', content: { 'application/json': { schema } } } });
const body = (schema) => ({ content: { 'application/json': { schema } } });
const reference = (name) => ({ $ref: `#/components/schemas/${name}` });
const named = (count, make) => Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));
const described = (paths, schemas = {}) => ({
  openapi: '3.1.0',
  info: { title: 'Large', version: '1' },
  paths,
  components: { schemas },
});
const oneAnswer = (schema) => described({ '/a': { get: { operationId: 'a', responses: response(schema) } } });

/** The same numbers each time (mulberry32). */
function numbers(seed) {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
  };
}

/** Every schema knows many others, as in the descriptions of large services. */
function dense(paths = 3000, schemas = 1500, links = 12) {
  const next = numbers(1);
  const name = (index) => `Model${index}`;
  const components = named(schemas, (index) => {
    const properties = {
      id: { type: 'string', format: 'uuid' },
      name: { type: 'string', minLength: 1, maxLength: 80 },
      createdAt: { type: 'string', format: 'date-time' },
      count: { type: 'integer', minimum: 0 },
      state: { type: 'string', enum: ['draft', 'open', 'closed'] },
    };
    for (let link = 0; link < links; link++) {
      const to = reference(name(next(schemas)));
      properties[`link${link}`] = [to, { type: 'array', items: to }, { anyOf: [to, { type: 'null' }] }][link % 3];
    }
    return [name(index), { type: 'object', required: ['id', 'name'], properties }];
  });
  return described(
    named(paths, (index) => {
      const model = reference(name(index % schemas));
      const post = { operationId: `make${index}`, requestBody: body(model), responses: response(model) };
      return [
        `/things${index}`,
        index % 3 === 2 ? { post } : { get: { operationId: `read${index}`, responses: response(model) } },
      ];
    }),
    components,
  );
}

/** Entities that inherit, point at each other and have discriminators, with long descriptions. */
function entities(types = 3200) {
  const next = numbers(2);
  const text = 'Read the properties and relationships of this object, and of those that it is related to. '.repeat(4);
  const name = (index) => `service.entity${index}`;
  const components = named(types, (index) => {
    const base = reference(index % 7 === 0 ? 'service.entity' : name(index - (index % 7)));
    const properties = named(14, (at) => {
      const to = reference(name(next(types)));
      const nullable = { anyOf: [to, { type: 'object', nullable: true }], description: text };
      const scalar = { type: ['string', 'null'], description: text };
      const list = { type: 'array', items: to, description: text, 'x-navigation': true };
      return [`member${at}`, [scalar, nullable, list, { type: 'boolean', description: text }][at % 4]];
    });
    const own = {
      title: name(index),
      type: 'object',
      required: ['@type'],
      properties: { ...properties, '@type': { type: 'string' } },
    };
    return [name(index), { allOf: [base, own] }];
  });
  components['service.entity'] = {
    type: 'object',
    required: ['@type'],
    properties: { id: { type: 'string' }, '@type': { type: 'string' } },
    discriminator: {
      propertyName: '@type',
      mapping: named(types, (index) => [`#${name(index)}`, `#/components/schemas/${name(index)}`]),
    },
  };
  const paths = named(types, (index) => {
    const model = reference(name(index));
    const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' }, description: text };
    const query = named(4, (at) => [
      at,
      { name: `$query${at}`, in: 'query', schema: { type: 'array', items: { type: 'string' } }, description: text },
    ]);
    const parameters = [id, ...Object.values(query)];
    return [
      `/entities${index}/{id}`,
      {
        get: { operationId: `get${index}`, description: text, parameters, responses: response(model) },
        patch: {
          operationId: `patch${index}`,
          description: text,
          parameters: [id],
          requestBody: body(model),
          responses: response(model),
        },
      },
    ];
  });
  return described(paths, components);
}

/** Schemas that all know each other. */
function clique(size = 10) {
  const name = (index) => `Node${index}`;
  const others = (own) => Array.from({ length: size }, (_, index) => index).filter((index) => index !== own);
  const components = named(size, (own) => {
    const members = Object.fromEntries(others(own).map((index) => [`to${index}`, reference(name(index))]));
    return [
      name(own),
      { type: 'object', properties: { id: { type: 'integer' }, name: { type: 'string' }, ...members } },
    ];
  });
  const post = { operationId: 'make', requestBody: body(reference(name(0))), responses: response(reference(name(1))) };
  return described({ '/nodes': { post } }, components);
}

function wide(members = 20_000) {
  return oneAnswer({
    type: 'object',
    properties: named(members, (index) => [`member${index}`, { type: index % 2 ? 'string' : 'integer' }]),
  });
}

function required(members = 20_000) {
  const names = Array.from({ length: members }, (_, index) => `member${index}`);
  return oneAnswer({
    type: 'object',
    required: names,
    properties: named(members, (index) => [names[index], { type: index % 2 ? 'string' : 'integer' }]),
  });
}

function distinct(items = 300) {
  return oneAnswer({
    type: 'array',
    uniqueItems: true,
    minItems: items,
    items: { type: 'integer', minimum: 1, maximum: items },
  });
}

/** Levels of `oneOf` with as many branches each, which all lead on to the next. */
function nestedOneOf(depth = 12, branches = 3) {
  const components = named(depth, (level) => {
    const inner = level + 1 < depth ? reference(`Level${level + 1}`) : { type: 'string' };
    const branch = (index) => ({
      type: 'object',
      required: [`at${level}`],
      properties: { [`at${level}`]: { const: index } },
      allOf: [inner],
    });
    return [`Level${level}`, { oneOf: Array.from({ length: branches }, (_, index) => branch(index)) }];
  });
  return described({ '/a': { get: { operationId: 'a', responses: response(reference('Level0')) } } }, components);
}

/** Twice the same, as often as is said, for what cannot be. */
function doubledAnyOf(times = 18) {
  const components = named(times, (level) => {
    const inner = level + 1 < times ? reference(`Level${level + 1}`) : { type: 'string' };
    return [`Level${level}`, { anyOf: [inner, { allOf: [inner] }] }];
  });
  const answer = { type: 'integer', allOf: [reference('Level0')] };
  return described({ '/a': { get: { operationId: 'a', responses: response(answer) } } }, components);
}

/** Clauses of three of some variables, of which an assignment satisfies all. */
function clauses(variables = 5, count = 20) {
  const next = numbers(3);
  const truth = Array.from({ length: variables }, () => next(2) === 1);
  const literal = (at, wanted) => ({ required: [`v${at}`], properties: { [`v${at}`]: { const: wanted } } });
  const allOf = Array.from({ length: count }, () => {
    const three = Array.from({ length: 3 }, () => next(variables));
    return { anyOf: three.map((at, index) => literal(at, index === 0 ? truth[at] : next(2) === 1)) };
  });
  return oneAnswer({
    type: 'object',
    properties: named(variables, (at) => [`v${at}`, { type: 'boolean' }]),
    required: Array.from({ length: variables }, (_, at) => `v${at}`),
    allOf,
  });
}

function conditions(count = 20) {
  const allOf = Array.from({ length: count }, (_, index) => ({
    if: { properties: { kind: { const: `kind${index}` } }, required: ['kind'] },
    // biome-ignore lint/suspicious/noThenProperty: the keyword's name
    then: { required: [`of${index}`] },
  }));
  const properties = named(count, (index) => [`of${index}`, { type: 'string' }]);
  return oneAnswer({
    type: 'object',
    required: ['kind'],
    properties: {
      kind: { type: 'string', enum: Array.from({ length: count }, (_, index) => `kind${index}`) },
      ...properties,
    },
    allOf,
  });
}

function manyBranches(branches = 1600) {
  return oneAnswer({
    oneOf: Array.from({ length: branches }, (_, index) => ({
      type: 'object',
      required: ['kind'],
      properties: { kind: { const: `kind${index}` } },
    })),
  });
}

export const kinds = {
  dense,
  entities,
  clique,
  wide,
  required,
  distinct,
  nestedOneOf,
  doubledAnyOf,
  clauses,
  conditions,
  manyBranches,
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const {
    positionals: [kind, ...sizes],
  } = readOptions(import.meta.url, { allowPositionals: true });
  if (Object.hasOwn(kinds, kind ?? '')) console.log(JSON.stringify(kinds[kind](...sizes.map(Number))));
  else console.log(Object.keys(kinds).join('\n'));
}
