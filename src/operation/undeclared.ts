import { Members } from '../text/value.js';
import type { HttpRequest, RequestHeaders } from './http.js';
import type { Names, Pairs } from './parameter/pairs.js';
import { nameAlone, pairsOfRequest } from './target.js';
import { trimBlanks } from './text.js';
import type { RequestValues } from './types.js';

/** What was sent by some names, decoded: of one that is repeated all of it. */
export function textsOf({ byName, decode }: Pairs, isMeant: (name: string) => boolean): Record<string, unknown> {
  const values = new Members();
  for (const [name, raws] of byName) {
    if (!isMeant(name)) continue;
    const texts = raws.map((raw) => decode(raw) ?? raw);
    values[name] = texts.length === 1 ? texts[0] : texts;
  }
  return values;
}

/** What a header field says, several joined as RFC 9110, 5.3 has it. */
export function fieldOf(headers: RequestHeaders, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return value === undefined ? undefined : trimBlanks(typeof value === 'string' ? value : value.join(', '));
}

const itself = Symbol('what reads it');

/**
 * Decoded values by name, of which those that the operation does not declare are read when somebody asks for them: so
 * what nobody asks for is no part of what an answer depends on.
 */
abstract class Undeclared implements ProxyHandler<Record<string, unknown>> {
  protected abstract isDeclared(name: string): boolean;
  /** Of all that was sent. */
  protected abstract names(): readonly string[];
  /** The value of one of them; undefined where it was not sent. */
  protected abstract read(name: string): unknown;

  get(declared: Record<string, unknown>, name: string | symbol): unknown {
    if (name === itself) return this;
    return typeof name === 'symbol' || this.isDeclared(name) ? Reflect.get(declared, name) : this.read(name);
  }

  has(declared: Record<string, unknown>, name: string | symbol): boolean {
    return this.get(declared, name) !== undefined;
  }

  ownKeys(declared: Record<string, unknown>): string[] {
    const others = this.names().filter((name) => !this.isDeclared(name));
    const own = Object.keys(declared);
    return others.length === 0 ? own : [...new Set([...others, ...own])];
  }

  getOwnPropertyDescriptor(declared: Record<string, unknown>, name: string | symbol): PropertyDescriptor | undefined {
    const value = this.get(declared, name);
    return value === undefined ? undefined : { value, enumerable: true, configurable: true, writable: true };
  }
}

export class UndeclaredQuery extends Undeclared {
  readonly #own: ReadonlySet<string>;
  readonly #request: HttpRequest;

  constructor(own: ReadonlySet<string>, request: HttpRequest) {
    super();
    this.#own = own;
    this.#request = request;
  }

  protected isDeclared(name: string): boolean {
    return this.#own.has(name);
  }

  protected names(): readonly string[] {
    return [...pairsOfRequest(this.#request).byName.keys()];
  }

  protected read(name: string): unknown {
    return this.sent(nameAlone(name))[name];
  }

  sent(names: Names): Record<string, unknown> {
    return textsOf(pairsOfRequest(this.#request, names), (name) => !this.#own.has(name));
  }
}

/** What the query says by these names that no parameter has, of which others are not read. @param query that of `RequestValues` */
export function undeclaredIn(query: RequestValues['query'], names: Names): Readonly<Record<string, unknown>> {
  const reader = (query as Record<symbol, unknown>)[itself];
  if (reader instanceof UndeclaredQuery) return reader.sent(names);
  return Object.fromEntries(Object.entries(query).filter(([name]) => names.has(name)));
}

export class UndeclaredHeaders extends Undeclared {
  readonly #declared: readonly { readonly key: string }[];
  readonly #headers: RequestHeaders;

  constructor(declared: readonly { readonly key: string }[], headers: RequestHeaders) {
    super();
    this.#declared = declared;
    this.#headers = headers;
  }

  protected isDeclared(name: string): boolean {
    return this.#declared.some(({ key }) => key === name);
  }

  protected names(): readonly string[] {
    return Object.keys(this.#headers);
  }

  protected read(name: string): unknown {
    return fieldOf(this.#headers, name);
  }
}

/** Where none is declared. */
export class UndeclaredCookies extends Undeclared {
  readonly #read: () => Record<string, unknown>;
  #cookies: Record<string, unknown> | undefined;

  constructor(read: () => Record<string, unknown>) {
    super();
    this.#read = read;
  }

  get #all(): Record<string, unknown> {
    this.#cookies ??= this.#read();
    return this.#cookies;
  }

  protected isDeclared(): boolean {
    return false;
  }

  protected names(): readonly string[] {
    return Object.keys(this.#all);
  }

  protected read(name: string): unknown {
    return this.#all[name];
  }
}
