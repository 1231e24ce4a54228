import type { Handler, HandlerAnswer, HandlerRequest, MadeAnswer } from './handler/types.js';

/**
 * What is known of each operation, by its id: nothing here. The file that `counterproof types` writes adds to it, and from
 * then on names of operations and cases, requests and answers are checked wherever a test or a handler speaks of them.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is filled by whoever has a document.
export interface OperationTypes {}

/** A member of what is known of an operation. */
type Of<Operation, Member> = Member extends keyof Operation ? Operation[Member] : never;

type ByName<Types> = { [Id in keyof Types & string as Id | (Of<Types[Id], 'name'> & string)]: Types[Id] };

type Known = ByName<OperationTypes>;

type IsNothingKnown = [keyof OperationTypes] extends [never] ? true : false;

/** An operation: its id, or `GET /path`. */
export type OperationName = IsNothingKnown extends true ? string : keyof Known & string;

/** A case that every operation has. */
type CommonCase = 'offline' | 'timeout' | `${number}`;

/** A scripted case, an example of the document, or one that every operation has. */
export type CaseName = IsNothingKnown extends true
  ? string
  : { [Id in keyof OperationTypes]: CaseOf<OperationTypes[Id]> }[keyof OperationTypes];

type CaseOf<Type> = Of<Type, 'cases'> | CommonCase;

/** The status codes that are registered (RFC 9110, 16.2): what a range or `default` may stand for. */
type RegisteredStatus =
  | (200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226)
  | (300 | 301 | 302 | 303 | 304 | 305 | 307 | 308)
  | (400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414 | 415 | 416 | 417 | 418)
  | (421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 451)
  | (500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 511);

type InRange<Status, Digit extends string> = Status extends number
  ? `${Status}` extends `${Digit}${number}`
    ? Status
    : never
  : never;

/** The statuses that a key of `answers` stands for, beside those that have a key of their own. */
type StatusesOf<Key, Keys> = Key extends number
  ? Key
  : Key extends `${infer Digit}XX`
    ? Exclude<InRange<RegisteredStatus, Digit>, Keys>
    : Exclude<RegisteredStatus, Keys>;

type BodyOf<Answers, Key extends keyof Answers> = Of<Answers[Key], 'body'>;

type SuccessKeys<Keys> = Keys extends number ? InRange<Keys, '2'> : Keys extends '2XX' ? Keys : never;

/** What is answered where no status is said. */
type SuccessBody<Answers> = [SuccessKeys<keyof Answers>] extends [never]
  ? unknown
  : BodyOf<Answers, SuccessKeys<keyof Answers>>;

/** A status with its body: of those that the document declares, or any where it is said to be off contract. */
type Declared<Answers> =
  | {
      [Key in keyof Answers]: {
        readonly status: StatusesOf<Key, keyof Answers>;
        readonly body?: BodyOf<Answers, Key>;
        readonly offContract?: false;
      };
    }[keyof Answers]
  | { readonly status?: never; readonly body: SuccessBody<Answers>; readonly offContract?: false }
  | { readonly status?: number; readonly body?: unknown; readonly offContract: true };

type AnyHeaders = NonNullable<HandlerAnswer['headers']>;

type HeadersOf<Answers> = Partial<Of<Answers[keyof Answers], 'headers'>> & AnyHeaders;

/** What a handler of an operation answers. */
type AnswerOf<Answers> = Omit<HandlerAnswer, 'status' | 'body' | 'offContract' | 'headers'> & {
  readonly headers?: HeadersOf<Answers>;
} & (Declared<Answers> | { readonly status?: never; readonly body?: never; readonly offContract?: boolean });

type MadeOf<Answers> = {
  [Key in keyof Answers]: Omit<MadeAnswer<BodyOf<Answers, Key>>, 'status'> & {
    readonly status: StatusesOf<Key, keyof Answers>;
  };
}[keyof Answers];

type HandlerOf<Type> = Handler<
  HandlerRequest<Of<Type, 'path'>, Of<Type, 'query'>, Of<Type, 'header'>, Of<Type, 'body'>, Of<Type, 'cookie'>>,
  AnswerOf<Of<Type, 'answers'>>,
  MadeOf<Of<Type, 'answers'>>
>;

/** Functions by operation (its id, or `GET /path`); `*` is asked first for every operation, and where it says nothing its own. */
export type Handlers = IsNothingKnown extends true
  ? Readonly<Record<string, Handler>>
  : { readonly [Name in keyof Known]?: HandlerOf<Known[Name]> } & { readonly '*'?: Handler };

/**
 * How each operation is made to answer, by name: `General` where nothing is known. A test looks up the one that it names, since to work out
 * what all of many operations have in common is too much for the compiler.
 */
export type WantedByName<General> = IsNothingKnown extends true
  ? Readonly<Record<string, General>>
  : { readonly [Name in keyof Known]: WantedOf<Known[Name], General> };

type WantedOf<Type, General> = Omit<
  General,
  'status' | 'body' | 'offContract' | 'case' | 'example' | 'then' | 'operation'
> & {
  readonly case?: CaseOf<Type>;
  readonly example?: CaseOf<Type>;
  readonly then?: WantedOf<Type, General> | readonly WantedOf<Type, General>[];
} & (
    | Declared<Of<Type, 'answers'>>
    | { readonly status?: number; readonly body?: never; readonly offContract?: boolean }
  );
