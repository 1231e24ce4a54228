import { isJson, type OperationEntry, type Operations } from '../operation/index.js';
import { child, parsePointer, pointerOf } from '../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';

/** A body that an operation sends or takes, with where its schema stands. */
export interface OutlinedBody {
  readonly mediaType: string;
  readonly schema: string;
}

export interface OutlinedAnswer extends OutlinedBody {
  /** The key of `responses`. */
  readonly response: string;
}

export interface OutlinedParameter {
  readonly name: string;
  readonly value: JsonObject;
  /** Where its schema stands, or would. */
  readonly schema: string;
}

export interface OutlinedLink {
  readonly target: string;
  /** By name of a parameter of the target, as written: `path.id` too. */
  readonly parameters: JsonObject;
}

/** What of an operation its resource follows from, read from the document without compiling it. */
export class Outline {
  readonly entry: OperationEntry;
  readonly #document: Operations['document'];
  readonly #operation: JsonObject;
  #answer: OutlinedAnswer | null | undefined;
  #bodies: readonly OutlinedBody[] | undefined;

  constructor(entry: OperationEntry, document: Operations['document']) {
    const operation = document.at(entry.pointer);
    this.entry = entry;
    this.#document = document;
    this.#operation = isObject(operation) ? operation : {};
  }

  /** What it answers with where it succeeds: JSON rather than anything else. */
  get answer(): OutlinedAnswer | null {
    if (this.#answer === undefined) {
      const found = this.#responses(/^(?:2\d\d|2XX|default)$/i).flatMap(({ key, value, pointer }) =>
        this.#contents(value, pointer).map((body) => ({ response: key, ...body })),
      );
      const declared = found.filter(({ response }) => response !== 'default');
      this.#answer = best(declared) ?? (this.succeedsWith(/^2/) ? null : best(found)) ?? null;
    }
    return this.#answer;
  }

  /** The bodies that it takes, JSON first. */
  get bodies(): readonly OutlinedBody[] {
    if (this.#bodies === undefined) {
      const pointer = this.entry.pointer + pointerOf('requestBody');
      const { value, pointer: place } = this.#document.resolve(child(this.#operation, 'requestBody'), pointer);
      const bodies = this.#contents(value, place);
      this.#bodies = bodies.toSorted((a, b) => Number(isJson(b.mediaType)) - Number(isJson(a.mediaType)));
    }
    return this.#bodies;
  }

  /** Whether a response is declared whose key has this pattern. */
  succeedsWith(key: RegExp): boolean {
    const responses = child(this.#operation, 'responses');
    return isObject(responses) && Object.keys(responses).some((name) => key.test(name));
  }

  /** The media types of the answers where it succeeds, also of those without a schema. */
  get answerMediaTypes(): readonly string[] {
    return this.#responses(/^2/).flatMap(({ value }) => {
      const content = child(value, 'content');
      return isObject(content) ? Object.keys(content) : [];
    });
  }

  /** The names of the headers that an answer has where it succeeds. */
  get headers(): readonly string[] {
    const answer = this.answer?.response;
    return this.#responses(/^/).flatMap(({ key, value }) => {
      const headers = child(value, 'headers');
      return key === answer && isObject(headers) ? Object.keys(headers) : [];
    });
  }

  /** The Link Objects of all responses (OpenAPI 3.1, 4.8.20), each with the response that has it. */
  get links(): readonly OutlinedLink[] {
    return this.#responses(/^/).flatMap(({ value, pointer }) => {
      const links = child(value, 'links');
      return Object.entries(isObject(links) ? links : {}).flatMap(([name, link]): OutlinedLink[] => {
        const found = this.#document.resolve(link, pointer + pointerOf('links', name)).value;
        const parameters = child(found, 'parameters');
        const target = child(found, 'operationId') ?? pathOfReference(child(found, 'operationRef'));
        return typeof target === 'string' && isObject(parameters) ? [{ target, parameters }] : [];
      });
    });
  }

  /** The parameters in a place, those of the path item that it does not override too. */
  parameters(place: 'query' | 'path'): readonly OutlinedParameter[] {
    const around = this.entry.pointer.slice(0, this.entry.pointer.lastIndexOf('/'));
    const found = new Map<string, OutlinedParameter>();
    for (const pointer of new Set([pointerOf('paths', this.entry.path), around, this.entry.pointer])) {
      const at = pointer + pointerOf('parameters');
      const list = this.#document.at(at);
      for (const [index, item] of Array.isArray(list) ? list.entries() : []) {
        const { value, pointer: own } = this.#document.resolve(item, at + pointerOf(index));
        if (!isObject(value) || value.in !== place || typeof value.name !== 'string') continue;
        found.set(value.name, { name: value.name, value, schema: own + schemaSteps(value) });
      }
    }
    return [...found.values()];
  }

  #responses(keys: RegExp): { readonly key: string; readonly value: Json | undefined; readonly pointer: string }[] {
    const responses = child(this.#operation, 'responses');
    const pointer = this.entry.pointer + pointerOf('responses');
    const entries = Object.entries(isObject(responses) ? responses : {}).filter(([key]) => keys.test(key));
    return entries
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => ({
        key: key === 'default' ? key : key.toUpperCase(),
        ...this.#document.resolve(item, pointer + pointerOf(key)),
      }));
  }

  /** The bodies under `content` that have a schema. */
  #contents(holder: Json | undefined, pointer: string): OutlinedBody[] {
    const content = child(holder, 'content');
    return Object.entries(isObject(content) ? content : {}).flatMap(([mediaType, item]) => {
      const { value, pointer: place } = this.#document.resolve(item, pointer + pointerOf('content', mediaType));
      return isObject(value) && value.schema !== undefined ? [{ mediaType, schema: place + pointerOf('schema') }] : [];
    });
  }
}

/** JSON comes before other media types. */
function best<Body extends OutlinedBody>(bodies: readonly Body[]): Body | undefined {
  return bodies.find(({ mediaType }) => isJson(mediaType)) ?? bodies[0];
}

function schemaSteps({ schema, content }: JsonObject): string {
  if (schema !== undefined || !isObject(content)) return pointerOf('schema');
  return pointerOf('content', Object.keys(content)[0] ?? '', 'schema');
}

/** `GET /pets/{id}`, of a reference to an operation of the document itself. */
function pathOfReference(reference: Json | undefined): string | undefined {
  if (typeof reference !== 'string') return undefined;
  const [paths, path, method] = parsePointer(reference.slice(reference.indexOf('#')));
  return paths === 'paths' && path !== undefined && method !== undefined
    ? `${method.toUpperCase()} ${path}`
    : undefined;
}
