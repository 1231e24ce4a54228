import type { Direction, JsonSchema, Schema, Schemas } from '../schema/index.js';
import { metaSchemas } from '../schema/validate/meta.js';
import type { Json } from '../text/value.js';
import type { Site } from './needs/site.js';

/** Ajv's judgement of values under single schemas, wherever they stand. */
export interface Validators {
  accepts(site: Site, value: Json, direction: Direction): boolean;
  /** Whether a string is of a format. One that Ajv does not know allows everything. */
  hasFormat(format: string, text: string): boolean;
}

export function createValidators(schemas: Schemas): Validators {
  const byFormat = new Map<string, Schema>();
  const inlined = { request: new WeakMap<object, Schema>(), response: new WeakMap<object, Schema>() };

  function validatorOf({ place }: Site, value: Exclude<JsonSchema, boolean>, direction: Direction): Schema {
    if (place.tree.name === '' && schemas.at(place.path, direction).value === value) {
      return schemas.at(place.path, direction);
    }
    let schema = inlined[direction].get(value);
    if (!schema) {
      // What stands in a meta-schema can only be named: its own references would be read as the document's.
      const isForeign = metaSchemas().get(place.tree.name) === place.tree.root && place.value === value;
      const named = isForeign ? { $ref: `${place.tree.name}#${place.path}` } : value;
      schema = schemas.inline(named, place.path, direction);
      inlined[direction].set(value, schema);
    }
    return schema;
  }

  return {
    accepts(site, value, direction) {
      return typeof site.value === 'boolean' ? site.value : validatorOf(site, site.value, direction).accepts(value);
    },
    hasFormat(format, text) {
      const schema = byFormat.get(format) ?? schemas.inline({ format }, '', 'response');
      byFormat.set(format, schema);
      return schema.accepts(text);
    },
  };
}
