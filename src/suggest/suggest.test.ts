import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentFromObject, readDocument } from '../document/index.js';
import { createFaker } from '../fake/index.js';
import { createOperations } from '../operation/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { Evidence } from './evidence.js';
import { suggestOverlay } from './suggest.js';

const versions = ['3.1.0', '3.0.3', '2.0'] as const;

function things(schema: JsonObject, responses: JsonObject = {}, version = '3.1.0'): JsonObject {
  const isTwo = version === '2.0';
  const all = { '200': answered(schema, version), ...responses };
  return {
    ...(isTwo ? { swagger: version, produces: ['application/json'] } : { openapi: version }),
    info: { title: 'Things', version: '1' },
    paths: { '/things': { get: { responses: all } } },
  };
}

/** A response with a schema, as a version says it. */
function answered(schema: JsonObject, version = '3.1.0'): JsonObject {
  const said = version === '2.0' ? { schema } : { content: { 'application/json': { schema } } };
  return { description: 'd', ...said };
}

const get = (target = '/things') => ({ method: 'GET', target, headers: {}, body: null });
const json = (value: Json, status = 200, type = 'application/json') => ({
  status,
  headers: { 'content-type': type },
  body: new TextEncoder().encode(JSON.stringify(value)),
});

/** What is suggested after these answers, and how many of those that did not fit do not fit with it. */
async function suggested(document: JsonObject, answers: readonly ReturnType<typeof json>[], target?: string) {
  const evidence = new Evidence(createOperations(documentFromObject(document)));
  for (const answer of answers) evidence.note(get(target), answer, true);
  const overlay = suggestOverlay(evidence);
  const mended = await readDocument(document, overlay === null ? {} : { overlays: [overlay] });
  return { overlay, mended, ...evidence.leftBy(createOperations(mended)) };
}

test('undeclared statuses, media types and parameters are declared, with what was seen', async () => {
  const answers = [
    json({ id: 1, at: '2026-01-01T00:00:00Z' }, 404),
    json({ id: 2, at: '2026-01-02T00:00:00Z', note: null }, 404),
    json({ id: 3, at: '2026-01-03T00:00:00Z' }, 404),
    json('plain', 200, 'text/plain'),
  ];
  const evidence = new Evidence(createOperations(documentFromObject(things({ type: 'object' }))));
  for (const answer of answers) evidence.note(get(), answer, true);
  evidence.note(get('/things?page=2'), json({}), true);
  expect(suggestOverlay(evidence)).toMatchInlineSnapshot(`
    {
      "actions": [
        {
          "description": "The status 404 is not declared: seen 3 times, first in GET /things",
          "target": "$['paths']['/things']['get']",
          "update": {
            "responses": {
              "404": {
                "content": {
                  "application/json": {
                    "schema": {
                      "properties": {
                        "at": {
                          "format": "date-time",
                          "type": "string",
                        },
                        "id": {
                          "type": "integer",
                        },
                        "note": {
                          "type": "null",
                        },
                      },
                      "required": [
                        "id",
                        "at",
                      ],
                      "type": "object",
                    },
                  },
                },
                "description": "Seen, and not described",
              },
            },
          },
          "x-counterproof": {
            "breaking": false,
            "seen": 3,
          },
        },
        {
          "description": "A media type of the answer 200 is not declared: seen once, first in GET /things",
          "target": "$['paths']['/things']['get']['responses']['200']",
          "update": {
            "content": {
              "text/plain": {
                "schema": {
                  "type": "string",
                },
              },
            },
          },
          "x-counterproof": {
            "breaking": false,
            "seen": 1,
          },
        },
        {
          "description": "The query parameter page is sent, and not declared: seen once, first in GET /things?page",
          "target": "$['paths']['/things']['get']",
          "update": {
            "parameters": [
              {
                "in": "query",
                "name": "page",
                "schema": {
                  "type": "integer",
                },
              },
            ],
          },
          "x-counterproof": {
            "breaking": false,
            "seen": 1,
          },
        },
      ],
      "info": {
        "title": "What was seen of document, and is not in it",
        "version": "1.0.0",
      },
      "overlay": "1.0.0",
    }
  `);
});

test('nothing is suggested where all is declared, and of what went wrong in the server', async () => {
  const { overlay } = await suggested(things({ type: 'object' }), [json({}), json({ error: 'x' }, 500)]);
  expect(overlay).toBeNull();
});

test('nothing is suggested for GET of what HEAD was answered', () => {
  const evidence = new Evidence(createOperations(documentFromObject(things({ type: 'object' }))));
  evidence.note({ ...get(), method: 'HEAD' }, { ...json({}, 405), body: null }, true);
  expect(suggestOverlay(evidence)).toBeNull();
});

