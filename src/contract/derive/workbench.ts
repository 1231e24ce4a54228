import type { Problem } from '../../errors.js';
import { createFaker, type Faker } from '../../fake/index.js';
import { type Fixtures, noFixtures } from '../../fixture/index.js';
import {
  binaryString,
  checkRequest,
  contentFor,
  type HttpRequest,
  headerOf,
  mediaTypeOf,
  type Operation,
  type Operations,
} from '../../operation/index.js';
import { equalityKey } from '../../schema/equality.js';
import type { Schema } from '../../schema/index.js';
import { Memo } from '../../text/memo.js';
import { isObject, type Json } from '../../text/value.js';
import type { Aspect } from '../types.js';
import { reshape } from './reshape.js';
import { wireText } from './wire-text.js';

export interface DeriveOptions {
  readonly seed: number;
  /** Their `contract:` parts give real values: path ids that exist on the target, a body that it accepts. */
  readonly fixtures?: Fixtures;
  /** By parameter name; outrank the fixtures. A value is used where the parameter's schema accepts it. */
  readonly values?: Readonly<Record<string, Json>>;
  /** What the run knows to exist, for the path; used where neither of these says anything. */
  readonly learnt?: Learnt;
  /** The most telling cases only. */
  readonly maxCases?: number;
  /** Those that are wanted; others may be left out. All, where nothing is said. */
  readonly aspects?: readonly Aspect[];
  /** Is told, in words, what is tried in part alone, since there is too much of it. */
  readonly onCut?: (tried: string) => void;
}

/** Values for the path of an operation that the target has told. */
export interface Learnt {
  /** By parameter name. */
  readonly values: Readonly<Record<string, Json>>;
  /** Whether the target says that they exist; a member that looks like the key of something does not say so. */
  readonly isSure: boolean;
  /** Optional members of the body that the target asks for. */
  readonly members?: readonly string[];
}

export type Verdict = 'valid' | 'invalid' | 'undetermined';

/** What every step of the derivation works with. */
export interface Workbench {
  readonly operation: Operation;
  readonly operations: Operations;
  readonly seed: number;
  readonly fixtures: Fixtures;
  readonly values: Readonly<Record<string, Json>>;
  readonly learnt: Learnt;
  readonly maxCases: number;
  /**
   * A value for the first of these schemas that can be satisfied, with no more than the schema requires; undefined
   * for none. Other salts give others, the same salt gives the same.
   */
  draw(pointers: readonly string[], salt?: string): Json | undefined;
  /** Why nothing fits a schema, where it contradicts itself; null where that is not known. */
  contradiction(schema: Schema): Problem | null;
  /** Remembers what a step has worked out, under a key of its own. */
  once<T>(key: string, make: () => T): T;
  /** Tells what is tried in part alone. */
  cut(tried: string): void;
  /** What a server that keeps the document has to think of these bytes. */
  judge(request: HttpRequest): Verdict;
}

/** A schema for which so many searches have failed is not searched again. */
const mostFailures = 2;
/** Of one search, in places planned. */
const mostSteps = 2000;
/** Requests whose verdict is remembered, and how long their bodies may be, in bytes: of schemas that repeat themselves many say the same. */
const rememberedVerdicts = 200;
const longestRemembered = 20_000;

const fakers = new WeakMap<Operations, Faker>();

