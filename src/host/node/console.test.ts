import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { expect, test } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createMock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import { createConsole, serve } from './index.js';

const document = documentFromObject({
  openapi: '3.1.0',
  info: null,
  paths: { '/word': { get: { responses: { 204: { description: 'None' } } } } },
});
const mock = createMock({ operations: createOperations(document) });

test('a hundred clients follow the journal, one more is told to come again, and takes the place of one that goes', async () => {
  const { mount, control } = createConsole({ mock: () => mock, version: '1' });
  const server = await serve(() => mock, { mount, ask: control.ask, onExchange: control.record });
  const api = `${server.url}${mount.path}/api`;
  const follow = async (): Promise<IncomingMessage> => {
    const [response] = await once(request(`${api}/journal/stream`, { agent: false }).end(), 'response');
    return response as IncomingMessage;
  };
  const followers = await Promise.all(Array.from({ length: 100 }, follow));
  expect(new Set(followers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  const refused = await follow();
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '5']);
  refused.resume();
  // All are told of a request, and the API answers beside them.
  expect((await fetch(`${server.url}/word`)).status).toBe(204);
  const told = followers.map(async (each) => {
    let text = '';
    for await (const piece of each) {
      text += piece;
      if (text.includes('"target":"/word"')) return true;
    }
    return false;
  });
  expect(await Promise.all(told)).toEqual(followers.map(() => true));
  expect((await fetch(`${api}/health`)).status).toBe(200);
  for (const each of followers) each.destroy();
  await expect
    .poll(async () => {
      const next = await follow();
      next.destroy();
      return next.statusCode;
    })
    .toBe(200);
  await server.close(0);
});
