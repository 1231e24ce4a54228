import type { Operation } from '../../operation/index.js';
import { type QueryRole, setAt } from '../../resource/index.js';
import type { Schema } from '../../schema/index.js';
import { requiredNames, viewOf } from '../../schema/view.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import { jsonContent } from '../derive/json-content.js';
import { isUnsafe } from '../types.js';

type Place = Pick<QueryRole, 'parameter' | 'within'>;

/** What a list is asked for, by name: two members of one parameter are one value. */
export type Query = Readonly<Record<string, Json>>;

/** Something that a list can be asked for. */
export interface Askable {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
  readonly pointer: string;
  readonly schema: Schema;
}

const known = new WeakMap<Operation, readonly Askable[]>();

/** What a list can be asked for: parameters of its query, and members of its body where it is posted. */
export function askables(operation: Operation): readonly Askable[] {
  const before = known.get(operation);
  if (before !== undefined) return before;
  const query = operation.parameters.filter((each) => each.in === 'query');
  const inQuery = query.map(({ name, required, description, pointer, schema }) => ({
    ...{ name, required, description: String(description ?? ''), pointer, schema },
  }));
  const all = [...inQuery, ...inBody(operation)];
  known.set(operation, all);
  return all;
}

function inBody(operation: Operation): Askable[] {
  const { document, schemas, method } = operation;
  const content = isUnsafe(method) || method === 'QUERY' ? jsonContent(operation) : undefined;
  if (!content?.schema || content.schema.problem !== null) return [];
  const view = viewOf(document);
  const parts = view.certain(content.schema.pointer);
  const required = requiredNames(parts);
  return Array.from(view.members(parts), ([name, edges]) => {
    const pointer = edges[0]?.pointer ?? content.schema?.pointer ?? '';
    const { description } = document.resolve(document.at(pointer), pointer).value as { description?: Json };
    const said = typeof description === 'string' ? description : '';
    return { name, required: required.has(name), description: said, pointer, schema: schemas.at(pointer, 'request') };
  });
}

export const askable = (operation: Operation, name: string | undefined): Askable | undefined =>
  askables(operation).find((each) => each.name === name);

/**
 * A query with another value in it, as the list takes it: a number where it is declared as a text is one.
 * @returns null where it takes none of these
 */
export function withAsked(operation: Operation, query: Query, place: Place, value: Json): Query | null {
  const asked = askable(operation, place.parameter);
  if (asked === undefined || asked.schema.problem !== null) return null;
  for (const form of formsOf(value)) {
    const whole = place.within.length === 0 ? form : setAt(query[place.parameter], place.within, form);
    if (asked.schema.accepts(whole)) return { ...query, [place.parameter]: whole };
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
