import type { Operation } from '../../operation/index.js';
import { isJson } from '../../operation/index.js';
import { viewOf } from '../../schema/view.js';
import { isObject, type Json } from '../../text/value.js';
import type { Exchange } from '../types.js';
import { bodyJson, contentType } from './received.js';

type Answered = Pick<Exchange, 'operation' | 'received'>;

/**
 * The status of an answer, or the one that it comes to where every answer is 200 by the document, and says by a member how it went:
 * `{ "code": 404, "msg": "no such device", "data": null }` is as good as 404. Null where no status came.
 */
export function outcomeOf({ operation, received }: Answered): number | null {
  const { status } = received;
  if (status === null || status < 200 || status >= 300 || received.body.length === 0) return status;
  const envelope = envelopeOf(operation);
  if (envelope === null || !isJson(contentType(received) ?? '')) return status;
  const read = bodyJson(received);
  const body = read.ok ? (read.value as Json) : null;
  if (!isObject(body) || !Object.hasOwn(body, envelope.outcome)) return status;
  const hasPayload = envelope.payload.some((name) => (body[name] ?? null) !== null);
  return hasPayload ? status : refusalIn(body[envelope.outcome] ?? null, status);
}

/** Members by which an answer says how it went. */
const outcomes =
  /^(?:(?:err|error|ret|return|result|status|biz|sub)?_?(?:code|no)|errno|ret|ok|success|succeeded|is_?success)$/i;
/** Members that say it in words, or say when and where. */
const words = /^(?:err|error|ret|return|status)?_?(?:msg|message|info|desc|description|reason|detail)s?$/i;
const beside = /^(?:timestamp|time|path|(?:trace|request|req)_?id|errors?)$/i;

interface Envelope {
  readonly outcome: string;
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

/** Where a refusal has a status of its own, there is no other way to say one. */
function envelopeIn({ responses, document }: Operation): Envelope | null {
  if (responses.length === 0 || responses.some(({ key }) => !/^2/.test(key))) return null;
  const schema = responses.flatMap(({ content }) => content).find(({ mediaType }) => isJson(mediaType))?.schema;
  if (!schema || schema.problem !== null) return null;
  const view = viewOf(document);
  const names = [...view.members(view.certain(schema.pointer)).keys()];
  const outcome = names.find((name) => outcomes.test(name));
  if (outcome === undefined || !names.some((name) => words.test(name))) return null;
  const payload = names.filter((name) => ![outcomes, words, beside].some((each) => each.test(name)));
  return payload.length === 0 ? null : { outcome, payload };
}

/** What says that all went well: `0`, `200`, `"OK"`, `"00000"`, `20000`. */
const isSuccess = /^(?:0+|20+|10*|ok|success|successful|true)$/i;

function refusalIn(said: Json, status: number): number {
  if (said === null || typeof said === 'object' || isSuccess.test(String(said))) return status;
  const [, own] = /^(4\d\d)\d*$/.exec(String(said)) ?? [];
  return own === undefined ? 400 : Number(own);
}
