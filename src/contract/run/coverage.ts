import {
  type Content,
  checkRequest,
  contentFor,
  isJudged,
  type Operation,
  type OperationEntry,
  type Operations,
  responseFor,
  type Work,
} from '../../operation/index.js';
import { equalityKey } from '../../schema/equality.js';
import type { Direction } from '../../schema/index.js';
import { assertions, assertionsAbout, isVacuous } from '../../schema/keywords.js';
import { OpenBelow } from '../../schema/open-below.js';
import { type ValueNode, walkValue } from '../../schema/outlook.js';
import { type Part, viewOf } from '../../schema/view.js';
import type { Json, JsonObject } from '../../text/value.js';
import { isAccepted } from '../checks/base.js';
import { outcomeOf } from '../checks/outcome.js';
import { bodyValue, contentType, createFirstSight } from '../checks/received.js';
import type { Exchange } from '../types.js';
import type { Coverage, CoverageOf } from './result.js';

/** So many schemas are looked at in a piece of work. */
const partsInPiece = 20;

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

  /** Whether it is declared, and was not exercised. */
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
  readonly #open: Record<Direction, { readonly parts: WeakMap<Part, OpenPart>; readonly below: OpenBelow }>;

  constructor(operations: Operations) {
    this.#operations = operations;
    const view = viewOf(operations.document);
    const openOf = (direction: Direction) => {
      const parts = new WeakMap<Part, OpenPart>();
      return { parts, below: new OpenBelow(view, (part) => this.#openPart(direction, part).isOpen) };
    };
    this.#open = { request: openOf('request'), response: openOf('response') };
  }

  /** Adds what an operation declares, schema by schema. */
  *beginning(operation: Operation): Work {
    const label = `${operation.method} ${operation.path}`;
    for (const { in: place, name, schema } of operation.parameters) {
      this.#parameters.declare(`${operation.id} ${place} ${name}`, `${label} ${place} ${name}`);
      // Any text on the wire is a string: there is no way to break that.
      yield* this.#declaring('request', schema.pointer, (keyword, value) => keyword === 'type' && value === 'string');
    }
    yield* this.#declaringContents('request', operation.requestBody?.content ?? []);
    for (const { key, content } of operation.responses) {
      this.#responses.declare(`${operation.id} ${key}`, `${label} ${key}`);
      yield* this.#declaringContents('response', content);
    }
  }

  /** Over a body that is not read the schema has no say: nothing could exercise it. */
  *#declaringContents(direction: Direction, contents: readonly Content[]): Work {
    for (const content of contents)
      if (content.schema && isJudged(content, this.#operations.document))
        yield* this.#declaring(direction, content.schema.pointer);
  }

  observe(exchange: Exchange): void {
    const { case: contractCase, operation, request, received } = exchange;
    if (received.status === null) return;
    if (contractCase.expectation === 'rejected') this.#keywords.exercise(`request ${contractCase.varies.pointer}`);
    if (request.method !== operation.method) return;
    const isSuccess = isAccepted(outcomeOf(exchange) ?? 0, operation);
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

  *#declaring(
    direction: Direction,
    pointer: string,
    isUnbreakable: (keyword: string, value: Json) => boolean = () => false,
  ): Work {
    const seen = direction === 'request' ? this.#seenRequests : this.#seenResponses;
    for (const { pointer: place, schema } of viewOf(this.#operations.document).below(pointer, seen)) {
      if (seen.size % partsInPiece === 0) yield null;
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
    if (!this.#isRequestOpen(operation)) return;
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

  /** Whether a request that succeeds can exercise anything more. */
  #isRequestOpen({ id, parameters, requestBody }: Operation): boolean {
    const { below } = this.#open.request;
    return (
      parameters.some(
        ({ in: place, name, schema }) => this.#parameters.isOpen(`${id} ${place} ${name}`) || below.has(schema.pointer),
      ) || (requestBody?.content ?? []).some(({ schema }) => schema && below.has(schema.pointer))
    );
  }

  #observeEnums(pointer: string, value: Json): void {
    const { below } = this.#open.request;
    if (!below.has(pointer)) return;
    for (const node of walkValue(this.#operations.schemas, 'request', pointer, value, below.has)) {
      this.#exerciseEnum('request', node);
    }
  }

  #exerciseEnum(direction: Direction, { part, value }: ValueNode): void {
    const { enumValues } = this.#openPart(direction, part);
    const index = enumValues.size > 0 ? placeInEnum(part.schema, value) : undefined;
    const key = index === undefined ? undefined : enumValues.get(index);
    if (index === undefined || key === undefined) return;
    this.#enumValues.exercise(key);
    enumValues.delete(index);
  }

  #observeResponse({ operation, received }: Exchange): void {
    const response = responseFor(operation, Number(received.status));
    if (response === undefined) return;
    this.#responses.exercise(`${operation.id} ${response.key}`);
    const content = contentFor(response.content, contentType(received) ?? '');
    const schema = content?.schema;
    const { below } = this.#open.response;
    if (!schema || received.body.length === 0 || !below.has(schema.pointer)) return;
    const json = bodyValue(received, content, operation.document);
    if (!json?.ok || !this.#isNew(received, schema.pointer)) return;
    for (const node of walkValue(this.#operations.schemas, 'response', schema.pointer, json.value as Json, below.has)) {
      const { keywords } = this.#openPart('response', node.part);
      for (const keyword of keywords.size > 0 ? assertionsAbout(node.value) : []) {
        const key = keywords.get(keyword);
        if (key === undefined) continue;
        this.#keywords.exercise(key);
        keywords.delete(keyword);
      }
      this.#exerciseEnum('response', node);
    }
  }

  /** What of a schema was not exercised yet, as of the first look at it: what is exercised later is taken out. */
  #openPart(direction: Direction, part: Part): OpenPart {
    const { parts } = this.#open[direction];
    let open = parts.get(part);
    if (open === undefined) {
      open = new OpenPart();
      const { pointer, schema } = part;
      // Those of a request are exercised by the cases that break them.
      for (const keyword of direction === 'response' ? Object.keys(schema) : []) {
        const key = `${direction} ${pointer}/${keyword}`;
        if (this.#keywords.isOpen(key)) open.keywords.set(keyword, key);
      }
      for (const index of enumOf(schema).keys()) {
        const key = `${direction} ${pointer}/enum/${index}`;
        if (this.#enumValues.isOpen(key)) open.enumValues.set(index, key);
      }
      parts.set(part, open);
    }
    return open;
  }
}

/** What of one schema is still to be exercised: the keys in the ledgers by keyword, and by index in its enum. */
class OpenPart {
  readonly keywords = new Map<string, string>();
  readonly enumValues = new Map<number, string>();

  get isOpen(): boolean {
    return this.keywords.size > 0 || this.enumValues.size > 0;
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
