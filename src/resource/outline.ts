import type { Document } from '../document/index.js';
import { isJson, type OperationEntry, type Operations } from '../operation/index.js';
import { child, parsePointer, pointerOf } from '../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { pathIn } from './path.js';
import type { Shape, Shapes } from './shape.js';

/** A body that an operation sends or takes, and what it looks like. */
export interface OutlinedBody {
  readonly mediaType: string;
  readonly shape: Shape;
}

export interface OutlinedAnswer extends OutlinedBody {
  /** The key of `responses`. */
  readonly response: string;
}

export interface OutlinedParameter {
  readonly name: string;
  readonly description: string;
  readonly shape: Shape;
}

type OutlinedPlace = 'query' | 'querystring' | 'path';

export interface OutlinedLink {
  /** The id of an operation, or `GET /pets/{id}`. */
  readonly target: string;
  /** By name of a parameter of the target, as written: `path.id` too. */
  readonly parameters: JsonObject;
}

interface Placed {
  readonly value: Json | undefined;
  readonly pointer: string;
}

/** What of an operation its resource follows from, read from the document without compiling it. */
export class Outline {
  readonly entry: OperationEntry;
  /** Its path, each parameter of it a segment. */
  readonly path: string;
  readonly #document: Document;
  readonly #shapes: Shapes;
  readonly #operation: Json | undefined;
  readonly #responseKeys: readonly string[];
  #answer: OutlinedAnswer | null | undefined;
  #bodies: readonly OutlinedBody[] | undefined;

