import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json } from '../../text/value.js';

let known: ReadonlyMap<string, Json> | undefined;

/** The meta-schemas of JSON Schema 2020-12, by URI: a document may refer to them without bringing them. */
export function metaSchemas(): ReadonlyMap<string, Json> {
  if (!known) {
    const { schemas } = new Ajv2020();
    known = new Map(Object.entries(schemas).map(([uri, environment]) => [uri, environment?.schema as Json]));
  }
  return known;
}
