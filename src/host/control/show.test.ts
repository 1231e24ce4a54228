import { expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import { showExchange } from './show.js';

const document = documentFromObject({
  openapi: '3.1.0',
  info: { title: 'Secrets', version: '1' },
  components: {
    securitySchemes: {
      header: { type: 'apiKey', in: 'header', name: 'X-Key' },
      query: { type: 'apiKey', in: 'query', name: 'api key' },
      cookie: { type: 'apiKey', in: 'cookie', name: 'session' },
    },
  },
  paths: {
    '/a': {
      get: {
        operationId: 'a',
        security: [{ header: [], query: [], cookie: [] }],
        responses: { 204: { description: 'Done' } },
      },
    },
    '/open': { get: { operationId: 'open', responses: { 204: { description: 'Done' } } } },
  },
});
const mock = createMock({ operations: createOperations(document) });

function shown(headers: HttpRequest['headers'], target: string) {
  const request: HttpRequest = { method: 'GET', target, headers, body: null };
  return showExchange(
    { number: 1, time: 0, request, answer: mock.answer(request), milliseconds: 0 },
    mock,
    'http://localhost:4010',
  );
}

test('credentials are not shown, wherever the document has them, and a shell fills them in', () => {
  const headers = { authorization: 'Bearer s3cret', 'x-key': 's3cret too', cookie: 'theme=dark; session=s3cret' };
  const entry = shown(headers, '/a?api%20key=s3cret&b=1');
  expect(JSON.stringify(entry)).not.toContain('s3cret');
  expect(entry.requestHeaders).toEqual([
    ['authorization', 'Bearer $CREDENTIAL'],
    ['x-key', '$CREDENTIAL'],
    ['cookie', 'theme=dark; session=$CREDENTIAL'],
  ]);
  expect(entry.target).toBe('/a?api%20key=$CREDENTIAL&b=1');
  expect(entry.curl).toContain(`-H 'authorization: Bearer '"\${CREDENTIAL:-any}"`);
});

test.each(['/no-such-path', '/open'])('credentials are not shown where nobody asks for one either: %s', (path) => {
  const headers = { 'x-key': 's3cret too', cookie: 'theme=dark; session=s3cret' };
  expect(JSON.stringify(shown(headers, `${path}?api%20key=s3cret&b=1`))).not.toContain('s3cret');
});

test('what is no credential is shown as it came', () => {
  const entry = shown({ cookie: 'theme=dark', 'x-other': 'a b' }, '/a?x=1');
  expect(entry.requestHeaders).toEqual([
    ['cookie', 'theme=dark'],
    ['x-other', 'a b'],
  ]);
  expect(entry.target).toBe('/a?x=1');
});
