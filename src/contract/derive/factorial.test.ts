import { expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { Json } from '../../text/value.js';
import { deriveCases } from './derive.js';

/** How many objects a value consists of. */
function objectsIn(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Object.values(value).reduce<number>((sum, member) => sum + objectsIn(member), 0);
}

test('A full body of schemas that all know each other has each of them a few times, not once for every way to it', () => {
  const names = [...'ABCDEFGHIJ'];
  const schemas = names.map((own) => {
    const others = names.filter((name) => name !== own);
    const members = others.map((name) => [name.toLowerCase(), { $ref: `#/components/schemas/${name}` }]);
    return [own, { type: 'object', properties: { id: { type: 'integer' }, ...Object.fromEntries(members) } }];
  });
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/A' } } };
  const operations = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: { '/a': { post: { requestBody: { content }, responses: { 204: { description: 'made' } } } } },
      components: { schemas: Object.fromEntries(schemas) },
    }),
  );
  const [entry] = operations.entries;
  const cases = entry ? deriveCases(operations.compile(entry), operations, { seed: 1 }) : [];
  const bodies = cases.flatMap(({ request: { body } }) => {
    const text = body === null ? '' : new TextDecoder().decode(body);
    return /^[{[]/.test(text) && !text.includes('\0') ? [text] : [];
  });
  const sizes = bodies.flatMap((text) => {
    try {
      return [objectsIn(JSON.parse(text) as Json)];
    } catch {
      return [];
    }
  });
  expect(Math.max(...sizes)).toBeGreaterThan(names.length - 1);
  expect(Math.max(...sizes)).toBeLessThan(names.length * 5);
});
