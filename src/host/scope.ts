import { selectOperations } from '../contract/run/select.js';
import type { Match, OperationEntry, Operations } from '../operation/index.js';

/** Which part of an app's requests a mock answers. */
export interface ScopeOptions {
  /**
   * Operations that the mock answers, as patterns: ids, `GET /users`, paths, `*` for any characters. By default all. Requests for the
   * others go where they went without the mock.
   */
  readonly only?: readonly string[];
  /** Operations that it does not answer, likewise. */
  readonly except?: readonly string[];
  /**
   * Where the API is in the app: `/api`. Every path under it is the mock's, so that one which the document does not have is 404 and
   * not the app's page. A document whose paths do not begin so is asked without it.
   */
  readonly prefix?: string;
}

/** Whether requests are a mock's, and under which target it is asked. */
export class Scope {
  readonly #operations: Operations;
  readonly #isOurs: (entry: OperationEntry) => boolean;
  readonly #prefix: string | null;

  /** @throws CounterproofError USAGE for a pattern that no operation matches */
  constructor(operations: Operations, { only = [], except = [], prefix }: ScopeOptions) {
    this.#operations = operations;
    this.#prefix = prefix === undefined ? null : `/${prefix.replace(/^\/+|\/+$/g, '')}`;
    const patterns = [...only, ...except.map((pattern) => `!${pattern}`)];
    const ours = patterns.length === 0 ? null : new Set(selectOperations(operations.entries, patterns));
    this.#isOurs = (entry) => ours === null || ours.has(entry);
  }

  /**
   * The target to ask the mock for.
   * @returns undefined where the request is not its own
   */
  targetOf(method: string, target: string): string | undefined {
    for (const tried of [target, this.#withoutPrefix(target)]) {
      if (tried === null) continue;
      const match = this.#operations.match(method, tried);
      if (match.kind !== 'not-found') return this.#isMatchOurs(match, tried) ? tried : undefined;
    }
    return this.#withoutPrefix(target) === null ? undefined : target;
  }

  #isMatchOurs(match: Match, target: string): boolean {
    if (match.kind === 'operation') return this.#isOurs(match.entry);
    if (match.kind === 'not-found') return false;
    return match.allow.some((method) => {
      const other = this.#operations.match(method, target);
      return other.kind === 'operation' && this.#isOurs(other.entry);
    });
  }

  #withoutPrefix(target: string): string | null {
    const prefix = this.#prefix;
    if (prefix === null || !target.startsWith(prefix)) return null;
    const rest = target.slice(prefix.length);
    if (rest === '' || rest.startsWith('?')) return `/${rest}`;
    return rest.startsWith('/') ? rest : null;
  }
}
