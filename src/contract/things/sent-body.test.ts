import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import { sentBody, withSentBody } from './sent-body.js';

const properties = { customer: { type: 'string' }, amount: { type: 'integer' } };
const schema = { type: 'object', properties, required: ['customer'] };
const content = { 'application/x-www-form-urlencoded': { schema }, 'multipart/form-data': { schema } };
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/invoices': { post: { requestBody: { content }, responses: { 201: { description: 'made' } } } } },
  }),
);
const [entry] = operations.entries;
const operation = entry === undefined ? expect.fail() : operations.compile(entry);
const form = 'application/x-www-form-urlencoded';
const parts = 'multipart/form-data; boundary=b';
const part = (name: string, value: string) =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

function requestOf(type: string, text: string): HttpRequest {
  return {
    method: 'POST',
    target: '/invoices',
    headers: { 'content-type': type },
    body: new TextEncoder().encode(text),
  };
}

it.each([
  ['a form', form, 'customer=c%C3%A9&amount=5', 'customer=cus_1&amount=5'],
  ['JSON', 'application/json', '{"customer":"cé","amount":5}', '{"customer":"cus_1","amount":5}'],
])('what was sent as %s is sent with another value', (_what, type, text, expected) => {
  const request = requestOf(type, text);
  const sent = sentBody(operation, request) ?? expect.fail();
  expect(sent.value).toEqual({ customer: 'cé', amount: 5 });
  const renewed = withSentBody(operation, request, sent, { customer: 'cus_1', amount: 5 });
  expect(new TextDecoder().decode(renewed?.body ?? undefined)).toBe(expected);
  expect(renewed?.headers['content-type']).toContain(type);
});

it('what would not be written so again is left as it is', () => {
  expect(sentBody(operation, requestOf(form, 'customer=%63'))).toBeNull();
  expect(sentBody(operation, requestOf(form, 'customer=%'))).toBeNull();
  expect(sentBody(operation, requestOf(parts, part('customer', 'x')))).toBeNull();
  expect(sentBody(operation, requestOf('text/plain', 'x'))).toBeNull();
});
