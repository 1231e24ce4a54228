import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { deriveCases } from '../derive/derive.js';
import type { Exchange, Received } from '../types.js';
import { mediaType } from './media-type.js';
import { firstInvalidUtf8, wellFormed } from './well-formed.js';

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

function said(over: Partial<Received>, type = 'application/json', check = wellFormed): string[] {
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
  const complaints = check.run(exchange, { operations, strict: false, bases: new Map() }) ?? [];
  return complaints.map(({ severity, message }) => `${severity}: ${message}`);
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

  it('calls no body empty that may still come', () => {
    expect(said({})).toEqual(['violation: The body is empty']);
    expect(said({ isOpen: true })).toEqual([]);
    expect(said({ isOpen: true }, 'application/jsonl', mediaType)).toEqual([
      'violation: The media type is not declared for 200',
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

describe('text', () => {
  const notUtf8 = 'violation: The body is not UTF-8';

  it('that is JSON is UTF-8 without a byte order mark', () => {
    expect(said({ body: bytes('\ufeff{}') })).toEqual(['violation: The body begins with a byte order mark']);
    expect(said({ body: new Uint8Array([0x22, 0xe9, 0x22]) })).toEqual([notUtf8]);
    expect(said({ body: new Uint8Array([0x22, 0xe9, 0x22]) }, 'application/problem+json;x=1')).toEqual([notUtf8]);
    expect(said({ body: bytes('"é"') })).toEqual([]);
  });

  it('of another kind is UTF-8 only where it says so', () => {
    const latin1 = new Uint8Array([0xe9]);
    expect(said({ body: latin1 }, 'text/plain; charset=UTF-8')).toEqual([
      'violation: The body is not in its charset, UTF-8',
    ]);
    expect(said({ body: latin1 }, 'text/plain; charset=iso-8859-1')).toEqual([]);
    expect(said({ body: latin1 }, 'image/png')).toEqual([]);
    expect(said({ body: bytes('\ufeffa,b') }, 'text/csv; charset=utf-8')).toEqual([]);
  });

  it('is told valid or not as TextDecoder does, with the offset', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.string({ unit: 'binary' }), (noise, text) => {
        const mixed = Buffer.concat([Buffer.from(text), noise]);
        const at = firstInvalidUtf8(mixed);
        if (at < 0) expect(() => decoder.decode(mixed)).not.toThrow();
        else {
          expect(() => decoder.decode(mixed)).toThrow();
          if (at < mixed.length) expect(() => decoder.decode(mixed.subarray(0, at))).not.toThrow();
        }
      }),
      { numRuns: 2000 },
    );
  });
});
