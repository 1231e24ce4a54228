import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plannedCases } from '../src/contract/index.js';
import { virtualClock } from '../src/contract/run/clock.js';
import type { TrialOptions } from '../src/contract/run/options.js';
import { run } from '../src/contract/run/run.js';
import { diff } from '../src/diff/index.js';
import { exported, exportFormats } from '../src/export/index.js';
import {
  CounterproofError,
  createMock,
  createOperations,
  documentFromObject,
  problemsOf,
  State,
  writeDeclarations,
} from '../src/index.js';
import { type HttpRequest, headProblem, type Operations } from '../src/operation/index.js';
import { overVirtualWire } from '../src/prove/virtual-wire.js';
import type { JsonObject } from '../src/text/value.js';
import { anyDocument } from './documents/arbitrary.js';
import { anyResources } from './documents/resources.js';

/** `npm run test:hour` goes on for so many minutes, from another seed each time; `npm test` takes a few from a seed that stays. */
const minutes = Number(process.env.MINUTES ?? 0);
const isShort = minutes === 0;
/** Documents that something went wrong with once, by their seeds. */
const kept: readonly number[] = [];

/** null where it is refused, and said why. */
function operationsOf(root: JsonObject): Operations | null {
  try {
    return createOperations(documentFromObject(structuredClone(root)));
  } catch (error) {
    expect(error).toBeInstanceOf(CounterproofError);
    return null;
  }
}

async function holds(root: JsonObject): Promise<void> {
  const operations = operationsOf(root);
  if (operations === null) return;
  for await (const { message } of problemsOf(operations)) expect(message).not.toBe('');
  const mock = createMock({ operations });
  const again = createMock({ operations: createOperations(documentFromObject(structuredClone(root))) });
  const requests: HttpRequest[] = Array.from(
    plannedCases({ operations, maxCases: isShort ? 4 : 12 }),
    ({ request }) => request,
  );
  for (const { method, path } of operations.entries) requests.push({ method, target: path, headers: {}, body: null });
  for (const request of requests) {
    const answer = mock.answer(request);
    expect(headProblem(answer)).toBeNull();
    expect(String(answer.body)).not.toMatch(/The mock failed|call stack/);
    const { status, headers, body } = again.answer(request);
    expect({ status, headers, body }).toEqual({ status: answer.status, headers: answer.headers, body: answer.body });
  }
  expect((await diff(operations, operations, { now: new Date(0) })).changes).toEqual([]);
  expect(writeDeclarations(operations)).toEqual(expect.any(String));
  for (const format of exportFormats) await exported(format, mock, { json: true, allowWrites: true });
}

/** That the suite has nothing to say of the mock. What no form or field can say, of these documents, would be found in an hour. */
async function isKept(root: JsonObject): Promise<void> {
  const operations = operationsOf(root);
  if (operations === null) return;
  const mock = createMock({ operations });
  let state = State.empty;
  const options: TrialOptions = {
    operations,
    target: 'http://localhost',
    allowWrites: true,
    maxCases: 6,
    concurrency: 1,
    clock: virtualClock(),
    send: async (request, { timeout }) => {
      const answer = mock.answer(request, undefined, state);
      state = answer.next?.state ?? state;
      return overVirtualWire(answer, request.method, timeout);
    },
  };
  const { findings } = await run(options);
  const said = findings.map(({ severity, check, message }) => `${severity} ${check}: ${message}`);
  expect(said.filter((each) => each.startsWith('violation'))).toEqual([]);
}

const shortly = { seed: 1, numRuns: 60 };
const forMinutes = { interruptAfterTimeLimit: minutes * 60_000, numRuns: Number.MAX_SAFE_INTEGER };

test('an hour of fast-check in short form: any document is refused with a reason, or is served, checked and written', {
  timeout: (minutes + 10) * 60_000,
}, async () => {
  for (const seed of isShort ? kept : []) await fc.assert(fc.asyncProperty(anyDocument, holds), { seed, numRuns: 1 });
  await fc.assert(fc.asyncProperty(anyDocument, holds), isShort ? shortly : forMinutes);
});

test('whatever the document, what holds the mock against it has nothing to say', {
  timeout: (minutes + 10) * 60_000,
}, async () => {
  await fc.assert(fc.asyncProperty(anyDocument, isKept), isShort ? shortly : forMinutes);
});

test('nor where things are made, read, changed and deleted, in whatever style', {
  timeout: (minutes + 10) * 60_000,
}, async () => {
  await fc.assert(fc.asyncProperty(anyResources, isKept), isShort ? { ...shortly, numRuns: 4 } : forMinutes);
});
