import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { Json } from '../text/value.js';
import { createMock } from './index.js';

it('lets rows that vary a large one name what it names, and show no more of it', () => {
  const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
  const answered = (schema: Json): Json => ({ 200: { description: '', content: { 'application/json': { schema } } } });
  const texts = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`text${index}`, { type: 'string', minLength: 500 }]),
  );
  const owners = Object.fromEntries(
    Array.from({ length: 8 }, (_, index) => [`owner${index}`, { anyOf: [{ type: 'string' }, reference('Owner')] }]),
  );
  const properties = { id: { type: 'integer' }, ...texts, ...owners };
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: {
      '/things': { get: { responses: answered({ type: 'array', items: reference('Thing') }) } },
      '/things/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: answered(reference('Thing')) },
      },
    },
    components: {
      schemas: {
        Thing: { type: 'object', required: Object.keys(properties), properties },
        Owner: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
      },
    },
  } as never);
  const { answer } = createMock({ operations: createOperations(document), rows: 12 });
  const rows = JSON.parse(String(answer({ method: 'GET', target: '/things', headers: {}, body: null }).body));
  expect(rows).toHaveLength(12);
  const shapes = rows.map((row: Record<string, Json>) =>
    Object.keys(owners)
      .map((name) => typeof row[name])
      .join(),
  );
  expect(new Set(shapes).size).toBeGreaterThan(1);
  // Three are made, the others vary them.
  expect(shapes.slice(3)).toEqual(shapes.slice(3).map((_: string, index: number) => shapes[index % 3]));
});