const member = (schema: JsonObject, rest: JsonObject = {}) => ({
  type: 'object',
  properties: { a: schema },
  required: ['a'],
  ...rest,
});

test.each<[name: string, old: JsonObject, values: Json[]]>([
  ['a type', { type: 'string' }, [1, true]],
  ['an integer', { type: 'integer' }, [1.5]],
  ['null', { type: 'string' }, [null, 'x']],
  ['a list of values', { type: 'string', enum: ['a'] }, ['b', 'c']],
  ['limits', { type: 'integer', minimum: 5, maximum: 6 }, [1, 3, 9]],
  ['lengths', { type: 'string', minLength: 2, maxLength: 3 }, ['', 'abcdef']],
  ['a format', { type: 'string', format: 'uuid' }, ['x']],
  ['a pattern', { type: 'string', pattern: '^a' }, ['x']],
  [
    'a closed object',
    member({ type: 'string' }, { additionalProperties: false }),
    [
      { a: 'x', b: 1 },
      { a: 'x', b: null, c: [] },
    ],
  ],
  ['a required member', member({ type: 'string' }), [{}, { a: 'x' }]],
])('%s that answers do not keep is widened, in every version, wherever it stands', async (name, schema, values) => {
  const nested = member({ type: 'array', items: member(schema) });
  const answers = values.map((value) => json({ a: [{ a: value }] }));
  for (const version of versions) {
    // OpenAPI 2.0 has no null, so that nothing is claimed of it.
    const left = name === 'null' && version === '2.0' ? 1 : 0;
    const shared = version === '2.0' ? 'definitions' : 'components/schemas';
    const referred = things({ $ref: `#/${shared}/A` }, {}, version);
    const documents = [
      things(nested, {}, version),
      things({ allOf: [{ type: 'object' }, nested] }, {}, version),
      {
        ...referred,
        ...(version === '2.0' ? { definitions: { A: nested } } : { components: { schemas: { A: nested } } }),
      },
      things({ type: 'object', additionalProperties: member(member(schema)) }, {}, version),
    ];
    for (const [index, document] of documents.entries()) {
      const own = index < 3 ? answers : values.map((value) => json({ x: { a: { a: value } } }));
      expect(await suggested(document, own)).toMatchObject({ left });
    }
  }
});

const loosened = (_: string, value: unknown) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if ('enum' in value && Array.isArray(value.enum)) return { type: 'string' };
  const { format: __, ...rest } = value as Record<string, unknown>;
  return rest;
};

