import type { Document, DocumentProblem, LeftOut } from '../document/index.js';
import type { Problem } from '../errors.js';
import type { ParameterIn, Schema, Schemas } from '../schema/types.js';
import type { Work } from '../text/slices.js';
import type { Json, JsonObject } from '../text/value.js';
import type { RequestHeaders } from './http.js';
import type { Spelling } from './match/spelling.js';
import type { StyleName } from './parameter/styles/table.js';

/** The methods that are members of a Path Item Object (OpenAPI 3.2, 4.9.1), upper case as on the wire. */
export const httpMethods = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE', 'QUERY'] as const;

/** A Parameter Object (OpenAPI 3.1, 4.8.12), references followed, defaults filled in. */
export interface Parameter {
  readonly name: string;
  readonly in: ParameterIn;
  readonly pointer: string;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly description: string;
  readonly style: StyleName;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  readonly allowEmptyValue: boolean;
  /** Set where the parameter is described by `content` instead of `schema`. */
  readonly mediaType: string | null;
  readonly content: Content | null;
  readonly schema: Schema;
  readonly examples: readonly NamedExample[];
}

export interface NamedExample {
  /** `''` for the singular `example`, and for entries of a schema's own `examples`. */
  readonly name: string;
  readonly value: Json;
  /** As it stands on the wire, where the document says so. */
  readonly serialized?: string;
  readonly pointer: string;
}

/** One entry of a `content` map (Media Type Object, OpenAPI 3.1, 4.8.14). */
export interface Content {
  /** As written: may be a range (`text/*`) and have parameters. */
  readonly mediaType: string;
  readonly pointer: string;
  /** null where the Media Type Object has no schema: anything goes. */
  readonly schema: Schema | null;
  readonly examples: readonly NamedExample[];
  /** Encoding Objects by property name (forms and multipart only). */
  readonly encoding: Readonly<Record<string, JsonObject>>;
  /** Set where the media type is a sequence of items; `schema` is then that of the list. */
  readonly sequence?: Sequence;
}

/** What is said of the items of a sequential media type (OpenAPI 3.2, 4.14.3.1). */
export interface Sequence {
  /** `itemSchema`; null where there is none. */
  readonly item: Schema | null;
  /** Encoding Objects by position, and of all behind them. */
  readonly prefixEncoding: readonly JsonObject[];
  readonly itemEncoding: JsonObject | null;
  readonly schemas: Schemas;
}

export interface RequestBody {
  readonly pointer: string;
  readonly required: boolean;
  readonly content: readonly Content[];
}

export interface Header {
  readonly name: string;
  readonly pointer: string;
  readonly required: boolean;
  readonly schema: Schema | null;
  /** Set where the header is described by `content` instead of `schema`. */
  readonly mediaType: string | null;
  readonly explode: boolean;
  readonly examples: readonly NamedExample[];
}

/** A Response Object (OpenAPI 3.1, 4.8.17) under its key: `'200'`, `'2XX'` or `'default'`. */
export interface Response {
  readonly key: string;
  readonly pointer: string;
  /** Its summary where it has no description. */
  readonly description: string;
  readonly headers: readonly Header[];
  readonly content: readonly Content[];
}

/** One scheme that one alternative demands. */
export interface SecurityScheme {
  readonly name: string;
  readonly pointer: string;
  readonly type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS';
  /** For apiKey: where and under which name the key stands. For http: the scheme, lower case. */
  readonly in: 'header' | 'query' | 'cookie' | null;
  readonly parameterName: string | null;
  readonly httpScheme: string | null;
  readonly scopes: readonly string[];
}

/** What a person and an index need of an operation before it is compiled. */
export interface OperationEntry {
  /** `operationId`, or `GET /path` where there is none (or where it is taken by an earlier operation). */
  readonly id: string;
  /** As on the wire: one of `httpMethods`, or what `additionalOperations` names. */
  readonly method: string;
  /** The path template as written. */
  readonly path: string;
  readonly pointer: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
}

/** A request that the server sends when an operation was called (Callback Object, OpenAPI 3.1, 4.8.18). */
export interface CallbackEntry extends OperationEntry {
  /** Where it is sent: a runtime expression, or an address that has some in braces. */
  readonly expression: string;
}

/** One method on one path, compiled. */
export interface Operation extends OperationEntry {
  readonly document: Document;
  /** Those of the document. */
  readonly schemas: Schemas;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody: RequestBody | null;
  /** In the order of the document. */
  readonly responses: readonly Response[];
  /** Alternatives (or), each a list (and). Empty: no credential needed. An empty alternative: optional. */
  readonly security: readonly (readonly SecurityScheme[])[];
  /** Schemas of this operation that do not compile. Not empty: the mock answers 500 with these. */
  readonly problems: readonly Problem[];
  /** What is said of its schemas and examples, which can be used all the same. */
  readonly warnings: readonly DocumentProblem[];
  /** Reads its schemas piece by piece, with all that they lead to: what is asked of them then is at hand. */
  reading(): Work;
}

/** Raw path parameters are still percent-encoded; `leftOut` is what would match, had it been usable. */
export type Match =
  | {
      readonly kind: 'operation';
      readonly entry: OperationEntry;
      readonly pathParameters: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'method-not-allowed';
      readonly path: string;
      readonly allow: readonly string[];
      readonly leftOut?: LeftOut | undefined;
    }
  | { readonly kind: 'not-found'; readonly nearest: string | null; readonly leftOut?: LeftOut | undefined };

/** Parameters and body after decoding and coercion; what could not be decoded is absent here and is a violation. */
export interface RequestValues {
  readonly path: Readonly<Record<string, unknown>>;
  /** Also the undeclared query parameters, as strings or arrays of strings. */
  readonly query: Readonly<Record<string, unknown>>;
  /** The whole query as one value, under the name of its parameter. */
  readonly querystring: Readonly<Record<string, unknown>>;
  /** Lower-case names. Also the undeclared ones, as strings. */
  readonly header: Readonly<Record<string, unknown>>;
  readonly cookie: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** A document ready to be matched against. Operations compile on first use. */
export interface Operations {
  readonly document: Document;
  readonly schemas: Schemas;
  readonly entries: readonly OperationEntry[];
  /** What the document says is sent to its clients (OpenAPI 3.2, 4.1.1). The path of each is its name; none is matched. */
  readonly webhooks: readonly OperationEntry[];
  /** What an operation says is sent when it was called. Read when it is asked for, then remembered. */
  callbacks(entry: OperationEntry): readonly CallbackEntry[];
  /**
   * Concrete paths before templated ones; server base paths, with and without.
   * @param headers ask for them where the paths of several operations say the same
   */
  match(method: string, target: string, headers?: RequestHeaders): Match;
  /** What the first `match` does beforehand, in pieces. */
  preparing(): Work;
  /** Whether `match` looks at the query of any target: whether a path has a query or a fragment of its own. */
  readonly matchesQuery: boolean;
  /** Whether a server that the document names, for all of it, a path or an operation, has this origin (RFC 6454, 6.2). */
  isServer(origin: string): boolean;
  /** Compiled once, then remembered. */
  compile(entry: OperationEntry): Operation;
  /** How the path of an operation is spelled out; null where each of its parameters is one segment. */
  spelling(entry: Pick<OperationEntry, 'method' | 'path' | 'pointer'>): Spelling | null;
  /** By `operationId`, or by `METHOD /path`. */
  find(id: string): OperationEntry | undefined;
}
