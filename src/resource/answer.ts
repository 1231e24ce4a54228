import { wordsOf } from '../text/words.js';
import { countsList } from './counted.js';
import { isEnvelopeContainer, isEnvelopeName, suggestedRole } from './envelope-words.js';
import type { Outline } from './outline.js';
import type { Shape } from './shape.js';
import type { AnswerPlace } from './types.js';
import { fold, isSameName } from './words.js';

/** What is known of an operation when its answer is looked at. */
export interface AnswerHints {
  /** The last word of its path. */
  readonly noun: string;
  /** Whether its path ends in a parameter, as that of one thing does. */
  readonly endsInParameter: boolean;
  /** Whether there is an item path below, or something can be created here. */
  readonly isCollection: boolean;
  /** Whether it has a query parameter of paging. */
  readonly isPaged: () => boolean;
  /** How one thing looks that is read by the item path below. */
  readonly row: Shape | null;
}

/** Rows in an answer: where the list stands, where in its items they do, and their schema. */
export interface RowsPlace extends Pick<AnswerPlace, 'path' | 'inside' | 'isKeyed'> {
  readonly item: Shape;
}

/** What an array of rows is called where it is not named after what it lists. */
const arrayNames = new Set(
  `data items results result records rows entries values value content contents list elements objects collection docs
  documents hits nodes edges resources page entities response resultset searchresults searchresult payload output
  listitems matches found`.split(/\s+/),
);

/** What an object is called that only wraps. */
const wrapperNames = new Set(
  `data result results response payload body output content d embedded list page hits query object item entity resource
  record value model return meta`.split(/\s+/),
);

/** Arrays of objects that stand beside rows. */
const besideNames = new Set(
  `errors error warnings messages links link included facets aggregations notices notifications columns headers fields sort
  filters meta debug related breadcrumbs`.split(/\s+/),
);

const maximumDepth = 3;

/**
 * The rows that an answer lists: an array of objects, an object that has them by their keys, or an object with one of these.
 * @returns a sentence that says why it lists none
 */
export function findRows(answer: Shape, hints: AnswerHints): RowsPlace | string {
  const { item } = answer;
  if (item !== undefined) return item.isObject ? listAt([], item, hints) : 'It lists values that are no objects';
  const value = valuesOf(answer, null, hints);
  if (value !== undefined) return { path: [], item: value, inside: [], isKeyed: true };
  if (!answer.isObject || answer.members.size === 0) return 'It answers with no object and no list of objects';
  const candidates = [...arraysIn(answer, hints, [], true)]
    .map((candidate) => ({ ...candidate, score: scoreOf(candidate, hints) }))
    .toSorted((a, b) => b.score - a.score);
  const [best, second] = candidates;
  if (best === undefined) return 'It answers with one object';
  if (second !== undefined && second.score === best.score && best.score < 2)
    return `It answers with an object of several lists (${best.path.join('.')}, ${second.path.join('.')})`;
  if (!isList(best, hints)) return 'It answers with one object';
  const { path, item: row, inside, isKeyed } = best;
  return { path, item: row, inside, isKeyed };
}

/** An array of rows, or of edges that have one each beside its cursor (Relay's connections). */
function listAt(path: readonly string[], item: Shape, { row }: AnswerHints): RowsPlace {
  const plain = { path, item, inside: [], isKeyed: false };
  if (row !== null && item.likeness(row) >= sameThing) return plain;
  const things = [...item.members].filter(([, inner]) => inner.isObject && inner.members.size > 0);
  // What says beside the row how it was found (`search` of a bundle) is none.
  const alike =
    row !== null && item.memberNamed('id') === undefined
      ? things.filter(([, one]) => one.likeness(row) >= sameThing)
      : [];
  const [[name, inner] = [], ...others] = alike.length === 1 ? alike : things;
  if (name === undefined || inner === undefined || others.length > 0) return plain;
  const isEdge =
    fold(name) === 'node' && [...item.members.keys()].every((one) => one === name || fold(one) === 'cursor');
  const isRow = row !== null && item.memberNamed('id') === undefined && inner.likeness(row) >= sameThing;
  return isEdge || isRow ? { ...plain, item: inner, inside: [name] } : plain;
}

/**
 * What an object has by keys, where these are the rows; undefined where they are anything else.
 * @param name of the member that it is; null: it is the whole answer
 */
function valuesOf(holder: Shape, name: string | null, { row, noun, isCollection }: AnswerHints): Shape | undefined {
  const { value } = holder;
  if (value === undefined || !value.isObject || value.members.size === 0) return undefined;
  if (row !== null)
    return value.likeness(row) >= sameThing || (isCollection && isSaidAlike(value, row)) ? value : undefined;
  return isCollection && (name === null || isNamedAfter(name, noun)) ? value : undefined;
}

/** Whether two objects have the same members: of one alone that tells enough where paths say that they belong together. */
function isSaidAlike({ members }: Shape, other: Shape): boolean {
  return members.size === other.members.size && [...members.keys()].every((name) => other.members.has(name));
}

interface Candidate extends RowsPlace {
  /** Whether all that stands beside it, and beside what it stands in, says something of the whole answer. */
  readonly isAlone: boolean;
  /** Whether something there says how the list goes on. */
  readonly isPaged: boolean;
}

/** What has more members is no frame around rows. */
const mostAround = 1000;

