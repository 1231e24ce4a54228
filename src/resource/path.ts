import type { OperationEntry, Operations } from '../operation/index.js';

/** One step of a path: a word, or a parameter. */
export type Step = { readonly word: string } | { readonly parameter: string };

/** The operations whose paths differ in names of parameters alone. */
export interface PathNode {
  /** The path with all parameters unnamed, and without what only says a format: `pets/{}`. */
  readonly key: string;
  readonly steps: readonly Step[];
  /** As the first of its operations has it. */
  readonly path: string;
  readonly entries: readonly OperationEntry[];
}

/** What stands behind a name only to say a format. */
const formatSuffix = /\.(?:json|xml|csv|\{_?(?:format|ext|extension)\})$/i;

/**
 * The steps of a path template: `/pets/{id}` has a word and a parameter, and so have `/Pets({id})`, `/Pets('{id}')` and
 * `/pets/{id}.json`; what is behind a colon (`/pets/{id}:cancel`), or a dot (`/pets.list`), is a step of its own.
 */
export function stepsOf(path: string): Step[] {
  const cut = path.replace(/[?#].*$/s, '').replace(formatSuffix, '');
  return cut.split('/').flatMap((segment): Step[] => {
    if (segment === '') return [];
    // `users.list` says of what, and what is done.
    const called = /^([A-Za-z][\w-]*)\.([a-z][A-Za-z]{2,})$/.exec(segment);
    if (called) return called.slice(1).map((word) => ({ word }));
    if (!/[{}:(]/.test(segment)) return /[\p{L}\p{N}]/u.test(segment) ? [{ word: segment }] : [];
    const parts = segment.match(/\{[^{}]+\}|[^{}]+/g) ?? [];
    return parts.flatMap((part): Step[] => {
      if (part.startsWith('{')) return [{ parameter: part.slice(1, -1) }];
      // What stands around parameters without a colon only separates them: `{base}...{head}`, `@{user}`, `v{version}`.
      if (parts.length > 1 && !/[:(]/.test(part)) return [];
      const words = part.split(/[:()='"]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
      // A name before the value inside of parentheses says the parameter once more: `Pets(id={id})`.
      return (/\([^)]*=['"]?$/.test(part) ? words.slice(0, -1) : words).map((word) => ({ word }));
    });
  });
}

/** The path of the collection that an item path stands below: all before its last parameter. */
export function collectionPathOf(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  const slash = trimmed.lastIndexOf('/');
  const segment = trimmed.slice(slash + 1);
  const parenthesis = segment.indexOf('(');
  const colon = segment.indexOf(':{');
  const end = parenthesis > 0 ? parenthesis : colon;
  return end > 0 ? trimmed.slice(0, slash + 1 + end) : trimmed.slice(0, slash) || '/';
}

export function keyOfSteps(steps: readonly Step[]): string {
  return steps.map((step) => ('word' in step ? step.word : '{}')).join('/');
}

/** The path of an operation, each parameter of it a segment. */
export const pathIn = (operations: Operations, entry: OperationEntry): string =>
  operations.spelling(entry)?.path ?? entry.path;

/** The nodes of all paths, in the order of the document, an operation at a time. */
export function* nodesOf(operations: Operations): Generator<null, ReadonlyMap<string, PathNode>> {
  const nodes = new Map<string, PathNode & { entries: OperationEntry[] }>();
  const keys = new Map<string, string>();
  for (const entry of operations.entries) {
    const path = pathIn(operations, entry);
    let key = keys.get(path);
    if (key === undefined) {
      const steps = stepsOf(path);
      key = keyOfSteps(steps);
      keys.set(path, key);
      if (!nodes.has(key)) nodes.set(key, { key, steps, path, entries: [] });
    }
    nodes.get(key)?.entries.push(entry);
    yield null;
  }
  return nodes;
}

/** The names of the parameters in a path, in order. */
export function parametersOf(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => ('parameter' in step ? step.parameter : []));
}

/** The last word of a path, and '' where it has none. */
export function lastWordOf(steps: readonly Step[]): string {
  for (const step of [...steps].reverse()) if ('word' in step) return step.word;
  return '';
}

/** What the path of an action is called: `close` of `/orders/{id}/close.json` and `/orders/{id}:close`; '' where a parameter is last. */
export function verbIn(path: string): string {
  const last = stepsOf(path).at(-1);
  return last !== undefined && 'word' in last ? last.word : '';
}

export function isParameter(step: Step | undefined): boolean {
  return step !== undefined && 'parameter' in step;
}

/** The paths that name one thing and have no operation, where others go on behind them: `/alerts/{id}` of `/alerts/{id}/acknowledge`. */
export function* unwritten(nodes: ReadonlyMap<string, PathNode>): Generator<PathNode> {
  const seen = new Set<string>();
  for (const { steps } of nodes.values()) {
    const own = steps.slice(0, -1);
    const key = keyOfSteps(own);
    if (!isParameter(own.at(-1)) || isParameter(steps.at(-1)) || nodes.has(key) || seen.has(key)) continue;
    seen.add(key);
    const path = own.map((step) => ('word' in step ? `/${step.word}` : `/{${step.parameter}}`)).join('');
    yield { key, steps: own, path, entries: [] };
  }
}
