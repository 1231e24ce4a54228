import type { Document } from '../../document/index.js';
import type { Violation } from '../../schema/index.js';
import { parsePointer } from '../../text/pointer.js';
import { shapeAt } from './shape.js';

const places = ['path', 'query', 'header', 'cookie'];

/**
 * In this order: path, query, header, cookie, body; members of a body as the document lists them, those that it
 * does not know last.
 * @param bodyPointer of the schema of the body; null where there is none
 */
export function inDocumentOrder(
  violations: readonly Violation[],
  document: Document,
  bodyPointer: string | null,
): Violation[] {
  if (violations.length < 2) return [...violations];
  const keyed = violations.map((violation) => ({
    violation,
    key:
      violation.in === 'body'
        ? [places.length, ...positions(parsePointer(violation.pointer), document, bodyPointer)]
        : [Math.max(0, places.indexOf(violation.in))],
  }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ violation }) => violation);
}

function positions(segments: readonly string[], document: Document, root: string | null): number[] {
  let pointer = root;
  return segments.map((segment) => {
    if (pointer === null) return 0;
    const shape = shapeAt(document, pointer);
    const index = [...shape.properties.keys()].indexOf(segment);
    pointer = index >= 0 ? (shape.properties.get(segment) ?? null) : shape.items;
    if (index >= 0) return index;
    return shape.items !== null && /^\d+$/.test(segment) ? Number(segment) : Number.MAX_SAFE_INTEGER;
  });
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
