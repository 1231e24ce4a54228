import type { BrowserContext } from 'playwright/test';
import { faultProblem } from '../../fault/index.js';
import type { CaseName, OperationName, StateSnapshot } from '../../mock/index.js';
import type { OperationEntry } from '../../operation/index.js';
import { didYouMeanClause, nearest } from '../../text/nearest.js';
import { type ActiveInput, commonCases, sequenceOf, type WantedFor } from '../control/index.js';
import { type AllowedViolation, notAllowed } from './allow.js';
import type { Backend } from './backend.js';
import type { PageExchange } from './exchange.js';

/** What an operation is to answer, until it is reset. */
export interface Use extends ActiveInput {
  /** `operationId`, or `GET /path`; may be left out where only one can be meant. */
  readonly operation?: OperationName;
  readonly case?: CaseName;
  readonly example?: CaseName;
}

/** The mock that answers the pages of one test. */
export interface PageMock {
  /** Makes an operation answer with a scripted case or an example of this name, whatever it is asked. */
  use(name: CaseName, operation?: OperationName): Promise<void>;
  use(wanted: Use): Promise<void>;
  /** Makes an operation answer so; a list is a sequence, in which `times` says for how many requests each is. */
  use<Name extends OperationName>(operation: Name, wanted: WantedFor<Name> | readonly WantedFor<Name>[]): Promise<void>;
  /** Makes an operation, or all of them, behave as a faulty implementation does. */
  fault(id: string, options?: { readonly operation?: OperationName; readonly probability?: number }): Promise<void>;
  /** Makes an operation, or all of them, answer so many milliseconds later. */
  delay(milliseconds: number, options?: { readonly operation?: OperationName }): Promise<void>;
  /** Other generated data. */
  seed(seed: number): Promise<void>;
  /** What the page's requests have changed: rows that were added, changed, deleted. `restore` takes it back. */
  state(): Promise<StateSnapshot>;
  restore(snapshot: StateSnapshot): Promise<void>;
  /** Forgets all of the above, and all requests so far: violations among them no longer fail the test. */
  reset(): Promise<void>;
  /** The requests so far and what they were answered, of all operations or of one. */
  requests(operation?: OperationName): Promise<readonly PageExchange[]>;
  /** Declares that the page is meant to send such requests; without an argument: any. */
  allowViolations(allowed?: AllowedViolation): void;
  /** Answers the pages of another context, one that the test has made itself. */
  attach(context: BrowserContext): Promise<void>;
}

/** The mock as a test sees it. All that is misnamed is an error that names what is nearest. */
export function createPageMock(
  backend: Backend,
  allowViolations: readonly AllowedViolation[],
): { readonly mock: PageMock; readonly violating: () => Promise<PageExchange[]> } {
  const { operations } = backend;
  const allowed: AllowedViolation[] = [...allowViolations];
  let active = new Map<string, ActiveInput | readonly ActiveInput[]>();

  async function activate(operationId: string, wanted: ActiveInput | readonly ActiveInput[]): Promise<void> {
    await backend.activate(operationId, wanted);
    active.set(operationId, wanted);
  }

  async function use(wanted: string | Use, how?: string | ActiveInput | readonly ActiveInput[]): Promise<void> {
    if (typeof wanted === 'string') {
      if (typeof how === 'object') return activate(find(wanted).id, how);
      const entry = await entryFor(wanted, how);
      return activate(entry.id, { example: wanted });
    }
    const { operation: named, case: scripted, example = scripted, ...rest } = wanted;
    if (example !== undefined) {
      const entry = await entryFor(example, named);
      return activate(entry.id, { ...rest, example });
    }
    return activate((named === undefined ? onlyEntry() : find(named)).id, rest);
  }

  function find(name: string): OperationEntry {
    const entry = operations.find(name);
    if (entry !== undefined) return entry;
    const names = operations.entries.flatMap(({ id, method, path }) => [id, `${method} ${path}`]);
    throw new Error(`There is no operation "${name}"${hint(name, names)}`);
  }

  function onlyEntry(): OperationEntry {
    const [entry, second] = operations.entries;
    if (entry !== undefined && second === undefined) return entry;
    throw new Error(`Which operation is meant? Name it: mock.use({ operation: "${entry?.id ?? '…'}", … })`);
  }

  /** The operation that has a case or an example of this name. */
  async function entryFor(name: string, operation: string | undefined): Promise<OperationEntry> {
    if (operation !== undefined) {
      const entry = find(operation);
      const names = await backend.namesOf(entry.id);
      if (names.includes(name) || Object.hasOwn(commonCases, name)) return entry;
      throw new Error(`${entry.id} has no case or example "${name}"${hint(name, names)}`);
    }
    const all: string[] = [];
    const having: OperationEntry[] = [];
    for (const entry of operations.entries) {
      const names = await backend.namesOf(entry.id);
      all.push(...names);
      if (names.includes(name)) having.push(entry);
    }
    const [entry, second] = having;
    if (entry === undefined && Object.hasOwn(commonCases, name)) return onlyEntry();
    if (entry === undefined) throw new Error(`There is no case or example "${name}"${hint(name, all)}`);
    if (second === undefined) return entry;
    const ids = having
      .slice(0, 12)
      .map(({ id }) => `"${id}"`)
      .join(', ');
    throw new Error(`Several operations have a case or example "${name}": name one of ${ids} as the second argument`);
  }

  function entriesFor(operation: string | undefined): readonly OperationEntry[] {
    return operation === undefined ? operations.entries : [find(operation)];
  }

  const mock: PageMock = {
    use,
    async fault(id, { operation, probability } = {}) {
      const reason = faultProblem(id, null);
      if (reason !== null) throw new Error(reason);
      const wanted = { fault: id, ...(probability !== undefined && { probability }) };
      const refusals: unknown[] = [];
      for (const entry of entriesFor(operation))
        await activate(entry.id, wanted).catch((error) => refusals.push(error));
      // One that cannot show anywhere is misuse; that it does not fit every operation is not.
      if (refusals.length === entriesFor(operation).length) throw refusals[0];
    },
    async delay(milliseconds, { operation } = {}) {
      for (const { id } of entriesFor(operation)) {
        await activate(
          id,
          sequenceOf(active.get(id) ?? {}).map((step) => ({ ...step, delay: milliseconds })),
        );
      }
    },
    seed: (seed) => backend.seed(seed),
    state: () => backend.state(),
    restore: (snapshot) => backend.restore(snapshot),
    async reset() {
      active = new Map();
      await backend.reset();
    },
    async requests(operation) {
      const exchanges = await backend.exchanges();
      if (operation === undefined) return exchanges;
      const { id } = find(operation);
      return exchanges.filter((exchange) => exchange.operation === id);
    },
    allowViolations: (more = '') => {
      allowed.push(more);
    },
    attach: (context) => backend.attach(context),
  };
  return { mock, violating: async () => notAllowed(await backend.exchanges(), allowed) };
}

function hint(word: string, all: readonly string[]): string {
  const near = nearest(word, all);
  if (near.length > 0) return didYouMeanClause(near);
  if (all.length === 0) return ': there are none at all';
  const shown = [...new Set(all)].slice(0, 12).map((name) => `"${name}"`);
  return `: there are ${shown.join(', ')}`;
}
