import type { Location } from '../../errors.js';
import type { Json } from '../../text/value.js';
import type { Aspect, Concern, Severity } from '../types.js';

/**
 * What a run found: all that a report shows, and nothing that grows with the number of cases. It is plain
 * JSON, and the JSON report is this object.
 */
export interface RunResult {
  /** Of this shape. It changes when a reader of the old shape would go wrong. */
  readonly schemaVersion: 2;
  readonly tool: { readonly name: 'counterproof'; readonly version: string };
  readonly document: {
    readonly name: string;
    readonly title: string;
    readonly version: string;
    /** OpenAPI version as declared. */
    readonly openapi: string;
  };
  readonly target: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Milliseconds. */
  readonly duration: number;
  readonly seed: number;
  readonly strict: boolean;
  readonly shard: { readonly index: number; readonly count: number } | null;
  /** Why the run did not come to its end; null where it did. */
  readonly partial: string | null;
  /** `incomplete`: nothing broken was found, and not everything was looked at. */
  readonly verdict: 'kept' | 'broken' | 'incomplete';
  /** Why it is `incomplete` though it came to its end; absent where it is not. */
  readonly unproven?: readonly string[];
  readonly counts: RunCounts;
  readonly notSent: readonly NotSent[];
  /** What the answers say of the command line: each with what to do. */
  readonly mistakes: readonly string[];
  /** What would let more be exercised. */
  readonly raise: readonly string[];
  /** Findings that are violations and that no baseline had; absent without one. */
  readonly newCauses?: number;
  /** What the run made and could not remove; absent where it is nothing. */
  readonly leftBehind?: readonly LeftBehind[];
  /** What the target took, by operation id, in the form of `contract` in a fixture file; absent where it is nothing. */
  readonly learnt?: Readonly<Record<string, LearntValues>>;
  /** Sentences that a reader of the result has to know. */
  readonly notes: readonly string[];
  readonly checks: readonly CheckResult[];
  /** In the order of the document. */
  readonly operations: readonly OperationResult[];
  /** The most serious first. Their number is bounded: see `findingsNotKept`. */
  readonly findings: readonly RunFinding[];
  /** Complaints that were counted and are in no finding that is listed. */
  readonly findingsNotKept: number;
  /** Statuses that came and that the document does not declare, whether or not they are complained about. */
  readonly undeclaredStatuses: readonly UndeclaredStatus[];
  readonly coverage: Coverage;
}

/** Values that a later run may begin with. */
export interface LearntValues {
  /** By parameter name; only for what reads, since what the user gives may be changed too. */
  readonly parameters?: Readonly<Record<string, Json>>;
  readonly body?: Json;
}

/** A thing that the run made and could not remove. */
export interface LeftBehind {
  /** Its path, or its collection and key: `/pets/7`. */
  readonly thing: string;
  /** Half a sentence. */
  readonly reason: string;
}

export interface RunCounts {
  readonly operations: number;
  readonly operationsReached: number;
  readonly cases: number;
  /** Requests, those that were sent again included, and none of `removals`. */
  readonly requests: number;
  /** Requests at the end that removed what the run had made; absent in reports of versions before it was counted. */
  readonly removals?: number;
  readonly sentAgain: number;
  /** Answers 429 with Retry-After that were waited for. */
  readonly waited: number;
  /** Cases with a violation. */
  readonly casesBroken: number;
  readonly violations: number;
  /** Findings that are violations: causes. */
  readonly causes: number;
  readonly warnings: number;
  readonly information: number;
  /** Violations that were not there when the case was sent again. */
  readonly flaky: number;
}

/** Cases that were derived and not sent. */
export interface NotSent {
  readonly reason: NotSentReason;
  readonly count: number;
  readonly message: string;
}

export const notSentReasons = {
  'unsafe-method': 'may change the target, which is not on this machine: pass --allow-writes to send them',
  'unsafe-compared':
    'may change both targets, and nobody removes what they make at the one that is compared with: pass --allow-writes to send them',
  'not-ours':
    'could change or remove what others have there, which this run has not made: name with --set what may be changed',
  'of-others':
    'could remove what others have there, such as all of a collection: pass --allow-deletes to send them all the same',
  'no-credential': 'need a credential that is known to be right or wrong: pass --auth',
  timeouts: 'belong to operations whose answers had come to no end, or were more than is read, several times',
  'large-answers':
    'belong to operations whose answers have filled what is read of one operation: --max-answer says how much that is',
  'refused-alike': 'belong to operations whose valid request is refused, and others of their kind got the same refusal',
  'ends-target': 'are of a kind that has ended the target in two other operations',
  unwritable: 'cannot be written as an HTTP/1.1 message',
  budget:
    'caught least when the suite was proven, or were not derived (counted once for an operation), and did not fit the budget',
  stopped: 'were still to come when the run was stopped',
} as const;
export type NotSentReason = keyof typeof notSentReasons;

