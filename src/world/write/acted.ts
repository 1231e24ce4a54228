import { type ItemRole, saysState } from '../../resource/index.js';
import { fits } from '../../schema/index.js';
import { viewOf } from '../../schema/view.js';
import { answeredWord, gerundOf, participlesOf, undoneBy } from '../../text/participles.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { beginnings, datesAt, deciders, deciding, formsOf, isSameState } from '../coherence/states.js';
import { rowSchemaOf } from '../shape.js';
import { type Call, timeOf } from './call.js';
import { holderOf } from './holder.js';
import { read } from './read-by.js';

/**
 * A row after an action that is called as a state is: `cancel` makes its status `cancelled`, or what says so true, or says when;
 * `unlock`, or what takes back a `lock`, does not. What is counted of that is one more, or one less.
 */
export function acted(call: Call<ItemRole>, row: JsonObject, action: string, isTakenBack: boolean): JsonObject {
  const { resource } = call.role;
  const { operations } = call.ground;
  const own = rowSchemaOf(resource, call.ground);
  const view = viewOf(operations.document);
  const declaredAt = (...path: string[]) => [...view.members(view.within(resource.schema, path)).keys()];
  const meaning = meaningOf(action, isTakenBack);
  const seen = read(row, action, call.values.body as Json | undefined, (one) => fits(own, one));
  const whole = actedIn(call, seen, declaredAt(), meaning, (one) => fits(own, one));
  const holder = holderOf(resource, call.ground);
  const held = holder && whole[holder.name];
  if (!holder || !isObject(held)) return whole;
  const within = (one: JsonObject): JsonObject => ({ ...whole, [holder.name]: one });
  return within(actedIn(call, held, declaredAt(holder.name), meaning, (one) => fits(own, within(one))));
}

/** The same of one object in which a row says what it is. */
function actedIn(
  call: Call<ItemRole>,
  row: JsonObject,
  declared: readonly string[],
  { verb, isUndone, states, formsUndone, answerTo }: ReturnType<typeof meaningOf>,
  isValid: (row: JsonObject) => boolean,
): JsonObject {
  let whole = row;
  // A row that says nothing of its state says so from now on, if it may.
  const isAnswer = (name: string) => answerTo(dated(name)) !== null && dated(name) !== phraseOf(name);
  const unsaid = declared.filter(
    (name) => (saysState(name) || (!isUndone && isAnswer(name))) && !Object.hasOwn(row, name),
  );
  const members: [string, Json][] = [...Object.entries(row), ...unsaid.map((name): [string, Json] => [name, null])];
  const changed: boolean[] = [];
  for (const [name, value] of members) {
    const words = phraseOf(name);
    const answer = answerTo(words);
    if (saysState(name)) {
      // What was in no other state than the one that is taken back is again what it was at first.
      const isLeft = formsUndone.some((form) => isSameState(String(value), form));
      const within = (form: string) => isValid({ ...whole, [name]: form });
      const held = stateAmong([...states, ...(isLeft ? beginnings : [])], within);
      if (held !== undefined) whole = { ...whole, [name]: held };
    } else if (typeof value === 'boolean' && answer !== null) {
      changed.push(value !== answer);
      whole = { ...whole, [name]: answer };
    } else if (answerTo(dated(name)) !== null && (value === null || isUndone)) {
      whole = withDate(whole, name, isUndone ? [null] : datesAt(timeOf(call)), isValid);
    }
  }
  if (!isOneMore(changed, call)) return whole;
  return counted(whole, verb, isUndone ? -1 : 1, isValid);
}

/** A name without what says that it says when: `closed` of `closed_at`. */
const dated = (name: string): string => phraseOf(name).replace(/ (?:at|on|date)$/, '');

/** A row with the first date that it may have; where null may not say that it has none, it may leave it out. */
function withDate(
  row: JsonObject,
  name: string,
  dates: readonly Json[],
  isValid: (row: JsonObject) => boolean,
): JsonObject {
  const { [name]: _, ...others } = row;
  const all = [...dates.map((date) => ({ ...row, [name]: date })), ...(dates.includes(null) ? [others] : [])];
  return all.find(isValid) ?? row;
}

