import { type DataDemand, dataDemands } from '../../fake/index.js';
import { faultProblem } from '../../fault/index.js';
import { caseNamesOf, stepAt } from '../../fixture/index.js';
import { type Mock, type OperationName, ownProblem, type Preference, type WantedByName } from '../../mock/index.js';
import type { OperationEntry, Operations } from '../../operation/index.js';
import { didYouMeanClause, nearest } from '../../text/nearest.js';
import type { Json } from '../../text/value.js';

/** What is answered instead of what the mock would choose, for so many requests. */
export interface ActiveStep extends Preference {
  /** How many requests it is for: one where another step follows, else all until it is reset. */
  readonly times?: number;
}

/** What is active for an operation. */
export interface Active extends ActiveStep {
  /** What follows when it was answered so often as `times` says. */
  readonly then?: readonly ActiveStep[];
}

/** What may be active, as a person writes it. */
export interface ActiveInput extends Omit<ActiveStep, 'ordinal'> {
  /** Another word for `example`: a scripted case, `offline`, `timeout`, or a status. */
  readonly case?: string;
  readonly then?: ActiveInput | readonly ActiveInput[];
}

/** What may be active for one operation: what is known of it is checked by its types. */
export type WantedFor<Name extends OperationName> = WantedByName<ActiveInput>[Name];

/** Cases that every operation has, unless the document or the fixtures have one that is called so. */
export const commonCases: Readonly<Record<string, Preference>> = {
  offline: { fault: 'reset' },
  timeout: { fault: 'hang' },
  ...Object.fromEntries([401, 403, 404, 409, 422, 429, 500, 503].map((status) => [String(status), { status }])),
};

const statusMaximum = 599;

/** How each member is judged: what was expected, or null where it is so. */
const members: Readonly<Record<keyof Omit<ActiveInput, 'then'>, (value: unknown) => string | null>> = {
  status: (value) => (isIntegerIn(value, 200, statusMaximum) ? null : `a status from 200 to ${statusMaximum}`),
  example: isName,
  case: isName,
  fault: isName,
  probability: (value) => (typeof value === 'number' && value > 0 && value <= 1 ? null : 'a number above 0, up to 1'),
  data: (value) =>
    Object.hasOwn(dataDemands, value as DataDemand) ? null : `one of ${Object.keys(dataDemands).join(', ')}`,
  delay: (value) => (isIntegerIn(value, 0, 600_000) ? null : 'milliseconds, up to 600000'),
  seed: (value) => (Number.isSafeInteger(value) ? null : 'an integer'),
  validate: isSwitch,
  dynamic: isSwitch,
  state: isSwitch,
  offContract: isSwitch,
  body: (value) => (value === undefined ? 'a JSON value' : null),
  merge: (value) => (value === undefined ? 'a JSON value' : null),
  headers: (value) =>
    typeof value === 'object' && value !== null && Object.values(value).every(isHeaderValue)
      ? null
      : 'an object of texts, or lists of texts',
  times: (value) => (isIntegerIn(value, 1, 1_000_000) ? null : 'a number of requests, from 1 to 1000000'),
};

function isName(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? null : 'a name';
}
function isSwitch(value: unknown): string | null {
  return typeof value === 'boolean' ? null : 'true or false';
}
const isIntegerIn = (value: unknown, least: number, most: number): boolean =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
const isHeaderValue = (value: unknown): boolean =>
  typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));

/**
 * The operation of an id, or of a method and path (`GET /users/{id}`).
 * @throws TypeError that says which is nearest
 */
export function operationNamed(operations: Operations, name: string): OperationEntry {
  const entry = operations.find(name);
  if (entry !== undefined) return entry;
  throw new TypeError(`There is no operation ${JSON.stringify(name)}${hint(name, namesOf(operations))}`);
}

const namesOf = ({ entries }: Operations): string[] =>
  entries.flatMap(({ id, method, path }) => [id, `${method} ${path}`]);

