import type { Operation } from '../../operation/index.js';
import { type QueryRole, setAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';

type Place = Pick<QueryRole, 'parameter' | 'within'>;

/** Query parameters that say something at some places: two members of one parameter are one value. */
export type Query = Readonly<Record<string, Json>>;

/**
 * A query with another value in it, as the parameter takes it: a number where it is declared as a text is one.
 * @returns null where the parameter takes none of these
 */
export function withAsked(operation: Operation, query: Query, place: Place, value: Json): Query | null {
  const parameter = operation.parameters.find((each) => each.in === 'query' && each.name === place.parameter);
  if (parameter === undefined || parameter.schema.problem !== null) return null;
  for (const form of formsOf(value)) {
    const whole = place.within.length === 0 ? form : setAt(query[place.parameter], place.within, form);
    if (parameter.schema.accepts(whole)) return { ...query, [place.parameter]: whole };
  }
  return null;
}

/** The ways in which a value may be asked for: a list of one, a text, a number. */
function formsOf(value: Json): Json[] {
  if (typeof value === 'object') return [value];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  const forms: Json[] = [value, scalarText(value), ...(Number.isNaN(number) ? [] : [number])];
  return [...forms, ...forms.map((form) => [form])];
}
