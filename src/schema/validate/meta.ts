import type { Ajv2020 } from 'ajv/dist/2020.js';
import draft from 'ajv/dist/refs/json-schema-2020-12/index.js';
import type { Json, JsonObject } from '../../text/value.js';

/** Bundlers and Node do not agree what the default export of a module in CommonJS is. */
const addMetaSchemas = ((draft as { default?: unknown }).default ?? draft) as (this: Ajv2020) => Ajv2020;

let known: ReadonlyMap<string, Json> | undefined;

/** The meta-schemas of JSON Schema 2020-12, by URI: a document may refer to them without bringing them. */
export function metaSchemas(): ReadonlyMap<string, Json> {
  if (!known) {
    const schemas = new Map<string, Json>();
    // As Ajv takes them in, without an Ajv: a bundle for where no code may be made has none.
    const taker = { addMetaSchema: (schema: JsonObject) => schemas.set(String(schema.$id), schema) };
    addMetaSchemas.call(taker as unknown as Ajv2020);
    known = schemas;
  }
  return known;
}
