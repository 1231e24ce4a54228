import { nameOf } from './active.js';
import type { Entry } from './payloads.js';

/** A line of the list of operations: the name of a group, or an operation in it. */
export type OperationRow =
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly name: string;
      readonly size: number;
      readonly isOpen: boolean;
    }
  | { readonly kind: 'operation'; readonly key: string; readonly entry: Entry };

export interface OperationFilter {
  readonly text: string;
  /** Operation ids that requests have asked for; null: whatever was asked. */
  readonly used: ReadonlySet<string> | null;
}

/** The operations that somebody looks for. */
export function found(operations: readonly Entry[], { text, used }: OperationFilter): Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter(
    (entry) => (used === null || used.has(entry.id)) && (words.length === 0 || hasWords(entry, words)),
  );
}

/** By their first tag, in the order of the document; without a line for groups where there is only one. */
export function grouped(entries: readonly Entry[], folded: ReadonlySet<string>): OperationRow[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const name = entry.groups[0] ?? '';
    const members = groups.get(name);
    if (members === undefined) groups.set(name, [entry]);
    else members.push(entry);
  }
  if (groups.size < 2) return entries.map(rowOf);
  return [...groups].flatMap(([name, members]): OperationRow[] => {
    const isOpen = !folded.has(name);
    const head = { kind: 'group' as const, key: ` ${name}`, name: name || 'other', size: members.length, isOpen };
    return [head, ...(isOpen ? members.map(rowOf) : [])];
  });
}

const rowOf = (entry: Entry): OperationRow => ({ kind: 'operation', key: entry.id, entry });

function hasWords({ id, method, path, summary, tags, groups, active }: Entry, words: readonly string[]): boolean {
  const on = active === null ? '' : `active ${nameOf(active)}`;
  const text = `${method} ${path} ${summary} ${id} ${tags.join(' ')} ${groups.join(' ')} ${on}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/**
 * A path in two pieces, of which the first is cut where there is no room: what tells paths apart is their end.
 * `/repos/{owner}/{repo}` and `/issues/{issue_number}`.
 */
export function pathPieces(path: string): readonly [start: string, end: string] {
  const segments = path.split('/');
  let at = segments.length - 1;
  let length = segments[at]?.length ?? 0;
  while (at > 1 && length + 1 + (segments[at - 1]?.length ?? 0) <= mostEnd) {
    at -= 1;
    length += 1 + (segments[at]?.length ?? 0);
  }
  return at <= 1 ? ['', path] : [segments.slice(0, at).join('/'), `/${segments.slice(at).join('/')}`];
}

/** So long is the end of a path that is never cut, in characters. */
const mostEnd = 22;
