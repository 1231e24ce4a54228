import { documentFromObject } from '../../../document/index.js';
import {
  checkRequest,
  createOperations,
  type HttpRequest,
  headerOf,
  type Operations,
} from '../../../operation/index.js';
import { valuesAt } from '../../../resource/index.js';
import { isObject, type Json, type JsonObject } from '../../../text/value.js';
import type { Received, Send } from '../../types.js';
import { type Collection, itemOf, nameOf, pathsOf } from './document.js';

type Rows = Map<string, JsonObject>;

/**
 * A right server of ordinary semantics, for tests: it takes what its document lets it, keeps it, and answers 404 for what it
 * does not have and 409 for a name that is taken.
 */
export class SmallServer {
  readonly operations: Operations;
  /** `DELETE /pets/7`, in order. */
  readonly log: string[] = [];
  readonly #collections: readonly Collection[];
  readonly #kept: ReadonlyMap<string, Rows>;
  #next = 100;

  constructor(collections: readonly Collection[]) {
    this.#collections = collections;
    const info = { title: 'T', version: '1' };
    this.operations = createOperations(documentFromObject({ openapi: '3.1.0', info, paths: pathsOf(collections) }));
    this.#kept = new Map(collections.map((each) => [each.path, new Map()]));
    for (const each of collections) {
      for (const { at = each.path, ...row } of each.rows ?? [])
        this.rows(each.path).set(`${at}/${keyOf(each, row)}`, row);
    }
  }

  /** The rows of a collection, by the path of each. */
  rows(path: string): Rows {
    return this.#kept.get(path) ?? new Map();
  }

  readonly send: Send = async (request) => {
    this.log.push(`${request.method} ${request.target}`);
    const received = this.#answer(request);
    const none = new Uint8Array();
    return request.method === 'HEAD' ? { ...received, raw: none, body: none } : received;
  };

  #answer(request: HttpRequest): Received {
    const match = this.operations.match(request.method, request.target, request.headers);
    if (match.kind === 'method-not-allowed') return refusal(405, 'no such method', { Allow: match.allow.join(', ') });
    if (match.kind !== 'operation') return refusal(404, 'no such path');
    const operation = this.operations.compile(match.entry);
    const isJson = /^application\/json\b/.test(headerOf(request, 'content-type') ?? '');
    if (request.body !== null && operation.requestBody && !isJson) return refusal(415, 'only JSON');
    const { violations, values } = checkRequest(operation, request, match.pathParameters);
    if (violations.length > 0) return refusal(400, violations.map(({ message }) => message).join('; '));
    const path = request.target.split('?', 1)[0] ?? '';
    const body = (values.body ?? null) as Json;
    if (operation.requestBody && !isObject(body)) return refusal(400, 'no JSON object');
    const sent = isObject(body) ? body : {};
    const list = this.#collections.find((each) => each.path === operation.path);
    const collection = list ?? this.#collections.find((each) => itemOf(each) === operation.path);
    if (collection === undefined || !this.#hasParent(collection, path)) return refusal(404, 'nothing stands there');
    return list ? this.#onList(list, request.method, path, sent) : this.#onItem(collection, request.method, path, sent);
  }

  #hasParent({ path: template }: Collection, path: string): boolean {
    const parent = this.#collections.find((each) => template.startsWith(`${itemOf(each)}/`));
    const length = parent === undefined ? 0 : itemOf(parent).split('/').length;
    return parent === undefined || this.rows(parent.path).has(path.split('/').slice(0, length).join('/'));
  }

  #onList(collection: Collection, method: string, path: string, sent: JsonObject): Received {
    const { envelope, keys = 'number', key = 'id' } = collection;
    const all = this.rows(collection.path);
    const here = [...all].filter(([at]) => at.slice(0, at.lastIndexOf('/')) === path).map(([, row]) => row);
    if (method === 'GET' || method === 'HEAD') return reply(200, envelope === undefined ? here : { [envelope]: here });
    if (method === 'DELETE') return this.#remove(path);
    const unknown = Object.entries(collection.names ?? {}).find(([member, of]) =>
      valuesAt(sent, member.split('.')).some((key) => !this.rows(of).has(`${of}/${String(key)}`)),
    );
    if (unknown) return refusal(400, `${unknown[0]} is unknown`);
    const name = nameOf(collection);
    if (here.some((row) => row[name] === sent[name])) return refusal(409, 'that name is taken');
    const row = keys === 'chosen' ? sent : { ...sent, [key]: this.#fresh(keys) };
    const at = `${path}/${encodeURIComponent(keyOf(collection, row))}`;
    if (all.has(at)) return refusal(409, 'it is there already');
    all.set(at, row);
    return reply(201, collection.isLocationOnly ? null : row, { Location: at });
  }

  /** The row at a path, if there is one, and all that stands under it. */
  #remove(path: string): Received {
    for (const rows of this.#kept.values())
      for (const at of rows.keys()) if (at === path || at.startsWith(`${path}/`)) rows.delete(at);
    return reply(204, null);
  }

  #fresh(keys: 'number' | 'uuid'): Json {
    this.#next++;
    return keys === 'number' ? this.#next : `00000000-0000-4000-8000-${String(this.#next).padStart(12, '0')}`;
  }

  #onItem(collection: Collection, method: string, path: string, sent: JsonObject): Received {
    const { key = 'id' } = collection;
    const all = this.rows(collection.path);
    const row = all.get(path);
    if (row === undefined) return refusal(404, 'not found');
    if (method === 'GET' || method === 'HEAD') return reply(200, row);
    if (method === 'DELETE') return this.#remove(path);
    const changed = { ...(method === 'PUT' ? {} : row), ...sent, [key]: row[key] as Json };
    all.set(path, changed);
    return reply(200, changed);
  }
}

function keyOf({ key = 'id' }: Collection, row: JsonObject): string {
  return String(row[key]);
}

function refusal(status: number, message: string, fields: Readonly<Record<string, string>> = {}): Received {
  return reply(status, { message }, fields);
}

function reply(status: number, body: Json, fields: Readonly<Record<string, string>> = {}): Received {
  const bytes = new TextEncoder().encode(body === null ? '' : JSON.stringify(body));
  const type: [string, string][] = body === null ? [] : [['Content-Type', 'application/json']];
  return { status, headers: [...type, ...Object.entries(fields)], raw: bytes, body: bytes, problems: [], duration: 1 };
}
