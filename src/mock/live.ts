import { type Operation, responseFor } from '../operation/index.js';
import { fits } from '../schema/index.js';
import type { Json } from '../text/value.js';
import type { WorldAnswer } from '../world/index.js';
import type { Choice } from './choose.js';
import { fetched, keepingFiles } from './contents.js';
import { type Draft, type Exchange, emptyDraft } from './context.js';
import { declaredSuccess } from './declared.js';
import { heeded, overlooksParents } from './fault.js';
import { refuse } from './refusal.js';

/**
 * The answer to a request that is about things of the world, and what it changes there; null where it is about none, or
 * where another answer than the usual one is asked for.
 */
export function live(
  exchange: Exchange,
  operation: Operation,
  choice: Extract<Choice, { kind: 'response' }>,
): Draft | null {
  const { setup, preference, request, values, seed, state } = exchange;
  const isUsual =
    preference.status === undefined &&
    preference.example === undefined &&
    preference.data === undefined &&
    preference.dynamic !== true;
  if (!isUsual || values === null || choice.status >= 300) return null;
  const asked = heeded(exchange, operation, values);
  const toWorld = { operation, request, values: asked, seed, state };
  const right = setup.world.answer(toWorld);
  const isOrphan = right?.kind === 'refused' && overlooksParents(exchange, operation);
  const answer = isOrphan ? setup.world.answer({ ...toWorld, overlooksParents: true }) : right;
  if (answer?.kind !== 'refused') {
    const file = fetched(exchange, operation, choice);
    if (file !== null) return file;
  }
  if (answer === null) return null;
  switch (answer.kind) {
    case 'refused':
      return refuse(exchange, { status: answer.status, detail: answer.detail });
    case 'unchanged':
      return { ...emptyDraft, status: 304, headers: { ETag: answer.tag } };
    case 'skipped':
      return { ...declaredSuccess(exchange, operation, { ...choice }), isSkipped: true };
    case 'shown': {
      const own = shown(exchange, operation, choice, answer);
      const draft = keepingFiles(exchange, operation, own, answer.isCreated ? (answer.at ?? null) : null);
      return asked !== values || isOrphan ? { ...draft, isHeedless: true } : draft;
    }
  }
}

function shown(
  exchange: Exchange,
  operation: Operation,
  choice: Extract<Choice, { kind: 'response' }>,
  answer: Extract<WorldAnswer, { kind: 'shown' }>,
): Draft {
  const status = answer.isCreated ? 201 : answer.isPart === true ? 206 : statusOfReplaced(exchange, operation, choice);
  const other = status === null ? undefined : operation.responses.find(({ key }) => key === String(status));
  const { example } = choice;
  const wanted =
    status === null || other === undefined
      ? { status: choice.status, response: choice.response, example, body: answer.body }
      : { status, response: other, example, body: answer.body };
  const draft = declaredSuccess(exchange, operation, wanted);
  if (draft.status !== wanted.status || draft.isSkipped) return draft;
  const source = answer.isOfState && draft.source !== 'none' ? 'state' : draft.source;
  return { ...draft, source, headers: headersOf(operation, draft, answer), changes: answer.changes };
}

/** What was there is not made by PUT (RFC 9110, 9.3.4): 200 or 204, where one is declared beside 201. */
function statusOfReplaced(
  { request }: Exchange,
  { responses }: Operation,
  { status }: Extract<Choice, { kind: 'response' }>,
): number | null {
  if (request.method !== 'PUT' || status !== 201) return null;
  const other = responses.find(({ key }) => key === '200' || key === '204');
  return other === undefined ? null : Number(other.key);
}

/** Declared fields whose values follow from what is shown; the tag of a row also where only a request's field is declared. */
function headersOf(
  operation: Operation,
  { status, headers }: Draft,
  answer: Extract<WorldAnswer, { kind: 'shown' }>,
): Draft['headers'] {
  if (answer.headers.length === 0) return headers;
  const declared = responseFor(operation, status)?.headers ?? [];
  const changed: Record<string, string | readonly string[]> = { ...headers };
  for (const { name, values } of answer.headers) {
    const header = declared.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (header === undefined && name !== 'ETag') continue;
    const accepts = (value: Json): boolean => fits(header?.schema ?? null, value);
    const fitting = values.find(
      (value) =>
        value !== undefined &&
        value !== null &&
        // A list in a field is its items with commas between them (style `simple`).
        (accepts(value) || accepts(String(value)) || accepts(String(value).split(','))),
    );
    if (fitting !== undefined) changed[header?.name ?? name] = String(fitting);
    else if (header?.required !== true) delete changed[header?.name ?? name];
  }
  return changed;
}
