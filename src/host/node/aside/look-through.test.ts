import { expect, test } from 'vitest';
import { type DocumentProblem, documentFromText } from '../../../document/index.js';
import { problemsOf } from '../../../mock/index.js';
import { createOperations } from '../../../operation/index.js';
import type { Thread } from './aside-thread.js';
import { threadHere } from './library/thread-here.js';
import { lookThrough } from './look-through.js';
import type { ToThread } from './messages.js';

/** More than leads from what is simple. */
const many = JSON.stringify(Array.from({ length: 301 }, () => 0));

const textWith = (held: string) => `openapi: 3.1.0
info: { title: Notes, version: '1' }
paths:
  /notes:
    get:
      responses:
        200:
          description: ''
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Note' }
    post:
      requestBody: { content: { application/json: { schema: { type: 7 } } } }
      responses: { 204: { description: '', x-many: ${held} } }
components:
  schemas:
    Note:
      type: object
      required: [number]
      properties:
        number:
          allOf:
            - { minimum: 5 }
            - { type: integer, maximum: 4 }
`;
const document = documentFromText(textWith(many), { name: 'notes.yaml' });

async function found(start: () => Thread, looked = document): Promise<DocumentProblem[]> {
  const problems: DocumentProblem[] = [];
  const { signal } = new AbortController();
  await lookThrough(createOperations(looked), (problem) => problems.push(problem), { signal }, start);
  return problems;
}

test('a thread finds what is found here, with the same places', async () => {
  const here: DocumentProblem[] = [];
  for await (const problem of problemsOf(createOperations(document))) here.push(problem);
  expect(await found(() => threadHere())).toEqual(here);
  const without = () => {
    throw new Error('There are no threads');
  };
  expect(await found(without)).toEqual(here);
  expect(here.map(({ location, message }) => `${location?.line}: ${message}`)).toMatchInlineSnapshot(`
    [
      "23: Nothing fits the schema of an answer (No number is 5 or above and 4 or below (minimum at notes.yaml:23:17, maximum at notes.yaml:24:32)): what comes nearest is sent, marked valid=no",
      "13: The value of "type" is not valid in JSON Schema: it is left out",
    ]
  `);
});

test('no thread is started for a document that is simple', async () => {
  const simple = documentFromText(textWith('[]'), { name: 'notes.yaml' });
  const asked: ToThread[] = [];
  expect(await found(() => threadHere(asked), simple)).toEqual(await found(() => threadHere()));
  expect(asked).toEqual([]);
});

test('a thread that ends before says why, and none is left when it was told to end', async () => {
  let end: (error: Error) => void = () => {};
  let terminated = 0;
  const thread = threadHere();
  const { postMessage, on } = thread;
  const ending = Object.assign(thread, {
    postMessage: (message: { kind: string }) =>
      message.kind === 'look' ? setImmediate(() => end(new Error('out of memory'))) : postMessage(message),
    on(event: string, listener: (value: never) => void) {
      if (event === 'error') end = listener as typeof end;
      return on(event as 'error', listener as never);
    },
    terminate: async () => ++terminated,
  }) as unknown as Thread;
  await expect(found(() => ending)).rejects.toThrow('out of memory');
  expect(terminated).toBe(1);
  const controller = new AbortController();
  const looking = lookThrough(
    createOperations(document),
    () => controller.abort(),
    controller,
    () => ending,
  );
  controller.abort();
  await looking;
  expect(terminated).toBeGreaterThan(1);
});
