import { expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { answer } from '../life/library/answer.js';
import { virtualClock } from './clock.js';
import { run } from './run.js';

const text = { type: 'string' };
const note = { type: 'object', required: ['id', 'title'], properties: { id: text, title: text } };
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/notes': {
        get: { responses: { 200: json({ type: 'array', items: note }) } },
        post: {
          requestBody: json({ type: 'object', required: ['title'], properties: { title: text } }),
          responses: { 201: { ...json(note), headers: { Location: { schema: text } } } },
        },
      },
      '/notes/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        get: { responses: { 200: json(note) } },
      },
    },
  }),
);

const long = 'x'.repeat(9_000);
let count = 0;

/** Says everything at length, and little of it right. */
async function send({ method, target }: HttpRequest) {
  count += 1;
  const row = { id: `${long}${count}`, title: long, [long]: { [long]: [long] } };
  if (count % 5 === 0) return answer(500, { message: long }, ['X-Trace', long]);
  if (method === 'POST') return answer(201, row, ['Location', `/notes/${long}`]);
  return answer(200, target === '/notes' ? [row, { id: long, title: 7 }] : row, [`X-${long}`, long]);
}

/** The longest text under each name of a result, where it is longer than what is shown of a value. */
function longest(value: unknown, name: string, found: Map<string, number>): Map<string, number> {
  if (typeof value === 'string' && value.length > 1_100) found.set(name, Math.max(value.length, found.get(name) ?? 0));
  if (typeof value !== 'object' || value === null) return found;
  for (const [member, inner] of Object.entries(value)) {
    if (!Array.isArray(value) && member.length > 1_100) found.set(`a name in ${name}`, member.length);
    longest(inner, Array.isArray(value) ? name : member, found);
  }
  return found;
}

test('no value of an answer stands in a result at full length, but for answers that can be given again', async () => {
  const options = { operations, target: 'http://notes', allowWrites: true, concurrency: 1, send };
  const result = await run({ ...options, ...{ clock: virtualClock() } });
  expect(result.findings.length).toBeGreaterThan(3);
  const findings = result.findings.map((finding) => ({
    ...finding,
    operations: finding.operations.map(({ exchange, ...rest }) => ({ ...rest, ...exchange, replay: null })),
  }));
  const found = longest({ ...result, findings }, 'result', new Map());
  const { response = 0, request = 0, notes = 0, ...others } = Object.fromEntries(found);
  expect(others).toEqual({});
  expect(Math.max(response, request, notes)).toBeLessThan(10_000);
  const replays = result.findings.flatMap(({ operations: all }) => all.map(({ exchange }) => exchange?.replay));
  expect(Math.max(...replays.map((replay) => JSON.stringify(replay ?? null).length))).toBeLessThan(32_000);
});
