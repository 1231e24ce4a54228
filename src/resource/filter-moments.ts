import { wordsOf } from '../text/words.js';
import type { QueryPlace } from './query-place.js';
import type { Shape } from './shape.js';
import type { QueryRole } from './types.js';
import { fold } from './words.js';

export type Operator = (QueryRole & { readonly role: 'filter' })['operator'];

/** What a name says of a filter. */
export interface Named {
  readonly member: readonly string[];
  /** null where the name has none. */
  readonly operator: Operator | null;
  /** Whether its no asks for all, and not for the others. */
  readonly isOnly?: boolean;
}

const bounds = new Map<string, Operator>([
  ...['since', 'from', 'fromdate', 'datefrom', 'startdate', 'starttime', 'start', 'mindate', 'startingat'].map(
    (name) => [name, 'gte'] as const,
  ),
  ...['until', 'to', 'todate', 'dateto', 'enddate', 'endtime', 'end', 'maxdate', 'endingat'].map(
    (name) => [name, 'lte'] as const,
  ),
  ...['timemin', 'mintime', 'datemin'].map((name) => [name, 'gte'] as const),
  ...['timemax', 'maxtime', 'datemax'].map((name) => [name, 'lte'] as const),
  ['after', 'gt'],
  ['before', 'lt'],
]);

/** A bound without a name is of the date that its description speaks of, or of the only one, or of the creation. */
export function sinceOrUntil(name: string, { shape, description }: QueryPlace, row: Shape): Named | null {
  const operator = bounds.get(name);
  if (operator === undefined || !shape.isScalar) return null;
  const places = new Map([...row.members].flatMap(([member, each]) => momentIn(member, each)));
  const dates = [...places.keys()];
  const said = wordsOf(description);
  const named = dates.filter((member) => wordsOf(member).some((word) => word.length > 3 && said.includes(word)));
  const created = dates.filter((member) =>
    /^(?:creat|(?:raised|occurred|happened|recorded|measured|logged|reported|received|posted|issued|placed|ordered|requested|triggered)(?:_?(?:at|on|date|time))?$|date$|timestamp$|time$)/i.test(
      member,
    ),
  );
  const lasting = operator.startsWith('g') ? /^ends?(?:s?at|time|date)?$/i : /^starts?(?:s?at|time|date)?$/i;
  // What lasts for some time is there from its start to its end.
  const within = /min|max/.test(name) ? dates.filter((member) => lasting.test(fold(member))) : [];
  const [only] = within.length === 1 ? within : named.length === 1 ? named : dates.length === 1 ? dates : created;
  const member = only === undefined ? undefined : places.get(only);
  return member === undefined ? null : { member, operator };
}

/** Where a member says when something is: itself, or in an object beside a time zone (`{ "start": { "dateTime": … } }`). */
function momentIn(name: string, shape: Shape): readonly (readonly [string, readonly string[]])[] {
  if (isDate(shape)) return [[name, [name]]];
  const held = shape.isObject ? [...shape.members].filter(([, each]) => shape.item === undefined && isDate(each)) : [];
  const inside = held.find(([member]) => /^date_?time$/i.test(member)) ?? (held.length === 1 ? held[0] : undefined);
  return inside !== undefined && lastingNames.test(fold(name)) ? [[name, [name, inside[0]]]] : [];
}

const lastingNames = /^(?:starts?|ends?)(?:s?at|time|date)?$/;

export function isDate(shape: Shape): boolean {
  return /^date(?:-time)?$/.test(shape.text('format'));
}
