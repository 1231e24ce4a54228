import { pointerOf, referenceTo } from '../../../text/pointer.js';
import { isObject, type Json, type JsonObject, setMember } from '../../../text/value.js';
import { below, type Place } from '../../read/origins.js';
import type { Found, Upgrade } from './found.js';
import { joined, listAsText } from './list-text.js';

/** The keywords that 2.0 writes beside `name` and `in` of a parameter or in a header, and 3.0 in a schema. */
export const schemaKeywords: ReadonlySet<string> = new Set([
  'type',
  'format',
  'default',
  'items',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'enum',
  'multipleOf',
  'x-nullable',
]);

/** A Parameter Object that is neither a body nor a form field. */
export function upgradeParameter(upgrade: Upgrade, { value, place, name }: Found): Json {
  if (!isObject(value)) return value ?? null;
  if (name !== null) return { $ref: referenceTo(pointerOf('components', 'parameters', name)) };
  // The checks find a parameter that does not say where it is.
  if (typeof value.in !== 'string' || value.in === '' || '$ref' in value) return value;
  return Object.assign(describeBySchema(upgrade, value, place), listStyle(upgrade, value, place));
}

/** A parameter or header whose keywords have become its schema. One that was written as in 3.0 stays. */
export function describeBySchema(upgrade: Upgrade, written: JsonObject, place: Place): JsonObject {
  const rest: JsonObject = {};
  for (const [name, member] of Object.entries(written)) {
    if (!schemaKeywords.has(name) && name !== 'collectionFormat') setMember(rest, name, member);
  }
  if (!('schema' in written)) rest.schema = schemaOf(upgrade, written, place);
  upgrade.origins.set(rest, place);
  return rest;
}

/** The schema that the keywords of a parameter or header make. */
export function schemaOf({ origins, schemas }: Upgrade, written: JsonObject, place: Place): JsonObject {
  const schema = isTextInHeader(written)
    ? listAsText(written)
    : Object.fromEntries(Object.entries(written).filter(([name]) => schemaKeywords.has(name)));
  origins.set(schema, place);
  schemas.push({ value: schema, place });
  const { items } = schema;
  if (!isObject(items)) return schema;
  // What a list holds is one text on the wire, also where it is a list itself.
  const inner = items.type === 'array' ? listAsText(items) : { ...items };
  delete inner.collectionFormat;
  schema.items = inner;
  if (items.type === 'array' && Array.isArray(schema.default)) {
    schema.default = schema.default.map((value) => (Array.isArray(value) ? joined(value, items) : value));
  }
  origins.set(inner, below(place, 'items'));
  schemas.push({ value: inner, place: below(place, 'items') });
  return schema;
}

/** A header is no parameter that says where it is. */
function isTextInHeader({ in: location, type, collectionFormat }: JsonObject): boolean {
  return location === undefined && type === 'array' && ['ssv', 'tsv', 'pipes'].includes(String(collectionFormat));
}

interface ListStyle {
  readonly style: string;
  readonly explode: boolean;
}

/** `collectionFormat` as `style` and `explode`, by where the parameter is. `tsv` has no counterpart. */
const simpleStyles = { csv: { style: 'simple', explode: false } };
const formStyles = {
  csv: { style: 'form', explode: false },
  ssv: { style: 'spaceDelimited', explode: false },
  pipes: { style: 'pipeDelimited', explode: false },
  multi: { style: 'form', explode: true },
};
const listStyles: Readonly<Record<string, { readonly csv: ListStyle } & Readonly<Record<string, ListStyle>>>> = {
  path: simpleStyles,
  header: simpleStyles,
  query: formStyles,
  formData: formStyles,
};

/** How a list is written, where the parameter is one. */
export function listStyle(upgrade: Upgrade, written: JsonObject, place: Place): ListStyle | undefined {
  const { in: location, type, collectionFormat = 'csv' } = written;
  const styles = Object.hasOwn(listStyles, String(location)) ? listStyles[String(location)] : undefined;
  if (type !== 'array' || styles === undefined) return undefined;
  const format = String(collectionFormat);
  if (Object.hasOwn(styles, format)) return styles[format];
  upgrade.warnings.push({
    place: below(place, 'collectionFormat'),
    message: `A list in ${location} cannot be written as ${JSON.stringify(collectionFormat)} in OpenAPI 3, and is read as csv`,
    expected: Object.keys(styles).join(', '),
  });
  return styles.csv;
}
