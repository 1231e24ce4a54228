import { mix, Random } from '../fake/index.js';
import { readFault } from '../fault/index.js';
import { contentOfCase, filled, requestView, type ScriptedAnswer } from '../fixture/index.js';
import { concreteMediaType, type Operation, responseFor, writeBody } from '../operation/index.js';
import { isObject, type Json } from '../text/value.js';
import { type Draft, type Exchange, emptyDraft } from './context.js';
import { declaredError, declaredSuccess } from './declared.js';
import { draftProblem, mergedInto, refused } from './held.js';
import { live } from './live.js';
import { responseHeaders } from './response-headers.js';
import { lazySaltOf, saltOf } from './salt.js';
import type { ScriptedStep } from './sequence.js';
import { successOf } from './status.js';

/**
 * What a scripted case says: its own body, or one made from the document, or what would be answered with something merged into
 * it. What is only known now (placeholders, what is merged into) is held against the document, and is a 500 where it does not fit.
 */
export function scriptedAnswer(
  exchange: Exchange,
  operation: Operation,
  { name, answer, counted }: ScriptedStep,
): Draft {
  const said = answer.isTemplate ? filledIn(exchange, operation, answer) : answer;
  const { body, merge, offContract } = said;
  const drawn: Draft = {
    ...(body !== undefined ? scriptedBody(exchange, operation, { ...said, body }) : made(exchange, operation, said)),
    source: 'case',
    name,
    delay: delayOf(exchange, operation, said, Number(counted?.row ?? 0)),
    fault: said.fault === null ? null : readFault(said.fault),
    counted,
  };
  // What the world refuses is refused, whatever would be merged into it.
  if (!drawn.chosen) return { ...drawn, source: 'problem', name: null };
  const draft = merge === undefined ? drawn : mergedInto(drawn, merge, operation, exchange.setup.operations);
  if (typeof draft === 'string') return refused(exchange, operation, draft);
  const isSure = merge === undefined && !said.isTemplate;
  const problem = isSure || offContract || !draft.valid ? null : draftProblem(operation, draft, said.headers);
  return problem === null ? draft : refused(exchange, operation, `The case ${JSON.stringify(name)}: ${problem}`);
}

/** An answer with a body that is given. */
export function scriptedBody(
  { setup, request: { method }, values, seed, path }: Exchange,
  operation: Operation,
  {
    status,
    headers,
    body,
    mediaType: wanted,
  }: Pick<ScriptedAnswer, 'status' | 'headers' | 'mediaType'> & { body: Json },
): Draft {
  const response = responseFor(operation, status) ?? null;
  const salt = lazySaltOf(operation, values);
  const tools = { faker: setup.faker, seed, salt, path, method };
  const declared = response === null ? {} : responseHeaders(response, tools);
  const content = response === null ? undefined : contentOfCase(response, wanted);
  const mediaType = wanted ?? concreteMediaType(content?.mediaType ?? 'application/json');
  const written = writeBody({ value: body, mediaType, content: content ?? null, schemas: setup.operations.schemas });
  return { ...emptyDraft, status, headers: { ...declared, ...headers }, ...written };
}

function made(exchange: Exchange, operation: Operation, said: ScriptedAnswer): Draft {
  const { status, items, merge } = said;
  const response = responseFor(operation, status) ?? null;
  if (merge !== undefined && status < 300) {
    // The case was chosen, perhaps by name: what it changes is the answer that nobody has asked for by name.
    const { status: _status, example: _example, ...preference } = exchange.preference;
    const usual = successOf(operation);
    const choice = {
      kind: 'response',
      ...(usual.status === status ? usual : { status, response }),
      example: null,
    } as const;
    const lived = items === null ? live({ ...exchange, preference }, operation, choice) : null;
    if (lived !== null) return { ...lived, headers: { ...lived.headers, ...said.headers } };
  }
  const make = status >= 400 ? declaredError : declaredSuccess;
  const refinements = items === null ? [] : [items];
  const draft = make(exchange, operation, { status, response, example: null, refinements });
  return { ...draft, status, headers: { ...draft.headers, ...said.headers } };
}

function filledIn(exchange: Exchange, operation: Operation, said: ScriptedAnswer): ScriptedAnswer {
  if (exchange.values === null) return said;
  const view = requestView(exchange.request, exchange.values, operation.method, operation);
  const { body, merge, headers } = said;
  const fields = filled(headers as { [name: string]: string | string[] }, view);
  const texts = Object.entries(isObject(fields) ? fields : {}).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(String) : String(value),
  ]);
  return {
    ...said,
    ...(body !== undefined && { body: filled(body, view) ?? null }),
    ...(merge !== undefined && { merge: filled(merge, view) ?? null }),
    headers: Object.fromEntries(texts),
  };
}

/** Within its range it depends on the request and, in a sequence, on which one it is. */
function delayOf(
  exchange: Exchange,
  operation: Operation,
  { delay, pointer }: ScriptedAnswer,
  ordinal: number,
): number {
  const [least, most] = delay;
  if (least === most) return least;
  const salt = `${pointer} ${ordinal} ${saltOf(operation, exchange.values)}`;
  return new Random(mix(exchange.seed, salt)).integer(least, most);
}
