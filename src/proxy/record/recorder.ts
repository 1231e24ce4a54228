import { escaped, fixturesFromText, requestView } from '../../fixture/index.js';
import {
  credentialsIn,
  isJson,
  mediaTypeOf,
  type Operations,
  pathOf,
  secretsHandedOut,
} from '../../operation/index.js';
import { isObject, type Json, type JsonObject, Members, setMember } from '../../text/value.js';
import type { ProxiedExchange } from '../types.js';
import { Masker } from './mask.js';

/** Cases that are kept at most. */
const maximumCases = 2_000;
/** Bytes of their bodies together. */
const maximumBytes = 32 * 1024 * 1024;

/** Fields that belong to one connection, one moment, or one client. */
const leftOutFields =
  /^(connection|content-length|content-type|content-encoding|date|keep-alive|server|set-cookie|transfer-encoding|via|vary|age|x-powered-by|x-request-id|x-correlation-id|x-runtime|strict-transport-security|access-control-.*|counterproof)$/;

interface Recorded {
  readonly name: string;
  readonly operationId: string;
  readonly request: JsonObject;
  /** How much of a request the case asks for. */
  readonly weight: number;
  readonly value: JsonObject;
  readonly bytes: number;
}

/**
 * What was seen, as scripted cases of a fixture file: one for each operation and situation, which is the request without who
 * sent it. Secrets and what says who a person is are replaced. What cannot be a case is counted, with the reason.
 */
export class Recorder {
  readonly #operations: Operations;
  readonly #masker: Masker;
  /** By operation, request and status. */
  readonly #cases = new Map<string, Recorded>();
  readonly #skipped = new Map<string, number>();
  #bytes = 0;

  /** @param salt see `Masker` */
  constructor(operations: Operations, salt: string) {
    this.#operations = operations;
    this.#masker = new Masker(salt);
  }

  get cases(): number {
    return this.#cases.size;
  }

  /** What was seen and is no case, as sentences. */
  get skipped(): readonly string[] {
    return [...this.#skipped].map(
      ([reason, count]) => `${count} ${count === 1 ? 'answer' : 'answers'} not recorded: ${reason}`,
    );
  }

  add(exchange: ProxiedExchange): void {
    const recorded = this.#recordedOf(exchange);
    if (typeof recorded === 'string') {
      this.#skipped.set(recorded, (this.#skipped.get(recorded) ?? 0) + 1);
      return;
    }
    const key = JSON.stringify([recorded.operationId, recorded.value.status ?? null, recorded.request]);
    const known = this.#cases.get(key);
    this.#bytes += recorded.bytes - (known?.bytes ?? 0);
    this.#cases.set(key, { ...recorded, name: known?.name ?? this.#freeName(recorded) });
  }