  constructor(entry: OperationEntry, operations: Operations, shapes: Shapes) {
    const { document } = operations;
    this.entry = entry;
    this.path = pathIn(operations, entry);
    this.#document = document;
    this.#shapes = shapes;
    const own = child(child(child(document.root, 'paths'), entry.path), entry.method.toLowerCase());
    this.#operation = isObject(own) ? own : document.at(entry.pointer);
    const responses = child(this.#operation, 'responses');
    this.#responseKeys = isObject(responses) ? Object.keys(responses) : [];
  }

  /** What it answers with where it succeeds: JSON rather than anything else. */
  get answer(): OutlinedAnswer | null {
    if (this.#answer === undefined) {
      // 204 and 205 have no body, whatever is declared (RFC 9110, 15.3.5 and 15.3.6).
      const successes = this.#responseKeys.filter((key) => /^2/.test(key) && !/^20[45]$/.test(key)).toSorted();
      const hasSuccess = this.#responseKeys.some((key) => /^2/.test(key));
      const keys = hasSuccess
        ? successes
        : this.#responseKeys.filter((key) => key === 'default' && !this.#isError(key));
      const found = keys.flatMap((key) => {
        const { value, pointer } = this.#response(key);
        const response = key === 'default' ? key : key.toUpperCase();
        return this.#contents(value, pointer).map((body) => ({ response, ...body }));
      });
      this.#answer = found.find(({ mediaType }) => isJson(mediaType)) ?? found[0] ?? null;
    }
    return this.#answer;
  }

  /** The bodies that it takes, JSON first. */
  get bodies(): readonly OutlinedBody[] {
    if (this.#bodies === undefined) {
      const { value, pointer } = this.#follow(child(this.#operation, 'requestBody'), pointerOf('requestBody'));
      const bodies = this.#contents(value, pointer);
      this.#bodies = bodies.toSorted((a, b) => Number(isJson(b.mediaType)) - Number(isJson(a.mediaType)));
    }
    return this.#bodies;
  }

  /** Whether it answers with this status, or one of those. */
  answers(status: RegExp): boolean {
    return this.#responseKeys.some((key) => status.test(key));
  }

  /** Whether it makes a thing on the path of several: some APIs do so by PUT, and change by POST. */
  get isMaking(): boolean {
    return (
      this.entry.method === 'POST' ||
      (this.entry.method === 'PUT' && this.answers(/^201$/) && !this.answers(/^20[04]$/))
    );
  }

  /** The media types of its answers where it succeeds, also of those without a schema. */
  get answerMediaTypes(): readonly string[] {
    return this.#responseKeys
      .filter((key) => /^2/.test(key))
      .flatMap((key) => {
        const content = child(this.#response(key).value, 'content');
        return isObject(content) ? Object.keys(content) : [];
      });
  }

  /** The names of the headers that the answer has. */
  get headers(): readonly string[] {
    const key = this.#responseKeys.find((each) => each.toUpperCase() === this.#answer?.response.toUpperCase());
    const headers = key === undefined ? undefined : child(this.#response(key).value, 'headers');
    return isObject(headers) ? Object.keys(headers) : [];
  }

  /** The Link Objects of all responses (OpenAPI 3.1, 4.8.20). */
  get links(): readonly OutlinedLink[] {
    return this.#responseKeys.flatMap((key) => {
      const response = child(child(this.#operation, 'responses'), key);
      const links = child(mayHaveLinks(response, this.#document) ? this.#response(key).value : undefined, 'links');
      return Object.values(isObject(links) ? links : {}).flatMap((item): OutlinedLink[] => {
        const link = this.#document.resolve(item, '').value;
        const parameters = child(link, 'parameters');
        const target = child(link, 'operationId') ?? targetOf(child(link, 'operationRef'));
        return typeof target === 'string' && isObject(parameters) ? [{ target, parameters }] : [];
      });
    });
  }

  /** The query parameters, those of the path item that it does not override too. */
  get query(): readonly OutlinedParameter[] {
    return this.#parameters('query');
  }

  /** The members of what is sent, as far as an object is: in a body, or as the whole query (OpenAPI 3.2, 4.12.1). */
  get sent(): readonly OutlinedParameter[] {
    const [body] = this.bodies;
    const sent = [body, ...this.#parameters('querystring')].flatMap((each) => [...(each?.shape.members ?? [])]);
    return sent.map(([name, shape]) => ({ name, shape, description: shape.text('description') }));
  }

  /** The same for those of the path. */
  get pathParameters(): readonly OutlinedParameter[] {
    return this.#parameters('path');
  }

  #parameters(place: OutlinedPlace): readonly OutlinedParameter[] {
    const { pointer } = this.entry;
    const around = pointer.slice(0, pointer.lastIndexOf('/'));
    const item = child(child(this.#document.root, 'paths'), this.entry.path);
    const found = new Map<string, OutlinedParameter>();
    // A path item that is a reference has parameters of its own, and those of what it leads to.
    if (child(item, '$ref') !== undefined) this.#addParameters(found, place, this.#document.at(around), around);
    this.#addParameters(found, place, item, pointerOf('paths', this.entry.path));
    this.#addParameters(found, place, this.#operation, pointer);
    return [...found.values()];
  }

  #addParameters(
    found: Map<string, OutlinedParameter>,
    place: OutlinedPlace,
    holder: Json | undefined,
    at: string,
  ): void {
    const list = child(holder, 'parameters');
    for (const [index, item] of Array.isArray(list) ? list.entries() : []) {
      const { value, pointer } = this.#document.resolve(item, at);
      if (!isObject(value) || value.in !== place || typeof value.name !== 'string') continue;
      const shape = schemaOf(value, value === item ? at + pointerOf('parameters', index) : pointer, this.#shapes);
      const description = typeof value.description === 'string' ? value.description : '';
      found.set(value.name, { name: value.name, description, shape });
    }
  }

  #response(key: string): Placed {
    return this.#follow(child(child(this.#operation, 'responses'), key), pointerOf('responses', key));
  }

  /** Where `default` stands alone it may be for success, unless it speaks of errors. */
  #isError(key: string): boolean {
    const { value, pointer } = this.#response(key);
    const description = child(value, 'description');
    // What it is called where it is a component; `default` is no fault.
    const name = pointer.split('/').at(-1);
    const said = `${name === key ? '' : name} ${typeof description === 'string' ? description : ''}`;
    if (/error|unexpected|fail|(?<!de)fault|problem/i.test(said)) return true;
    return this.#contents(value, pointer).some(({ mediaType, shape }) => {
      const names = [...shape.members.keys()];
      const isNamed = /error|problem|fault|failure/i.test(`${mediaType} ${shape.core.pointer.split('/').at(-1)}`);
      return isNamed || (names.length > 0 && names.every((name) => errorMembers.test(name)));
    });
  }

  #follow(value: Json | undefined, steps: string): Placed {
    return this.#document.resolve(value, this.entry.pointer + steps);
  }

  /** The bodies under `content` that have a schema. */
  #contents(holder: Json | undefined, pointer: string): OutlinedBody[] {
    const content = child(holder, 'content');
    return Object.entries(isObject(content) ? content : {}).flatMap(([mediaType, item]) => {
      const { value, pointer: place } = this.#document.resolve(item, pointer + pointerOf('content', mediaType));
      const schema = child(value, 'schema');
      return schema === undefined
        ? []
        : [{ mediaType, shape: this.#shapes.of(schema, () => place + pointerOf('schema')) }];
    });
  }
}

/** What bodies of errors consist of. */
const errorMembers = /^(?:errors?|code|message|messages|status|type|title|details?|instance|reason|error_?\w+)$/i;

/** Most responses have none, and to follow the reference of each would cost more than all else. */
function mayHaveLinks(response: Json | undefined, { root }: Document): boolean {
  const reference = child(response, '$ref');
  const name = typeof reference === 'string' ? /^#\/components\/responses\/([^/~%]+)$/.exec(reference)?.[1] : undefined;
  const component = name === undefined ? response : child(child(child(root, 'components'), 'responses'), name);
  return child(component, 'links') !== undefined || child(component, '$ref') !== undefined;
}

/** The schema of a parameter, which may stand in its `content`. */
function schemaOf({ schema, content }: JsonObject, pointer: string, shapes: Shapes): Shape {
  const [mediaType] = schema === undefined && isObject(content) ? Object.keys(content) : [];
  if (mediaType === undefined) return shapes.of(schema, () => pointer + pointerOf('schema'));
  return shapes.of(
    child(child(content, mediaType), 'schema'),
    () => pointer + pointerOf('content', mediaType, 'schema'),
  );
}

/** `GET /pets/{id}`, of a reference to an operation of the document itself. */
function targetOf(reference: Json | undefined): string | undefined {
  if (typeof reference !== 'string') return undefined;
  const [paths, path, method] = parsePointer(reference.slice(reference.indexOf('#')));
  return paths === 'paths' && path !== undefined && method !== undefined
    ? `${method.toUpperCase()} ${path}`
    : undefined;
}