/** Whether something was done that was not done before: what says so has changed, or nothing says so and it may be done again. */
const isOneMore = (changed: readonly boolean[], { operation }: Call<ItemRole>): boolean =>
  changed.length > 0 ? changed.includes(true) : operation.method !== 'PUT';

/** The first of some states that a thing can be in; a status that may be any text says nothing of what it can be. */
function stateAmong(states: readonly string[], isOne: (form: string) => boolean): string | undefined {
  const held = states.flatMap(formsOf).find(isOne);
  return held === undefined || isOne(`no ${held}`) ? undefined : held;
}

/** A row in which those that have done something are one more, or one less: `like_count`, `followers`. */
function counted(row: JsonObject, verb: string, more: number, isValid: (row: JsonObject) => boolean): JsonObject {
  const doers = [verb, `${verb}s`, `${verb}er`, `${verb}ers`, `${verb}r`, `${verb}rs`];
  let whole = row;
  for (const [name, value] of Object.entries(row)) {
    const words = phraseOf(name);
    const of = words.replace(/^(?:total|num|number of) | (?:count|total)$/g, '');
    if (typeof value !== 'number' || !doers.includes(of) || (of === words && of === verb)) continue;
    const next = { ...whole, [name]: Math.max(0, value + more) };
    if (isValid(next)) whole = next;
  }
  return whole;
}

/** Words of what an action brings about that are none of its own. */
const results: ReadonlyMap<string, readonly string[]> = new Map([
  ['start', ['in_progress', 'running', 'active']],
  ['run', ['in_progress', 'active']],
  ['submit', ['in_review', 'under_review', 'pending']],
  ['complete', ['done', 'finished']],
  ['finish', ['done', 'completed']],
]);

const particles = new Set(['in', 'out', 'off', 'up', 'down', 'on']);

/** What an action makes of a thing: what its status may be then, best first, and what is true of it; null: that is as it was. */
function meaningOf(action: string, isTakenBack: boolean) {
  const [verb = '', behind = ''] = phraseOf(action).split(' ');
  const undone = isTakenBack ? [verb] : undoneBy(verb);
  const done = undone ?? [verb];
  // Who checks in is checked in.
  const particle = particles.has(behind) ? ` ${behind}` : '';
  const forms = done.flatMap(participlesOf).map((form) => form + particle);
  const lasting = done.map(gerundOf);
  const own = participlesOf(verb);
  // What is turned off is not open again.
  const isOff = /^(?:deactivate|disable)$/.test(verb);
  const again = isOff ? [] : ['open', 'opened', 'active'];
  const answerTo = (words: string): boolean | null => {
    const word = answeredWord(words);
    if (forms.includes(word) || lasting.includes(word)) return undone === undefined;
    if (undone === undefined && deciders.includes(verb) && deciding.test(word)) return true;
    return isOff && own.includes(word) ? true : null;
  };
  return {
    verb: done[0] ?? verb,
    isUndone: undone !== undefined,
    // What takes back a `lock` by its method has no word of its own for it.
    states:
      undone === undefined
        ? [...forms, verb, ...lasting, ...(results.get(verb) ?? [])]
        : [...(isTakenBack ? [] : own), ...again],
    formsUndone: undone === undefined ? [] : forms,
    answerTo,
  };
}

/** The member that says why an action was taken: `rejection_reason` for `reject`; else the only one that ends so. */
export function reasonFor(action: string, name: string, row: JsonObject): string | undefined {
  const ending = ` ${phraseOf(name)}`;
  const all = Object.keys(row).filter((one) => phraseOf(one).endsWith(ending));
  const stem = (phraseOf(action).split(' ')[0] ?? '').slice(0, -1);
  const own = stem.length < 3 ? undefined : all.find((one) => phraseOf(one).startsWith(stem));
  return own ?? (all.length === 1 && !Object.hasOwn(row, name) ? all[0] : undefined);
}