test('a part that is taken out of a document is put back, by what its server answers', async () => {
  const leaf = fc.constantFrom<JsonObject>(
    { type: 'string' },
    { type: 'string', format: 'date-time' },
    { type: 'integer' },
    { type: 'number' },
    { type: 'boolean' },
    { type: ['string', 'null'] },
    { enum: ['a', 'b'] },
  );
  const schema = fc.letrec<{ node: JsonObject }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      leaf,
      tie('node').map((items): JsonObject => ({ type: 'array', items, minItems: 1 })),
      fc.tuple(fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node'), { minKeys: 1 }), fc.boolean()).map(
        ([properties, all]): JsonObject => ({
          type: 'object',
          properties,
          required: all ? Object.keys(properties) : [],
        }),
      ),
    ),
  })).node;
  await fc.assert(
    fc.asyncProperty(schema, fc.constantFrom(...versions), fc.boolean(), async (right, version, isStatus) => {
      const whole = things({ type: 'object' }, { '404': answered(right) });
      const operations = createOperations(documentFromObject(whole));
      const faker = createFaker(operations.schemas);
      const found = operations.schemas.at(
        '/paths/~1things/get/responses/404/content/application~1json/schema',
        'response',
      );
      const values = Array.from({ length: 12 }, (_, seed) => faker.generate(found, { seed, salt: `${seed}` }));
      const answers = values.flatMap((made) => (made.ok ? [json(made.value, 404)] : []));
      const without = isStatus ? {} : { '404': answered({ type: 'object', required: ['zz'] }, version) };
      const { left, of, mended } = await suggested(things({ type: 'object' }, without, version), answers);
      expect(of).toBeGreaterThan(0);
      expect(left).toBe(0);
      if (!isStatus) return;
      // It is the part that was there: what follows it is allowed by that one, closed lists and formats aside.
      const { schemas } = createOperations(mended);
      const put = schemas.at(found.pointer, 'response');
      const other = createFaker(schemas);
      const plain = operations.schemas.inline(JSON.parse(JSON.stringify(right), loosened), '', 'response');
      for (const made of Array.from({ length: 6 }, (_, seed) => other.generate(put, { seed }))) {
        if (made.ok) expect(plain.validate(made.value, 'body')).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});

test('a query parameter and a media type that are taken out of a document are put back as they were', async () => {
  const value = fc.constantFrom<[JsonObject, readonly string[]]>(
    [{ type: 'integer' }, ['1', '20', '-3']],
    [{ type: 'number' }, ['1', '2.5']],
    [{ type: 'boolean' }, ['true', 'false']],
    [{ type: 'string' }, ['garden', 'a,b', '2x']],
    [{ type: 'string' }, ['7', 'garden', 'true']],
  );
  const name = fc.constantFrom('page', 'filter[name]', 'x-y', "it's");
  const type = fc.constantFrom('application/problem+json', 'application/vnd.things.v2+json');
  const count = { type: 'object', properties: { count: { type: 'integer' } }, required: ['count'] };
  await fc.assert(
    fc.asyncProperty(value, name, type, fc.constantFrom(...versions), async ([schema, texts], key, other, version) => {
      const document = things({ type: 'object' }, {}, version);
      const evidence = new Evidence(createOperations(documentFromObject(document)));
      for (const text of texts) evidence.note(get(`/things?${encodeURIComponent(key)}=${text}`), json({}), true);
      for (const each of [1, 2]) evidence.note(get(), json({ count: each }, 200, other), true);
      const mended = await readDocument(document, { overlays: [suggestOverlay(evidence) ?? {}] });
      const operations = createOperations(mended);
      const [entry] = operations.entries;
      if (entry === undefined) throw new Error('the operation is gone');
      const { parameters, responses } = operations.compile(entry);
      expect(parameters).toMatchObject([{ name: key, in: 'query', required: false }]);
      expect(mended.at(parameters[0]?.schema.pointer ?? '')).toEqual(schema);
      // OpenAPI 2.0 says media types once for all answers.
      if (version === '2.0') return;
      expect(responses[0]?.content.map(({ mediaType }) => mediaType)).toEqual(['application/json', other]);
      expect(mended.at(responses[0]?.content[1]?.schema?.pointer ?? '')).toEqual(count);
      expect(evidence.leftBy(operations).left).toBe(0);
    }),
    { numRuns: 60 },
  );
});

test('nothing that is a secret, or says who a person is, gets into an overlay', async () => {
  const people = ['ada@lovelace.test', 'grace@hopper.test'];
  const answers = Array.from({ length: 40 }, (_, index) =>
    json(
      [{ first_name: index % 2 ? 'Ada' : 'Grace', note: people[index % 2] ?? '', kind: index % 2 ? 'a' : 'b' }],
      202,
    ),
  );
  const secret = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc';
  const { overlay } = await suggested(
    things({ type: 'object' }),
    answers,
    `/things?token=${secret}&mail=ada@lovelace.test`,
  );
  const text = JSON.stringify(overlay);
  expect(text).toContain('"enum":["a","b"]');
  expect(text).not.toMatch(/Ada|Grace|lovelace|hopper|sk_live/);
  expect(text).toContain('GET /things?token&mail');
});

test('a value that a closed list has not is not added to it where it is a secret', async () => {
  const { overlay } = await suggested(things({ type: 'object', properties: { state: { enum: ['open'] } } }), [
    json({ state: 'sk_live_4eC39HqLyjWDarjtT1zdp7dc' }),
  ]);
  expect(JSON.stringify(overlay)).not.toContain('sk_live');
  expect(JSON.stringify(overlay)).toContain('"remove":true');
});

test('a server that the document does not name is suggested, but none of this machine', () => {
  const named = { ...things({ type: 'object' }), servers: [{ url: 'https://api.test/v1' }] };
  const evidence = new Evidence(createOperations(documentFromObject(named)));
  for (const url of ['http://localhost:3000', 'https://api.test/v1']) evidence.noteServer(url);
  expect(suggestOverlay(evidence)).toBeNull();
  evidence.noteServer('https://staging.test/v1');
  expect(suggestOverlay(evidence)?.actions).toMatchObject([
    { target: '$', update: { servers: [{ url: 'https://staging.test/v1' }] } },
  ]);
});

test('a server that answered in a recording as the document declares is suggested with its base path, and no other of the page', () => {
  const named = { ...things({ type: 'object', required: ['id'] }), servers: [{ url: 'https://api.test/v1' }] };
  const evidence = new Evidence(createOperations(documentFromObject(named)));
  const send = (origin: string, target: string, body: Json) => evidence.note(get(target), json(body), true, origin);
  send('http://localhost:3000', '/v1/things', { id: 1 });
  send('https://api.test', '/v1/things', { id: 1 });
  send('https://fonts.test', '/css', { id: 1 });
  send('https://staging.test', '/v1/things', { id: 1 });
  send('https://staging.test', '/v1/things', { id: 2 });
  expect([...evidence.servers].map(([url, { count }]) => [url, count])).toEqual([['https://staging.test/v1', 2]]);
});
