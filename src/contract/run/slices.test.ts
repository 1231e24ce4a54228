import { expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type Work } from '../../operation/index.js';
import { findingResources, findResources } from '../../resource/index.js';
import { CoverageTally } from './coverage.js';
import { byPhase, findingPhases } from './phases.js';
import { run } from './run.js';
import { RunState } from './state.js';
import { makeResult, makingResult } from './summary.js';

const count = 600;

/** So many collections that finding out what they are of takes longer than a signal may wait. */
function large() {
  const answers = (schema: string) => ({
    200: { description: 'ok', content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } } },
  });
  const each = Array.from({ length: count }, (_, index) => index);
  return createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'Large', version: '1' },
      paths: Object.fromEntries(
        each.flatMap((index) => [
          [`/things${index}`, { get: { responses: answers(`List${index}`) } }],
          [
            `/things${index}/{id}`,
            {
              parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
              get: { responses: answers(`Thing${index}`) },
            },
          ],
        ]),
      ),
      components: {
        schemas: Object.fromEntries(
          each.flatMap((index) => [
            [`Thing${index}`, { type: 'object', required: ['id'], properties: { id: { type: 'string' } } }],
            [`List${index}`, { type: 'array', items: { $ref: `#/components/schemas/Thing${index}` } }],
          ]),
        ),
      },
    }),
  );
}

test('a run that is interrupted while it finds out what a large document is of ends then', async () => {
  const operations = large();
  const interruption = new AbortController();
  let sent = 0;
  const running = run({
    operations,
    target: 'http://t',
    signal: interruption.signal,
    send: async () => {
      sent += 1;
      interruption.abort('too late');
      throw new Error('nobody is there');
    },
  });
  setImmediate(() => interruption.abort('it was interrupted at once'));
  const { partial, verdict, operations: told } = await running;
  expect(partial).toBe('it was interrupted at once');
  expect(verdict).toBe('incomplete');
  expect(sent).toBe(0);
  expect(told).toHaveLength(2 * count);
  expect([...findingResources(operations)].length, 'pieces that were left').toBeGreaterThan(0);
});

test('the order of very many operations is worked out in pieces, and once', () => {
  const state = new RunState(
    { operations: large(), target: 'http://t', send: () => Promise.reject(new Error('')) },
    null,
  );
  expect([...findingPhases(state)].length).toBeGreaterThanOrEqual(2 * count);
  expect([...findingPhases(state)]).toEqual([]);
  const paths = byPhase(state).map((level) => level.map(({ entry }) => entry.path));
  expect(paths.map((level) => level.length)).toEqual([count, count]);
  expect(paths.map(([first]) => first)).toEqual(['/things0', '/things0/{id}']);
});

test('what is known of very many operations is put together in pieces, as in one go', () => {
  const state = new RunState(
    { operations: large(), target: 'http://t', send: () => Promise.reject(new Error('')) },
    null,
  );
  const work = makingResult(state, null);
  let pieces = 0;
  let step = work.next();
  for (; !step.done; step = work.next()) pieces += 1;
  expect(pieces).toBeGreaterThanOrEqual(2 * count);
  const { duration: _, ...made } = step.value;
  expect(made).toEqual({ ...makeResult(state, null), duration: undefined });
});

const links = 500;

/** One operation whose body leads to so many schemas, of which each knows the next ones. */
function linked() {
  const ref = (index: number) => ({ $ref: `#/components/schemas/Thing${index % links}` });
  const content = { 'application/json': { schema: ref(0) } };
  return createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'Linked', version: '1' },
      paths: { '/things': { post: { requestBody: { content }, responses: { 201: { description: 'ok', content } } } } },
      components: {
        schemas: Object.fromEntries(
          Array.from({ length: links }, (_, index) => [
            `Thing${index}`,
            {
              type: 'object',
              properties: {
                kind: { enum: ['a', 'b'] },
                ownerId: { type: 'string' },
                at: ref(7 * index + 1),
                by: ref(7 * index + 2),
              },
              ...(index === links - 1 && { required: 'kind' }),
            },
          ]),
        ),
      },
    }),
  );
}

test('what an operation leads to is looked through in pieces', () => {
  const [operations, inOneGo] = [linked(), linked()];
  const [[entry], [same]] = [operations.entries, inOneGo.entries];
  if (entry === undefined || same === undefined) throw new Error('no operation');
  const piecesOf = (work: Work<unknown>) => [...work].length;
  const operation = operations.compile(entry);
  expect(piecesOf(operation.reading()), 'schemas').toBeGreaterThanOrEqual(links);
  expect(piecesOf(operation.reading()), 'schemas that are known').toBeLessThan(10);
  const { problems, warnings } = inOneGo.compile(same);
  expect([...problems, ...warnings]).toHaveLength(1);
  expect([operation.problems, operation.warnings]).toEqual([problems, warnings]);

  const tally = new CoverageTally(operations);
  expect(piecesOf(tally.beginning(operation)), 'what is declared').toBeGreaterThanOrEqual(links / 10);
  expect(piecesOf(tally.beginning(operation)), 'what is declared already').toBeLessThan(10);

  const resources = findResources(operations);
  expect(piecesOf(resources.sending(entry)), 'what is sent').toBeGreaterThan(10);
  expect(piecesOf(resources.sending(entry)), 'what is known to be sent').toBe(0);
  expect(resources.sent(entry)).toEqual(findResources(inOneGo).sent(same));
});

test('what comes ready meanwhile has its turn before the first request of a large document is made', async () => {
  const interruption = new AbortController();
  const turns: string[] = [];
  const operations = large();
  // Found before, so that only what comes after it is looked at here.
  for (const _ of findingResources(operations));
  await run({
    operations: {
      ...operations,
      *preparing() {
        turns.push('begun');
        setImmediate(() => turns.push('another'));
        // Longer than a slice, on any machine.
        while (turns.length === 1) yield null;
        turns.push('done');
      },
    },
    target: 'http://t',
    signal: interruption.signal,
    send: async () => {
      turns.push('sent');
      interruption.abort('enough');
      const none = new Uint8Array();
      return { status: 204, headers: [], raw: none, body: none, problems: [], duration: 1 };
    },
  });
  expect(turns.slice(0, 4)).toEqual(['begun', 'another', 'done', 'sent']);
});
