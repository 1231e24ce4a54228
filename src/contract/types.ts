import type { HttpRequest, Operation, Operations } from '../operation/index.js';
import type { ParameterIn } from '../schema/index.js';

/** What a case varies, and so what is to be expected of the answer. */
export const aspects = [
  'accepted',
  'rejected',
  'hostile',
  'security',
  'method',
  'media-type',
  'repetition',
  'life',
] as const;
export type Aspect = (typeof aspects)[number];

/** What the document lets a case expect. */
export type Expectation =
  /** The request is valid: 2xx, or what the document declares besides. */
  | 'accepted'
  /** The request is invalid on the wire, after decoding: a 4xx. */
  | 'rejected'
  /** Anything but a 5xx or a broken exchange. */
  | 'survived'
  /** The credential is absent or wrong: 401 or 403. */
  | 'unauthorized'
  /** The path does not declare the method: 405 (501, 404). */
  | 'method-not-allowed'
  /** 415, or another 4xx that is declared. */
  | 'unsupported-media-type'
  /** Accept cannot be met: 406, or the answer as if Accept were absent (RFC 9110, 12.5.1). */
  | 'not-acceptable';

/** One request that the suite sends, with what the document lets it expect. */
export interface ContractCase {
  /** 12 hexadecimal digits, from the content alone: the same on every run and machine. */
  readonly id: string;
  readonly operationId: string;
  readonly aspect: Aspect;
  /** For a person: `provider = "GITHUB" (other case than an enum value)`. */
  readonly title: string;
  readonly expectation: Expectation;
  /** What it varies from the base request. */
  readonly varies: {
    readonly in: ParameterIn | 'body' | 'security' | 'method' | 'content-type' | 'accept' | null;
    /** The parameter's or property's name, or null. */
    readonly name: string | null;
    /** The schema keyword exercised (`enum`, `maxLength`), or an own word (`missing`, `near-miss`, `null-byte`). */
    readonly keyword: string;
    /** Pointer into the document. */
    readonly pointer: string;
    /** The outermost member that the base request lacks and that this stands in. */
    readonly within?: string;
  };
  /**
   * Target is relative to the base URL of the target, without its path. Credentials are not in it; where a
   * case puts one in an unusual place, a placeholder (`credentialPlaceholder`) stands for it.
   */
  readonly request: HttpRequest;
  /** Whether the runner adds the credentials that it was given. */
  readonly authenticated: boolean;
  /** Whether these are the credentials of the second user. */
  readonly isOfSecondUser?: true;
  /** Whether a path parameter's value was generated, so that 404 is an honest answer. */
  readonly generatedPath: boolean;
  /**
   * Set on a case with a wrong credential: a target that was not started with a known one (a mock that takes
   * any key) may rightly accept it, so it is sent only where a credential was given.
   */
  readonly onlyWithCredential?: true;
}

/** What went wrong below HTTP or while decoding. Data, since each is something a check has to say. */
export type WireProblem =
  | 'refused'
  | 'timeout'
  | 'reset'
  | 'malformed-http'
  | 'truncated'
  | 'content-length-mismatch'
  | 'content-encoding-broken'
  | 'body-not-allowed'
  /** Longer than the client is willing to read: header section or body. */
  | 'too-large';

/** What came back, as it was on the wire. */
export interface Received {
  /** null where no status line came. */
  readonly status: number | null;
  /** In the order and spelling of the wire. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As sent. */
  readonly raw: Uint8Array;
  /** After Content-Encoding; `raw` where that is absent or broken. */
  readonly body: Uint8Array;
  readonly problems: readonly { readonly kind: WireProblem; readonly message: string }[];
  /** Set where it was still coming when the suite stopped reading: a stream need not end. */
  readonly isOpen?: true;
  /** Milliseconds from the first byte sent to the last received. */
  readonly duration: number;
  /** What another target has answered to the same request, where two are compared. */
  readonly expected?: Received;
}

export interface Exchange {
  readonly case: ContractCase;
  readonly operation: Operation;
  /** As sent, credentials masked. */
  readonly request: HttpRequest;
  readonly received: Received;
}

export const severities = ['violation', 'warning', 'information'] as const;
export type Severity = (typeof severities)[number];

