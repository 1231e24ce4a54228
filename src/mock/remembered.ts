import type { Fixtures } from '../fixture/index.js';
import type { Answer, HttpRequest, Operation, Operations } from '../operation/index.js';
import { Memo } from './memo.js';
import type { Preference } from './types.js';

/** So many answers are remembered at most, twice over while they age, and none whose body is longer. */
const answerLimit = 2000;
const bodyLimit = 100_000;
/** A request with a longer body is worked out each time. */
const requestBodyLimit = 8192;

/** Fields of the connection, which say nothing about what is asked for. */
const ofTheConnection = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'keep-alive']);

const latin1 = new TextDecoder('latin1');

/**
 * Answers that were given, by all that they depend on. That is known after the first request for a target: of the
 * header fields mostly five, so that a hit costs two lookups and no copy of the request.
 */
export class RememberedAnswers {
  readonly #operations: Operations;
  readonly #fixtures: Fixtures;
  readonly #answers = new Memo<Answer>(answerLimit);
  /** The fields that count for a target; `all` where any may. */
  readonly #fields = new Memo<readonly string[] | 'all'>(answerLimit);

  constructor(operations: Operations, fixtures: Fixtures) {
    this.#operations = operations;
    this.#fixtures = fixtures;
  }

  /** The remembered answer, or the one that is made, which is then remembered. */
  get(request: HttpRequest, preference: Preference | undefined, make: () => Answer): Answer {
    const key = this.#keyOf(request, preference);
    if (key === null) return make();
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = make();
    if (answer.body.length <= bodyLimit) this.#answers.set(key, answer);
    return answer;
  }

  /** All that the answer can depend on, as one string; null where that would be too long to keep. */
  #keyOf(request: HttpRequest, preference: Preference | undefined): string | null {
    const { method, target, headers, body } = request;
    // A counted request comes once.
    if (preference?.ordinal !== undefined) return null;
    if (body !== null && body.length > requestBodyLimit) return null;
    let key = `${method} ${target}`;
    const fields = headers.prefer === undefined && preference === undefined ? this.#fieldsFor(key, request) : 'all';
    if (fields === 'all') {
      for (const name in headers) if (!ofTheConnection.has(name)) key += `\n${name}:${headers[name] ?? ''}`;
    } else {
      for (const name of fields) key += headers[name] === undefined ? '\n' : `\n:${headers[name]}`;
    }
    if (preference !== undefined) key += `\n\n${JSON.stringify(preference)}`;
    if (body !== null) key += `\n\n\n${latin1.decode(body)}`;
    return key;
  }

  #fieldsFor(target: string, request: HttpRequest): readonly string[] | 'all' {
    let fields = this.#fields.get(target);
    if (fields === undefined) {
      const match = this.#operations.match(request.method, request.target);
      if (request.method.toUpperCase() === 'OPTIONS') fields = 'all';
      else if (match.kind !== 'operation') fields = ['origin', 'accept'];
      else fields = this.#fieldsOf(this.#operations.compile(match.entry));
      this.#fields.set(target, fields);
    }
    return fields;
  }

  #fieldsOf(operation: Operation): readonly string[] | 'all' {
    const { cases, refinements } = this.#fixtures.for(operation.id);
    const schemas = [...cases, ...refinements].map(({ request }) => JSON.stringify(request?.value ?? true));
    if (schemas.some((text) => /"(?:header|cookie|\$ref)"/.test(text))) return 'all';
    const fields = new Set(['origin', 'accept', 'content-type']);
    for (const { in: where, name } of operation.parameters) {
      if (where === 'header') fields.add(name.toLowerCase());
      if (where === 'cookie') fields.add('cookie');
    }
    for (const scheme of operation.security.flat()) {
      if (scheme.in === 'header' && scheme.parameterName !== null) fields.add(scheme.parameterName.toLowerCase());
      else if (scheme.in === 'cookie') fields.add('cookie');
      else fields.add('authorization');
    }
    return [...fields];
  }
}
