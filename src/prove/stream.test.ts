import { expect, test } from 'vitest';
import { run } from '../contract/index.js';
import { documentFromText } from '../document/index.js';
import { faults } from '../fault/index.js';
import { createMock } from '../mock/index.js';
import { createOperations } from '../operation/index.js';
import { prove } from './index.js';
import { overVirtualWire } from './virtual-wire.js';

/** What OpenAPI 3.2 has that no version before it had. */
const operations = createOperations(
  documentFromText(
    `
openapi: 3.2.0
info: { title: Ticker, version: '1' }
paths:
  /ticks:
    get:
      parameters:
        - in: querystring
          content:
            application/x-www-form-urlencoded:
              schema: { type: object, properties: { from: { type: integer, minimum: 1 } }, additionalProperties: false }
      responses:
        '200':
          summary: Ticks as they come
          content: { text/event-stream: { $ref: '#/components/mediaTypes/Ticks' } }
        '422': { summary: Not so }
  /log:
    query:
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, required: [level], properties: { level: { enum: [info, error] } } } } }
      responses:
        '200': { content: { application/jsonl: { itemSchema: { $ref: '#/components/schemas/Entry' } } } }
        '422': { summary: Not so }
    additionalOperations:
      COPY:
        requestBody:
          required: true
          content: { application/x-ndjson: { itemSchema: { $ref: '#/components/schemas/Entry' } } }
        responses:
          '200': { content: { application/json-seq: { schema: { type: array, minItems: 1, items: { $ref: '#/components/schemas/Entry' } } } } }
          '422': { summary: Not so }
components:
  mediaTypes:
    Ticks:
      itemSchema:
        type: object
        required: [event, data]
        properties:
          event: { enum: [tick, tock] }
          id: { type: string }
          data:
            type: string
            contentMediaType: application/json
            contentSchema: { type: object, required: [n], properties: { n: { type: integer } } }
  schemas:
    Entry:
      type: object
      required: [message, level]
      properties: { message: { type: string }, level: { type: integer, minimum: 0 } }
`,
    { name: 'ticker.yaml' },
  ),
);

test('check keeps what the mock of a document of 3.2 does', async () => {
  const mock = createMock({ operations });
  const { verdict, findings, coverage } = await run({
    operations,
    send: async (request, { timeout }) => overVirtualWire(mock.answer(request), request.method, timeout),
    target: 'http://localhost',
    allowWrites: true,
  });
  expect(findings.filter(({ severity }) => severity !== 'information')).toEqual([]);
  expect(verdict).toBe('kept');
  expect(coverage.operations).toMatchObject({ total: 3, exercised: 3 });
  expect(coverage.responses.never).not.toContainEqual(expect.stringContaining('200'));
});

test('prove catches every fault of its streams, and blames no harmless variant', async () => {
  const { trials, falseAlarms, unusable } = await prove({ operations });
  expect(falseAlarms).toEqual([]);
  expect(unusable).toEqual([]);
  const survived = trials.filter(({ outcome }) => outcome.kind === 'survived');
  expect(survived.map(({ fault, operationId, site }) => `${fault} in ${operationId} ${site ?? ''}`)).toEqual([]);
  const killed = trials.filter(({ outcome }) => outcome.kind === 'killed').map(({ fault }) => fault);
  const ofStreams = faults.filter(({ family }) => family === 'stream').map(({ id }) => id);
  expect(ofStreams.filter((id) => !killed.includes(id))).toEqual([]);
});
