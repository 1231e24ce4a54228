import fc from 'fast-check';
import { expect, it } from 'vitest';
import { documentFromText } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import { findingResources, findResources } from './finding.js';

/** So many collections, each with things below. */
const text = `openapi: 3.1.0
info: { title: T, version: '1' }
paths:
${Array.from(
  { length: 6 },
  (_, index) => `  /things${index}:
    get: { responses: { 200: { description: Y, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } } } } }
    post: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }, responses: { 201: { description: Y } } }
  /things${index}/{thingId}:
    parameters: [{ name: thingId, in: path, required: true, schema: { type: string } }]
    get: { responses: { 200: { description: Y, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }`,
).join('\n')}
components: { schemas: { Thing: { type: object, required: [id, name], properties: { id: { type: string }, name: { type: string } } } } }
`;

const document = documentFromText(text, { name: 'a.yaml' });
const read = () => createOperations(document);

const said = (operations: ReturnType<typeof read>) =>
  findResources(operations).all.map(({ name, roles }) => [name, roles.map(({ kind, path }) => `${kind} ${path}`)]);

const whole = said(read());
const pieces = [...findingResources(read())].length;

it('is done in pieces, of which none is more than one path', () => {
  expect(whole).toHaveLength(6);
  expect(pieces).toBeGreaterThanOrEqual(6 * 2);
});

it('whoever asks meanwhile gets all of it, and so does who went on', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: pieces + 1 }), (done) => {
      const operations = read();
      const work = findingResources(operations)[Symbol.iterator]();
      for (let index = 0; index < done; index++) work.next();
      expect(said(operations)).toEqual(whole);
      expect(work.next().done).toBe(true);
      expect([...findingResources(operations)]).toEqual([]);
    }),
  );
});
