import { isObject, type Json, type JsonObject, setMember } from '../../../text/value.js';
import { below } from '../../read/origins.js';
import { extensions, type Found, type Upgrade } from './found.js';
import { listStyle, schemaOf } from './parameter.js';

type Body = Found & { readonly value: JsonObject };

export function isBody(found: Found): found is Body {
  return isObject(found.value) && (found.value.in === 'body' || found.value.in === 'formData');
}

/** Body and form parameters of an operation: its own, and those of its path that they do not replace. */
export function bodiesOf(own: readonly Found[], shared: readonly Found[]): Body[] {
  const bodies = own.filter(isBody);
  const hasWhole = bodies.some(({ value }) => value.in === 'body');
  const names = new Set(bodies.map(({ value }) => value.name));
  const kept = shared
    .filter(isBody)
    .filter(({ value }) => (value.in === 'body' ? bodies.length === 0 : !hasWhole && !names.has(value.name)));
  return [...bodies, ...kept];
}

/**
 * The Request Body Object that a body parameter is, or that form fields are together.
 * @param consumes the media types that the operation declares, if it does
 */
export function requestBody(
  upgrade: Upgrade,
  bodies: readonly Body[],
  consumes: readonly string[] | undefined,
): JsonObject | undefined {
  const whole = bodies.find(({ value }) => value.in === 'body');
  if (whole !== undefined) return bodyOf(upgrade, whole, consumes ?? ['application/json']);
  return bodies.length > 0 ? formOf(upgrade, bodies, consumes ?? []) : undefined;
}

function bodyOf({ origins }: Upgrade, { value, place }: Body, mediaTypes: readonly string[]): JsonObject {
  const { schema, description, required } = value;
  const content: JsonObject = {};
  for (const mediaType of mediaTypes) setMember(content, mediaType, schema === undefined ? {} : { schema });
  const body: JsonObject = {
    ...(description !== undefined && { description }),
    ...(required !== undefined && { required }),
    content,
    ...extensions(value),
  };
  origins.set(body, place);
  origins.set(schema ?? null, below(place, 'schema'));
  return body;
}

const urlEncoded = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data';

function formOf(upgrade: Upgrade, fields: readonly Body[], consumes: readonly string[]): JsonObject {
  const properties: JsonObject = {};
  const encoding: JsonObject = {};
  const required: string[] = [];
  for (const { value, place } of fields) {
    const name = String(value.name);
    const schema = schemaOf(upgrade, value, place);
    if (value.description !== undefined) schema.description = value.description;
    setMember(properties, name, schema);
    if (value.required === true) required.push(name);
    const style = listStyle(upgrade, value, place);
    if (style !== undefined) setMember(encoding, name, { ...style });
  }
  const schema: JsonObject = { type: 'object', properties, ...(required.length > 0 && { required }) };
  const mediaType: JsonObject = { schema, ...(Object.keys(encoding).length > 0 && { encoding }) };
  const body: JsonObject = {
    required: required.length > 0,
    content: Object.fromEntries(
      formMediaTypes(fields, consumes).map((name): [string, Json] => [name, { ...mediaType }]),
    ),
  };
  for (const { place } of fields.slice(0, 1)) upgrade.origins.set(body, place);
  return body;
}

/** A file can only be sent in parts (2.0, Parameter Object, `type`). */
function formMediaTypes(fields: readonly Body[], consumes: readonly string[]): string[] {
  const hasFile = fields.some(({ value }) => value.type === 'file');
  const declared = consumes.filter((type) => type === multipart || (type === urlEncoded && !hasFile));
  return declared.length > 0 ? declared : [hasFile ? multipart : urlEncoded];
}