export interface CheckResult {
  readonly id: string;
  readonly summary: string;
  /** Exchanges that it was about, be they right or wrong. 0: nothing came that could show whether the rule holds. */
  readonly exchanges: number;
  readonly violations: number;
  readonly warnings: number;
  readonly information: number;
}

export interface OperationResult {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** JSON Pointer into the document. */
  readonly pointer: string;
  /** `not-exercised`: no valid request was answered with success, so of most that is promised nothing was seen. */
  readonly state: 'kept' | 'broken' | 'not-exercised' | 'not-sent';
  readonly cases: number;
  readonly requests: number;
  /** Milliseconds, summed over its requests. */
  readonly duration: number;
  /** Violations by check id; a check that found none is absent. */
  readonly violations: Readonly<Record<string, number>>;
  readonly aspects: readonly AspectResult[];
  /** How many exchanges each check was about; one that saw none is absent. */
  readonly exchanges: Readonly<Record<string, number>>;
  /** Answers by status; `none` where no status line came. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Why it was not exercised, in the words of the server; null where it was, or was not sent. */
  readonly unexercised: string | null;
  /** Checks of which only a part was tried, such as refusals where no wrong credential could be sent; absent where there are none. */
  readonly untried?: readonly string[];
  /** What its path named, and what had told of it: `petId 7 from GET /pets`. */
  readonly named?: string;
  /** Why it could not be exercised (a schema that does not compile), or null. */
  readonly problem: string | null;
}

export interface AspectResult {
  readonly aspect: Aspect;
  readonly cases: number;
  readonly broken: number;
  /** Milliseconds. */
  readonly duration: number;
}

/**
 * One cause: what a check says for one reason, of all cases and operations that show it. Credentials are masked. What
 * is told of one case is that of the first.
 */
export interface RunFinding extends Omit<Occurrence, 'aspects' | 'exchange'> {
  /** The same in every run that finds it. */
  readonly id: string;
  readonly check: string;
  readonly severity: Severity;
  readonly concern: Concern;
  /** null for what a check says of the whole operation. */
  readonly aspect: Aspect | null;
  /** One sentence. */
  readonly message: string;
  /** Not there when it was sent again. */
  readonly flaky: boolean;
  /** Titles of other cases: each is another way to see the same. Bounded. */
  readonly otherTitles: readonly string[];
  /** Each with its own case. */
  readonly operations: readonly Occurrence[];
  /** The lines of the document around the rule, and the number of the first of them; absent where nobody has the text. */
  readonly source?: { readonly from: number; readonly lines: readonly string[] } | undefined;
  /** Ids of findings that explain all of it, where a run finds them too, the nearest first: absent where nothing would. */
  readonly within?: readonly string[];
  /** Whether a baseline had it already, in all of these operations. */
  readonly isKnown?: true;
}

/** A finding in one operation, with the first case that shows it. */
export interface Occurrence {
  readonly operationId: string;
  /** Empty for what a check says of the whole operation. */
  readonly caseId: string;
  /** Of all cases that show it. */
  readonly aspects: readonly Aspect[];
  readonly title: string;
  readonly expected: string;
  readonly received: string;
  /** Where the document says so. */
  readonly location: Location;
  /** Reproduces it; credentials are masked as `$NAME`. */
  readonly curl: string;
  /** null where there is none, or more were found than are kept. */
  readonly exchange: ShownExchange | null;
  /** How many cases of the operation show it. */
  readonly cases: number;
  /** How many of these cases were in order when they were sent again. */
  readonly flakyCases: number;
}

/** Request and answer for a person: heads, and the part of the bodies that matters. */
export interface ShownExchange {
  readonly request: string;
  readonly response: string;
  /** The line of the response that is wrong, from 0; null where that is no one line. */
  readonly wrongLine: number | null;
  /** To answer so again; null where there was no answer, or it is long. */
  readonly replay: ReplayedExchange | null;
}

/** An answer as it came, and what it came to. */
export interface ReplayedExchange {
  readonly method: string;
  readonly target: string;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** In Base64; credentials in it are masked. */
  readonly body: string;
}

export interface UndeclaredStatus {
  readonly operationId: string;
  readonly status: number;
  readonly count: number;
}

/** What of the document was exercised, and what never was. */
export interface Coverage {
  readonly operations: CoverageOf;
  readonly parameters: CoverageOf;
  readonly enumValues: CoverageOf;
  readonly responses: CoverageOf;
  readonly keywords: CoverageOf;
}

export interface CoverageOf {
  readonly total: number;
  readonly exercised: number;
  /** What was not; bounded, `total - exercised` is the whole number. */
  readonly never: readonly string[];
}
