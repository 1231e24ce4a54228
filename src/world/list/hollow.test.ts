import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';

const row = {
  type: 'object',
  required: ['id', 'name'],
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string', maxLength: 20 },
    secret: { type: 'string' },
  },
};

const rows = { type: 'array', items: { $ref: '#/components/schemas/Row' } };

function mockOf(list: Json, schemas: JsonObject = {}) {
  const content = (schema: Json): Json => ({ 'application/json': { schema } });
  const reference = { $ref: '#/components/schemas/Row' };
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Rows', version: '1' },
    paths: {
      '/rows': {
        get: { responses: { 200: { description: '', content: content(list) } } },
        post: {
          requestBody: { content: content(reference) },
          responses: { 201: { description: '', content: content(reference) } },
        },
      },
      '/rows/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: { description: '', content: content(reference) } } },
        delete: { responses: { 204: { description: '' } } },
      },
    },
    components: { schemas: { Row: row, ...schemas } },
  } as never);
  const operations = createOperations(document);
  const mock = createMock({ operations, rows: 3 });
  const match = operations.match('GET', '/rows');
  if (match.kind !== 'operation') throw new Error('there is a list');
  const { schema } = operations.compile(match.entry).responses[0]?.content[0] ?? {};
  return (...names: readonly string[]) => {
    let state: Parameters<typeof mock.answer>[2];
    for (const name of names) {
      const body = new TextEncoder().encode(JSON.stringify({ name }));
      const headers = { 'content-type': 'application/json' };
      state = mock.answer({ method: 'POST', target: '/rows', headers, body }, undefined, state).next?.state;
    }
    const answer = mock.answer({ method: 'GET', target: '/rows', headers: {}, body: null }, undefined, state);
    const value = JSON.parse(String(answer.body)) as Json;
    return { value, text: answer.body, isValid: schema?.accepts(value), said: answer.headers.Counterproof };
  };
}

const namesIn = (value: Json): Json[] => (value as { name: Json }[]).map(({ name }) => name);

describe('a list whose rows are looked at one by one', () => {
  it.each<[string, Json, JsonObject?]>([
    ['as it is', rows],
    ['that has bounds', { ...rows, minItems: 1, maxItems: 10, description: 'Rows' }],
    ['behind a reference', { $ref: '#/components/schemas/Rows' }, { Rows: rows }],
  ])('%s shows what was made, and is the JSON of its value', (_, list, schemas) => {
    const { value, text, isValid, said } = mockOf(list, schemas)('One', 'Two');
    expect(namesIn(value).slice(0, 2)).toEqual(['Two', 'One']);
    expect(text).toBe(JSON.stringify(value));
    expect(isValid).toBe(true);
    expect(said).toContain('source=state');
  });

  it('shows of them what its own schema knows, in an envelope that says how many there are', () => {
    const brief = {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'name'],
      properties: { id: row.properties.id, name: row.properties.name },
    };
    const { value, text, isValid } = mockOf({
      allOf: [{ type: 'object', required: ['total'], properties: { total: { type: 'integer' } } }],
      type: 'object',
      required: ['data'],
      properties: { data: { type: 'array', items: brief }, secret: { type: 'string', writeOnly: false } },
    })('One');
    expect(value).toMatchObject({ total: 4, data: [{ name: 'One' }, {}, {}, {}] });
    expect(Object.keys((value as { data: JsonObject[] }).data[0] ?? {})).not.toContain('secret');
    expect(text).toBe(JSON.stringify(value));
    expect(isValid).toBe(true);
  });
});

describe('a list whose schema says something of all rows together', () => {
  it.each<[string, Json, readonly string[]]>([
    ['that there are not so many', { ...rows, maxItems: 3 }, ['One', 'Two']],
    ['that one is like this', { ...rows, contains: { properties: { name: { const: 'One' } } } }, ['One']],
    ['that the first is another', { ...rows, prefixItems: [{ required: ['secret'] }] }, ['One']],
    ['that no two are alike', { ...rows, uniqueItems: true }, ['One', 'One']],
    ['what depends on something else', { ...rows, if: { minItems: 5 }, else: { maxItems: 3 } }, ['One']],
  ])('%s: is valid, whatever was made before', (_, list, made) => {
    expect(mockOf(list)(...made).isValid).toBe(true);
  });
});
