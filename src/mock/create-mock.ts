import type { Problem } from '../errors.js';
import { createFaker, type FakerOptions, referenceInstant } from '../fake/index.js';
import { type Fixtures, noFixtures } from '../fixture/index.js';
import { type BodyLimits, type HttpRequest, inSlices, type Operations, requestBodyLimits } from '../operation/index.js';
import { findingResources, findResources, type Resources } from '../resource/index.js';
import { Memo } from '../text/memo.js';
import { OutOfTime, State, World } from '../world/index.js';
import { isSimple, workAhead } from './ahead.js';
import { answerTo, sendable } from './answer.js';
import type { Setup } from './context.js';
import { failed, finish } from './finish.js';
import { askHandler } from './handler/ask.js';
import { type HandlerPlaces, HandlerTable, type PlacedHandler } from './handler/table.js';
import { Turn } from './handler/turn.js';
import { answerInTurns, type Making, rowsMilliseconds } from './in-turns.js';
import type { Handlers } from './operation-types.js';
import { Overload } from './overload.js';
import { receive } from './receive.js';
import { isReadSame, partOf, recorded, told } from './recorded.js';
import { type Refusal, refuse } from './refusal.js';
import { RememberedAnswers } from './remembered.js';
import type { Aside, MadeAside, Mock, MockAnswer, ReadPart, WorldOptions } from './types.js';
import { type Weight, Weights } from './weights.js';

export interface MockOptions extends WorldOptions, FakerOptions {
  readonly operations: Operations;
  readonly fixtures?: Fixtures;
  /** What made-up data depends on (1). */
  readonly seed?: number;
  /** The only credential that is let in; without it any that is not empty is. */
  readonly apiKey?: string;
  /** `off`: nobody is asked for a credential. */
  readonly auth?: 'off' | undefined;
  /** How much structure the body of a request may have; more is answered with 413. `requestBodyLimits`. */
  readonly bodyLimits?: Partial<BodyLimits> | undefined;
  /** Whether pages of other origins may use the mock (true). */
  readonly cors?: boolean;
  /** Whether a body that cannot be made is answered with 500, and an example that does not fit is not shown (false). */
  readonly errors?: boolean;
  /** Whether bodies are made from their schemas even where an example stands (false). */
  readonly dynamic?: boolean;
  /** How many items a made stream has: three, or as many as the document allows. */
  readonly streamItems?: number;
  /** What the document says about things: found in it by default. */
  readonly resources?: Resources;
  /** Where a host serves pictures, as a path without a slash at its end (nowhere: pictures stand in their addresses). */
  readonly picturePath?: string;
  /** Functions that answer operations, where `respond` is asked. */
  readonly handlers?: Handlers | undefined;
  /** Where they stand, by the name that they have in `handlers`: what messages say. */
  readonly handlerPlaces?: HandlerPlaces | undefined;
  /** What of them is for operations that are not served, since another document has their place. */
  readonly keptOut?: readonly Problem[] | undefined;
  /** Milliseconds that a function may take (10,000). */
  readonly handlerTimeLimit?: number | undefined;
  /** Asked first where `respond` is, but for what a function answers and what is remembered. */
  readonly aside?: Aside | undefined;
  /** Is told what an answer depends on before `answer` gives it, which then remembers none. */
  readonly onRead?: ((read: readonly ReadPart[]) => void) | undefined;
}

const usualTimeLimit = 10_000;

/** Operations from which on the first answer would wait long for what the document says of things. */
const manyOperations = 300;

/** So many resources are looked at for a simple one. */
const mostLookedAt = 20;

const oneRow = { offset: 0, limit: 1 };

/**
 * A mock of a document: a pure function from request to answer. Operations and schemas compile on first use, and the things that
 * the document is about are found for the first answer, or by `prepare`.
 * @throws CounterproofError HANDLER_INVALID where a handler is for no operation
 */
