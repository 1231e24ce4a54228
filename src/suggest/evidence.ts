import {
  checkRequest,
  checkResponse,
  contentFor,
  contentTypeOf,
  type HttpRequest,
  type HttpResponse,
  isJson,
  mediaTypeOf,
  type Operation,
  type Operations,
  type Response,
  responseFor,
} from '../operation/index.js';
import type { Violation } from '../schema/index.js';
import { readJson } from '../text/json.js';
import { isLoopback } from '../text/loopback.js';
import type { Json } from '../text/value.js';
import { emptyShape, type Shape, see } from './infer.js';

/** How often something was seen, and where first. */
export interface Seen {
  count: number;
  /** `GET /things/{id}?page`: the values of a client are its own. */
  readonly first: string;
}

/** Bodies of answers that the document has not: by media type, `''` where there was none. */
export interface Undeclared extends Seen {
  readonly operation: Operation;
  readonly status: number;
  /** The response that lacks the media types; null where the status is not declared. */
  readonly response: Response | null;
  readonly bodies: Map<string, Shape>;
}

/** Values that one keyword does not allow. */
export interface Misfit extends Seen {
  readonly violation: Violation;
  readonly values: Shape;
  /** The smallest and the greatest number, or size, that was seen. */
  least: number;
  most: number;
}

/** A parameter that is sent, and that the document does not have. */
export interface Parameter extends Seen {
  readonly operation: Operation;
  readonly name: string;
  readonly values: Shape;
}

/** Answers that are kept to see what a suggestion mends, and the bytes of their bodies together. */
const mostKept = 2_000;
const mostBytes = 32 * 1024 * 1024;
const mostCauses = 2_000;

/** What was seen that a document does not say. What it keeps is bounded. */
export class Evidence {
  readonly undeclared = new Map<string, Undeclared>();
  readonly misfits = new Map<string, Misfit>();
  readonly parameters = new Map<string, Parameter>();
  readonly operations: Operations;
  /** Where answers came from, of which the document has no server. */
  readonly servers = new Map<string, Seen>();
  /** Answers that did not fit. */
  readonly #kept: { readonly request: HttpRequest; readonly answer: HttpResponse }[] = [];
  #bytes = 0;

  constructor(operations: Operations) {
    this.operations = operations;
  }

  /**
   * Notes a request and its answer.
   * @param isClients whether a client chose the request, so that what it sends is worth documenting
   * @param origin where it was sent to, where others than a target that is named may have answered too
   */
  note(request: HttpRequest, answer: HttpResponse, isClients: boolean, origin?: string): void {
    const match = this.operations.match(request.method, request.target, request.headers);
    // What went wrong in the server is no contract.
    if (match.kind !== 'operation' || answer.status >= 500 || answer.status < 200) return;
    const operation = this.operations.compile(match.entry);
    // A HEAD that matches a GET says nothing of what GET is answered: some servers have it not.
    if (request.method !== operation.method) return;
    const first = nameOf(request, operation);
    if (isClients && answer.status < 300) this.#noteParameters(operation, request, match.pathParameters, first);
    const violations = checkResponse(operation, answer, { method: request.method });
    if (violations.length === 0) {
      if (origin !== undefined) this.#noteOrigin(origin, request, answer, operation);
      return;
    }
    this.#keep(request, answer);
    const response = responseFor(operation, answer.status);
    const isOther = violations.some(({ in: place, keyword }) => place === 'content-type' && keyword === 'mediaType');
    if (response === undefined || isOther) this.#noteUndeclared(operation, response ?? null, answer, first);
    else for (const violation of violations) this.#noteMisfit(violation, first, operation, response, answer);
  }

  /** Notes where the answers come from; of this machine a document need not speak. */
  noteServer(url: string): void {
    const { origin, hostname } = new URL(url);
    if (!isLoopback(hostname) && !this.operations.isServer(origin)) this.servers.set(url, { count: 1, first: url });
  }

