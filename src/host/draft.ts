import {
  bodyFor,
  createBase,
  createCredentials,
  createWorkbench,
  type Plan,
  withParameter,
  writeRequest,
} from '../contract/internal.js';
import type { Mock, State } from '../mock/index.js';
import {
  concreteMediaType,
  type HttpRequest,
  type Operation,
  type OperationEntry,
  type Parameter,
} from '../operation/index.js';
import { findResources } from '../resource/index.js';
import { fits } from '../schema/index.js';
import { viewOf } from '../schema/view.js';
import type { Json } from '../text/value.js';

/** What somebody wants of a request; what is absent is as the document has it. */
export interface RequestWish {
  /** All that are to be sent. Those that are no text are written as JSON. */
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly text: string }[];
  /** null for none. */
  readonly body?: string | null;
  readonly contentType?: string;
  /** For each security scheme; for HTTP Basic `user:password`. */
  readonly credential?: string;
}

/** A request as it can be sent, and what it is made of, as a form shows it. */
export interface RequestDraft {
  /** null where none can be written. */
  readonly request: HttpRequest | null;
  /** Why none can be, as a sentence without its period; null where one can. */
  readonly problem: string | null;
  readonly parameters: readonly {
    readonly in: string;
    readonly name: string;
    readonly required: boolean;
    readonly description: string;
    readonly text: string;
    readonly isSent: boolean;
    /** All values that it can have, where there are few. */
    readonly choices: readonly string[];
  }[];
  readonly contentTypes: readonly string[];
  readonly needsCredential: boolean;
}

/** More values than this are no list to choose from. */
const mostChoices = 60;

/**
 * A request that an operation takes, of which everything can be said otherwise. What the path names is a row that there is, as
 * far as the document tells of rows.
 */
export function draftRequest(
  mock: Mock,
  entry: OperationEntry,
  wish: RequestWish,
  state: State,
  seed: number,
): RequestDraft {
  const { operations, fixtures } = mock;
  const operation = operations.compile(entry);
  const learnt = { values: keysOf(mock, operation, entry, state, seed), isSure: true };
  const bench = createWorkbench(operation, operations, { seed: 1, fixtures, learnt });
  const base = createBase(bench);
  const parameters = base?.parameters ?? operation.parameters;
  let plan: Plan = base?.plan ?? { parameters: new Map(), body: null, headers: {} };
  if (wish.parameters !== undefined) {
    for (const parameter of parameters) {
      const wanted = wish.parameters.find((one) => one.in === parameter.in && one.name === parameter.name);
      plan = withParameter(plan, parameter, wanted === undefined ? null : { value: readValue(parameter, wanted.text) });
    }
  }
  const contents = operation.requestBody?.content ?? [];
  const content = contents.find(({ mediaType }) => concreteMediaType(mediaType) === wish.contentType);
  if (content !== undefined && content !== plan.body?.content) plan = { ...plan, body: bodyFor(bench, content) };
  const needsCredential = operation.security.length > 0 && operation.security.every((schemes) => schemes.length > 0);
  const written = writeRequest(operation, plan);
  const full = written && withBody(written, wish);
  return {
    request: full && needsCredential ? withCredential(full, operation, wish.credential ?? 'any') : full,
    problem:
      base === null && wish.parameters === undefined
        ? 'No request was found that the document allows: fill it in yourself'
        : written === null
          ? `A parameter of ${entry.path} is missing, or its value has no form in an address`
          : null,
    parameters: parameters.map((parameter) => {
      const choice = plan.parameters.get(parameter);
      return {
        in: parameter.in,
        name: parameter.name,
        required: parameter.required,
        description: parameter.description,
        text: textOf(choice && 'value' in choice ? choice.value : parameter.examples[0]?.value),
        isSent: choice !== undefined,
        choices: choicesOf(operation, parameter),
      };
    }),
    contentTypes: contents.map(({ mediaType }) => concreteMediaType(mediaType)),
    needsCredential,
  };
}

/** Keys of rows that there are, for the parameters of a path. */
function keysOf(mock: Mock, operation: Operation, entry: OperationEntry, state: State, seed: number) {
  const keys: Record<string, Json> = {};
  for (const { parameter: name, resource } of findResources(mock.operations, mock.fixtures.resources).named(entry)) {
    const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
    const [row] = (resource && mock.rows.page(resource.name, state, seed, { offset: 0, limit: 1 })?.rows) ?? [];
    if (parameter !== undefined && row !== undefined) keys[name] = readValue(parameter, row.key);
  }
  return keys;
}

function withBody(request: HttpRequest, { body }: RequestWish): HttpRequest {
  if (body === undefined) return request;
  const { 'content-type': contentType, ...headers } = request.headers;
  if (body === null) return { ...request, headers, body: null };
  const fields = { ...headers, 'content-type': contentType ?? 'application/json' };
  return { ...request, headers: fields, body: new TextEncoder().encode(body) };
}

function withCredential(request: HttpRequest, operation: Operation, credential: string): HttpRequest {
  const schemes = operation.security.flat();
  const pair = credential.includes(':') ? credential : `any:${credential}`;
  const auth = schemes.map((scheme) => [scheme.name, scheme.httpScheme?.toLowerCase() === 'basic' ? pair : credential]);
  const names = schemes.map(({ name }) => name);
  return createCredentials({ auth: Object.fromEntries(auth) }, names).apply(request, operation, true);
}

/** What somebody has typed, as the value that the document takes. */
function readValue({ schema }: Parameter, text: string): Json {
  if (fits(schema, text)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

const textOf = (value: Json | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

function choicesOf({ document }: Operation, { schema }: Parameter): readonly string[] {
  for (const { schema: part } of viewOf(document).possible(schema.pointer)) {
    const values = Array.isArray(part.enum) ? part.enum : part.type === 'boolean' ? [true, false] : [];
    if (values.length > 0) return values.length > mostChoices ? [] : values.map((value) => textOf(value as Json));
  }
  return [];
}
