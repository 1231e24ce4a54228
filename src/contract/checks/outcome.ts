import type { Operation } from '../../operation/index.js';
import { isJson } from '../../operation/index.js';
import { isCall } from '../../resource/index.js';
import { viewOf } from '../../schema/view.js';
import { outcomeWordOf } from '../../text/outcome-words.js';
import { isObject, type Json } from '../../text/value.js';
import { textOf } from '../things/taken.js';
import type { Exchange } from '../types.js';
import { bodyJson, contentType } from './received.js';

/** What came for an operation. */
export type Answered = Pick<Exchange, 'operation' | 'received'>;

/**
 * The status of an answer, or the one that it comes to where every answer is 200 by the document, and says by a member how it went:
 * `{ "code": 404, "msg": "no such device", "data": null }` is as good as 404, and so is `{ "ok": false, "error": "user_not_found" }` wherever
 * an answer may be that. Null where no status came.
 */
export function outcomeOf({ operation, received }: Answered): number | null {
  const { status } = received;
  if (status === null || status < 200 || status >= 300 || received.body.length === 0) return status;
  const envelope = envelopeOf(operation);
  if (envelope === null || !isJson(contentType(received) ?? '')) return status;
  const read = bodyJson(received);
  const body = read.ok ? (read.value as Json) : null;
  if (!isObject(body) || !Object.hasOwn(body, envelope.outcome)) return status;
  const said = body[envelope.outcome] ?? null;
  const isTold = Object.keys(body).some((name) => isWord(name) && (body[name] ?? '') !== '');
  if (envelope.isTruth) return said === false && isTold ? statusIn(received) : status;
  const hasPayload = envelope.payload.some((name) => (body[name] ?? null) !== null);
  return hasPayload ? status : refusalIn(said, status);
}

/** The same of what is asked about one thing: calls refuse with 400 too what is about nothing, and say so in words. */
export function standingOf(exchange: Answered): number | null {
  const status = outcomeOf(exchange);
  const mayBeMissing = (status === 400 || status === 422) && isCall(exchange.operation.path);
  return mayBeMissing && missing.test(textOf(exchange.received.body)) ? 404 : status;
}

const missing =
  /not[_ -]?found|no[_ -]?such|n[o']?t[_ -]?exist|unknown[_ -]?(?:id|key)\b|_gone\b|(?:was|been)[_ -]deleted/i;

/** The status that says what a refusal says in words. */
function statusIn({ body }: Exchange['received']): number {
  const text = textOf(body);
  if (missing.test(text)) return 404;
  if (/not[_ -]?auth|invalid[_ -]?auth|unauthori[sz]ed|invalid[_ -]?token/i.test(text)) return 401;
  return /taken|duplicate|already|exists/i.test(text) ? 409 : 400;
}

/** Members that say when and where, or in words. */
const beside = /^(?:timestamp|time|path|(?:trace|request|req)_?id|info|desc|description|reason|detail)s?$/i;
const isWord = (name: string): boolean => /^(?:message|error)$/.test(outcomeWordOf(name) ?? '') || inWords.test(name);
const inWords = /^(?:info|desc|description|reason|detail)s?$/i;

interface Envelope {
  readonly outcome: string;
  /** Whether it is true or false, beside what says in words why. */
  readonly isTruth: boolean;
  /** What else an answer has. */
  readonly payload: readonly string[];
}

const envelopes = new WeakMap<Operation, Envelope | null>();

function envelopeOf(operation: Operation): Envelope | null {
  const known = envelopes.get(operation);
  if (known !== undefined) return known;
  const found = envelopeIn(operation);
  envelopes.set(operation, found);
  return found;
}

/** Where a refusal has a status of its own, there is no other way to say one, unless the document says so of a success. */
function envelopeIn({ responses, document }: Operation): Envelope | null {
  const successes = responses.filter(({ key }) => /^2/.test(key));
  const schema = successes.flatMap(({ content }) => content).find(({ mediaType }) => isJson(mediaType))?.schema;
  if (!schema || schema.problem !== null) return null;
  const view = viewOf(document);
  const possible = view.members(view.possible(schema.pointer));
  const truth = [...possible.keys()].find((name) => outcomeWordOf(name) === 'success');
  const isTruth = (possible.get(truth ?? '') ?? []).some(({ to }) =>
    view.certain(to).some(({ schema: { type, const: only } }) => type === 'boolean' || typeof only === 'boolean'),
  );
  if (truth !== undefined && isTruth && [...possible.keys()].some(isWord))
    return { outcome: truth, isTruth, payload: [] };
  if (successes.length < responses.length) return null;
  const names = [...view.members(view.certain(schema.pointer)).keys()];
  const outcome = names.find((name) => /^(?:code|success)$/.test(outcomeWordOf(name) ?? ''));
  if (outcome === undefined || !names.some(isWord)) return null;
  const payload = names.filter((name) => outcomeWordOf(name) === null && !beside.test(name));
  return payload.length === 0 ? null : { outcome, isTruth: false, payload };
}

/** What says that all went well: `0`, `200`, `"OK"`, `"00000"`, `20000`. */
const isSuccess = /^(?:0+|20+|10*|ok|success|successful|true)$/i;

function refusalIn(said: Json, status: number): number {
  if (said === null || typeof said === 'object' || isSuccess.test(String(said))) return status;
  const [, own] = /^(4\d\d)\d*$/.exec(String(said)) ?? [];
  return own === undefined ? 400 : Number(own);
}