  /** A page asks many servers: of this API is one that gave what the document declares at a path that it spells out. */
  #noteOrigin(origin: string, { target }: HttpRequest, { status, body }: HttpResponse, { path }: Operation): void {
    if (status >= 300 || !body?.length || !/\/[^/{}]+/.test(path)) return;
    const { hostname, pathname } = new URL(target, origin);
    if (isLoopback(hostname) || this.operations.isServer(origin)) return;
    const base = pathname.split('/').slice(0, -(path.split('/').length - 1));
    const url = origin + base.join('/');
    const known = this.servers.get(url) ?? { count: 0, first: `${path} of ${origin}` };
    this.servers.set(url, { ...known, count: known.count + 1 });
  }

  /** How many of the answers that did not fit still do not, by a document with suggestions applied. */
  leftBy(operations: Operations): { readonly left: number; readonly of: number } {
    const isLeft = ({ request, answer }: { readonly request: HttpRequest; readonly answer: HttpResponse }) => {
      const match = operations.match(request.method, request.target, request.headers);
      return match.kind !== 'operation' || checkResponse(operations.compile(match.entry), answer, request).length > 0;
    };
    return { left: this.#kept.filter(isLeft).length, of: this.#kept.length };
  }

  #keep(request: HttpRequest, answer: HttpResponse): void {
    this.#bytes += answer.body?.length ?? 0;
    if (this.#kept.length < mostKept && this.#bytes <= mostBytes) this.#kept.push({ request, answer });
  }

  #noteParameters(
    operation: Operation,
    request: HttpRequest,
    pathParameters: Readonly<Record<string, string>>,
    first: string,
  ): void {
    const { values } = checkRequest(operation, request, pathParameters);
    const declared = new Set(operation.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name));
    const credentials = operation.security.flat().map(({ parameterName }) => parameterName);
    if (operation.parameters.some(({ in: place }) => place === 'querystring')) return;
    for (const [name, value] of Object.entries(values.query)) {
      if (declared.has(name) || credentials.includes(name) || typeof value !== 'string') continue;
      const key = `${operation.pointer} ${name}`;
      if (this.parameters.size >= mostCauses && !this.parameters.has(key)) continue;
      const known = this.parameters.get(key) ?? { operation, name, values: emptyShape(), count: 0, first };
      this.parameters.set(key, known);
      known.count += 1;
      see(known.values, readText(value));
    }
  }

  #noteUndeclared(operation: Operation, response: Response | null, answer: HttpResponse, first: string): void {
    const key = response?.pointer ?? `${operation.pointer} ${answer.status}`;
    if (this.undeclared.size >= mostCauses && !this.undeclared.has(key)) return;
    const { status } = answer;
    const known = this.undeclared.get(key) ?? { operation, status, response, bodies: new Map(), count: 0, first };
    this.undeclared.set(key, known);
    known.count += 1;
    const type = mediaTypeIn(answer);
    const shape = known.bodies.get(type) ?? emptyShape();
    known.bodies.set(type, shape);
    const value = valueIn(answer);
    if (value !== undefined) see(shape, value);
  }

  #noteMisfit(
    violation: Violation,
    first: string,
    operation: Operation,
    response: Response,
    answer: HttpResponse,
  ): void {
    if (violation.in !== 'body' || violation.alternatives) return;
    const content = contentFor(response.content, mediaTypeIn(answer));
    if (
      !content?.schema ||
      !isJson(mediaTypeIn(answer)) ||
      operation.document.at(violation.schemaPointer) === undefined
    )
      return;
    const { keyword, schemaPointer, params, received } = violation;
    const name = String(params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty ?? '');
    const key = `${schemaPointer} ${keyword} ${name}`;
    if (this.misfits.size >= mostCauses && !this.misfits.has(key)) return;
    const none = { least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
    const known = this.misfits.get(key) ?? { violation, values: emptyShape(), count: 0, first, ...none };
    this.misfits.set(key, known);
    known.count += 1;
    const whole = valueIn(answer);
    const value = (received === undefined ? whole : received) as Json | undefined;
    if (value === undefined) return;
    see(known.values, value);
    const size = sizeOf(value);
    known.least = Math.min(known.least, size);
    known.most = Math.max(known.most, size);
  }
}

function nameOf({ method, target }: HttpRequest, { path }: Operation): string {
  const [, query = ''] = target.split('?', 2);
  const names = [...new Set(new URLSearchParams(query).keys())].join('&');
  return `${method} ${path}${names === '' ? '' : `?${names}`}`;
}

function sizeOf(value: Json): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return [...value].length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

export const mediaTypeIn = (answer: HttpResponse): string => mediaTypeOf(contentTypeOf(answer))?.essence ?? '';

/** The body as JSON, or as text; undefined where it is neither. */
function valueIn(answer: HttpResponse): Json | undefined {
  const type = mediaTypeIn(answer);
  if (answer.body === null || answer.body.length === 0) return undefined;
  const text = new TextDecoder().decode(answer.body);
  if (!isJson(type)) return type.startsWith('text/') ? text : undefined;
  const read = readJson(text);
  return read.ok ? (read.value as Json) : undefined;
}

/** A text of a query as what it may stand for. */
function readText(text: string): Json {
  if (/^-?(0|[1-9]\d{0,14})(\.\d{0,14}[1-9])?$/.test(text)) return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : text;
}
