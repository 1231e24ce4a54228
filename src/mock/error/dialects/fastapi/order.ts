import type { Document } from '../../../../document/index.js';
import type { Violation } from '../../../../schema/index.js';
import { shapeAt } from '../../shape.js';
import { tokens } from './location.js';

/**
 * Keywords about one value in the order in which pydantic looks at them; it stops at the first that fails. An enum
 * or a literal is compared whatever its type.
 */
const keywordOrder = [
  'const',
  'enum',
  'type',
  'format',
  'minLength',
  'maxLength',
  'pattern',
  'multipleOf',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxItems',
  'minItems',
  'uniqueItems',
];

/** Found only once all items are good. */
const afterItems = new Set(['minItems', 'uniqueItems']);

/** The violations that pydantic would tell: for each value the first, and of a list that is too long nothing more. */
export function tellable(violations: readonly Violation[]): Violation[] {
  const first = new Map<string, Violation>();
  for (const violation of violations) {
    if (!keywordOrder.includes(violation.keyword)) continue;
    const known = first.get(keyOf(violation));
    const isEarlier = known === undefined || rank(violation) < rank(known);
    if (isEarlier) first.set(keyOf(violation), violation);
  }
  const tooLong = [...first.values()].filter(({ keyword }) => keyword === 'maxItems').map(keyOf);
  return violations.filter((violation) => {
    const key = keyOf(violation);
    if (tooLong.some((list) => key.startsWith(`${list}/`))) return false;
    if (!keywordOrder.includes(violation.keyword)) return true;
    if (first.get(key) !== violation) return false;
    return !afterItems.has(violation.keyword) || !violations.some((other) => keyOf(other).startsWith(`${key}/`));
  });
}

function keyOf({ in: where, pointer }: Violation): string {
  return where + pointer;
}

function rank({ keyword }: Violation): number {
  return keywordOrder.indexOf(keyword);
}

const places = ['path', 'query', 'header', 'cookie'];

/**
 * In FastAPI's order: path, query, header, cookie, body; members of a body as the document lists them, those that it
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
        ? [places.length, ...positions(tokens(violation.pointer), document, bodyPointer)]
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
