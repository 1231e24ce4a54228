import type { Faker } from '../fake/index.js';
import type { ActiveFault } from '../fault/index.js';
import type { Fixtures } from '../fixture/index.js';
import type {
  Answer,
  AnswerSource,
  BodyLimits,
  HttpRequest,
  Match,
  Operation,
  Operations,
  RequestValues,
  WireEffect,
} from '../operation/index.js';
import type { Schema, Violation } from '../schema/index.js';
import type { Memo } from '../text/memo.js';
import type { Json } from '../text/value.js';
import type { Change, StateReader, World } from '../world/index.js';
import type { MadeBody } from './content/success.js';
import type { Preference } from './types.js';

/** What a mock is made of, the same for each request. */
export interface Setup {
  readonly operations: Operations;
  readonly fixtures: Fixtures;
  readonly faker: Faker;
  readonly seed: number;
  readonly apiKey: string | null;
  /** Whether a request without a credential is refused. */
  readonly asksCredential: boolean;
  readonly bodyLimits: BodyLimits;
  readonly cors: boolean;
  /** Whether what does not fit its schema is a 500, and not shown. */
  readonly errors: boolean;
  readonly dynamic: boolean;
  /** How many items a made stream has; null where the document decides. */
  readonly streamItems: number | null;
  /** Where pictures are served, as a path; null: nowhere. */
  readonly picturePath: string | null;
  /** Schemas joined with refinements, by what they are joined from. */
  readonly refined: Map<string, Schema>;
  /** Bodies that were made: the same request is asked for with and without a fault, by HEAD, with another Accept. */
  readonly made: Memo<MadeBody>;
  /** Bodies with every optional member, for faults, by seed and schema. */
  readonly fullBodies: Memo<{ readonly value: Json | undefined }>;
  /** Heads of answers that have no fields of their own, by what they say. */
  readonly plainHeads: Memo<Answer['headers']>;
  readonly world: World;
  /** Whether what requests change is remembered. */
  readonly remembers: boolean;
}

/** Where a function takes part in an answer. */
export interface HandlerTurn {
  /** The draft of an operation that it answers. @param made what would be answered without it */
  draft(exchange: Exchange, operation: Operation, made: () => Draft): Draft;
}

/** One request on its way through the steps: a step that finds something out gives the next one another exchange. */
export interface Exchange {
  readonly setup: Setup;
  readonly request: HttpRequest;
  /** Without the query. */
  readonly path: string;
  readonly preference: Preference;
  /** What of it the request itself asks for. */
  readonly asked: Preference;
  /** What makes no sense in the request's own Prefer, as sentences. */
  readonly preferenceProblems: readonly string[];
  readonly seed: number;
  readonly match: Match;
  /** null where nothing matched. */
  readonly operation: Operation | null;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** The fault that is asked for; null where none is, or where it is unknown. */
  readonly fault: ActiveFault | null;
  /** null before parameters and body are read. */
  readonly values: RequestValues | null;
  /** What happened before. */
  readonly state: StateReader;
  /** The function that may answer; null where there is none. */
  readonly turn: HandlerTurn | null;
  /** Every violation found so far, also those that a fault overlooks. */
  readonly found: readonly Violation[];
}

/** An answer before the fields that every answer has. */
export interface Draft {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
  readonly contentType: string | null;
  readonly source: AnswerSource;
  readonly name: string | null;
  /** Whether the body fits what the document declares, as far as that is known. */
  readonly valid: boolean;
  readonly violations: readonly Violation[];
  readonly delay: number;
  readonly effect: WireEffect | null;
  /** Whether it says nothing of what is remembered, since that would not fit the document. */
  readonly isSkipped: boolean;
  /** Whether a fault has kept something of the request from being heeded. */
  readonly isHeedless?: true;
  /** What the request changes. */
  readonly changes: readonly Change[];
  /** That a sequence has come so far; null where none has. No fault forgets it. */
  readonly counted: Change | null;
  /** Whether it is what was asked for, and no refusal. */
  readonly chosen: boolean;
  /** The fault that the chosen case shows, or null. */
  readonly fault: ActiveFault | null;
}

/** An answer that says nothing yet. */
export const emptyDraft: Draft = {
  status: 200,
  headers: {},
  body: '',
  contentType: null,
  source: 'none',
  name: null,
  valid: true,
  violations: [],
  delay: 0,
  effect: null,
  isSkipped: false,
  changes: [],
  counted: null,
  chosen: true,
  fault: null,
};
