import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { below, type Origins, type Place } from '../read/origins.js';
import { setMember } from '../read/plain.js';
import type { OldSchema } from './schemas.js';

/** A Parameter Object of 2.0 that is `in: formData`. */
export interface FormField {
  readonly value: JsonObject;
  readonly place: Place;
}

/** The keywords that 2.0 writes beside `name` and `in` of a parameter, and that a schema has in 3.0. */
export const inlineKeywords = [
  'type',
  'format',
  'description',
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
] as const;

const urlEncoded = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data';

/** `collectionFormat` of 2.0 as `style` and `explode` of 3.0. `tsv` has no counterpart. */
const styles: Readonly<Record<string, { readonly style: string; readonly explode: boolean }>> = {
  csv: { style: 'form', explode: false },
  ssv: { style: 'spaceDelimited', explode: false },
  pipes: { style: 'pipeDelimited', explode: false },
  multi: { style: 'form', explode: true },
};

/** The object that form fields make together, and how its members are written. */
export interface FormBody {
  readonly schema: JsonObject;
  readonly encoding: JsonObject | null;
  readonly required: boolean;
  readonly mediaTypes: readonly string[];
  readonly schemas: readonly OldSchema[];
}

/**
 * The body that `formData` parameters stand for. The upgrader keeps only type, format and description of them.
 * @param consumes the media types that the operation declares, if it does
 */
export function formBody(fields: readonly FormField[], consumes: readonly string[], origins: Origins): FormBody {
  const properties: JsonObject = {};
  const encoding: JsonObject = {};
  const required: string[] = [];
  const schemas: OldSchema[] = [];
  for (const { value, place } of fields) {
    const name = String(value.name);
    const schema = inlineSchema(value);
    schemas.push(...withItems({ value: schema, place }));
    origins.set(schema, place);
    setMember(properties, name, schema);
    if (value.required === true) required.push(name);
    const style = styles[typeof value.collectionFormat === 'string' ? value.collectionFormat : 'csv'];
    if (value.type === 'array' && style !== undefined) setMember(encoding, name, { ...style });
  }
  const schema: JsonObject = { type: 'object', properties, ...(required.length > 0 && { required }) };
  return {
    schema,
    encoding: Object.keys(encoding).length > 0 ? encoding : null,
    required: required.length > 0,
    mediaTypes: formMediaTypes(fields, consumes),
    schemas,
  };
}

/** A file can only be sent in parts (2.0, Parameter Object, `type`). */
function formMediaTypes(fields: readonly FormField[], consumes: readonly string[]): string[] {
  const hasFile = fields.some(({ value }) => value.type === 'file');
  const declared = consumes.filter((type) => type === multipart || (type === urlEncoded && !hasFile));
  return declared.length > 0 ? declared : [hasFile ? multipart : urlEncoded];
}

function inlineSchema(parameter: JsonObject): JsonObject {
  const schema: JsonObject = {};
  for (const keyword of inlineKeywords) {
    const value = parameter[keyword];
    if (value !== undefined) schema[keyword] = value;
  }
  return schema;
}

/** A schema and the schemas of its items. `collectionFormat` of items has no counterpart in 3.0. */
export function withItems({ value, place }: OldSchema): OldSchema[] {
  const schemas: OldSchema[] = [];
  let schema: Json | undefined = value;
  for (let at = place; isObject(schema); at = below(at, 'items')) {
    delete schema.collectionFormat;
    schemas.push({ value: schema, place: at });
    schema = schema.items;
  }
  return schemas;
}
