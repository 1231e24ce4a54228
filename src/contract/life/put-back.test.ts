import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { run } from '../run/run.js';
import type { Aspect, Received } from '../types.js';
import { answer } from './library/answer.js';

const settings = {
  type: 'object',
  properties: {
    theme: { type: 'string', enum: ['light', 'dark'], default: 'light' },
    size: { type: 'integer', default: 10 },
  },
};
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const gives = { responses: { 200: { description: 'x', ...json(settings) }, 400: { description: 'x' } } };
const body = { requestBody: { required: true, ...json(settings) } };
const operationsOf = (method: 'put' | 'patch') =>
  createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: { '/settings': { get: gives, [method]: { ...body, ...gives } } },
    }),
  );

class Server {
  settings: JsonObject = { theme: 'dark', size: 25 };
  send = async ({ method, body: bytes }: HttpRequest): Promise<Received> => {
    if (method === 'GET') return answer(200, this.settings);
    if (method !== 'PUT' && method !== 'PATCH') return answer(405);
    let sent: Json;
    try {
      sent = JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array()));
    } catch {
      return answer(400);
    }
    const isValid =
      isObject(sent) &&
      ['light', 'dark', undefined].includes(sent.theme as string) &&
      (sent.size === undefined || Number.isInteger(sent.size));
    if (!isObject(sent) || !isValid) return answer(400);
    this.settings = method === 'PUT' ? { theme: 'light', size: 10, ...sent } : { ...this.settings, ...sent };
    return answer(200, this.settings);
  };
}

const aspects: Aspect[] = ['accepted', 'rejected', 'life'];
const base = { target: 'http://t', allowWrites: true, concurrency: 1, aspects };

describe('what there is one of', () => {
  it.each(['put', 'patch'] as const)(
    'is after the run what it was before, where it is changed by %s',
    async (method) => {
      const server = new Server();
      const result = await run({ ...base, operations: operationsOf(method), send: server.send });
      expect(result.findings.filter(({ severity }) => severity === 'violation')).toEqual([]);
      expect(server.settings).toEqual({ theme: 'dark', size: 25 });
      expect(result.leftBehind).toBeUndefined();
    },
  );

  it('is put back too where the run is stopped', async () => {
    const server = new Server();
    const stop = new AbortController();
    const send: typeof server.send = async (request) => {
      const answered = await server.send(request);
      if (request.method === 'PUT') stop.abort();
      return answered;
    };
    await run({ ...base, operations: operationsOf('put'), send, signal: stop.signal, removeWith: server.send });
    expect(server.settings).toEqual({ theme: 'dark', size: 25 });
  });

  it('is said to be changed where it cannot be put back', async () => {
    const server = new Server();
    let isAtEnd = false;
    const send: typeof server.send = async (request) =>
      isAtEnd && request.method === 'PUT' ? answer(503) : server.send(request);
    const removeWith: typeof server.send = async (request) => {
      isAtEnd = true;
      return send(request);
    };
    const result = await run({ ...base, operations: operationsOf('put'), send, removeWith });
    expect(result.leftBehind).toEqual([
      { thing: '/settings', reason: 'it could not be put back: PUT answers 503: an empty body' },
    ]);
  });
});
