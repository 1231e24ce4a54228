import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type WireEffect } from '../../operation/index.js';
import { checkResponse } from '../../operation/response.js';
import type { JsonObject } from '../../text/value.js';
import { createMock, type MockOptions } from '../create-mock.js';

const event = {
  type: 'object',
  required: ['id', 'event', 'data'],
  properties: {
    id: { type: 'string' },
    event: { enum: ['tick', 'tock'] },
    retry: { type: 'integer', minimum: 0 },
    data: {
      type: 'string',
      contentMediaType: 'application/json',
      contentSchema: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } },
    },
  },
};

function mockOf(content: JsonObject, options: Partial<MockOptions> = {}) {
  const paths = { '/x': { get: { responses: { 200: { summary: 'A stream', content } } } } };
  const document = documentFromObject({ openapi: '3.2.0', info: { title: 'Streams', version: '1' }, paths });
  const mock = createMock({ operations: createOperations(document), ...options });
  return (headers: Record<string, string> = {}) => {
    const answer = mock.answer({ method: 'GET', target: '/x', headers, body: null });
    return { ...answer, effect: answer.effect as Extract<WireEffect, { kind: 'stream' }> };
  };
}

describe.each([
  ['text/event-stream', { itemSchema: event }],
  ['application/jsonl', { itemSchema: { type: 'object', properties: { a: { type: 'integer' } } } }],
  ['application/json-seq', { schema: { type: 'array', items: { type: 'integer' }, minItems: 2 } }],
  ['application/x-ndjson', { schema: { type: 'object', properties: { a: { type: 'string' } } } }],
  ['multipart/mixed', { itemSchema: { type: 'object' }, itemEncoding: { contentType: 'application/json' } }],
])('an answer in %s', (mediaType, media) => {
  it('is made item by item, fits the document, and says how it is sent', () => {
    const answer = mockOf({ [mediaType]: media })();
    expect(answer.effect.frames).toHaveLength(3);
    expect(answer.body).toBe(answer.effect.frames.join('') + answer.effect.end);
    const paths = { '/x': { get: { responses: { 200: { summary: '', content: { [mediaType]: media } } } } } };
    const operations = createOperations(
      documentFromObject({ openapi: '3.2.0', info: { title: '', version: '' }, paths }),
    );
    const operation = operations.compile(operations.entries[0] as never);
    const headers = Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const response = { status: 200, headers, body: new TextEncoder().encode(String(answer.body)) };
    expect(checkResponse(operation, response)).toEqual([]);
  });

  it('has as many items as are asked for, and any number behind them', () => {
    const ask = mockOf({ [mediaType]: media }, { streamItems: 5 });
    const { frames, more } = ask().effect;
    expect(frames).toHaveLength(5);
    // An item follows from its number alone.
    expect(mockOf({ [mediaType]: media }, { streamItems: 9 })().effect.frames[7]).toBe(more(7));
  });
});

it('a stream of as many items as the document allows has no more', () => {
  const schema = { type: 'array', items: { type: 'integer' }, maxItems: 1, minItems: 1 };
  expect(mockOf({ 'application/jsonl': { schema } })().effect.frames).toHaveLength(1);
});

describe('events', () => {
  const ask = mockOf({ 'text/event-stream': { itemSchema: event } });

  it('are counted by their ids, and have JSON where their data is described as JSON', () => {
    const { frames } = ask().effect;
    expect(frames.map((frame) => /^id: (.*)$/m.exec(frame)?.[1])).toEqual(['1', '2', '3']);
    for (const frame of frames) expect(JSON.parse(/^data: (.*)$/m.exec(frame)?.[1] ?? '')).toHaveProperty('n');
  });

  it('begin behind the last one that the client has seen', () => {
    const whole = ask().effect;
    const { frames, more } = ask({ 'last-event-id': '1' }).effect;
    expect(frames).toEqual(whole.frames.slice(1));
    expect(more(2)).toBe(whole.more(3));
    expect(ask({ 'last-event-id': '3' }).body).toBe('');
    expect(ask({ 'last-event-id': '7' }).effect.more(0)).toBe(whole.more(7));
    expect(ask({ 'last-event-id': 'unknown' }).body).toBe(ask().body);
  });

  it('of an example are sent as they are written, one by one', () => {
    const text = 'id: a\ndata: 1\n\n: a comment\nid: b\ndata: 2\n\n';
    const shown = mockOf({ 'text/event-stream': { itemSchema: {}, examples: { a: { serializedValue: text } } } });
    expect(shown().body).toBe(text);
    expect(shown().effect.frames).toEqual(['id: a\ndata: 1\n\n', ': a comment\nid: b\ndata: 2\n\n']);
    expect(shown({ 'last-event-id': 'a' }).body).toBe(': a comment\nid: b\ndata: 2\n\n');
    const listed = mockOf({ 'text/event-stream': { itemSchema: {}, example: [{ data: 'a' }, { data: 'b' }] } });
    expect(listed().effect.frames).toEqual(['data: a\n\n', 'data: b\n\n']);
  });
});

it('a fault that spoils the body is not sent in the frames of the right one', () => {
  const ask = mockOf({ 'application/jsonl': { itemSchema: { type: 'integer' } } });
  const answer = ask({ prefer: 'fault=status-empty' });
  expect(answer.effect?.kind).not.toBe('stream');
});
