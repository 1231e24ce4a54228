import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { deriveCases } from '../derive/derive.js';
import type { Exchange, Received } from '../types.js';
import { wellFormed } from './well-formed.js';

const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Test', version: '1' },
    paths: {
      '/events': {
        get: {
          responses: {
            '200': {
              description: 'ok',
              content: { 'text/event-stream': {}, 'text/plain': {}, 'application/json': {} },
            },
          },
        },
      },
    },
  } as unknown as JsonObject),
);
const [entry] = operations.entries;
if (!entry) throw new Error('the document has an operation');
const operation = operations.compile(entry);
const [base] = deriveCases(operation, operations, { seed: 1 });

function said(over: Partial<Received>, type = 'application/json'): string[] {
  if (!base) throw new Error('the operation has a case');
  const body = over.body ?? new Uint8Array();
  const received: Received = {
    status: 200,
    headers: [['Content-Type', type]],
    raw: body,
    body,
    problems: [],
    duration: 1,
    ...over,
  };
  const exchange: Exchange = { case: base, operation, request: base.request, received };
  return wellFormed
    .run(exchange, { operations, strict: false })
    .map(({ severity, message }) => `${severity}: ${message}`);
}

const bytes = (text: string) => new TextEncoder().encode(text);
const timeout = [{ kind: 'timeout', message: 'no end after 10 s' }] as const;

describe('well-formed', () => {
  it('lets a stream go on, and nothing else', () => {
    expect(said({ problems: timeout, body: bytes('data: 1\n\n') }, 'text/event-stream')).toEqual([]);
    expect(said({ problems: timeout, body: bytes('[') })).toEqual(['violation: The answer did not arrive in time']);
    expect(said({ problems: timeout, status: null, headers: [] })).toEqual([
      'violation: The answer did not arrive in time',
    ]);
  });

  it('reads as JSON only what says that it is', () => {
    expect(said({ body: bytes('{oops') }, 'text/plain')).toEqual([]);
    expect(said({ body: new Uint8Array([0xff]) }, 'text/plain')).toEqual([]);
    expect(said({ body: new Uint8Array([0xff]) }, 'text/plain; charset=UTF-8')).toHaveLength(1);
    expect(said({ body: bytes('{oops') }, 'application/problem+json')).toHaveLength(1);
  });

  it('takes an empty text, and no empty JSON', () => {
    expect(said({}, 'text/plain')).toEqual([]);
    expect(said({})).toEqual(['violation: The body is empty']);
    expect(said({ headers: [] })).toEqual(['violation: The body is empty']);
  });

  it('takes JSON of any depth and any size', () => {
    const deep = 200_000;
    expect(said({ body: bytes('['.repeat(deep) + ']'.repeat(deep)) })).toEqual([]);
  });

  it('says what was wrong once, and not what follows from it', () => {
    const truncated = [{ kind: 'truncated', message: '3 of 10 bytes' }] as const;
    expect(said({ problems: truncated, body: bytes('["a') })).toEqual(['violation: The body ends too early']);
  });
});