  /** @returns why it is no case, where it is none */
  #recordedOf({ request, read, answer }: ProxiedExchange): Recorded | string {
    const { operation, values, isWhole } = read;
    if (operation === null) return 'the document does not have the request';
    if (values === null || !isWhole) return 'the request was not read whole';
    if (this.#cases.size >= maximumCases || this.#bytes > maximumBytes) return 'the record is full';
    this.#masker.hide([
      ...secretsHandedOut(Object.entries(answer.headers), answer.body),
      ...credentialsIn(request, operation.document),
    ]);
    const body = this.#bodyOf(answer);
    if (body === null)
      return `a fixture cannot hold ${mediaTypeOf(contentType(answer) ?? '')?.essence ?? 'such a body'}`;
    const view = requestView(request, values, request.method, operation);
    const { schema, weight } = this.#situationOf(view);
    const value = this.#admitted(operation.id, {
      description: `${request.method} ${this.#masker.text(pathOf(request.target))}, recorded`,
      request: schema,
      status: answer.status,
      ...this.#headersOf(answer.headers),
      ...(body.mediaType !== undefined && { mediaType: body.mediaType }),
      ...(body.value !== undefined && { body: escaped(body.value) }),
    });
    if (value === null) return 'a fixture cannot say it';
    const name = this.#nameOf(answer.status, view);
    return { name, operationId: operation.id, request: schema, weight, value, bytes: answer.body.length };
  }

  /** A fixture file. What asks for more of a request stands first, since the first that matches answers. */
  fixtures(): JsonObject {
    const operations = new Members() as Record<string, { cases: JsonObject }>;
    // Of one request that got several answers, a success answers by itself; the others when they are asked for.
    const answered = new Set<string>();
    const inOrder = [...this.#cases.values()].sort((a, b) => b.weight - a.weight || rankOf(a) - rankOf(b));
    for (const { name, operationId, request, value } of inOrder) {
      const situation = JSON.stringify([operationId, request]);
      const { request: _, ...byName } = value;
      operations[operationId] ??= { cases: {} };
      setMember(operations[operationId].cases, name, answered.has(situation) ? byName : value);
      answered.add(situation);
    }
    return { operations } as unknown as JsonObject;
  }

  /** The body as a fixture has it; null where it has no way to hold it. */
  #bodyOf({ body, headers }: ProxiedExchange['answer']): { readonly value?: Json; readonly mediaType?: string } | null {
    if (body.length === 0) return {};
    const type = contentType({ headers });
    const text = typeof body === 'string' ? body : decoded(body);
    if (text === null || type === undefined) return null;
    const mediaType = type.replace(/;.*/s, '').trim();
    if (isJson(type)) {
      try {
        return { value: this.#masker.value(JSON.parse(text) as Json), mediaType };
      } catch {
        return null;
      }
    }
    return /^text\//i.test(type) ? { value: this.#masker.text(text), mediaType } : null;
  }

  #headersOf(headers: ProxiedExchange['answer']['headers']): JsonObject {
    const kept: JsonObject = {};
    for (const [name, value] of Object.entries(headers)) {
      if (leftOutFields.test(name)) continue;
      setMember(
        kept,
        this.#masker.name(name),
        this.#masker.value(typeof value === 'string' ? value : [...value], name),
      );
    }
    return Object.keys(kept).length === 0 ? {} : { headers: kept };
  }

  /** What a request has to be for the case to answer it. What is masked is not asked for. */
  #situationOf({ path = {}, query = {}, body }: JsonObject): { readonly schema: JsonObject; readonly weight: number } {
    const properties: JsonObject = {};
    let weight = 0;
    const exactly = (name: string, members: Json) => {
      const entries = Object.entries(isObject(members) ? members : {}).filter(([key, value]) =>
        this.#isPlain(value, key),
      );
      weight += entries.length;
      if (entries.length === 0) return;
      const consts = entries.map(([key, value]) => [key, { const: value }]);
      properties[name] = { required: entries.map(([key]) => key), properties: Object.fromEntries(consts) };
    };
    if (Object.keys(path as JsonObject).length > 0) exactly('path', path);
    exactly('query', query);
    if (isObject(body)) exactly('body', body);
    else if (body !== undefined && this.#isPlain(body, '')) {
      weight += 1;
      properties.body = { const: body };
    }
    return { schema: { ...(body !== undefined && { required: ['body'] }), properties }, weight };
  }

  #isPlain(value: Json, name: string): boolean {
    return JSON.stringify(this.#masker.value(value, name)) === JSON.stringify(value);
  }

  /** As the reader of fixtures takes it: said to break the document where it does. */
  #admitted(operationId: string, recorded: JsonObject): JsonObject | null {
    for (const value of [recorded, { ...recorded, offContract: true }]) {
      const text = JSON.stringify({ operations: { [operationId]: { cases: { recorded: value } } } });
      try {
        fixturesFromText(text, 'record.json', this.#operations);
        return value;
      } catch {
        // What it says is wrong with it is that it breaks the document; the second try says so itself.
      }
    }
    return null;
  }

  #nameOf(status: number, { path = {}, query = {} }: JsonObject): string {
    const words = [...Object.values(path as JsonObject), ...Object.entries(query as JsonObject).flat()]
      .map((one) => this.#masker.text(typeof one === 'string' ? one : JSON.stringify(one)))
      .join('-');
    // A name of digits alone would stand before all others.
    return `seen-${status}-${words}`
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/-+$/, '')
      .slice(0, 60);
  }

  #freeName({ name, operationId }: Recorded): string {
    const taken = new Set(
      [...this.#cases.values()].filter((one) => one.operationId === operationId).map((one) => one.name),
    );
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${name}-${count}`;
    return free;
  }
}

/** Successes before refusals. */
function rankOf({ value }: Recorded): number {
  return Number(value.status) < 400 ? 0 : 1;
}

function contentType({ headers }: Pick<ProxiedExchange['answer'], 'headers'>): string | undefined {
  const value = headers['content-type'];
  return typeof value === 'string' ? value : value?.[0];
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