export function createWorkbench(operation: Operation, operations: Operations, options: DeriveOptions): Workbench {
  const { seed } = options;
  let faker = fakers.get(operations);
  if (!faker) {
    faker = createFaker(operations.schemas);
    fakers.set(operations, faker);
  }
  const generator = faker;
  const known = new Map<string, unknown>();
  const failures = new Map<string, number>();
  const judgements = new Memo<Verdict>(rememberedVerdicts);
  const bench: Workbench = {
    operation,
    operations,
    seed,
    fixtures: options.fixtures ?? noFixtures(),
    values: options.values ?? {},
    learnt: options.learnt ?? { values: {}, isSure: true },
    maxCases: options.maxCases ?? Number.POSITIVE_INFINITY,
    cut: (tried) => options.onCut?.(tried),
    draw(pointers, salt = '') {
      for (const pointer of pointers) {
        const value = bench.once(`draw ${salt} ${pointer}`, () => {
          const failed = failures.get(pointer) ?? 0;
          const drawn = failed < mostFailures ? drawSmall(bench, generator, pointer, salt) : undefined;
          if (drawn === undefined) failures.set(pointer, failed + 1);
          return drawn;
        });
        if (value !== undefined) return value;
      }
      return undefined;
    },
    contradiction: (schema) => generator.contradiction(schema),
    once<T>(key: string, make: () => T): T {
      if (!known.has(key)) known.set(key, make());
      return known.get(key) as T;
    },
    judge(request) {
      if ((request.body?.length ?? 0) > longestRemembered) return judge(operation, operations, request);
      const key = wireText(request);
      const verdict = judgements.get(key) ?? judge(operation, operations, request);
      judgements.set(key, verdict);
      return verdict;
    },
  };
  return bench;
}

function drawSmall(bench: Workbench, faker: Faker, pointer: string, salt: string): Json | undefined {
  const schema = bench.operations.schemas.at(pointer, 'request');
  if (schema.problem !== null) return undefined;
  const options = { seed: bench.seed, salt: `${bench.operation.id} ${salt}`, steps: mostSteps } as const;
  const generated = faker.generate(schema, { ...options, optionals: 'none' });
  if (!generated.ok) return undefined;
  const small = reshape(bench.operations, bench.draw, pointer, generated.value, 'minimal');
  const drawn = schema.accepts(small)
    ? small
    : reshape(bench.operations, bench.draw, pointer, generated.value, 'sendable');
  const distinct = withoutCopies(drawn);
  return distinct !== drawn && schema.accepts(distinct) ? distinct : drawn;
}

/**
 * A value whose lists say nothing twice: few take that, whether their document says so or not.
 * @returns the value itself where that is so
 */
function withoutCopies(value: Json): Json {
  if (Array.isArray(value)) {
    const known = new Map(value.map((item) => [equalityKey(item), item] as const));
    const items = [...known.values()].map(withoutCopies);
    return items.length === value.length && items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, inner]) => [name, withoutCopies(inner)] as const);
  return members.every(([name, inner]) => inner === value[name]) ? value : Object.fromEntries(members);
}

/** Violations that a lenient reading makes good, so that servers rightly differ over them. */
const undetermined = new Set(['encoding', 'repeated', 'style']);

function judge(operation: Operation, operations: Operations, request: HttpRequest): Verdict {
  const match = operations.match(request.method, request.target, request.headers);
  // A concrete path outranks a templated one: `/users/me` is not `/users/{id}`.
  if (match.kind !== 'operation' || match.entry.id !== operation.id) return 'undetermined';
  const { violations } = checkRequest(operation, request, match.pathParameters);
  if (violations.length === 0) return 'valid';
  if (violations.every(({ in: place }) => place === 'body') && mayBeAnyBytes(operation, request)) return 'undetermined';
  return violations.every(({ keyword }) => undetermined.has(keyword)) ? 'undetermined' : 'invalid';
}

/** Whether a body is of a range of media types, and as a text it is valid: nothing says that a server reads it as what it is sent as. */
function mayBeAnyBytes({ requestBody }: Operation, request: HttpRequest): boolean {
  const content = contentFor(requestBody?.content ?? [], headerOf(request, 'content-type') ?? '');
  if (!content?.schema || request.body === null || request.body.length === 0) return false;
  const isRange = /^(?:\*|application)\/\*$/.test(mediaTypeOf(content.mediaType)?.essence ?? '');
  return isRange && content.schema.accepts(binaryString(request.body));
}