export function createMock(options: MockOptions): Mock {
  const { operations, seed = 1, fixtures = noFixtures(), aside } = options;
  const faker = createFaker(operations.schemas, { ...options, onSteps: () => setup.world.made.searching() });
  let { resources } = options;
  const found = () => (resources ??= findResources(operations, fixtures.resources));
  const waitsLong = () => resources === undefined && operations.entries.length > manyOperations;
  const setup: Setup = {
    operations,
    fixtures,
    faker,
    seed,
    apiKey: options.apiKey ?? null,
    asksCredential: options.auth !== 'off',
    bodyLimits: { ...requestBodyLimits, ...options.bodyLimits },
    cors: options.cors ?? true,
    errors: options.errors ?? false,
    dynamic: options.dynamic ?? false,
    streamItems: options.streamItems ?? null,
    picturePath: options.picturePath ?? null,
    refined: new Map(),
    made: new Memo(200),
    fullBodies: new Memo(200),
    plainHeads: new Memo(200),
    world: new World({
      operations,
      get resources() {
        return found();
      },
      faker,
      rowsOf({ name }) {
        const said = fixtures.resources.find((correction) => correction.name === name);
        const count = said?.rows ?? options.rows ?? null;
        return { count, data: said?.data ?? [], isCounted: said?.rows !== undefined };
      },
      isClosed: options.unknownIds === '404',
      time: (options.now ?? referenceInstant).getTime(),
    }),
    remembers: options.state ?? true,
  };
  const answers = new RememberedAnswers();
  const weights = new Weights(operations);
  const guarded = (request: HttpRequest, make: () => MockAnswer): MockAnswer => {
    try {
      return make();
    } catch (error) {
      if (error instanceof OutOfTime) throw error;
      return failed(setup, request, `The mock failed: ${error instanceof Error ? error.message : String(error)}`, null);
    }
  };
  const table = options.handlers && new HandlerTable(options.handlers, operations, options.handlerPlaces);
  const remembered = (...asked: Parameters<RememberedAnswers['find']>): MockAnswer | undefined =>
    options.onRead === undefined ? answers.find(...asked) : undefined;
  const answer: Mock['answer'] = (request, preference, state = State.empty) =>
    remembered(request, state, preference) ?? fresh([request, preference, state]);
  /** @param isLater whether the state may have become another one since it was asked */
  const fresh = ([request, preference, state = State.empty]: Asked, isLater = false): MockAnswer =>
    guarded(request, () => {
      const read = recorded(request, state);
      const made = answerTo(setup, read.request, preference, read.state);
      if (options.onRead === undefined) answers.keep(request, state, preference, read.parts, made);
      else options.onRead(Array.from(read.parts, told));
      return isLater ? holding(made, read.parts, state) : made;
    });
  /** null where it is to be answered here. */
  function answeredAside(asked: Asked, weight: Weight): Promise<MockAnswer> | null {
    const later = aside?.(asked, () => answer(...asked), weight.isHeavy) ?? null;
    if (later === null) return null;
    const keep = (made: MadeAside) => {
      if (made.milliseconds !== undefined) weight.took(made.milliseconds);
      return keptAside(asked, made);
    };
    return later.then(keep, (error) => unanswered(asked[0], error));
  }
  const making: Making = { world: setup.world, fresh, aside: answeredAside };
  /** A function's answer is never remembered. */
  async function handled(asked: readonly PlacedHandler[], ...[request, preference, state = State.empty]: Asked) {
    const turn = new Turn();
    const read = recorded(request, state);
    const make = () => answerTo(setup, read.request, preference, read.state, turn);
    const first = guarded(request, make);
    if (turn.reached === null) return first;
    for (const placed of asked) {
      turn.by = placed;
      turn.said = await askHandler(placed, turn, options.handlerTimeLimit ?? usualTimeLimit);
      if (turn.said !== null) break;
    }
    return holding(guarded(request, make), read.parts, state);
  }
  function handlersOf(known: HandlerTable, { method, target, headers }: HttpRequest): readonly PlacedHandler[] {
    const match = operations.match(method, target, headers);
    return match.kind === 'operation' ? known.of(match.entry) : none;
  }
  const refused = (request: HttpRequest, refusal: Refusal) =>
    guarded(request, () => {
      const exchange = receive(setup, request, undefined, State.empty);
      return sendable(exchange, finish(exchange, refuse(exchange, refusal)));
    });
  /** What is answered where `aside` has no answer. */
  function unanswered(request: HttpRequest, error: unknown): MockAnswer {
    if (!(error instanceof Overload)) return guarded(request, () => raise(error));
    const headers = { 'Retry-After': String(error.retryAfterSeconds) };
    return refused(request, { status: 503, detail: error.message, headers });
  }
  /** What was made elsewhere is remembered here, and holds wherever what was read for it is the same. */
  function keptAside([request, preference, state = State.empty]: Asked, { answer: made, read }: MadeAside): MockAnswer {
    if (read === null) return made;
    const parts = new Set(read.map(partOf));
    answers.keep(request, state, preference, parts, made);
    return holding(made, parts, state);
  }
  function* preparing(): Generator<unknown> {
    yield* workAhead(faker, operations.schemas);
    if (resources === undefined) yield* findingResources(operations, fixtures.resources);
    yield null;
    for (const resource of found().all) {
      void resource.references;
      yield null;
    }
    // Of whatever simple collection: what makes rows has run once then.
    for (const { name, schema } of found().all.slice(0, mostLookedAt)) {
      const isDone = isSimple(operations.document, schema) && isMadeInTime(name);
      yield null;
      if (isDone) break;
    }
  }
  /** Makes the first row of a resource, and what that names, as far as there is time. */
  function isMadeInTime(name: string): boolean {
    try {
      setup.world.made.within(rowsMilliseconds, () => setup.world.rows.page(name, State.empty, seed, oneRow));
      return true;
    } catch (error) {
      if (error instanceof OutOfTime) return false;
      throw error;
    }
  }
  let ahead: Promise<void> | null = null;
  async function prepareInSlices(slicing: { readonly signal?: AbortSignal } = {}): Promise<void> {
    try {
      for await (const _ of inSlices(preparing(), slicing));
      if (!slicing.signal?.aborted) found();
    } finally {
      // Who comes later meets what went wrong by itself, where it does.
      ahead = null;
    }
  }
  const isPreparing = () => waitsLong() || ahead !== null;
  /** Found once for all who wait. */
  const preparation = (): Promise<void> => (ahead ??= prepareInSlices());
  const respond: Mock['respond'] = (...asked) => {
    const failedFor = (error: unknown) => unanswered(asked[0], error);
    // Whoever comes before the things of a large document are found waits for it, and holds up nobody else.
    if (isPreparing()) return preparation().then(() => respond(...asked), failedFor);
    const placed = table ? handlersOf(table, asked[0]) : none;
    if (placed.length > 0) return handled(placed, ...asked);
    const [request, preference, state = State.empty] = asked;
    const known = remembered(request, state, preference);
    if (known !== undefined) return known;
    if (aside === undefined) return fresh(asked);
    const weight = weights.of(request);
    return answeredAside(asked, weight) ?? answerInTurns(asked, weight, making);
  };
  return {
    operations,
    fixtures: setup.fixtures,
    keptOut: [...fixtures.keptOut, ...(options.keptOut ?? [])],
    seed,
    rows: setup.world.rows,
    answer,
    respond,
    refuse: (request, status, detail) => refused(request, { status, detail }),
    prepare() {
      if (waitsLong()) found();
    },
    prepareInSlices: (slicing) => (ahead = prepareInSlices(slicing)),
    async ready() {
      while (isPreparing()) await preparation();
    },
  };
}

const none: readonly PlacedHandler[] = [];

/** An answer that took its time, whose changes hold wherever what was read for it is the same. */
function holding(made: MockAnswer, parts: Parameters<typeof isReadSame>[0], asked: State): MockAnswer {
  const { next } = made;
  return next ? { ...made, next: { ...next, holdsIn: (now) => isReadSame(parts, asked, now) } } : made;
}

function raise(error: unknown): never {
  throw error;
}

type Asked = Parameters<Mock['answer']>;
