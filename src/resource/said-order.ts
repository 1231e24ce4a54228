import type { Operation } from '../operation/index.js';
import { isObject, type Json } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import type { ListRole } from './types.js';

/** In which order the document says in plain words that a list is: `Newest first`, `ordered by name`. */
export interface SaidOrder {
  /** What it is sorted by, as words; null where none are said. */
  readonly by: string | null;
  /** Whether it is by when something was made, or is, where nothing is called by these words. */
  readonly isOfTime: boolean;
  /** null: nobody says which way. */
  readonly isDescending: boolean | null;
  /** What comes before all others, as a word: `pinned notes first, then …`. */
  readonly ahead?: string;
}

const known = new WeakMap<Operation, SaidOrder | null>();

/**
 * What an operation says of the order of its list where none is asked for, also where it says what may be asked for; null where it
 * says nothing that can be understood.
 */
export function saidOrder(operation: Operation, { query }: Pick<ListRole, 'query'>): SaidOrder | null {
  const earlier = known.get(operation);
  if (earlier !== undefined) return earlier;
  const { summary, description, responses, parameters } = operation;
  const answers = responses.filter(({ key }) => key === '200').map((each) => each.description);
  const asked = parameters.filter(({ name }) =>
    query.some(({ role, parameter }) => role === 'order' && parameter === name),
  );
  const usual = asked
    .flatMap((parameter) => sentencesIn(parameter.description))
    .filter((sentence) => /\bdefault|\busual/.test(sentence));
  const sentences = [...usual, ...[summary, description, ...answers].flatMap(sentencesIn)];
  const said = sentences.map(orderIn).find((order) => order !== null) ?? null;
  known.set(operation, said);
  return said;
}

const sentencesIn = (text: unknown): readonly string[] =>
  typeof text === 'string' ? text.toLowerCase().split(/[.;\n](?:\s|$)/) : [];

const firstWords =
  /\b(newest|latest|most recent(?:ly)?|oldest|earliest|soonest|highest|lowest|largest|smallest|cheapest)((?: (?!first\b|is\b|are\b|shown\b|come\b|comes\b|appearing\b)[\w_]+){0,3})(?: (?:is|are|shown|come|comes|appearing|appears))* first\b/;
const byWords =
  /\b(?:sorted|ordered|sort|order) by (?:(?:the|their|its) )?([\w_]+(?: (?:date|time|name|at|number|order))?)(?:,? (?:in )?\(?(asc|desc)\w*)?/;
const ofWords = /\bin (?:the )?order of (?:(?:the|their|its) )?([\w_]+)/;
const timeWords = /\bin (reverse[ -])?chronological order\b/;
const aheadWords = /\b(pinned|starred|favou?rites?|featured|sticky|unread)\b[^,]*\bfirst\b(?:,| and)/;
const rising = /^(?:oldest|earliest|soonest|lowest|smallest|cheapest)/;

function orderIn(whole: string): SaidOrder | null {
  // What may be asked for is not so where it is not.
  if (/\b(?:can be|may be|to sort|optionally|whether|if)\b/.test(whole) && !/\bdefault|\busual/.test(whole))
    return null;
  const [before = '', ahead] = aheadWords.exec(whole) ?? [];
  const order = orderOfAll(ahead === undefined ? whole : whole.slice(whole.indexOf(before) + before.length));
  return order === null || ahead === undefined ? order : { ...order, ahead };
}

function orderOfAll(sentence: string): SaidOrder | null {
  const [, first, named = ''] = firstWords.exec(sentence) ?? [];
  const [, by, way] = byWords.exec(sentence) ?? [];
  const [, of] = ofWords.exec(sentence) ?? [];
  const name = nameIn(by ?? of);
  if (first !== undefined) {
    const words = named.trim() || (name ?? (first === 'cheapest' ? 'price' : null));
    // What was last done to each is nothing that making it says.
    const isOfTime =
      !/^(?:highest|lowest|largest|smallest|cheapest)/.test(first) && !(first === 'most recently' && named !== '');
    return words === null && !isOfTime ? null : { by: words, isOfTime, isDescending: !rising.test(first) };
  }
  if (name !== undefined) return { by: name, isOfTime: false, isDescending: way === undefined ? null : way === 'desc' };
  const [inTime, reverse] = timeWords.exec(sentence) ?? [];
  if (inTime !== undefined) return { by: null, isOfTime: true, isDescending: reverse !== undefined };
  return /\b(?:alphabetically|in alphabetical order)\b/.test(sentence)
    ? { by: 'name', isOfTime: false, isDescending: false }
    : null;
}

const nameIn = (words: string | undefined): string | undefined =>
  words !== undefined && /^(?:default|relevance|the|a|an|this|one|any|most)\b/.test(words) ? undefined : words;

/**
 * What members may be called by which rows are in an order that was said, best first.
 * @param isInstant whether a member of a row says when something was
 */
export function membersSaid(
  { by, isOfTime }: SaidOrder,
  row: Json | undefined,
  isInstant: (name: string, value: Json) => boolean,
): readonly string[] {
  if (by === null || isOfTime) return [...(by === null ? [] : [by]), ...datesIn(row, isInstant, true)];
  const words = phraseOf(by);
  if (/^(?:name|title)$/.test(words)) return ['name', 'title', 'label'];
  const isOfMaking = /^(?:creation|created|date created|added|posted|age|recency)(?: (?:date|time))?$/.test(words);
  return [by, ...(isOfMaking ? datesIn(row, isInstant, false) : [])];
}

/** Whether a member is called as what says when a thing was made. */
export const saysMaking = (name: string): boolean =>
  /^(?:date )?(?:creat|insert|add|post)(?:ed|ion)?(?: (?:at|on|date|time|timestamp|date ?time))?$/.test(phraseOf(name));

const happening =
  /^(?:date|time|timestamp|at|when|occurred at|sent at|starts? at|start|start (?:date|time)|begins at|published at|number|version)$/;

/** What says when a row was made, or else when that is which it is about. */
function datesIn(
  row: Json | undefined,
  isInstant: (name: string, value: Json) => boolean,
  isAny: boolean,
): readonly string[] {
  if (!isObject(row)) return [];
  const inner = isObject(row.attributes) ? Object.entries(row.attributes) : [];
  const members = [...Object.entries(row), ...inner];
  const made = members.filter(([name, value]) => saysMaking(name) && isInstant(name, value));
  const others = isAny ? members.filter(([name]) => happening.test(phraseOf(name))) : [];
  return [...made, ...others].map(([name]) => name);
}
