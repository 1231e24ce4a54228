import type { Document, DocumentProblem } from '../document/index.js';
import type { Problem } from '../errors.js';
import type { Work } from '../text/slices.js';
import type { Json, JsonObject } from '../text/value.js';

export type ParameterIn = 'path' | 'query' | 'querystring' | 'header' | 'cookie';

/** One way in which a request or a response differs from the document. Data, never an exception. */
export interface Violation {
  readonly in: ParameterIn | 'body' | 'security' | 'content-type' | 'accept' | 'status' | 'response';
  /** JSON Pointer to the value: for a parameter `/name` and below, for a body from its root (``). */
  readonly pointer: string;
  /** The JSON Schema keyword (`enum`, `required`, …), or one of our own: see `ownKeywords`. */
  readonly keyword: string;
  /** A sentence for a person, without a final period. */
  readonly message: string;
  readonly expected: Json;
  /** The offending value, as it was after decoding. Absent where there was none. */
  readonly received?: unknown;
  /** Where the document says so: JSON Pointer into `document.root`, keyword included. */
  readonly schemaPointer: string;
  /** Ajv's parameters for the keyword (`{ allowedValues }`, `{ limit }`, …). */
  readonly params: Readonly<Record<string, unknown>>;
  /** The alternatives of `anyOf` or `oneOf` that it lies in, outermost first. Absent where it lies in none. */
  readonly alternatives?: readonly Alternative[];
}

/** One member of an `anyOf` or `oneOf`: the one that was meant by a value. */
export interface Alternative {
  /** JSON Pointer to the value, as in the violation. */
  readonly pointer: string;
  /** Where the `anyOf` or `oneOf` stands, as in the violation. */
  readonly schemaPointer: string;
  readonly index: number;
}

/** Keywords of violations that JSON Schema has no word for. */
export const ownKeywords = {
  missing: 'a required parameter, body or credential is absent',
  repeated: 'a parameter that takes one value is there more than once',
  encoding: 'what was sent cannot be decoded (percent-encoding, UTF-8, charset)',
  syntax: 'a body is not one JSON text (or form, or multipart)',
  style: 'a parameter is not serialized in its declared style',
  credential: 'a credential is there, but empty or wrong',
  mediaType: 'a media type is not one of those declared',
  falseSchema: 'no value is allowed here',
  discriminator: 'the value that tells alternatives apart is absent, or stands for none (OpenAPI 3.1, 4.8.25)',
  limit: 'a body has more structure than is read: nesting, members or parts',
  depth: 'a value is nested too deeply to be checked',
  undocumented: 'the document does not declare this (status, header, media type)',
} as const;

export type JsonSchema = boolean | JsonObject;

/** Which way a schema is read: `readOnly` members are not required of a request, `writeOnly` not of a response. */
export type Direction = 'request' | 'response';

/** A schema of the document, compiled by Ajv on first use. */
export interface Schema {
  /** Where it stands, as a pointer into `document.root`; for a schema from elsewhere, what it was given. */
  readonly pointer: string;
  /** As written: `$ref`s are not replaced. */
  readonly value: JsonSchema;
  /** Which way it is read. */
  readonly direction: Direction;
  /** Why it does not compile; null when it does. Compiles on first use. */
  readonly problem: Problem | null;
  /** All reasons why it does not compile, in it and in what it leads to; empty when it does. */
  readonly problems: readonly Problem[];
  /** What of it may not be judged, in it and in what it leads to. */
  readonly warnings: readonly DocumentProblem[];
  /** Works out problems and warnings piece by piece, where that was not done yet: it takes long where much is led to. */
  reading(): Work;
  /** All violations of `data` (`in` is given by the caller). A schema that does not compile throws UNSATISFIABLE_SCHEMA. */
  validate(data: unknown, where: Violation['in'], at?: string): Violation[];
  /**
   * Like `validate(data).length === 0`, and faster.
   * @param isFixed whether nobody changes the data in place: what of it was accepted before need not be looked at again
   */
  accepts(data: unknown, isFixed?: boolean): boolean;
}

/** The only door to Ajv. One for each document. */
export interface Schemas {
  readonly document: Document;
  /** The schema at a pointer into `document.root`; the same object for the same pointer and direction. */
  at(pointer: string, direction: Direction): Schema;
  /**
   * A schema that is not in the document (a fixture's, a parameter's wrapper). Its `#/…` references are read
   * as references into the document. `pointer` is the place that messages give.
   * @param isForeign whether somebody else than the document says it: then it is held to the letter, and what is wrong
   *   in it is a problem. Else it is put together of what the document says, and read as that is.
   */
  inline(value: JsonSchema, pointer: string, direction: Direction, isForeign?: boolean): Schema;
}
