import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import { run } from './run.js';

const mebibyte = 1024 * 1024;

const document = documentFromObject({
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      get: {
        parameters: [{ name: 'size', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } }],
        responses: {
          200: { description: 'x', content: { 'text/plain': { schema: { type: 'string' } } } },
          '4XX': { description: 'x' },
        },
      },
    },
  },
});

/** What a run sends to a target that answers by so many bytes of text. */
async function runOn(bytesFor: (request: HttpRequest) => number, maxAnswer?: number) {
  let underway = 0;
  let mostUnderway = 0;
  const result = await run({
    operations: createOperations(document),
    target: 'http://things',
    concurrency: 8,
    allowWrites: true,
    ...(maxAnswer !== undefined && { maxAnswer }),
    send: async (request) => {
      mostUnderway = Math.max(mostUnderway, ++underway);
      await new Promise((resolve) => setImmediate(resolve));
      underway--;
      const bytes = bytesFor(request);
      const raw = new Uint8Array(bytes).fill(0x61);
      const headers: [string, string][] = bytes === 0 ? [] : [['Content-Type', 'text/plain']];
      return { status: bytes === 0 ? 400 : 200, headers, raw, body: raw, problems: [], duration: 1 };
    },
  });
  return { result, mostUnderway };
}

it.each([
  ['one after the other where answers are very large', 4 * mebibyte, 1],
  ['two at a time where answers are large', 2 * mebibyte, 2],
  ['as many as the user says where they are not', 2 * 1024, 8],
])('asks %s', async (_name, bytes, most) => {
  expect((await runOn(() => bytes)).mostUnderway).toBe(most);
});

describe('of one operation that answers with much', () => {
  const isValid = ({ method, target }: HttpRequest) => method === 'GET' && /^\/things(\?size=\d{1,2}0?)?$/.test(target);

  it('as much is read as three of the longest answers have', async () => {
    const { result } = await runOn(() => 4 * mebibyte);
    // Three of the longest are six of these, and as many of those that are sent at the same time before one was answered.
    expect(result.counts.requests).toBeLessThan(6 + 8);
    expect(result.notSent.map(({ reason }) => reason)).toEqual(['large-answers']);
  });

  it('no more is asked for, and all is sent that it refuses in a few bytes', async () => {
    const few = await runOn((request) => (isValid(request) ? 1 : 0));
    const much = await runOn((request) => (isValid(request) ? 8 * mebibyte : 0));
    const refused = ({ result }: typeof few) =>
      result.operations[0]?.aspects.find(({ aspect }) => aspect === 'rejected');
    expect(refused(much)?.cases).toBe(refused(few)?.cases);
    expect(much.result.counts.requests).toBeLessThan(few.result.counts.requests);
    expect(much.result.verdict).toBe(few.result.verdict);
  });

  it('more is read where the user lets longer answers be read', async () => {
    const { result } = await runOn(() => 4 * mebibyte, 1024 * mebibyte);
    expect(result.notSent).toEqual([]);
  });
});
