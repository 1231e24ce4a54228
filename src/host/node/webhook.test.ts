import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { webhookRequest } from '../../mock/index.js';
import { checkRequest, createOperations } from '../../operation/index.js';
import { addressProblem, sendWebhook } from './index.js';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

const operations = createOperations(
  documentFromObject({
    openapi: '3.2.0',
    info: { title: 'Hooks', version: '1' },
    webhooks: {
      newPet: { $ref: '#/components/pathItems/NewPet' },
      several: { post: { responses: {} }, put: { responses: {} } },
    },
    components: {
      pathItems: {
        NewPet: {
          post: {
            summary: 'A pet was added',
            parameters: [
              { name: 'X-Event', in: 'header', schema: { enum: ['pet.added'] } },
              { name: 'attempt', in: 'query', required: true, schema: { type: 'integer' } },
            ],
            requestBody: {
              content: {
                'application/json': {
                  schema: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } },
                },
              },
            },
            responses: { 200: { summary: 'Seen' } },
          },
        },
      },
    },
  }),
);

test('webhooks are known by their names', () => {
  expect(operations.webhooks.map(({ id, method, summary }) => `${id}: ${method} ${summary}`)).toEqual([
    'newPet: POST A pet was added',
    'PUT several: PUT ',
    'POST several: POST ',
  ]);
  expect(operations.entries).toEqual([]);
});

test('a webhook is sent with a valid body, the declared header fields and the required query', async () => {
  const [entry] = operations.webhooks;
  if (entry === undefined) throw new Error('no webhook');
  const made = webhookRequest(operations, entry);
  if (!made.ok) throw new Error(made.message);
  expect(checkRequest(operations.compile(entry), made.request, {}).violations).toEqual([]);
  expect(made.request.headers['x-event']).toBe('pet.added');

  const seen: unknown[] = [];
  const server = createServer((request, response) => {
    request.on('data', (bytes: Buffer) => seen.push(request.method, request.url, JSON.parse(bytes.toString())));
    request.on('end', () => response.writeHead(200, { 'x-a': '1' }).end('ok'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks?a=1`;
  const response = await sendWebhook(made.request, address);
  expect(response).toMatchObject({ status: 200, headers: { 'x-a': '1' } });
  expect(seen).toEqual(['POST', expect.stringMatching(/^\/hooks\?a=1&attempt=-?\d+$/), { id: expect.any(Number) }]);
});

test.each([
  ['http://localhost:3000/a', null],
  ['https://127.0.0.1', null],
  ['http://127.1.2.3', null],
  ['http://[::1]:80/', null],
  ['http://app.localhost', null],
  ['http://example.com', 'Webhooks are sent to this machine alone, and example.com is another'],
  ['http://localhost.example.com', 'Webhooks are sent to this machine alone, and localhost.example.com is another'],
  ['http://127.0.0.1.example.com', 'Webhooks are sent to this machine alone, and 127.0.0.1.example.com is another'],
  ['http://10.0.0.1', 'Webhooks are sent to this machine alone, and 10.0.0.1 is another'],
  ['http://a:b@localhost', 'The address may hold no credentials'],
  ['file:///etc/passwd', 'file: is neither http nor https'],
  ['localhost', '"localhost" is no URL'],
])('%s: %s', (address, problem) => {
  expect(addressProblem(address)).toBe(problem);
});