/** The names under which an operation can be made to answer something: its cases, examples, and those that all have. */
export function caseNames({ operations, fixtures }: Mock, entry: OperationEntry): string[] {
  return caseNamesOf(operations.compile(entry), fixtures.for(entry.id));
}

/**
 * What is to be active, checked: as it can be kept.
 * @throws TypeError that says what is wrong with it, and what is nearest
 */
export function readActive(mock: Mock, entry: OperationEntry, given: ActiveInput | readonly ActiveInput[]): Active {
  const [first, ...then] = sequenceOf(given).map((step) => readStep(mock, entry, step));
  if (first === undefined) throw new TypeError('There is nothing to answer: the list is empty');
  return then.length === 0 ? first : { ...first, then };
}

/** One step after the other, however they are nested. */
export function sequenceOf(given: ActiveInput | readonly ActiveInput[]): Omit<ActiveInput, 'then'>[] {
  const list = (Array.isArray(given) ? given : [given]) as readonly ActiveInput[];
  return list.flatMap(({ then = [], ...step }) => [step, ...sequenceOf(then)]);
}

function readStep(mock: Mock, entry: OperationEntry, given: Omit<ActiveInput, 'then'>): ActiveStep {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(members, name)) {
      throw new TypeError(
        `There is no ${JSON.stringify(name)} in an answer${hint(name, [...Object.keys(members), 'then'])}`,
      );
    }
    const expected = members[name as keyof typeof members](value);
    if (expected !== null) throw new TypeError(`${name} is ${shown(value)}, expected ${expected}`);
  }
  const { case: scripted, example: named = scripted, ...rest } = given;
  const isKnown = named === undefined || caseNames(mock, entry).includes(named);
  const common = isKnown || named === undefined ? undefined : commonCase(named);
  const step: ActiveStep = { ...rest, ...(common ?? (named !== undefined && { example: named })) };
  const reason = whyNot(step, mock, entry);
  if (reason !== null) throw new TypeError(reason);
  return step;
}

function commonCase(name: string): Preference | undefined {
  if (Object.hasOwn(commonCases, name)) return commonCases[name];
  return /^[2-5]\d\d$/.test(name) ? { status: Number(name) } : undefined;
}

/** Why something cannot be active, as a sentence without a final period. */
function whyNot(step: ActiveStep, mock: Mock, entry: OperationEntry): string | null {
  const { status, example, fault, probability } = step;
  const asked = Object.keys(step).filter((name) => name !== 'times');
  if (asked.length === 0)
    return 'There is nothing to answer: name a status, case, example, fault, body, merge, data or delay';
  if (fault !== undefined && (status !== undefined || example !== undefined))
    return 'A fault goes with no status and no case';
  if (probability !== undefined && fault === undefined)
    return 'probability says how often a fault strikes, and there is none';
  const operation = mock.operations.compile(entry);
  if (fault !== undefined) return faultProblem(fault, operation);
  if (example === undefined) return ownProblem(operation, step, mock.operations);
  const known = caseNames(mock, entry);
  if (known.includes(example)) return null;
  return `${entry.id} has no example or case ${JSON.stringify(example)}${hint(example, [...known, ...Object.keys(commonCases)])}`;
}

/** Which step is for the request that so many came before; null: none any more. */
export function activeAt({ then = [], ...first }: Active, ordinal: number): ActiveStep | null {
  return stepAt([first, ...then], ordinal);
}

const shown = (value: unknown): string => JSON.stringify(value as Json)?.slice(0, 100) ?? String(value);

function hint(word: string, all: readonly string[]): string {
  const near = nearest(word, all);
  if (near.length > 0) return didYouMeanClause(near);
  const some = [...new Set(all)].slice(0, 12).map((name) => JSON.stringify(name));
  return some.length === 0 ? ': there are none at all' : `: there are ${some.join(', ')}`;
}
