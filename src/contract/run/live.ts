import {
  checkRequest,
  checkSecurity,
  credentialsIn,
  type HttpRequest,
  type Operation,
  type OperationEntry,
  type Operations,
  type RequestValues,
  resultOf,
  secretsHandedOut,
  withoutConnection,
  withoutCredentials,
} from '../../operation/index.js';
import type { Violation } from '../../schema/index.js';
import { checks as allChecks } from '../checks/index.js';
import { createCredentials } from '../credentials/credentials.js';
import { createMaskOf } from '../credentials/mask.js';
import { excerpt } from '../excerpt.js';
import type { Aspect, Check, ContractCase, Exchange, Expectation, Received } from '../types.js';
import { CoverageTally } from './coverage.js';
import { type CheckComplaint, judge } from './judge.js';
import { note } from './note.js';
import type { RunOptions } from './options.js';
import type { RunResult } from './result.js';
import { RunState } from './state.js';
import { makeResult } from './summary.js';

export type LiveOptions = Pick<RunOptions, 'operations' | 'target' | 'strict' | 'check' | 'version' | 'linesOf'>;

/** What a request is by the document, before anybody has answered it. */
export interface ReadRequest {
  readonly request: HttpRequest;
  /** null where the document has no such path, or not with this method. */
  readonly entry: OperationEntry | null;
  readonly operation: Operation | null;
  /** Parameters and body after decoding; null where there is no operation, or the request was not read whole. */
  readonly values: RequestValues | null;
  /** What the client did wrong, a missing credential left out: whether one is needed, the answer tells. */
  readonly violations: readonly Violation[];
  readonly lacksCredential: boolean;
  /** Whether its body was read whole; of one that was not, nothing is said. */
  readonly isWhole: boolean;
}

/** What is to be said of an exchange. */
export interface Judgement {
  readonly complaints: readonly CheckComplaint[];
  /** Makes it part of the result, which need not be waited for. */
  readonly note: () => void;
}

/** Rules about what the suite itself has chosen to send, or about requests that are compared with each other. */
const ofDerivedCases: readonly string[] = ['accepts-valid', 'method-not-allowed'];

/** Whether the client keeps the document; that is said of requests, and not of answers. */
const requestValid: Check = {
  id: 'request-valid',
  summary: 'the client sends what the document allows',
  run: ({ case: { varies } }) => (varies.keyword === unread ? null : []),
};

/** What a request varies that was not read whole. */
const unread = 'unread';

/** What stands where a credential was. */
const placeholder = '$CREDENTIAL';

/**
 * Judges exchanges that others make, such as those that pass through a proxy, with the checks of the suite that hold for
 * any exchange, and gives what it found as the result of a run. Its memory does not grow with their number.
 */
export class LiveRun {
  readonly #state: RunState;
  readonly #operations: Operations;
  readonly #unknown = new Map<string, number>();
  readonly #unjudged = new Map<string, number>();
  #order = 0;

  /** @throws CounterproofError USAGE where a check is named that does not exist */
  constructor(options: LiveOptions) {
    const { operations } = options;
    this.#operations = operations;
    const checks = [requestValid, ...allChecks.filter(({ id }) => !ofDerivedCases.includes(id))];
    // Whoever sends has a credential; what stands for it is no secret.
    const credentials = { ...createCredentials({}, []), has: () => true, placeholders: [`${placeholder}:-any`] };
    const send = () => Promise.reject(new Error('Nothing is sent'));
    const coverage = new CoverageTally(operations);
    this.#state = new RunState({ ...options, send, checks, createRunChecks: () => [], credentials }, coverage);
  }

  /** Finds the operation of a request, and what is wrong with it. @param isWhole whether its body was read whole */
  read(request: HttpRequest, isWhole = true): ReadRequest {
    const match = this.#operations.match(request.method, request.target, request.headers);
    if (match.kind !== 'operation') {
      return { request, entry: null, operation: null, values: null, violations: [], lacksCredential: false, isWhole };
    }
    const { entry, pathParameters } = match;
    const operation = this.#operations.compile(entry);
    const read = isWhole ? checkRequest(operation, request, pathParameters) : { values: null, violations: [] };
    const lacksCredential = checkSecurity(operation, request).length > 0;
    return { request, entry, operation, ...read, lacksCredential, isWhole };
  }

  /** Judges an answer, and what led to it. What it says is part of the result once it has been noted. */
  judge(read: ReadRequest, received: Received): Judgement {
    return this.#judge(read, received, true);
  }

  /** Notes what is wrong with a request that is not passed on. */
  accuse(read: ReadRequest): void {
    const none = new Uint8Array();
    this.#judge(read, { status: null, headers: [], raw: none, body: none, problems: [], duration: 0 }, false).note();
  }

