import type { RunFinding, RunResult } from '../contract/index.js';
import { pointerOf } from '../text/pointer.js';
import { describe, isObject, type Json } from '../text/value.js';
import type { FalseAlarm, FaultSummary, ProofResult } from './proof/result.js';

/** What a value is to be: of a type, a list, an object with these members, or what a function says. */
type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | readonly [Shape]
  | Members
  | ((value: unknown, at: string) => Misfit | null);
interface Members {
  readonly [name: string]: Shape;
}

interface Misfit {
  readonly pointer: string;
  readonly expected: string;
  readonly found: string;
}

/**
 * Whether a value that was read from a file is a report of `check` or `prove`, as whoever shows one takes it to be.
 * @returns what is there instead of what was expected, and where (a JSON Pointer); null where it is one
 */
export function misfitOf(value: unknown): Misfit | null {
  return misfit(isObject(value) && 'trials' in value ? proof : run, value, '');
}

const anything: Shape = () => null;
const or = (other: null | undefined, shape: Shape): Shape => {
  return (value, at) => (value === other ? null : misfit(shape, value, at));
};
const oneOf = <Word extends string>(...words: readonly Word[]): Shape => {
  return (value, at) =>
    words.includes(value as Word) ? null : wrong(value, at, words.map((word) => `"${word}"`).join(' or '));
};
const mapOf = (shape: Shape): Shape => {
  return (value, at) => {
    if (!isObject(value)) return wrong(value, at, 'an object');
    return first(Object.entries(value), ([name, member]) => misfit(shape, member, at + pointerOf(name)));
  };
};

function misfit(shape: Shape, value: unknown, at: string): Misfit | null {
  if (typeof shape === 'function') return shape(value, at);
  if (typeof shape === 'string') return typeof value === shape ? null : wrong(value, at, `a ${shape}`);
  if (isList(shape)) {
    if (!Array.isArray(value)) return wrong(value, at, 'a list');
    return first([...value.entries()], ([index, item]) => misfit(shape[0], item, `${at}/${index}`));
  }
  if (!isObject(value)) return wrong(value, at, 'an object');
  return first(Object.entries(shape), ([name, member]) =>
    misfit(member, Object.hasOwn(value, name) ? value[name] : undefined, at + pointerOf(name)),
  );
}

const isList = (shape: Members | readonly [Shape]): shape is readonly [Shape] => Array.isArray(shape);

function first<Item>(items: readonly Item[], find: (item: Item) => Misfit | null): Misfit | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

function wrong(value: unknown, pointer: string, expected: string): Misfit {
  return { pointer, expected, found: describe(value as Json | undefined) };
}

const location: Shape = { file: 'string', line: 'number', column: 'number', pointer: 'string' };

const exchange: Shape = {
  request: 'string',
  response: 'string',
  wrongLine: or(null, 'number'),
  replay: or(null, {
    method: 'string',
    target: 'string',
    status: 'number',
    headers: [['string']],
    body: 'string',
  }),
};

const occurrence = {
  operationId: 'string',
  caseId: 'string',
  title: 'string',
  expected: 'string',
  received: 'string',
  location,
  curl: 'string',
  cases: 'number',
  flakyCases: 'number',
} as const satisfies Members;

/** What a finding says, and what an operation may say otherwise of it: reports show its own words first. */
const words = {
  id: 'string',
  check: 'string',
  severity: oneOf<RunFinding['severity']>('violation', 'warning', 'information'),
  concern: 'string',
  aspect: or(null, 'string'),
  message: 'string',
  flaky: 'boolean',
  otherTitles: ['string'],
} as const satisfies Members;

const more = {
  source: or(undefined, { from: 'number', lines: ['string'] }),
  within: or(undefined, ['string']),
  isKnown: or(undefined, 'boolean'),
} as const satisfies Members;

const ownWords = Object.fromEntries(Object.entries(words).map(([name, shape]) => [name, or(undefined, shape)]));

const finding = {
  ...occurrence,
  ...words,
  ...more,
  operations: [{ ...ownWords, ...more, ...occurrence, aspects: ['string'], exchange: or(null, exchange) }],
} as const satisfies Record<keyof RunFinding, Shape>;

const covered: Shape = (value, at) => {
  const found = misfit({ total: 'number', exercised: 'number', never: ['string'] }, value, at);
  if (found !== null) return found;
  const { total, exercised } = value as { total: number; exercised: number };
  return exercised >= 0 && exercised <= total ? null : wrong(exercised, `${at}/exercised`, 'no more than there are');
};