function* arraysIn(holder: Shape, hints: AnswerHints, path: readonly string[], isAlone: boolean): Generator<Candidate> {
  const { members } = holder;
  if (members.size > mostAround) return;
  const lists = [...members].flatMap(([name, { item }]) => (item === undefined ? [] : [name]));
  const strange = [...members.keys()].filter(
    (name) => !isEnvelopeName(name) && !isWrapper(name, hints) && !lists.some((list) => countsList(name, list)),
  );
  const isPaged = [...members.keys()].some((name) => suggestedRole(name) !== undefined || isEnvelopeContainer(name));
  for (const [name, inner] of members) {
    const alone = isAlone && (strange.length === 0 || (strange.length === 1 && strange[0] === name));
    const inside = [...path, name];
    const value = valuesOf(inner, name, hints);
    if (inner.item?.isObject) yield { ...listAt(inside, inner.item, hints), isAlone: alone, isPaged };
    else if (value !== undefined)
      yield { path: inside, item: value, inside: [], isKeyed: true, isAlone: alone, isPaged };
    else if (
      inside.length < maximumDepth &&
      inner.isObject &&
      (isWrapper(name, hints) || isBearer(holder, inner, hints))
    )
      yield* arraysIn(inner, hints, inside, alone);
  }
}

/** Whether an object is there for its list alone, as what that stands below: `{ "order": { "lines": […] } }` of `/orders/{id}/lines`. */
function isBearer(holder: Shape, { members }: Shape, { noun }: AnswerHints): boolean {
  const [[name, only] = []] = members;
  const isAlone = holder.members.size === 1 && members.size === 1;
  return isAlone && only?.item?.isObject === true && isNamedAfter(name ?? '', noun);
}

function isWrapper(name: string, { noun }: Pick<AnswerHints, 'noun'>): boolean {
  return wrapperNames.has(fold(name)) || isSameName(name, noun);
}

function scoreOf({ path, item, isAlone }: Candidate, { noun, row }: AnswerHints): number {
  const name = path.at(-1) ?? '';
  let score = isAlone ? 1 : 0;
  if (row !== null && item.likeness(row) >= sameThing) score += 4;
  if (isNamedAfter(name, noun)) score += 3;
  else if (arrayNames.has(fold(name))) score += 2;
  // What has a key is a thing, whatever it is called: a message of a channel.
  if (besideNames.has(fold(name)) && item.memberNamed('id') === undefined) score -= 3;
  return score;
}

/** `pets`, `petList` and `foundPets` list `pets`. */
function isNamedAfter(name: string, noun: string): boolean {
  if (isSameName(name, noun)) return true;
  const words = wordsOf(name).filter((word) => word !== 'list' && word !== 'array');
  return isSameName(words.join('_'), noun) || isSameName(words.at(-1) ?? '', noun);
}

function isList({ isAlone, isPaged, score }: Candidate & { score: number }, hints: AnswerHints): boolean {
  if (hints.endsInParameter) return isAlone && score >= 3 && (isPaged || hints.isPaged());
  if (isAlone) return score >= 1;
  if (score >= 3) return true;
  return score >= 2 && ((isPaged && hints.isCollection) || hints.isPaged());
}

/** How much two schemas share that describe one kind of thing. */
export const sameThing = 0.6;

/**
 * Where in an answer about one thing a list stands that has it alone: `{ "Invoices": [{…}] }`.
 * @param row how the thing looks
 * @param lists how the answers look that list such things: what else stands in these says nothing of one thing
 * @returns null where none stands there, or what else stands there says more than how it went
 */
export function findListOfOne(
  body: Shape,
  row: Shape,
  lists: readonly { readonly outline: Pick<Outline, 'answer'> }[] = [],
): readonly string[] | null {
  if (!body.isObject || body.likeness(row) >= sameThing) return null;
  const [[name] = [], ...others] = [...body.members].filter(([, { item }]) => (item?.likeness(row) ?? 0) >= sameThing);
  if (name === undefined || others.length > 0) return null;
  if (lists.some(({ outline: { answer } }) => answer?.shape.isOneWith(body))) return [name];
  return [...body.members.keys()].every((one) => one === name || isEnvelopeName(one)) ? [name] : null;
}

/**
 * Where in a body that is about one thing the thing stands: the body itself, or what an object wraps (`{ "pet": {…} }`,
 * `{ "data": {…} }`).
 * @param row how the thing looks; null where nobody knows yet
 * @returns null where the body is no object
 */
export function findRow(body: Shape, row: Shape | null, noun: string): readonly string[] | null {
  if (!body.isObject) return null;
  if (row !== null && body.likeness(row) >= sameThing) return [];
  const things: string[] = [];
  for (const name of body.members.keys()) if (!isEnvelopeName(name) || isSameName(name, noun)) things.push(name);
  if (row !== null) {
    for (const [name, inner] of body.members) {
      if ((things.length === 1 || isWrapper(name, { noun })) && inner.isObject && inner.likeness(row) >= sameThing)
        return [name];
    }
  }
  const [name, ...others] = things;
  const inner = name === undefined ? undefined : body.members.get(name);
  if (name === undefined || inner === undefined || others.length > 0) return [];
  if (!isWrapper(name, { noun }) || !inner.isObject || inner.members.size === 0) return [];
  return [name, ...((row && findRow(inner, row, noun)) ?? [])];
}
