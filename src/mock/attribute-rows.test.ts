import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, inPath, list, object, ref, text } from './library/document.js';

test('resource objects differ in their attributes, and not by their keys alone', () => {
  const moment = { type: 'string', format: 'date-time' };
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Recipes', version: '1' },
    components: {
      schemas: {
        Recipe: object({
          type: { const: 'recipes' },
          id: text,
          attributes: object({
            title: text,
            level: { type: 'string', enum: ['easy', 'hard'] },
            served: { type: ['integer', 'null'], minimum: 1 },
            createdAt: moment,
            updatedAt: moment,
          }),
        }),
      },
    },
    paths: {
      '/recipes': { get: { responses: { 200: answer(object({ data: list(ref('Recipe')) })) } } },
      '/recipes/{id}': {
        parameters: [inPath('id')],
        get: { responses: { 200: answer(object({ data: ref('Recipe') })) } },
      },
    },
  });
  const { data } = mock.read('GET', '/recipes') as { data: { id: string; attributes: Record<string, string> }[] };
  expect(data.length).toBe(25);
  expect(new Set(data.map(({ attributes }) => attributes.createdAt)).size).toBe(25);
  for (const { id, attributes } of data) {
    expect(String(attributes.createdAt) <= String(attributes.updatedAt)).toBe(true);
    expect(mock.read('GET', `/recipes/${id}`).data.attributes).toEqual(attributes);
  }
});
