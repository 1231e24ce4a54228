import type { Operation } from '../../operation/index.js';
import { isObject, type Json } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { isStamp } from '../coherence/order.js';

/** In which order the document says in plain words that a list is: `Newest first`, `ordered by name`. */
export interface SaidOrder {
  /** What it is sorted by, as words; null where none are said. */
  readonly by: string | null;
  /** Whether it is by when something was made, or is, where nothing is called by these words. */
  readonly isOfTime: boolean;
  readonly isDescending: boolean;
}

const known = new WeakMap<Operation, SaidOrder | null>();

/** What an operation says of the order of its list; null where it says nothing that can be understood. */
export function saidOrder(operation: Operation): SaidOrder | null {
  const earlier = known.get(operation);
  if (earlier !== undefined) return earlier;
  const { summary, description, responses } = operation;
  const answers = responses.filter(({ key }) => key === '200').map((each) => each.description);
  const texts = [summary, description, ...answers].flatMap((text) => (typeof text === 'string' ? text : []));
  const sentences = texts.flatMap((text) => text.toLowerCase().split(/[.;\n](?:\s|$)/));
  const said = sentences.map(orderIn).find((order) => order !== null) ?? null;
  known.set(operation, said);
  return said;
}

const firstWords =
  /\b(newest|latest|most recent(?:ly)?|oldest|earliest|soonest|highest|lowest|largest|smallest|cheapest)((?: (?!first\b|is\b|are\b|shown\b|come\b|comes\b|appearing\b)[\w_]+){0,3})(?: (?:is|are|shown|come|comes|appearing|appears))* first\b/;
const byWords =
  /\b(?:sorted|ordered|sort|order) by (?:(?:the|their|its) )?([\w_]+(?: (?:date|time|name|at|number|order))?)(?:,? (?:in )?\(?(asc|desc)\w*)?/;
const ofWords = /\bin (?:the )?order of (?:(?:the|their|its) )?([\w_]+)/;
const rising = /^(?:oldest|earliest|soonest|lowest|smallest|cheapest)/;

function orderIn(sentence: string): SaidOrder | null {
  // What may be asked for is not so where it is not.
  if (
    /\b(?:by default|can be|may be|to sort|optionally|whether|if)\b/.test(sentence) &&
    !/\bby default\b/.test(sentence)
  )
    return null;
  const [, first, named = ''] = firstWords.exec(sentence) ?? [];
  const [, by, way] = byWords.exec(sentence) ?? [];
  const [, of] = ofWords.exec(sentence) ?? [];
  if (first !== undefined && /^(?:highest|lowest|largest|smallest|cheapest)/.test(first) && named.trim() === '')
    return first === 'cheapest' ? { by: 'price', isOfTime: false, isDescending: false } : null;
  if (first !== undefined)
    return { by: named.trim() || (nameIn(by) ?? null), isOfTime: true, isDescending: !rising.test(first) };
  const name = nameIn(by ?? of);
  if (name !== undefined) return { by: name, isOfTime: false, isDescending: way === 'desc' };
  return /\b(?:alphabetically|in alphabetical order)\b/.test(sentence)
    ? { by: 'name', isOfTime: false, isDescending: false }
    : null;
}

const nameIn = (words: string | undefined): string | undefined =>
  words !== undefined && /^(?:default|relevance|the|a|an|this|one|any|most)\b/.test(words) ? undefined : words;

/** What members may be called by which rows are in an order that was said, best first. */
export function namesFor({ by, isOfTime }: SaidOrder, row: Json | undefined): readonly string[] {
  if (by === null || isOfTime) return [...(by === null ? [] : [by]), ...datesIn(row, true)];
  const words = phraseOf(by);
  if (/^(?:name|title)$/.test(words)) return ['name', 'title', 'label'];
  return [
    by,
    ...(/^(?:creation|created|date created|added|age|recency)(?: (?:date|time))?$/.test(words)
      ? datesIn(row, false)
      : []),
  ];
}

const happening =
  /^(?:date|time|timestamp|at|when|occurred at|sent at|starts? at|start|start (?:date|time)|begins at|published at|posted at|number|version)$/;

/** What says when a row was made, or else when that is which it is about. */
function datesIn(row: Json | undefined, isAny: boolean): string[] {
  if (!isObject(row)) return [];
  const inner = isObject(row.attributes) ? Object.entries(row.attributes) : [];
  const members = [...Object.entries(row), ...inner];
  const made = members.filter(([name, value]) => isStamp(name, value) && /creat|insert/.test(phraseOf(name)));
  const others = isAny ? members.filter(([name]) => happening.test(phraseOf(name))) : [];
  return [...made, ...others].map(([name]) => name);
}
