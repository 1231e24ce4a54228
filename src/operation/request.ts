import type { Document } from '../document/index.js';
import type { ParameterIn, Violation } from '../schema/index.js';
import { addAll } from '../text/many.js';
import { Members } from '../text/value.js';
import { type BodyLimits, openBodyLimits } from './body/limits.js';
import { checkRequestBody } from './body/request.js';
import type { HttpRequest, RequestHeaders } from './http.js';
import { ofTheConnection } from './masked.js';
import { cookiePairs } from './parameter/cookies.js';
import type { Pairs } from './parameter/pairs.js';
import { readParameter, type Source } from './parameter/read.js';
import { claims, type ParameterReader, parameterReader } from './parameter/reader.js';
import { readQuerystring } from './querystring.js';
import { pairsOfRequest } from './target.js';
import { percentDecode } from './text.js';
import type { Operation, RequestValues } from './types.js';
import { fieldOf, textsOf, UndeclaredCookies, UndeclaredHeaders, UndeclaredQuery } from './undeclared.js';

/** What names belong to parameters: most have their own alone, so that of thousands not each need be asked for each. */
interface Claimed {
  readonly own: ReadonlySet<string>;
  /** Those that may claim other names. */
  readonly others: readonly ParameterReader[];
}

/** The parameters of an operation, by place, in the order of the document. */
type Readers = Readonly<Record<ParameterIn, readonly ParameterReader[]>> & {
  readonly claimed: Readonly<Record<'query' | 'cookie', Claimed>>;
  /** Query names that hold a credential, which no object with free names may take. */
  readonly credentials: ReadonlySet<string>;
};

/**
 * Decodes and validates the parameters and the body of a request. Never throws.
 * @param pathParameters Still percent-encoded, as `Operations.match` gives them.
 * @param limits beyond which a body is not read: that is one violation of it, with the keyword `limit`
 * @returns the values, and the violations in the order path, query, header, cookie, body, each in that of the
 * document. A body of a media type that is not declared is one violation `in: 'content-type'`.
 */
export function checkRequest(
  operation: Operation,
  request: HttpRequest,
  pathParameters: Readonly<Record<string, string>>,
  limits: BodyLimits = openBodyLimits,
): { values: RequestValues; violations: Violation[] } {
  const readers = readersOf(operation);
  const violations: Violation[] = [];
  const path = readPath(readers, pathParameters, violations);
  const query = readQuery(readers, request, violations);
  const querystring = readWholeQuery(readers, request, operation.document, violations);
  const header = readHeaders(readers, request.headers, violations);
  const cookie = readCookies(readers, request.headers, violations);
  const body = checkRequestBody(operation.requestBody, request, operation.document, limits);
  addAll(violations, body.violations);
  const values = { path, query, querystring, header, cookie, ...('value' in body ? { body: body.value } : {}) };
  return { values, violations };
}

const remembered = new WeakMap<Operation, Readers>();

function readersOf(operation: Operation): Readers {
  let readers = remembered.get(operation);
  if (!readers) {
    readers = createReaders(operation);
    remembered.set(operation, readers);
  }
  return readers;
}

function createReaders(operation: Operation): Readers {
  const inPlace = (place: ParameterIn) =>
    operation.parameters
      .filter((parameter) => parameter.in === place)
      .map((parameter) => parameterReader(parameter, operation.document));
  const credentials = operation.security
    .flat()
    .flatMap(({ in: place, parameterName }) => (place === 'query' && parameterName ? [parameterName] : []));
  const [query, cookie] = [inPlace('query'), inPlace('cookie')];
  return {
    path: inPlace('path'),
    query,
    querystring: inPlace('querystring'),
    header: inPlace('header'),
    cookie,
    claimed: { query: claimedBy(query), cookie: claimedBy(cookie) },
    credentials: new Set(credentials),
  };
}

function claimedBy(readers: readonly ParameterReader[]): Claimed {
  const own = readers.filter((reader) => claims(reader, reader.parameter.name)).map(({ parameter }) => parameter.name);
  return {
    own: new Set(own),
    others: readers.filter(({ spread, layout }) => spread || layout.style.names !== undefined),
  };
}

