import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type Operations } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { ContractCase } from '../types.js';
import { casesInTurn } from './derive.js';

/** How many objects a value consists of. */
function objectsIn(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Object.values(value).reduce<number>((sum, member) => sum + objectsIn(member), 0);
}

/** One operation that takes the first of these schemas, which know each other by `#/components/schemas/S0` and so on. */
function operationsWith(schemas: readonly Json[]): Operations {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } };
  return createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: { '/a': { post: { requestBody: { content }, responses: { 204: { description: 'made' } } } } },
      components: { schemas: Object.fromEntries(schemas.map((schema, index) => [`S${index}`, schema])) },
    }),
  );
}

const to = (index: number) => ({ $ref: `#/components/schemas/S${index}` });

/** The cases, and how many pieces of work it took to find them. */
function derived(operations: Operations, maxCases?: number): { cases: ContractCase[]; pieces: number } {
  const [entry] = operations.entries;
  if (entry === undefined) throw new Error('there is no operation');
  const options = { seed: 1, ...(maxCases !== undefined && { maxCases }) };
  const all = [...casesInTurn(operations.compile(entry), operations, options)];
  return { cases: all.filter((one) => one !== null), pieces: all.length };
}

/** The JSON bodies that are no attack. */
function bodiesOf(cases: readonly ContractCase[]): Json[] {
  return cases
    .filter(({ aspect, request }) => aspect !== 'hostile' && request.body !== null)
    .map(({ request: { body } }) => JSON.parse(new TextDecoder().decode(body ?? new Uint8Array())) as Json);
}

function mostObjects(cases: readonly ContractCase[]): number {
  return Math.max(0, ...bodiesOf(cases).map(objectsIn));
}

describe('Cases of schemas that know each other', () => {
  const size = 10;
  const clique = Array.from({ length: size }, (_, own) => {
    const others = Array.from({ length: size }, (_each, index) => index).filter((index) => index !== own);
    const members = others.map((index) => [`to${index}`, to(index)]);
    return { type: 'object', properties: { id: { type: 'integer' }, ...Object.fromEntries(members) } };
  });

  test('have in a full body each schema a few times, not once for every way to it', () => {
    const { cases } = derived(operationsWith(clique));
    expect(mostObjects(cases)).toBeGreaterThan(size - 1);
    expect(mostObjects(cases)).toBeLessThan(size * 5);
  });

  test('cost as much work as is asked for, and not as much as there could be', () => {
    const chain = Array.from({ length: 2000 }, (_, own) => ({
      type: 'object',
      properties: { name: { type: 'string', minLength: 1 }, next: to((own + 1) % 2000), other: to((own * 7) % 2000) },
    }));
    const { cases, pieces } = derived(operationsWith(chain), 5);
    expect(cases).toHaveLength(5);
    expect(pieces).toBeLessThan(600);
  });

  // What a schema requires is another matter: a value that lacks it is not valid, however large it grows.
  test('are bounded for every graph of members that may be absent', () => {
    const link = fc.record({ to: fc.nat(9), as: fc.constantFrom('itself', 'list', 'branch', 'part') });
    const graphs = fc.array(fc.array(link, { maxLength: 6 }), { minLength: 1, maxLength: 10 });
    const schemaOf = (links: readonly { to: number; as: string }[], count: number): JsonObject => {
      const properties: JsonObject = { id: { type: 'integer' } };
      for (const [index, { to: at, as }] of links.entries()) {
        const target = to(at % count);
        if (as === 'itself') properties[`m${index}`] = target;
        if (as === 'list') properties[`m${index}`] = { type: 'array', items: target };
        if (as === 'branch') properties[`m${index}`] = { anyOf: [target, { type: 'null' }] };
        if (as === 'part') properties[`m${index}`] = { allOf: [target] };
      }
      return { type: 'object', properties };
    };
    fc.assert(
      fc.property(graphs, (graph) => {
        const { cases, pieces } = derived(operationsWith(graph.map((links) => schemaOf(links, graph.length))));
        expect(pieces).toBeLessThan(12_000);
        expect(mostObjects(cases)).toBeLessThan(1_500);
      }),
      { numRuns: 20 },
    );
  });
});
