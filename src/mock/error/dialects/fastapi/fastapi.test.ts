import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { documentFromObject } from '../../../../document/index.js';
import { createOperations } from '../../../../operation/index.js';
import type { JsonObject } from '../../../../text/value.js';
import { createMock } from '../../../index.js';

interface Exchange {
  readonly method: string;
  readonly target: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly status: number;
  readonly detail?: readonly JsonObject[];
}

const lines = readFileSync(new URL('./fastapi.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const [recording, ...exchanges] = lines.map((line) => JSON.parse(line)) as [JsonObject, ...Exchange[]];
const mock = createMock({ operations: createOperations(documentFromObject(recording.document as JsonObject)) });

/** FastAPI tells of every member of a union; ours of the one that was meant, where only one is of the right type. */
const told = new Map([
  ['{"un2": {}}', [{ loc: ['body', 'un2', 'Inner', 'n'] }, { loc: ['body', 'un2', 'Inner', 's'] }]],
]);

it.each(exchanges)('answers $method $target $body as FastAPI does', (exchange) => {
  const { method, target, body, contentType, status, detail } = exchange;
  const answer = mock.answer({
    method,
    target,
    headers: contentType === undefined ? {} : { 'content-type': contentType },
    body: body === undefined ? null : new TextEncoder().encode(body),
  });
  expect(answer.status).toBe(status);
  if (detail === undefined) return;
  const actual = (JSON.parse(String(answer.body)) as { detail: JsonObject[] }).detail;
  const ours = told.get(body ?? '');
  if (ours === undefined) expect(actual).toEqual(detail);
  else expect(actual).toMatchObject(ours);
  // Members in the same order too: a page that prints the body shows the same text.
  if (ours === undefined) expect(JSON.stringify(actual)).toBe(JSON.stringify(detail));
});
