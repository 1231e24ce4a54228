import { namedCall } from '../fake/index.js';
import { holdingOf, subschemas } from '../schema/keywords.js';
import { addAll } from '../text/many.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';

/** Members of a document that hold values, and no schemas. */
const values = new Set(['example', 'examples', 'default', 'enum', 'const']);
/** What else than a name says what a text is like. */
const telling = [
  'x-faker',
  'enum',
  'const',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  '$ref',
  'example',
  'examples',
];

/**
 * Writes `x-faker` into text members whose name says what they are, so that Prism and others with Faker make likewise data.
 * @param root the document, which is changed
 */
export function writeFakers(root: JsonObject): void {
  const components = isObject(root.components) && isObject(root.components.schemas) ? root.components.schemas : {};
  for (const [name, schema] of Object.entries(components)) writeIn(schema, name, 0);
  const open: Json[] = [root];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (Array.isArray(part))
      addAll(
        open,
        part.filter((item) => typeof item === 'object'),
      );
    if (!isObject(part)) continue;
    for (const [name, value] of Object.entries(part)) {
      if (values.has(name) || name.startsWith('x-') || value === components) continue;
      if (name === 'schema') writeIn(value, '', 0);
      else if (typeof value === 'object' && value !== null) open.push(value);
    }
  }
}

/** Schemas inside of each other are looked at to this depth. */
const maximumDepth = 50;

/** @param owner what the members of the schema belong to: a component, or the member that holds them */
function writeIn(schema: Json | undefined, owner: string, depth: number): void {
  if (!isObject(schema) || depth > maximumDepth) return;
  const siblings = isObject(schema.properties) ? Object.keys(schema.properties) : [];
  for (const { keyword, steps, value } of subschemas(schema, holdingOf)) {
    if (!isObject(value)) continue;
    const name = keyword === 'properties' ? String(steps[1]) : null;
    if (name !== null && isText(value.type) && !telling.some((one) => one in value)) {
      const call = namedCall({ name, owner, siblings });
      if (call !== null) value['x-faker'] = call;
    }
    writeIn(value, name ?? owner, depth + 1);
  }
}

function isText(type: Json | undefined): boolean {
  const types = Array.isArray(type) ? type : [type];
  return types.includes('string') && types.every((one) => one === 'string' || one === 'null');
}
