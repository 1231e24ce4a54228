import type { Location } from '../errors.js';

/** Every kind of change, by its id, which is stable. Those that break have either a witness, or are read off both documents. */
export const changeKinds = {
  'request-refused': {
    breaks: true,
    summary: 'A request that the old document allows is none that the new one allows',
  },
  'request-misread': {
    breaks: true,
    summary: 'A request that both documents allow means something else by the new one',
  },
  'answer-unforeseen': {
    breaks: true,
    summary: 'An answer that the new document allows is none that the old one allows',
  },
  'operation-removed': { breaks: true, summary: 'An operation is no more, and its announced end has not come' },
  'webhook-unforeseen': {
    breaks: true,
    summary: 'A webhook that the new document allows is none that the old one allows',
  },
  'webhook-removed': { breaks: true, summary: 'A webhook is no more' },
  'security-raised': { breaks: true, summary: 'A credential that was enough is not enough any more' },
  'server-removed': { breaks: true, summary: 'A server that operations were offered on is no more' },
  'request-body-removed': { breaks: true, summary: 'An operation takes no body any more' },
  'answer-type-removed': { breaks: true, summary: 'A media type of an answer is no more' },
  'success-removed': { breaks: true, summary: 'A status that means success is no more' },
  'default-changed': { breaks: true, summary: 'What is left out of a request means something else' },
  'value-withdrawn': {
    breaks: true,
    summary: 'A value that requests may have is not named any more (`x-extensible-enum`)',
  },
  'content-changed': { breaks: true, summary: 'What is written in a text is written otherwise' },
  undecided: { breaks: true, summary: 'The documents differ, and nothing could be made that shows whether it matters' },
  'operation-ended': { breaks: false, summary: 'An operation is no more, after its announced end' },
  'operation-added': { breaks: false, summary: 'An operation is new' },
  deprecated: { breaks: false, summary: 'Something is deprecated' },
  added: { breaks: false, summary: 'Something is new' },
  removed: { breaks: false, summary: 'Something is no more' },
  changed: { breaks: false, summary: 'Something is said otherwise' },
} as const satisfies Record<string, { readonly breaks: boolean; readonly summary: string }>;

export type ChangeKind = keyof typeof changeKinds;

/** A request as it may be sent; its body as text. */
export interface RequestWitness {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** For the shell, against the server of the new document. */
  readonly curl: string;
}

export interface AnswerWitness {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** One change between two documents, in every operation that it concerns. */
export interface Change {
  readonly kind: ChangeKind;
  readonly breaks: boolean;
  /** A sentence without a full stop. */
  readonly message: string;
  /** `METHOD /path` */
  readonly operations: readonly string[];
  /** Where the old document says so; null where it says nothing. */
  readonly old: Location | null;
  readonly new: Location | null;
  /** Valid by one document, and not by the other: what shows that the change breaks. */
  readonly request?: RequestWitness;
  readonly answer?: AnswerWitness;
  /** Of a webhook, as JSON. */
  readonly body?: string;
}

/** What two documents differ in, breaking changes first. */
export interface DiffResult {
  readonly schemaVersion: 1;
  readonly old: Side;
  readonly new: Side;
  readonly changes: readonly Change[];
  readonly counts: { readonly operations: number; readonly breaking: number; readonly other: number };
}

export interface Side {
  /** As the user named it. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
}
