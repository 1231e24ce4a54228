import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import { createMock } from './create-mock.js';

const thing = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'string' }, name: { type: 'string' } },
};
const responses = { 200: { description: 'ok', content: { 'application/json': { schema: thing } } } };
const mock = () =>
  createMock({
    operations: createOperations(
      documentFromObject({
        openapi: '3.1.0',
        info: { title: 'T', version: '1' },
        paths: { '/things': { get: { responses } }, '/things/{id}': { get: { responses } } },
      }),
    ),
  });
const request = { method: 'GET', target: '/things/1', headers: {}, body: null };

it('lets who comes while it works ahead wait for that, and answers the same', async () => {
  const working = mock();
  const work = working.prepareInSlices();
  const answered = working.respond(request);
  expect(answered).toBeInstanceOf(Promise);
  expect((await answered).body).toEqual(mock().answer(request).body);
  await work;
  expect(working.respond(request)).not.toBeInstanceOf(Promise);
});

it('answers at once where nobody asked it to work ahead, or that was ended', async () => {
  expect(mock().respond(request)).not.toBeInstanceOf(Promise);
  const ended = mock();
  await ended.prepareInSlices({ signal: AbortSignal.abort() });
  expect(ended.respond(request)).not.toBeInstanceOf(Promise);
});