function readAll(
  readers: readonly ParameterReader[],
  source: Source,
  values: Record<string, unknown>,
  violations: Violation[],
): void {
  for (const reader of readers) {
    const reading = readParameter(reader, source);
    if ('value' in reading) values[reader.key] = reading.value;
    addAll(violations, reading.violations);
  }
}

function readPath({ path }: Readers, raw: Readonly<Record<string, string>>, violations: Violation[]) {
  const values = new Members();
  for (const name of Object.keys(raw)) {
    if (path.some(({ key }) => key === name)) continue;
    const value = raw[name] ?? '';
    values[name] = percentDecode(value) ?? value;
  }
  const get = (name: string) => (Object.hasOwn(raw, name) ? [raw[name] ?? ''] : undefined);
  readAll(path, { get, pairs: null, unclaimed: () => [] }, values, violations);
  return values;
}

function readPairs(readers: Readers, place: 'query' | 'cookie', pairs: Pairs, violations: Violation[]) {
  const declared = readers[place];
  const { own, others } = readers.claimed[place];
  const unclaimed = [...pairs.byName.keys()].filter(
    (name) => !own.has(name) && !others.some((reader) => claims(reader, name)),
  );
  const isFree = (name: string) => place === 'cookie' || !readers.credentials.has(name);
  const taken = declared.some((reader) => reader.spread && reader.shape.open);
  const left = new Set(unclaimed.filter((name) => !taken || !isFree(name)));
  const values = textsOf(pairs, (name) => left.has(name));
  readAll(
    declared,
    { get: (name) => pairs.byName.get(name), pairs, unclaimed: () => unclaimed.filter(isFree) },
    values,
    violations,
  );
  return values;
}

/**
 * Where each parameter has its own name alone, the others are not read before somebody asks for them: of the addresses that
 * differ in nothing but what nobody looks at, one needs to be answered.
 */
function readQuery(readers: Readers, request: HttpRequest, violations: Violation[]): Record<string, unknown> {
  const { own, others } = readers.claimed.query;
  if (others.length > 0) return readPairs(readers, 'query', pairsOfRequest(request), violations);
  const pairs = pairsOfRequest(request, own);
  const values = new Members();
  const get = (name: string) => pairs.byName.get(name);
  readAll(readers.query, { get, pairs, unclaimed: () => [] }, values, violations);
  return new Proxy<Record<string, unknown>>(values, new UndeclaredQuery(own, request));
}

function readWholeQuery(readers: Readers, request: HttpRequest, document: Document, violations: Violation[]) {
  const values = new Members();
  for (const reader of readers.querystring) {
    const reading = readQuerystring(reader, request.target, readers.credentials, document);
    if ('value' in reading) values[reader.key] = reading.value;
    addAll(violations, reading.violations);
  }
  return values;
}

/** Where no cookie is declared the field is not read before somebody asks for one. */
function readCookies(readers: Readers, headers: RequestHeaders, violations: Violation[]): Record<string, unknown> {
  return readers.cookie.length > 0
    ? readPairs(readers, 'cookie', cookiePairs(headers.cookie), violations)
    : new Proxy<Record<string, unknown>>(
        new Members(),
        new UndeclaredCookies(() => readPairs(readers, 'cookie', cookiePairs(headers.cookie), violations)),
      );
}

function readHeaders({ header }: Readers, headers: RequestHeaders, violations: Violation[]) {
  const values = new Members();
  if (header.length > 0) {
    const get = (name: string) => {
      const value = fieldOf(headers, name);
      return value === undefined ? undefined : [value];
    };
    // What the client's own library writes need not be seen: a browser, or a function that is called, shows none of it.
    const seen = header.filter(({ key }) => !ofTheConnection.has(key) || headers[key] !== undefined);
    readAll(seen, { get, pairs: null, unclaimed: () => [] }, values, violations);
  }
  return new Proxy<Record<string, unknown>>(values, new UndeclaredHeaders(header, headers));
}
