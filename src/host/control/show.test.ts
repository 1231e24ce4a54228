import { expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { type Answer, createOperations, type HttpRequest } from '../../operation/index.js';
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

const post = (body: string, type = 'application/json', headers: HttpRequest['headers'] = {}): HttpRequest => ({
  method: 'POST',
  target: '/a',
  headers: { 'content-type': type, ...headers },
  body: new TextEncoder().encode(body),
});
const answered = (request: HttpRequest, body: string, more: Partial<Answer> = {}) =>
  showExchange(
    { number: 1, time: 0, request, answer: { ...mock.answer(request), body, ...more }, milliseconds: 0 },
    mock,
    '',
  );

test.each([
  [post('{"login":"ada","deep":[{"password":"correct-horse","pin":482915}]}')],
  [post('login=ada&password=correct-horse&pin=482915', 'application/x-www-form-urlencoded')],
])('no secret of a body is shown, nor where the answer repeats it', (request) => {
  const echo = JSON.stringify({ also: 'it is correct-horse', coded: btoa('correct-horse'), n: 482915, name: 'ada' });
  const violation = {
    in: 'body',
    pointer: '',
    keyword: 'type',
    message: 'is "correct-horse"',
    schemaPointer: '',
    expected: '',
    params: {},
  } as const;
  const entry = answered(request, echo, { headers: { 'X-Echo': ['correct-horse'] }, violations: [violation] });
  expect(JSON.stringify(entry)).not.toMatch(/correct-horse|482915|Y29ycmVjdC1ob3JzZ/);
  expect(entry.requestBody).toContain('ada');
  expect(entry.responseBody).toContain('it is $CREDENTIAL');
  expect(entry.curl).toContain('$CREDENTIAL');
  expect(entry.target).toBe('/a');
});

test('no credential of the head is shown where the answer repeats it', () => {
  const entry = answered(
    post('{}', 'application/json', { authorization: 'Bearer long-s3cret' }),
    '{"saw":"Bearer long-s3cret"}',
  );
  expect(JSON.stringify(entry)).not.toContain('s3cret');
});

test('what a real server hands out is not shown, and what the mock makes up is', () => {
  const token = JSON.stringify({ access_token: 'a-fresh-token', expires_in: 3600 });
  expect(answered(post('{}'), token, { source: 'upstream' }).responseBody).toBe(
    '{"access_token":"$CREDENTIAL","expires_in":3600}',
  );
  expect(answered(post('{}'), token).responseBody).toBe(token);
  const headers = { 'Set-Cookie': ['PHPSESSID=f00dface; Path=/', 'theme=dark'] };
  expect(answered(post('{}'), '', { source: 'upstream', headers }).responseHeaders).toEqual([
    ['Set-Cookie', 'PHPSESSID=$CREDENTIAL; Path=/'],
    ['Set-Cookie', 'theme=dark'],
  ]);
});

test('a cookie that lets its bearer in is no less a secret where the document does not speak of it', () => {
  expect(shown({ cookie: 'theme=dark; JSESSIONID=f00dface' }, '/open').requestHeaders).toEqual([
    ['cookie', 'theme=dark; JSESSIONID=$CREDENTIAL'],
  ]);
});

test.each([
  ['half a surrogate pair', '{"password":"\\ud800 correct-horse"}'],
  ['200 kB', JSON.stringify({ password: 'correct-horse'.repeat(16_000) })],
  [
    'a thousand of them',
    JSON.stringify(Array.from({ length: 1000 }, (_, at) => ({ password: `correct-horse-${at}` }))),
  ],
])('secrets of %s are hidden soon', (_name, body) => {
  const began = performance.now();
  expect(JSON.stringify(answered(post(body), body))).not.toContain('correct-horse');
  expect(performance.now() - began).toBeLessThan(1000);
});

test('what is no credential is shown as it came', () => {
  const entry = shown({ cookie: 'theme=dark', 'x-other': 'a b' }, '/a?x=1');
  expect(entry.requestHeaders).toEqual([
    ['cookie', 'theme=dark'],
    ['x-other', 'a b'],
  ]);
  expect(entry.target).toBe('/a?x=1');
});

test('what is shown of a long body is short, and there is no command with a part of it', () => {
  const entry = answered(post('a'.repeat(5_000_000), 'text/plain'), '');
  expect(JSON.stringify(entry).length).toBeLessThan(30_000);
  expect(entry.curl).toBe('');
  expect(answered(post('a b'.repeat(6_000), 'text/plain'), '').curl).toContain('--data-binary');
});
