import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import { plannedCases } from '../run/tasks.js';
import { deriveCases } from './derive.js';

/** More than a function takes as arguments. */
const many = Array.from({ length: 130_000 }, (_, index) => index);

it.each([
  ['values that are listed', { schema: { enum: many } }],
  ['examples in a schema', { schema: { type: 'integer', examples: many } }],
])('cases are derived of very many %s', (_what, parameter) => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Many', version: '1' },
    paths: {
      '/a': {
        get: {
          parameters: [{ name: 'number', in: 'query', required: true, ...parameter }],
          responses: { 200: { description: 'x' } },
        },
      },
    },
  });
  const titles = [...plannedCases({ operations: createOperations(document) })].map(({ title }) => title);
  expect(titles).toContain('a valid request');
  expect(titles).toContain('number missing (required)');
});

const counts = [1, 3000];

it('operations by the thousand, which all lead to the same schemas, share the places that are tried, and it is said', () => {
  const links = Array.from({ length: 60 }, (_, index) => [`link${index}`, { type: 'integer', minimum: index }]);
  const content = { 'application/json': { schema: { type: 'object', properties: Object.fromEntries(links) } } };
  const operation = { post: { requestBody: { content }, responses: { 204: { description: 'made' } } } };
  const [alone, among] = counts.map((count) => {
    const paths = Object.fromEntries(Array.from({ length: count }, (_, index) => [`/a${index}`, operation]));
    const document = documentFromObject({ openapi: '3.1.0', info: { title: 'Many', version: '1' }, paths });
    const operations = createOperations(document);
    const [entry] = operations.entries;
    const cuts: string[] = [];
    const onCut = (tried: string) => cuts.push(tried);
    const cases = entry && deriveCases(operations.compile(entry), operations, { seed: 1, onCut });
    return { names: new Set(cases?.map(({ varies }) => varies.name)), cuts: [...new Set(cuts)] };
  });
  expect(alone?.cuts).toEqual([]);
  expect([...(alone?.names ?? [])]).toContain('link59');
  expect(among?.cuts.join()).toMatch(/^40 places at .*schema, of more$/);
  expect([...(among?.names ?? [])]).toContain('link0');
});

it('what is added to the one request that has everything is shared too', () => {
  const names = Array.from({ length: 60 }, (_, index) => `Kind${index}`);
  const linked = (name: string, index: number) => [
    name,
    {
      type: 'object',
      required: ['id'],
      properties: {
        id: { type: 'integer' },
        next: { $ref: `#/components/schemas/${names[(index + 1) % names.length]}` },
      },
    },
  ];
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Kind0' } } };
  const operation = { post: { requestBody: { content }, responses: { 204: { description: 'made' } } } };
  const [alone, among] = counts.map((count) => {
    const paths = Object.fromEntries(Array.from({ length: count }, (_, index) => [`/a${index}`, operation]));
    const components = { schemas: Object.fromEntries(names.map(linked)) };
    const operations = createOperations(
      documentFromObject({ openapi: '3.1.0', info: { title: 'Many', version: '1' }, paths, components }),
    );
    const [entry] = operations.entries;
    const cases = entry && deriveCases(operations.compile(entry), operations, { seed: 1, aspects: ['accepted'] });
    const everything = cases?.find(({ title }) => title === 'everything that is declared');
    return new TextDecoder().decode(everything?.request.body ?? undefined).match(/"next"/g)?.length;
  });
  expect(alone).toBe(59);
  expect(among).toBe(50);
});
