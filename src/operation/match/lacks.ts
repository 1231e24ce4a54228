import type { Document } from '../../document/index.js';
import { child } from '../../text/pointer.js';
import type { JsonObject } from '../../text/value.js';
import { type PathItem, type Placed, resolveObject } from '../compile/placed.js';
import { queryPairs } from '../parameter/pairs.js';

const scalarTypes: readonly unknown[] = ['string', 'integer', 'number', 'boolean'];

/**
 * Whether a request is not meant for an operation by the look of its query: a required query parameter is missing, or says
 * what is none of its values. Reads the parameters as they are written: where hundreds of operations stand under one path,
 * to compile them all would take seconds. What it cannot tell so is left to whoever compiles.
 */
export function lacksQuery(operation: Placed, pathItem: PathItem, document: Document, target: string): boolean {
  const { byName, decode } = queryPairs(target);
  for (const { name, allowsEmpty, schema } of requiredIn(operation, pathItem, document)) {
    const sent = byName.get(name);
    if (sent === undefined) return true;
    const [only = '', ...more] = sent;
    if (more.length === 0 && !(only === '' && allowsEmpty) && !mayBe(schema, decode(only) ?? '')) return true;
  }
  return false;
}

interface Required {
  readonly name: string;
  readonly allowsEmpty: boolean;
  readonly schema: JsonObject;
}

/** The required query parameters that are one text: what the operation says of one counts, not what its path does. */
function* requiredIn(operation: Placed, pathItem: PathItem, document: Document): Generator<Required> {
  const seen = new Set<string>();
  for (const { value, pointer } of [operation, ...pathItem.parts]) {
    const list = child(value, 'parameters');
    for (const item of Array.isArray(list) ? list : []) {
      const parameter = resolveObject(document, item, pointer)?.value;
      const name = parameter?.in === 'query' ? parameter.name : undefined;
      if (parameter === undefined || typeof name !== 'string' || seen.has(name)) continue;
      seen.add(name);
      const schema = resolveObject(document, child(parameter, 'schema'), pointer)?.value;
      if (parameter.required !== true || schema === undefined || !scalarTypes.includes(schema.type)) continue;
      yield { name, allowsEmpty: parameter.allowEmptyValue === true, schema };
    }
  }
}

function mayBe({ type, enum: values }: JsonObject, sent: string): boolean {
  return type !== 'string' || !Array.isArray(values) || values.includes(sent);
}