/** What a finding is about, the most serious first. */
export const concerns = ['crash', 'server error', 'data', 'authentication', 'contract', 'hygiene'] as const;
export type Concern = (typeof concerns)[number];

/** What a check has to say. The run adds case, operation, curl command and location: that is a finding. */
export interface Complaint {
  readonly severity: Severity;
  readonly message: string;
  readonly expected: string;
  readonly received: string;
  /** Pointer into the document. */
  readonly pointer: string;
  /** What makes complaints of a check one finding, in all operations; absent: the message without the case. */
  readonly cause?: string;
  /** The causes that explain this one too where the same operation has them, the nearest first. */
  readonly within?: readonly string[];
  /** What it shares with others of the same operation, so that several of them are one. */
  readonly kin?: Kin;
  /** JSON Pointer into the body of the answer. */
  readonly at?: string;
  /** Where it is not the check's own. */
  readonly concern?: Concern;
  /** The check could not tell: whatever else the run finds, it does not prove that the contract is kept. */
  readonly isUndecided?: true;
}

/** What makes causes of an operation alike, or of all: where several places show it, that is the cause. */
export interface Kin {
  readonly cause: string;
  readonly message: string;
  /** What of the request, or of the document, shows it: others count only where they stand elsewhere. */
  readonly place: string;
  /** Whether places of all operations count together. */
  readonly isOfRun?: true;
}

export interface CheckContext {
  readonly operations: Operations;
  /** Allow no undeclared status at all. */
  readonly strict: boolean;
  /** How the valid request of each operation, by id, was answered in this run: empty at its beginning. */
  readonly bases: Map<string, BaseAnswer>;
}

/** The answer to the valid request from which the other cases of an operation vary: what theirs are compared with. */
export interface BaseAnswer {
  readonly caseId: string;
  readonly status: number;
  /** Whether it is what the operation is for. */
  readonly isAccepted: boolean;
  /** The beginning of the body, for a person. */
  readonly words: string;
  /** What answers that are given for the same reason have in common. */
  readonly signature: string;
  readonly hash: string;
  /** Whether the body is an HTML page that the document does not declare. */
  readonly isPage: boolean;
  /** Values of the body, as `name=value`, where the operation protects them. */
  readonly values: ReadonlySet<string>;
  /** Whether the document declares such a refusal of what is valid. */
  readonly isHonestRefusal: boolean;
  /** By the part of the request that they vary: how many invalid ones were sent, and how many of them accepted. */
  readonly invalid: Map<string | null, { sent: number; accepted: number }>;
  /** Whether another value of a closed list was accepted. */
  isOtherListedAccepted: boolean;
}

/** One rule that holds over an exchange. One file a check; `id` is the file's name. */
export interface Check {
  readonly id: string;
  /** "holds when …", for help and docs. */
  readonly summary: string;
  /** `contract` */
  readonly concern?: Concern;
  /** What is wrong: nothing where the rule held, and null where it is not about such an exchange. */
  run(exchange: Exchange, context: CheckContext): readonly Complaint[] | null;
  /** What can only be said once all cases of an operation have been answered. */
  finish?(context: CheckContext): readonly OperationComplaint[];
}

/** What a check has to say of an operation as a whole. */
export interface OperationComplaint extends Complaint {
  readonly operationId: string;
}

/** A check over the whole run of one operation, at its end (`evidence`, `answers-differ`). */
export interface RunCheck {
  readonly id: string;
  readonly summary: string;
  /** `contract` */
  readonly concern?: Concern;
  /** Sees each exchange as it happens, so that nothing has to be kept. Returns whether it told the check anything. */
  observe(exchange: Exchange): boolean;
  finish(context: CheckContext): readonly OperationComplaint[];
}

/** Sends one request and reads the wire as it is. Node's sockets, or the mock itself in one process. */
export type Send = (request: HttpRequest, options: { readonly timeout: number }) => Promise<Received>;

/** Thrown by a `Send` for a request that cannot be put on its wire at all. The run counts it and goes on. */
export class UnwritableRequest extends TypeError {
  override readonly name = 'UnwritableRequest';
}

/** Methods that only read (RFC 9110, 9.2.1, and IANA's registry). Any other may change the target. */
const safeMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY', 'SEARCH', 'PROPFIND', 'REPORT'];

export function isUnsafe(method: string): boolean {
  return !safeMethods.includes(method);
}
