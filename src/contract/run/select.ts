import { CounterproofError, type Problem } from '../../errors.js';
import type { OperationEntry } from '../../operation/index.js';
import { didYouMeanClause, nearest } from '../../text/nearest.js';
import { type Aspect, aspects } from '../types.js';

/**
 * The operations that a run is about.
 *
 * @param patterns ids, `GET /path`, or either with `*` for any characters; with `!` before it a pattern takes
 *   away. Any of them is enough; none means all.
 * @throws CounterproofError USAGE for a pattern that nothing matches
 */
export function selectOperations(
  entries: readonly OperationEntry[],
  patterns: readonly string[],
): readonly OperationEntry[] {
  const namesOf = (entry: OperationEntry) => [entry.id, `${entry.method} ${entry.path}`, entry.path];
  return select('operation', entries, namesOf, patterns);
}

/** The checks that a run makes, by id, in the same way. */
export function selectChecks<Item extends { readonly id: string }>(
  checks: readonly Item[],
  patterns: readonly string[],
): readonly Item[] {
  return select('check', checks, (check) => [check.id], patterns);
}

/** What a run varies, in the same way. */
export function selectAspects(patterns: readonly string[]): readonly Aspect[] {
  return select('aspect', aspects, (aspect) => [aspect], patterns);
}

function select<Item>(
  kind: string,
  items: readonly Item[],
  namesOf: (item: Item) => readonly string[],
  patterns: readonly string[],
): readonly Item[] {
  if (patterns.length === 0) return items;
  const problems: Problem[] = [];
  const matching = (pattern: string): ReadonlySet<Item> => {
    const expression = globExpression(pattern);
    const found = new Set(items.filter((item) => namesOf(item).some((name) => expression.test(name))));
    if (found.size === 0) problems.push(nothingMatches(kind, pattern, items.flatMap(namesOf)));
    return found;
  };
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).map(matching);
  const unwanted = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => matching(pattern.slice(1)));
  if (problems.length > 0) throw new CounterproofError('USAGE', problems);
  return items.filter(
    (item) => (wanted.length === 0 || wanted.some((set) => set.has(item))) && !unwanted.some((set) => set.has(item)),
  );
}

/** `*` stands for any characters, also slashes; all others for themselves. A method is the same in lower case. */
function globExpression(pattern: string): RegExp {
  const spelled = pattern.replace(/^[a-z]+(?= \/)/, (method) => method.toUpperCase());
  return new RegExp(`^${spelled.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
}

/** One line, since the command line prints it as it is. */
function nothingMatches(kind: string, pattern: string, names: readonly string[]): Problem {
  return { message: `No ${kind} matches ${JSON.stringify(pattern)}${didYouMeanClause(nearest(pattern, names))}` };
}
