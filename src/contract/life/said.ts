import type { ItemRole } from '../../resource/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { excerpt } from '../excerpt.js';
import { sentBody } from '../things/sent-body.js';
import type { Exchange } from '../types.js';
import { nameOf } from './answers.js';
import { donesOf, mayComeLater, saysDone, takenBackBy, verbOf } from './doing.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, told } from './life.js';
import { likenessOf } from './likeness.js';
import { isSaying, type Member, secret, shownBy } from './members.js';

/** What was lost of what an action does, or was told. */
interface Lost {
  readonly name: string;
  readonly expected: string;
}

/**
 * A thing that says that something was done to it says when, where it has a member for that (`archived_at` of what is `archived`), and
 * what an action was told stands in the member that is called like it (`reason` in `cancel_reason`) and was empty before.
 */
export async function checkSaid(
  life: Life,
  action: ItemRole,
  { thing }: Made,
  before: JsonObject,
  doing: Exchange,
): Promise<void> {
  const { read } = life.roles;
  if (read === undefined || mayComeLater(action) || takenBackBy(action) !== undefined) return;
  const shown = shownBy(life.operation(read), read);
  const said = saidTo(action, shown, before, sentBody(doing.operation, doing.request)?.value);
  const times = shown.filter(({ name }) => isTimeOf(action, name));
  if (said.length === 0 && times.length === 0) return;
  await life.hands.hold('change-kept', async () => {
    const after = await life.read(thing, 'read what an action says of itself');
    if (!after?.row) return null;
    const { row, exchange } = after;
    if (areOfOthers(exchange, doing)) return null;
    const isDone = [...saysDone(action, row, shown)].some(([name, done]) => done && typeof row[name] === 'string');
    const lost: Lost[] = said
      .filter(({ name, value }) => likenessOf(value, row[name]) === 'other')
      .map(({ name, value }) => ({ name, expected: excerpt(value) }));
    const untold = isDone ? times.filter(({ name }) => Object.hasOwn(row, name) && row[name] === null) : [];
    const [first] = [...lost, ...untold.map(({ name }): Lost => ({ name, expected: 'the time at which it was done' }))];
    if (first === undefined) return kept(exchange);
    return broken(exchange, {
      message: `What an action was told, or when it was taken, is not there: ${told(doing)}, and then ${nameOf(exchange)}: "${first.name}"`,
      expected: first.expected,
      received: excerpt(row[first.name] ?? null),
      cause: 'what an action says of itself',
    });
  });
}

/** Whether the paths of two requests name other things where they say the same: what is done to one is not to be seen of the other. */
function areOfOthers(one: Exchange, other: Exchange): boolean {
  const [a, b] = [stepsOf(one), stepsOf(other)];
  return a.some(([step, value], index) => step === b[index]?.[0] && value !== b[index]?.[1]);
}

/** Each step of a path as it is declared, and as it was sent. */
function stepsOf({ operation, request }: Exchange): (readonly [string, string | undefined])[] {
  const sent = request.target.split(/[?#]/)[0]?.split('/') ?? [];
  const declared = operation.path.split('/');
  return declared.map((step, index) => [step, sent[index + sent.length - declared.length]]);
}

/** `archived_at` of `archive`. */
function isTimeOf(action: ItemRole, name: string): boolean {
  const words = phraseOf(name);
  const done = words.replace(/ (?:at|on|date)$/, '');
  return done !== words && donesOf(verbOf(action)).includes(done);
}

/** What of a body the thing has a member for, that said nothing before. */
function saidTo(action: ItemRole, shown: readonly Member[], before: JsonObject, sent: Json | undefined) {
  return Object.entries(isObject(sent) ? sent : {}).flatMap(([told, value]) => {
    if (!isSaying(value) || typeof value === 'object' || secret.test(told)) return [];
    const own = shown.find(({ name }) => isCalledAfter(action, name, told) && !isSaying(before[name]));
    return own === undefined ? [] : [{ name: own.name, value }];
  });
}

/** Whether a member is called like what an action is told, or as that of the action: `cancel_reason`, `cancellationReason`. */
function isCalledAfter(action: ItemRole, name: string, told: string): boolean {
  const [words, wanted] = [phraseOf(name), phraseOf(told)];
  const stem = verbOf(action).replace(/e$/, '');
  return words === wanted || (stem.length > 3 && words.startsWith(stem) && words.endsWith(` ${wanted}`));
}
