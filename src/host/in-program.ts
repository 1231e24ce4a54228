import type { CaseName, OperationName } from '../mock/index.js';
import { didYouMeanClause, nearest } from '../text/nearest.js';
import {
  type ActiveInput,
  type Control,
  caseNames,
  commonCases,
  type JournalEntry,
  operationNamed,
  type WantedFor,
} from './control/index.js';
import { type AllowedViolation, notAllowed } from './playwright/allow.js';
import { describeViolations, jsonOf, type PageExchange } from './playwright/exchange.js';
import { judge } from './playwright/judge.js';

export type { AllowedViolation } from './playwright/allow.js';
export type { PageExchange } from './playwright/exchange.js';

/** What a test does with a mock that runs in its own program. */
export interface InProgramHost extends Pick<Control, 'state' | 'restore'> {
  /** Makes an operation answer with a scripted case or an example of this name. It is left out where only one can be meant. */
  use(name: CaseName, operation?: OperationName): void;
  /** Makes an operation (its id, or `GET /path`) answer so, until it is reset; a list is a sequence. */
  use<Name extends OperationName>(operation: Name, wanted: WantedFor<Name> | readonly WantedFor<Name>[]): void;
  /** Forgets what is used, what requests have changed, and the requests so far. */
  reset(): void;
  /** The newest 1,000 requests and what they were answered, of all operations or of one. */
  requests(operation?: OperationName): readonly PageExchange[];
  /**
   * Looks at the requests since it was last asked.
   * @param allowed what is meant, as `mock.allowViolations` takes it
   * @throws Error that says which of them the document does not allow, and why
   */
  expectNoViolations(allowed?: readonly AllowedViolation[]): void;
  readonly control: Control;
}

export function inProgramHostOf(control: Control): InProgramHost {
  const { mock, sessions, state, restore } = control;
  const session = sessions.get();
  let looked = 0;

  function use(name: string, how?: string | ActiveInput | readonly ActiveInput[]): void {
    // Not every program is in TypeScript.
    if (typeof name !== 'string') throw incomplete(name);
    if (typeof how === 'object') session.setActive(name, how);
    else session.setActive(how ?? onlyOperationWith(name), { case: name });
  }

  function onlyOperationWith(name: string): string {
    const { entries } = mock().operations;
    const all = entries.map((entry) => ({ id: entry.id, names: caseNames(mock(), entry) }));
    const having = all.filter(({ names }) => names.includes(name));
    const meant = having.length === 0 && Object.hasOwn(commonCases, name) ? all : having;
    const [only, second] = meant;
    if (only !== undefined && second === undefined) return only.id;
    if (only === undefined) {
      if (mock().operations.find(name) !== undefined) throw incomplete(name);
      const near = didYouMeanClause(nearest(name, [...all.flatMap(({ names }) => names), ...Object.keys(commonCases)]));
      throw new TypeError(`There is no case or example ${JSON.stringify(name)}${near}`);
    }
    const ids = meant.slice(0, 12).map(({ id }) => JSON.stringify(id));
    throw new TypeError(`Several operations can answer with ${JSON.stringify(name)}: name one of ${ids.join(', ')}`);
  }

  function incomplete(found: unknown): TypeError {
    const usage = 'the name of a case, or an operation and its answer, such as use("GET /users", { status: 503 })';
    return new TypeError(`use takes ${usage}; found ${JSON.stringify(found)} alone`);
  }

  function shown({ request, answer }: JournalEntry): PageExchange {
    const { operations } = mock();
    const { method, target, headers, body } = request;
    const sent = body === null ? null : new TextDecoder().decode(body);
    const text = typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body);
    const fields = Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
    const match = operations.match(method, target, headers);
    return {
      operation: answer.operationId,
      request: {
        method,
        url: `http://${String(headers.host)}${target}`,
        headers: headers as Record<string, string>,
        body: sent,
        json: jsonOf(sent),
      },
      response: {
        status: answer.status,
        headers: Object.fromEntries(fields),
        body: text,
        json: jsonOf(text),
        source: answer.source,
        name: answer.name,
      },
      page: typeof headers.referer === 'string' ? headers.referer : null,
      violations: match.kind === 'not-found' ? [] : judge(operations, match, request, answer).violations,
    };
  }

  return {
    control,
    state,
    restore,
    use,
    reset: () => session.reset(),
    requests(operation) {
      const all = session.journal.read().map(shown);
      if (operation === undefined) return all;
      const { id } = operationNamed(mock().operations, operation);
      return all.filter((exchange) => exchange.operation === id);
    },
    expectNoViolations(allowed = []) {
      const exchanges = session.journal.read({ after: looked }).map(shown);
      looked = session.journal.last;
      const wrong = notAllowed(exchanges, allowed);
      if (wrong.length === 0) return;
      throw new Error(describeViolations(wrong, 'The program', 'expectNoViolations([…])'));
    },
  };
}
