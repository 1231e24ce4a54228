import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock, State } from './index.js';

it.each([
  ['nothing', {}, 200],
  ['404', { 404: { description: 'there is none' } }, 404],
])('what is taken away twice is refused only where the document says so: it declares %s', (_what, refusal, status) => {
  const schema = { type: 'object', properties: { user: { type: 'string' } } };
  const session = {
    get: { responses: { 200: { description: 'd', content: { 'application/json': { schema } } } } },
    delete: { responses: { 200: { description: 'd' }, ...refusal } },
  };
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/session': session } };
  const mock = createMock({ operations: createOperations(documentFromObject(document as JsonObject)) });
  const remove = (state: State) =>
    mock.answer({ method: 'DELETE', target: '/session', headers: {}, body: null }, {}, state);
  const first = remove(State.empty);
  expect([first.status, remove(first.next?.state ?? State.empty).status]).toEqual([200, status]);
});
