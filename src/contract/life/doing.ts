import { type ItemRole, saysState, verbIn } from '../../resource/index.js';
import { listedValues } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import { participlesOf, undoneBy } from '../../text/participles.js';
import type { Json, JsonObject } from '../../text/value.js';
import { phraseOf, wordsOf } from '../../text/words.js';
import type { Member } from './members.js';

/** What an action is called: `close` of `POST /orders/{id}/close`, `check in` of `/stays/{id}/check-in`. */
export function verbOf({ entry }: ItemRole): string {
  const [verb = '', second = '', ...others] = wordsOf(verbIn(entry.path));
  return others.length === 0 && particle.test(second) ? `${verb} ${second}` : verb;
}

const particle = /^(?:in|out|up|down|off|on|back|away|over)$/;

/** What a thing is called to which an action was done: `closed`, `checked in`. */
export function donesOf(verb: string): readonly string[] {
  const [first = '', ...rest] = verb.split(' ');
  return participlesOf(first).map((done) => phraseOf([done, ...rest].join(' ')));
}

/** What an action takes back: the verbs of that; undefined where it takes nothing back. */
export function takenBackBy(action: ItemRole): readonly string[] | undefined {
  const verb = verbOf(action);
  return action.entry.method === 'DELETE' ? [verb] : undoneBy(verb);
}

/**
 * Verbs that ask somebody for something, so that what they are called by comes later, or from others: a mail is sent, a bank is
 * asked.
 */
const asking =
  /^(?:verify|validate|confirm|check|send|resend|invite|notify|pay|charge|refund|process|import|export|sync)$/;

/** Whether what an action says may come after it has answered. */
export const mayComeLater = (action: ItemRole): boolean => asking.test(verbOf(action));

/**
 * Members of a row that say by their names whether an action has been done, each with whether it does: of `close` a `status` that may be
 * `closed`, `is_closed`, `closedAt`.
 * @param shown what declares the row
 */
export function saysDone(action: ItemRole, row: JsonObject, shown: readonly Member[]): ReadonlyMap<string, boolean> {
  const undone = takenBackBy(action);
  const forms = new Set((undone ?? [verbOf(action)]).flatMap(donesOf));
  const found = new Map<string, boolean>();
  for (const { name, parts } of shown) {
    const words = phraseOf(name);
    // What a thing does not show says neither.
    if (!Object.hasOwn(row, name)) continue;
    const value = row[name] ?? null;
    const isDone = saysState(name) ? isStateOf(value, listedValues(parts), forms) : isTimeOrTruth(value, words, forms);
    if (isDone !== null) found.set(name, undone === undefined ? isDone : !isDone);
  }
  return found;
}

function isStateOf(value: Json, listed: readonly Json[], forms: ReadonlySet<string>): boolean | null {
  const isForm = (one: Json): boolean => forms.has(phraseOf(scalarText(one)));
  return listed.some(isForm) ? isForm(value) : null;
}

function isTimeOrTruth(value: Json, words: string, forms: ReadonlySet<string>): boolean | null {
  const name = words.replace(/^(?:is|has been|was) /, '');
  if (forms.has(name) && (value === null || typeof value === 'boolean')) return value === true;
  const isTime = forms.has(name.replace(/ (?:at|on|date)$/, '')) && !forms.has(name);
  return isTime && typeof value !== 'object' ? value !== '' && value !== false : isTime ? value !== null : null;
}