const run = {
  schemaVersion: 'number',
  tool: { name: 'string', version: 'string' },
  document: { name: 'string', title: 'string', version: 'string', openapi: 'string' },
  target: 'string',
  startedAt: 'string',
  duration: 'number',
  seed: 'number',
  strict: 'boolean',
  shard: or(null, { index: 'number', count: 'number' }),
  partial: or(null, 'string'),
  verdict: oneOf<RunResult['verdict']>('kept', 'broken', 'incomplete'),
  counts: {
    operations: 'number',
    operationsReached: 'number',
    cases: 'number',
    requests: 'number',
    removals: or(undefined, 'number'),
    sentAgain: 'number',
    waited: 'number',
    casesBroken: 'number',
    violations: 'number',
    causes: 'number',
    warnings: 'number',
    information: 'number',
    flaky: 'number',
  } satisfies Record<keyof RunResult['counts'], Shape>,
  notSent: [{ reason: 'string', count: 'number', message: 'string' }],
  mistakes: ['string'],
  raise: ['string'],
  unproven: or(undefined, ['string']),
  newCauses: or(undefined, 'number'),
  leftBehind: or(undefined, [{ thing: 'string', reason: 'string' }]),
  learnt: or(undefined, mapOf({ parameters: or(undefined, mapOf(anything)) })),
  notes: ['string'],
  checks: [
    {
      id: 'string',
      summary: 'string',
      exchanges: 'number',
      violations: 'number',
      warnings: 'number',
      information: 'number',
    } satisfies Record<keyof RunResult['checks'][number], Shape>,
  ],
  operations: [
    {
      id: 'string',
      method: 'string',
      path: 'string',
      pointer: 'string',
      state: oneOf<RunResult['operations'][number]['state']>('kept', 'broken', 'not-exercised', 'not-sent'),
      cases: 'number',
      requests: 'number',
      duration: 'number',
      violations: mapOf('number'),
      aspects: [{ aspect: 'string', cases: 'number', broken: 'number', duration: 'number' }],
      exchanges: mapOf('number'),
      statuses: mapOf('number'),
      unexercised: or(null, 'string'),
      untried: or(undefined, ['string']),
      named: or(undefined, 'string'),
      problem: or(null, 'string'),
    } satisfies Record<keyof RunResult['operations'][number], Shape>,
  ],
  findings: [finding],
  findingsNotKept: 'number',
  undeclaredStatuses: [{ operationId: 'string', status: 'number', count: 'number' }],
  coverage: {
    operations: covered,
    parameters: covered,
    enumValues: covered,
    responses: covered,
    keywords: covered,
  } satisfies Record<keyof RunResult['coverage'], Shape>,
} as const satisfies Record<keyof RunResult, Shape>;

const outcome: Shape = (value, at) => {
  const kind = isObject(value) && typeof value.kind === 'string' ? value.kind : '';
  const known: Readonly<Record<string, Members>> = {
    killed: { by: ['string'], caseId: 'string', title: 'string', requests: 'number' },
    survived: { requests: 'number', example: 'string' },
    'not-applicable': { reason: 'string' },
    'not-tried': { reason: 'string' },
  };
  const shape = Object.hasOwn(known, kind) ? known[kind] : undefined;
  return shape === undefined ? wrong(value as Json, at, 'what became of a fault') : misfit(shape, value, at);
};

const proof = {
  schemaVersion: 'number',
  tool: { name: 'string', version: 'string' },
  document: { name: 'string', title: 'string', version: 'string' },
  seed: 'number',
  operations: 'number',
  cases: 'number',
  requests: 'number',
  duration: 'number',
  trials: [{ fault: 'string', operationId: 'string', site: or(null, 'string'), outcome }],
  faults: [
    {
      id: 'string',
      family: 'string',
      summary: 'string',
      caughtBy: ['string'],
      killed: 'number',
      survived: 'number',
      notApplicable: 'number',
      notTried: 'number',
    } satisfies Record<keyof FaultSummary, Shape>,
  ],
  falseAlarms: [
    {
      variant: or(null, 'string'),
      operationId: 'string',
      check: 'string',
      caseId: 'string',
      title: 'string',
      message: 'string',
    } satisfies Record<keyof FalseAlarm, Shape>,
  ],
  variants: 'number',
  unusable: [{ operationId: 'string', reason: 'string' }],
  places: mapOf(location),
  score: or(null, 'number'),
  notTried: 'number',
  placesLeftOut: 'number',
} as const satisfies Record<keyof ProofResult, Shape>;
