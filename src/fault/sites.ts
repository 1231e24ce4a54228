import type { Document } from '../document/index.js';
import type { Operation } from '../operation/types.js';
import { type Assertion, assertions, isVacuous } from '../schema/keywords.js';
import { viewOf } from '../schema/view.js';
import type { Site } from './types.js';

/** Enough for any schema that a person wrote. */
const mostSchemas = 400;

/** The places of keywords in the schemas that must hold, or may have to, at or below a pointer: the nearest first. */
export function sitesOf(document: Document, pointer: string, keywords: readonly string[]): Site[] {
  const sites: Site[] = [];
  let count = 0;
  for (const { schema, pointer: place } of viewOf(document).below(pointer)) {
    if (count++ >= mostSchemas) break;
    for (const keyword of keywords) {
      if (Object.hasOwn(schema, keyword)) sites.push({ pointer: `${place}/${keyword}`, keyword, schema });
    }
  }
  return sites;
}

/** The same function, worked out once for each operation. */
export function perOperation<Value>(compute: (operation: Operation) => Value): (operation: Operation) => Value {
  const known = new WeakMap<Operation, { readonly value: Value }>();
  return (operation) => {
    const found = known.get(operation) ?? { value: compute(operation) };
    known.set(operation, found);
    return found.value;
  };
}

/** Violations of `minContains` and `maxContains` are told of `contains`. */
const enforced = assertions.filter((keyword) => keyword !== 'minContains' && keyword !== 'maxContains');

function isEnforced({ keyword, schema = {} }: Site): boolean {
  return !isVacuous(keyword as Assertion, schema[keyword] ?? null);
}

/** Every keyword of an operation's parameters and bodies that a server may forget to enforce. */
export const requestSites = perOperation(({ document, parameters, requestBody }): readonly Site[] =>
  [...parameters, ...(requestBody?.content ?? [])].flatMap(({ schema }) =>
    schema ? sitesOf(document, schema.pointer, enforced).filter(isEnforced) : [],
  ),
);
