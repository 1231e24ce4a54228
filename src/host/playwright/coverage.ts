import { isJson, type Operation, type Operations, type RequestValues } from '../../operation/index.js';
import { type At, viewOf } from '../../schema/view.js';
import { pointerOf } from '../../text/pointer.js';
import { resultOf, type Work } from '../../text/slices.js';
import { isObject, type Json } from '../../text/value.js';

/** What there is of an operation to be exercised. */
export interface OperationGoal {
  /** Keys of `responses`. */
  readonly responses: readonly string[];
  /** Enum values by where they stand: `query provider`, `body /status`. */
  readonly values: Readonly<Record<string, readonly Json[]>>;
}

/** What of an operation was exercised. */
export interface OperationCoverage {
  readonly requests: number;
  /** How often each was answered; a status that is not declared stands under its number. */
  readonly responses: Readonly<Record<string, number>>;
  /** The enum values that were sent. */
  readonly values: Readonly<Record<string, readonly Json[]>>;
}

/** What one test exercised: the content of its attachment. */
export interface CoverageOfTest {
  /** As messages call it. */
  readonly document: string;
  /** Its absolute path, or null where it is no file: then `goal` is here. */
  readonly file: string | null;
  /** By operation id: those that were asked for. */
  readonly operations: Readonly<Record<string, OperationCoverage>>;
  readonly goal?: Readonly<Record<string, OperationGoal>>;
}

export const coverageAttachment = 'counterproof-coverage';

/** Everything in a document that tests can exercise. Compiles each operation. */
export function goalOf(operations: Operations): Record<string, OperationGoal> {
  return resultOf(findingGoal(operations));
}

/** The same, an operation at a time. */
export function* findingGoal(operations: Operations): Work<Record<string, OperationGoal>> {
  const goals: [id: string, goal: OperationGoal][] = [];
  for (const entry of operations.entries) {
    const operation = operations.compile(entry);
    const values = enumsOf(operation).map(({ place, values }) => [place, values] as const);
    goals.push([
      entry.id,
      { responses: operation.responses.map(({ key }) => key), values: Object.fromEntries(values) },
    ]);
    yield null;
  }
  return Object.fromEntries(goals);
}

/** The enum values of an operation that a request has sent. */
export function sentValues(operation: Operation, values: RequestValues): Record<string, Json[]> {
  const sent: Record<string, Json[]> = {};
  for (const { place, path, values: declared } of enumsOf(operation)) {
    const there = new Set(valuesAt(values, path).map((value) => JSON.stringify(value)));
    const known = declared.filter((value) => there.has(JSON.stringify(value)));
    if (known.length > 0) sent[place] = known;
  }
  return sent;
}

/** Both together. */
export function mergeCoverage(
  a: CoverageOfTest['operations'],
  b: CoverageOfTest['operations'],
): Record<string, OperationCoverage> {
  const merged: Record<string, OperationCoverage> = { ...a };
  for (const [id, more] of Object.entries(b)) {
    const known = Object.hasOwn(merged, id) ? merged[id] : undefined;
    merged[id] = known === undefined ? more : mergeOperation(known, more);
  }
  return merged;
}

function mergeOperation(a: OperationCoverage, b: OperationCoverage): OperationCoverage {
  const responses = { ...a.responses };
  for (const [key, times] of Object.entries(b.responses)) responses[key] = (responses[key] ?? 0) + times;
  const values: Record<string, readonly Json[]> = { ...a.values };
  for (const [place, more] of Object.entries(b.values)) {
    const all = new Map([...(values[place] ?? []), ...more].map((value) => [JSON.stringify(value), value]));
    values[place] = [...all.values()];
  }
  return { requests: a.requests + b.requests, responses, values };
}

/** An enum that a request can have values of. */
interface Enum {
  /** `query provider`, `body /items/0/status` with `*` for the 0. */
  readonly place: string;
  /** Into `RequestValues`; `*` stands for every item. */
  readonly path: readonly string[];
  readonly values: readonly Json[];
}

/** Deeper in a body than this, and after so many places, enums are not looked for: bodies may be trees. */
const maximumDepth = 8;
const mostPlaces = 2000;

const known = new WeakMap<Operation, readonly Enum[]>();

/** The enums in the parameters and the JSON body of an operation. */
function enumsOf(operation: Operation): readonly Enum[] {
  let enums = known.get(operation);
  if (enums === undefined) {
    enums = findEnums(operation);
    known.set(operation, enums);
  }
  return enums;
}

function findEnums({ parameters, requestBody, document }: Operation): Enum[] {
  const view = viewOf(document);
  const found = new Map<string, Enum>();
  const open: { readonly ats: readonly At[]; readonly path: readonly string[] }[] = [];
  for (const { name, in: where, schema } of parameters) {
    open.push({ ats: [schema.pointer], path: [where, where === 'header' ? name.toLowerCase() : name] });
  }
  for (const { mediaType, schema } of requestBody?.content ?? []) {
    if (schema !== null && isJson(mediaType)) open.push({ ats: [schema.pointer], path: ['body'] });
  }
  for (const { ats, path } of open) {
    const parts = view.possible(...ats);
    for (const { schema } of parts) if (Array.isArray(schema.enum)) add(path, schema.enum);
    if (path.length >= maximumDepth || open.length > mostPlaces) continue;
    for (const [name, edges] of view.members(parts)) {
      open.push({ ats: edges.map(({ to }) => to), path: [...path, name] });
    }
    const items = [...view.under(parts, 'prefixItems'), ...view.under(parts, 'items')].map(({ to }) => to);
    if (items.length > 0) open.push({ ats: items, path: [...path, '*'] });
  }
  return [...found.values()];

  function add(path: readonly string[], values: readonly Json[]): void {
    const [where = '', ...inside] = path;
    const [name = '', ...below] = where === 'body' ? ['', ...inside] : inside;
    const place = [`${where} ${name}`.trim(), pointerOf(...below)].join(
      where === 'body' && below.length > 0 ? ' ' : '',
    );
    const all = new Map(
      [...(found.get(place)?.values ?? []), ...values].map((value) => [JSON.stringify(value), value]),
    );
    found.set(place, { place, path, values: [...all.values()] });
  }
}

/** All values that stand at the path of an enum. */
function valuesAt(values: RequestValues, path: readonly string[]): unknown[] {
  let there: unknown[] = [values];
  for (const step of path) {
    there = there.flatMap((value) => {
      if (step === '*') return Array.isArray(value) ? value : [];
      return isObject(value) && Object.hasOwn(value, step) ? [value[step]] : [];
    });
  }
  return there;
}
