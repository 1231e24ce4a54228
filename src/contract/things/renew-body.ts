import { equalityKey } from '../../schema/equality.js';
import { fits } from '../../schema/index.js';
import { pointerOf } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import { freshened } from '../derive/freshened.js';
import { jsonContent } from '../derive/json-content.js';
import { excerptForTitle } from '../excerpt.js';
import type { RunState } from '../run/state.js';
import type { OperationTally } from '../run/tally.js';
import type { Sending } from '../run/target-watch.js';
import { adoptedBy } from './attempts.js';
import { patching } from './patch-steps.js';
import { type BodyPath, ownKeyIn, referring } from './refer.js';
import { sentBody, withSentBody } from './sent-body.js';

/** Valid bodies that differ from that of the valid request in more than one place. */
const whole: ReadonlySet<string> = new Set(['base', 'repetition', 'only-required', 'all', 'content', 'optional']);

/**
 * A case whose body names things that exist, and, where the target takes each name once, has names of its own. What the
 * case itself varies stays as it is, and so does a body that the user has given.
 */
export function withOwnBody<Sent extends Sending>(state: RunState, tally: OperationTally, sending: Sent): Sent {
  const { operation, case: contractCase } = sending;
  const { request, expectation, aspect, varies } = contractCase;
  const { things, options } = state;
  const role = things.resources.roleOf(operation.id);
  const refers =
    things.resources.sent(operation).length > 0 ||
    Object.keys(adoptedBy(things, operation)).length > 0 ||
    ownKeyIn(things, operation) !== null ||
    role?.kind === 'patch';
  if ((!refers && !tally.takesNamesOnce) || aspect === 'hostile' || request.body === null) return sending;
  if (options.fixtures?.for(operation.id).contract.body !== undefined) return sending;
  const sent = sentBody(operation, request);
  const planned = tally.planned && sentBody(operation, tally.planned.request);
  if (sent === null || planned === null) return sending;
  const { value: own, content } = sent;
  const { value: base } = planned;
  const isWhole =
    expectation === 'accepted' && whole.has(varies.keyword) && (varies.in === null || aspect === 'accepted');
  const isOpen = (value: Json, place: BodyPath) => {
    const before = at(base, place);
    const isVaried =
      varies.keyword !== 'optional' && place.findLast((step) => typeof step === 'string') === varies.name;
    return isEqual(value, before) || (!isVaried && (isWhole || before === undefined));
  };
  const schema = (content ?? jsonContent(operation))?.schema ?? null;
  const path = { ...state.givenFor(tally.entry), ...tally.chosen?.values };
  const isValid = schema !== null && fits(schema, own);
  // The key of what another member names has another form: `^VA` of a service, `^MG` of its messaging service.
  const referred = (value: Json, ordinal = 0): Json => {
    const found = patching(state, operation, path, referring(things, operation, path, value, isOpen, ordinal), isOpen);
    return isValid && !schema.accepts(found) ? value : found;
  };
  let body = referred(own);
  if (tally.takesNamesOnce) {
    const ordinal = ordinalOf(state, tally);
    const other = freshened(isWhole ? body : base, schema, ordinal);
    if (other !== undefined) body = isWhole ? other : merged(body, base, other);
    // What was made fresh need not be the name of anything.
    body = referred(body, role?.kind === 'create' ? ordinal : 0);
  }
  if (isEqual(body, own)) return sending;
  const renewed = withSentBody(operation, request, sent, body);
  if (renewed === null) return sending;
  return { ...sending, case: { ...contractCase, title: retitled(contractCase.title, own, body), request: renewed } };
}

/** A title that says a value says the one that has come in its place: `body/owner = 53 (an optional member)`. */
function retitled(title: string, before: Json, after: Json, place = 'body'): string {
  if (isEqual(before, after)) return title;
  const said = `${place} = ${excerptForTitle(before)} (`;
  if (title.startsWith(said)) return `${place} = ${excerptForTitle(after)} (${title.slice(said.length)}`;
  return Object.entries(isStructured(before) ? before : {}).reduce((told, [name, value]) => {
    const now = at(after, [name]);
    return now === undefined ? told : retitled(told, value, now, place + pointerOf(name));
  }, title);
}

function isStructured(value: Json): value is JsonObject | Json[] {
  return typeof value === 'object' && value !== null;
}

/** Counted with what is made to prepare, so that none of them has the names of another. */
function ordinalOf({ things }: RunState, tally: OperationTally): number {
  const role = things.resources.roleOf(tally.entry.id);
  return role ? things.attemptsOf(role.resource).names++ : tally.requests;
}

function at(value: Json, place: BodyPath): Json | undefined {
  let found: Json | undefined = value;
  for (const step of place) {
    if (Array.isArray(found)) found = found[Number(step)];
    else found = isObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  }
  return found;
}

function isEqual(value: Json | undefined, other: Json | undefined): boolean {
  return value !== undefined && other !== undefined && equalityKey(value) === equalityKey(other);
}

/** What is as in the base becomes what it is in the other one. */
function merged(own: Json, base: Json, other: Json): Json {
  if (isEqual(own, base)) return other;
  if (Array.isArray(own) && Array.isArray(base) && Array.isArray(other) && own.length === base.length) {
    return own.map((item, index) => merged(item, base[index] ?? null, other[index] ?? null));
  }
  if (!isObject(own) || !isObject(base) || !isObject(other)) return own;
  const copy: JsonObject = {};
  for (const [name, value] of Object.entries(own)) {
    const isKnown = Object.hasOwn(base, name) && Object.hasOwn(other, name);
    setMember(copy, name, isKnown ? merged(value, base[name] ?? null, other[name] ?? null) : value);
  }
  return copy;
}
