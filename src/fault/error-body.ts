import type { Operation } from '../operation/types.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { nodesOf, readContents, replaced, spoilBody } from './body.js';
import { noInput } from './status.js';
import type { Fault } from './types.js';

type Node = { readonly path: readonly (string | number)[]; readonly value: Json; readonly schema: JsonObject };

/** Spoils the body of a refusal in one of the places that `pick` makes of its nodes. */
function errorFault(id: string, summary: string, pick: (node: Node) => readonly (Json | undefined)[]): Fault {
  return {
    id,
    family: 'error-body',
    summary,
    generated: true,
    caughtBy: ['response-schema'],
    unfit: (operation) => noErrorBody(operation) ?? noInput(operation),
    spoil(answer, context) {
      if (answer.status < 400 || answer.status >= 500) return null;
      return spoilBody(answer, context, function* (body, schema) {
        const nodes = nodesOf(body, schema, context);
        for (const node of nodes) {
          for (const value of pick(node)) yield replaced(body, node.path, value);
        }
      });
    },
  };
}

/** The family of error bodies that are not what the document declares. */
export const errorBodyFaults: readonly Fault[] = [
  errorFault('error-list-as-string', 'sends a sentence where the error body has a list', ({ value }) =>
    Array.isArray(value) ? ['Something is wrong'] : [],
  ),
  errorFault('error-list-as-object', 'sends an object where the error body has a list', ({ value }) =>
    Array.isArray(value) ? [{ message: 'Something is wrong' }] : [],
  ),
  errorFault('error-member-missing', 'leaves out a required member of the error body', ({ value, schema }) =>
    isObject(value) && Array.isArray(schema.required)
      ? schema.required.map((name) => dropped(value, String(name)))
      : [],
  ),
  errorFault('error-items-as-objects', 'sends objects where a list in the error body has plain values', ({ value }) =>
    Array.isArray(value) && value.length > 0 && value.every((item) => !isObject(item))
      ? [value.map((name) => ({ name }))]
      : [],
  ),
  errorFault('error-as-string', 'sends the whole error as a sentence', ({ path }) =>
    path.length === 0 ? ['Something is wrong'] : [],
  ),
  errorFault('error-type-anywhere', 'sends a value of another type, somewhere in the error body', ({ value }) =>
    typeof value === 'string' ? [12345] : [],
  ),
];

function dropped(object: JsonObject, name: string): Json {
  return Object.fromEntries(Object.entries(object).filter(([member]) => member !== name));
}

function noErrorBody(operation: Operation): string | null {
  const errors = operation.responses.filter(({ key }) => /^4/.test(key) || key === 'default');
  return readContents(errors).length === 0 ? 'no error has a body with a schema' : null;
}
