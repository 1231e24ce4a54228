import type { Violation } from '../../../../schema/index.js';

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

/** The violations that pydantic would report: for each value the first, and of a list that is too long nothing more. */
export function reportedViolations(violations: readonly Violation[]): Violation[] {
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
