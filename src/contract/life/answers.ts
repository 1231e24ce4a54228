import { isJson, isOwnExample } from '../../operation/index.js';
import {
  answerContent,
  type EnvelopeRole,
  isCall,
  type ListRole,
  listedIn,
  type Role,
  readAt,
  setAt,
  shownRow,
} from '../../resource/index.js';
import { isObject, type Json, type JsonObject, without } from '../../text/value.js';
import { type Answered, outcomeOf } from '../checks/outcome.js';
import { bodyJson, contentType, headerValues } from '../checks/received.js';
import { excerptBytes } from '../excerpt.js';
import type { Exchange, Received } from '../types.js';
import { opened } from './attributes.js';

export function isSuccess(exchange: Answered): boolean {
  const status = outcomeOf(exchange);
  return status !== null && status >= 200 && status < 300;
}

/** The answer as JSON; undefined where it is none. */
export function jsonOf(received: Received): Json | undefined {
  if (received.body.length === 0 || !isJson(contentType(received) ?? '')) return undefined;
  const read = bodyJson(received);
  return read.ok ? (read.value as Json) : undefined;
}

/** The items that a list shows; null where it is no success, or shows none where they are declared. */
export function rowsIn(exchange: Exchange, role: ListRole): readonly Json[] | null {
  if (!isSuccess(exchange) || role.answer === null) return null;
  const rows = listedIn(jsonOf(exchange.received), role.answer);
  return rows ?? null;
}

/** The thing that an answer shows; null where it shows none. */
export function rowIn(exchange: Answered, role: Role): JsonObject | null {
  if (!isSuccess(exchange) || role.answer === null) return null;
  const row = shownRow(jsonOf(exchange.received), role.answer);
  return isObject(row) ? opened(row) : null;
}

/** Members that were sent, and that an answer may not show beside another one that was: of those that exclude each other one is kept. */
export function displacedIn(exchange: Exchange, role: Role, sent: JsonObject): string[] {
  const { path = [], isInList = false } = role.answer ?? {};
  const [schema, body] = [answerContent(exchange.operation, role)?.schema, jsonOf(exchange.received)];
  const row = shownRow(body, { path, isInList });
  const missing = isObject(row) ? Object.keys(sent).filter((name) => !Object.hasOwn(row, name)) : [];
  if (!schema || !isObject(row) || missing.length === 0 || !schema.accepts(body)) return [];
  const isShown = (one: JsonObject): boolean => schema.accepts(setAt(body, path, isInList ? [one] : one));
  return missing.filter((name) => {
    const whole = { ...row, [name]: sent[name] as Json };
    const others = Object.keys(sent).filter((other) => Object.hasOwn(row, other));
    return !isShown(whole) && others.some((other) => isShown(without(whole, other)));
  });
}

const documented = new WeakMap<Received, boolean>();

/** Whether a list is the example that the document shows: what that says beside its items is said of no list. */
function isAsDocumented({ operation, received }: Exchange, role: ListRole): boolean {
  const known = documented.get(received);
  if (known !== undefined) return known;
  const content = answerContent(operation, role);
  const value = content !== undefined && content.examples.length > 0 ? jsonOf(received) : undefined;
  const isOwn = content !== undefined && value !== undefined && isOwnExample(content, value);
  documented.set(received, isOwn);
  return isOwn;
}

/** What a list says beside its items, in the words of one role; undefined where it says nothing of that. */
export function besideRows(exchange: Exchange, role: ListRole, kind: EnvelopeRole['role']): Json | undefined {
  for (const { role: own, at } of role.envelope) {
    if (own !== kind) continue;
    if ('member' in at && isAsDocumented(exchange, role)) continue;
    const said =
      'member' in at ? readAt(jsonOf(exchange.received), at.member) : headerValues(exchange.received, at.header)[0];
    if (said !== undefined) return said;
  }
  return undefined;
}

/** A count beside the items, and where it stands. */
export function totalIn(exchange: Exchange, role: ListRole): { readonly value: number; readonly name: string } | null {
  const value = Number(besideRows(exchange, role, 'total') ?? Number.NaN);
  const at = role.envelope.find((each) => each.role === 'total')?.at;
  if (at === undefined || !Number.isInteger(value) || value < 0) return null;
  return { value, name: 'member' in at ? at.member.join('.') : at.header };
}

/** `GET /things?size=2`, for sentences; of a call what it is sent too: `POST /things.info {"id":7}`. */
export function nameOf({ operation, case: { request } }: Exchange): string {
  const body = request.body !== null && isCall(operation.path) ? ` ${excerptBytes(request.body)}` : '';
  return `${request.method} ${shortened(request.target)}${body}`;
}

const longestTarget = 120;

function shortened(target: string): string {
  return target.length <= longestTarget ? target : `${target.slice(0, longestTarget)}…`;
}
