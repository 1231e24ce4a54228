import { selectOperations } from '../../contract/index.js';
import type { Mock } from '../../mock/index.js';
import { createProxy, type ForwardProxy } from '../../proxy/index.js';
import { version } from '../../version.js';
import type { ServedExchange } from '../node/index.js';
import type { ScopeOptions } from '../scope.js';

/**
 * Passes requests on to the real server of an app, and holds what it answers against the document.
 * @param scope of the mock: what it does not answer, the server does; where it says nothing, the mock answers what that does not have
 * @param onExchange is told what the document does not allow, in either direction
 * @returns undefined where the mock answers everything
 * @throws CounterproofError USAGE for an upstream that is no URL, or a pattern that no operation matches
 */
export function forwardTo(
  upstream: string,
  { operations }: Mock,
  { only = [], except = [] }: ScopeOptions,
  onExchange: (exchange: ServedExchange) => void,
): ForwardProxy | undefined {
  const patterns = [...only, ...except.map((pattern) => `!${pattern}`)];
  const mine = patterns.length === 0 ? null : new Set(selectOperations(operations.entries, patterns));
  const theirs = operations.entries.filter((entry) => mine !== null && !mine.has(entry));
  if (mine !== null && theirs.length === 0) return undefined;
  return createProxy({
    upstream,
    operations,
    version,
    only: theirs.map(({ method, path }) => `${method} ${path}`),
    mockMissing: mine === null,
    onExchange: ({ request, answer, milliseconds }) => onExchange({ request, answer, milliseconds }),
  }).forward;
}