  #judge(read: ReadRequest, received: Received, isAnswered: boolean): Judgement {
    const { entry, operation, request } = read;
    const state = this.#state;
    const tally = entry === null ? undefined : state.tallyOf(entry.id);
    if (operation === null || tally === undefined) {
      const name = `${request.method} ${request.target.split(/[?#]/)[0]}`;
      return { complaints: [], note: () => count(this.#unknown, name) };
    }
    const { document } = operation;
    const shown = withoutConnection(withoutCredentials(request, document, placeholder));
    const exchange: Exchange = { case: caseOf(read, shown), operation, request: shown, received };
    const looked: string[] = [];
    const said = judge(exchange, isAnswered ? state.checks : [requestValid], state.context, looked);
    const complaints = [...read.violations.map(complaintOf), ...failureOr(said)];
    return {
      complaints,
      note: () => {
        if (tally.operation === null) {
          tally.operation = operation;
          if (state.coverage) resultOf(state.coverage.beginning(operation));
        }
        const order = this.#order++;
        const { findings, credentials, options } = state;
        // What the upstream sends back of a credential is nobody's to read.
        const secrets =
          complaints.length === 0
            ? []
            : [...credentialsIn(request, document), ...secretsHandedOut(received.headers, received.body)];
        const mask = createMaskOf([...new Set(secrets)], placeholder);
        for (const complaint of complaints)
          note(
            { mask, findings, credentials, options },
            { tally, case: exchange.case },
            order,
            exchange,
            complaint,
            false,
          );
        if (isAnswered) {
          state.coverage?.observe(exchange);
          tally.answered(exchange);
        }
        const isBroken = complaints.some(({ severity }) => severity === 'violation');
        tally.judged(exchange, isBroken, looked);
      },
    };
  }

  /** Counts an exchange that nobody looked at whole. @param reason ends a sentence that begins with "not judged, since" */
  leave(reason: string): void {
    count(this.#unjudged, reason);
  }

  /** @param partial why it has not come to its end, or null */
  result(partial: string | null = null): RunResult {
    const result = makeResult(this.#state, partial);
    const total = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, one) => sum + one, 0);
    const unknown = [...this.#unknown.keys()].slice(0, mostNamed).join(', ');
    const notes = [
      ...(this.#unknown.size > 0
        ? [`${requests(total(this.#unknown))} for what the document does not have: ${unknown}`]
        : []),
      ...[...this.#unjudged].map(([reason, times]) => `${requests(times)} not judged, since ${reason}`),
      ...result.notes,
    ];
    // Nobody can be told to send more: who sends is a client.
    return { ...result, mistakes: [], raise: [], notes };
  }
}

/** Names of unknown paths that are listed. */
const mostNamed = 20;
/** Different ones that are remembered; a crawler knows very many. */
const mostRemembered = 1000;

function count(counts: Map<string, number>, name: string): void {
  const known = counts.has(name) || counts.size < mostRemembered ? name : 'others';
  counts.set(known, (counts.get(known) ?? 0) + 1);
}

function requests(times: number): string {
  return times === 1 ? '1 request was' : `${times} requests were`;
}

/** What a failing server says breaks other rules as well, and all of that is the failure. */
function failureOr(complaints: readonly CheckComplaint[]): readonly CheckComplaint[] {
  const failure = complaints.filter(({ check, severity }) => check === 'no-server-error' && severity === 'violation');
  return failure.length > 0 ? failure : complaints;
}

/** A request of somebody else as a case: of its kind the document says what is to be expected. */
function caseOf(read: ReadRequest, request: HttpRequest): ContractCase {
  const { violations, operation, lacksCredential } = read;
  const [first] = violations;
  const { aspect, expectation, keyword } = kindOf(read);
  return {
    id: '',
    operationId: operation?.id ?? '',
    aspect,
    title: first === undefined ? `${request.method} ${excerpt(request.target)}` : first.message,
    expectation,
    varies: { in: null, name: null, keyword, pointer: first?.schemaPointer ?? operation?.pointer ?? '' },
    request,
    authenticated: !lacksCredential,
    // Whether there is anything under an id, its client and the server know.
    generatedPath: true,
  };
}

function kindOf({ violations: [first], lacksCredential, isWhole }: ReadRequest): {
  readonly aspect: Aspect;
  readonly expectation: Expectation;
  readonly keyword: string;
} {
  if (!isWhole) return { aspect: 'accepted', expectation: 'survived', keyword: unread };
  if (first !== undefined) return { aspect: 'rejected', expectation: 'rejected', keyword: first.keyword };
  if (lacksCredential) return { aspect: 'security', expectation: 'unauthorized', keyword: 'missing' };
  return { aspect: 'accepted', expectation: 'accepted', keyword: 'as it came' };
}

function complaintOf({
  in: place,
  pointer,
  message,
  keyword,
  expected,
  received,
  schemaPointer,
}: Violation): CheckComplaint {
  return {
    check: requestValid.id,
    severity: 'violation',
    concern: 'contract',
    message: `The client sent what the document does not allow: ${place}${pointer === '' ? '' : ` ${pointer}`}: ${message}`,
    expected: `${keyword} ${excerpt(expected)}`,
    received: received === undefined ? 'nothing' : excerpt(received),
    pointer: schemaPointer,
    cause: `${keyword} ${schemaPointer}`,
  };
}
