import {
  checkRequest,
  contentFor,
  type Operation,
  type OperationEntry,
  type Operations,
  responseFor,
} from '../../operation/index.js';
import { equalityKey } from '../../schema/equality.js';
import type { Direction } from '../../schema/index.js';
import { assertions, assertionsAbout, isVacuous } from '../../schema/keywords.js';
import { type ValueNode, walkValue } from '../../schema/outlook.js';
import { type Part, viewOf } from '../../schema/view.js';
import type { Json, JsonObject } from '../../text/value.js';
import { bodyValue, contentType, createFirstSight } from '../checks/received.js';
import type { Exchange } from '../types.js';
import type { Coverage, CoverageOf } from './result.js';

/** The longest list of what was never exercised. */
const mostNamed = 200;

/** Things that can be exercised, by a key, with words for a person; and which were. */
class Ledger {
  readonly #names = new Map<string, string>();
  readonly #exercised = new Set<string>();

  declare(key: string, name: string): void {
    if (!this.#names.has(key)) this.#names.set(key, name);
  }

  has(key: string): boolean {
    return this.#names.has(key);
  }

  exercise(key: string): void {
    if (this.#names.has(key)) this.#exercised.add(key);
  }

  isOpen(key: string): boolean {
    return this.#names.has(key) && !this.#exercised.has(key);
  }

  /** @param isWhole whether all that was not is listed */
  result(isWhole: boolean): CoverageOf {
    const never = [...this.#names].filter(([key]) => !this.#exercised.has(key)).map(([, name]) => name);
    return {
      total: this.#names.size,
      exercised: this.#exercised.size,
      never: isWhole ? never : never.slice(0, mostNamed),
    };
  }
}

/**
 * What of the document a run puts to the test. Its size is that of the document.
 *
 * A parameter or an enumerated value of a request is exercised when it was in a request that succeeded; a
 * keyword of a request when a case broke it; a keyword or value of a response when one came that it is about.
 */
export class CoverageTally {
  readonly #operations: Operations;
  readonly #reached = new Set<string>();
  readonly #parameters = new Ledger();
  readonly #enumValues = new Ledger();
  readonly #responses = new Ledger();
  readonly #keywords = new Ledger();
  readonly #seenRequests = new Set<Part>();
  readonly #seenResponses = new Set<Part>();
  readonly #isNew = createFirstSight();
  /** By schema of a response the parts of it that are still to be looked at, beginning with one of which something is open. */
  readonly #open = new Map<string, { readonly others: Iterator<Part>; first: Part | undefined }>();

  constructor(operations: Operations) {
    this.#operations = operations;
  }

  /** Adds what an operation declares. */
  begin(operation: Operation): void {
    const label = `${operation.method} ${operation.path}`;
    for (const { in: place, name, schema } of operation.parameters) {
      this.#parameters.declare(`${operation.id} ${place} ${name}`, `${label} ${place} ${name}`);
      // Any text on the wire is a string: there is no way to break that.
      this.#declare('request', schema.pointer, (keyword, value) => keyword === 'type' && value === 'string');
    }
    for (const { schema } of operation.requestBody?.content ?? []) if (schema) this.#declare('request', schema.pointer);
    for (const { key, content } of operation.responses) {
      this.#responses.declare(`${operation.id} ${key}`, `${label} ${key}`);
      for (const { schema } of content) if (schema) this.#declare('response', schema.pointer);
    }
  }

  observe(exchange: Exchange): void {
    const { case: contractCase, operation, request, received } = exchange;
    if (received.status === null) return;
    if (contractCase.expectation === 'rejected') this.#keywords.exercise(`request ${contractCase.varies.pointer}`);
    if (request.method !== operation.method) return;
    const isSuccess = received.status >= 200 && received.status < 300;
    if (isSuccess) this.#reached.add(operation.id);
    if (isSuccess && contractCase.expectation === 'accepted') this.#observeRequest(exchange);
    try {
      this.#observeResponse(exchange);
    } catch (error) {
      // A body that is nested too deep for the stack exercises nothing; what is wrong with it, a check says.
      if (!(error instanceof RangeError)) throw error;
    }
  }

  /**
   * @param entries all that the run was about, also what it did not reach
   * @param isWhole whether all that was never exercised is listed, so that results can be joined
   */
  result(entries: readonly OperationEntry[], isWhole = false): Coverage {
    const never = entries.filter(({ id }) => !this.#reached.has(id)).map(({ method, path }) => `${method} ${path}`);
    return {
      operations: {
        total: entries.length,
        exercised: entries.length - never.length,
        never: isWhole ? never : never.slice(0, mostNamed),
      },
      parameters: this.#parameters.result(isWhole),
      enumValues: this.#enumValues.result(isWhole),
      responses: this.#responses.result(isWhole),
      keywords: this.#keywords.result(isWhole),
    };
  }

  #declare(
    direction: Direction,
    pointer: string,
    isUnbreakable: (keyword: string, value: Json) => boolean = () => false,
  ): void {
    const seen = direction === 'request' ? this.#seenRequests : this.#seenResponses;
    for (const { pointer: place, schema } of viewOf(this.#operations.document).below(pointer, seen)) {
      for (const keyword of assertions) {
        const value = schema[keyword];
        if (value === undefined || isVacuous(keyword, value) || isUnbreakable(keyword, value)) continue;
        this.#keywords.declare(`${direction} ${place}/${keyword}`, `${direction} #${place}/${keyword}`);
      }
      for (const [index, value] of enumOf(schema).entries()) {
        const key = `${direction} ${place}/enum/${index}`;
        this.#enumValues.declare(key, `${direction} #${place}/enum/${index} ${JSON.stringify(value)}`);
      }
    }
  }

  #observeRequest({ operation, case: contractCase }: Exchange): void {
    const { method, target, headers } = contractCase.request;
    const match = this.#operations.match(method, target, headers);
    const path = match.kind === 'operation' ? match.pathParameters : {};
    const { values } = checkRequest(operation, contractCase.request, path);
    for (const { in: place, name, schema } of operation.parameters) {
      const value = values[place][place === 'header' ? name.toLowerCase() : name];
      if (value === undefined) continue;
      this.#parameters.exercise(`${operation.id} ${place} ${name}`);
      this.#observeEnums(schema.pointer, value as Json);
    }
    const body = operation.requestBody;
    const content = body && contentFor(body.content, String(contractCase.request.headers['content-type'] ?? ''));
    if (content?.schema && values.body !== undefined) this.#observeEnums(content.schema.pointer, values.body as Json);
  }

  #observeEnums(pointer: string, value: Json): void {
    for (const node of walkValue(this.#operations.schemas, 'request', pointer, value))
      this.#exerciseEnum('request', node);
  }

  #exerciseEnum(direction: Direction, { pointer, schema, value }: ValueNode): void {
    const index = placeInEnum(schema, value);
    if (index !== undefined) this.#enumValues.exercise(`${direction} ${pointer}/enum/${index}`);
  }

  #observeResponse({ operation, received }: Exchange): void {
    const response = responseFor(operation, Number(received.status));
    if (response === undefined) return;
    this.#responses.exercise(`${operation.id} ${response.key}`);
    const content = contentFor(response.content, contentType(received) ?? '');
    const schema = content?.schema;
    const json = schema && received.body.length > 0 ? bodyValue(received, content) : null;
    if (!schema || !json?.ok || !this.#isNew(received, schema.pointer) || !this.#isAnyOpen(schema.pointer)) return;
    for (const node of walkValue(this.#operations.schemas, 'response', schema.pointer, json.value as Json)) {
      for (const keyword of assertionsAbout(node.value)) this.#keywords.exercise(`response ${node.pointer}/${keyword}`);
      this.#exerciseEnum('response', node);
    }
  }

  /**
   * Whether an answer of this schema can exercise anything more. What is exercised stays so: each part is looked at once, and
   * only as far as to the next one that is open, since in a large document nearly all schemas lie below one.
   */
  #isAnyOpen(pointer: string): boolean {
    let open = this.#open.get(pointer);
    if (open === undefined) {
      const others = viewOf(this.#operations.document).below(pointer, new Set());
      open = { others, first: others.next().value ?? undefined };
      this.#open.set(pointer, open);
    }
    while (open.first !== undefined && !this.#isOpen(open.first)) open.first = open.others.next().value ?? undefined;
    return open.first !== undefined;
  }

  #isOpen({ pointer, schema }: Part): boolean {
    if (Object.keys(schema).some((keyword) => this.#keywords.isOpen(`response ${pointer}/${keyword}`))) return true;
    return enumOf(schema).some((_, index) => this.#enumValues.isOpen(`response ${pointer}/enum/${index}`));
  }
}

const enumPlaces = new WeakMap<JsonObject, ReadonlyMap<unknown, number>>();

/** Where the value stands in the enum of a schema; undefined where it has none, or not this value. */
function placeInEnum(schema: JsonObject, value: Json): number | undefined {
  if (!Array.isArray(schema.enum)) return undefined;
  const places =
    enumPlaces.get(schema) ??
    new Map([...schema.enum.entries()].reverse().map(([index, each]) => [equalityKey(each), index]));
  enumPlaces.set(schema, places);
  return places.get(equalityKey(value));
}

function enumOf({ enum: values }: JsonObject): readonly Json[] {
  return Array.isArray(values) ? values : [];
}
