import { mix } from '../../fake/index.js';
import type { Content, HttpRequest, Operation, Operations, Parameter } from '../../operation/index.js';
import { retryKeyOf } from '../../operation/index.js';
import type { Json } from '../../text/value.js';
import { formsOf } from '../things/naming.js';
import { type Base, createBase } from './base-request.js';
import { absentMembers, bodyFor } from './body-values.js';
import { aboutCalled, askedInBody, calledIn } from './called.js';
import { freshened } from './freshened.js';
import { jsonContent } from './json-content.js';
import { givenValue, valueFor } from './parameter-values.js';
import { type Plan, withParameter, writeRequest } from './plan.js';
import { reshape } from './reshape.js';
import { createWorkbench, type DeriveOptions, type Workbench } from './workbench.js';

/** About so many requests are told apart. */
const requests = 1_000_000;

/** Of a thing whose key the client chooses. */
export interface NewKey {
  readonly parameter: string;
  /** Where the rows that show the thing describe its key: one that they cannot show would never be found again. */
  readonly shown: readonly string[];
}

/** What of a valid request is not as it is derived. */
export interface Wanted {
  /** By parameter name, also of what the query has to name, and by its own what a call names. */
  readonly path: Readonly<Record<string, Json>>;
  /** Of a list that is posted, what its body asks for too. */
  readonly query?: Readonly<Record<string, Json>>;
  readonly body?: Json;
  /** Of that body; absent: as the operation is usually asked. */
  readonly mediaType?: string;
  /** Optional members of the body that the target asks for. */
  readonly members?: readonly string[];
  /** The path parameter that is to name nothing that is there: a client may choose the key. */
  readonly newKey?: NewKey;
  /** How many bodies were made before: each has other names and keys than those. Absent: that of the valid request. */
  readonly bodiesBefore?: number;
  /** Whether such a body has every member that the document declares, and not only what a valid request needs. */
  readonly isFull?: boolean;
  /** Lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
}

const moreDraws = ['rather than null', 'rather than null again', 'rather than null once more'];

/** A request of a sequence, and the value of its body. */
export interface StepRequest {
  readonly request: HttpRequest;
  readonly body: Json | undefined;
  /** Members that the body could have besides. */
  readonly absent: readonly string[];
}

/** The valid request of an operation with other values; null where none can be made, or it would not be valid. */
export function stepRequest(
  operation: Operation,
  operations: Operations,
  options: DeriveOptions,
  wanted: Wanted,
): StepRequest | null {
  const { bench, base } = knownFor(operation, operations, options, wanted.members ?? []);
  if (base === null) return null;
  let { plan } = base;
  const set = (place: Parameter['in'], values: Readonly<Record<string, Json>>) => {
    for (const parameter of operation.parameters) {
      const value = parameter.in === place ? values[parameter.name] : undefined;
      if (value !== undefined) plan = withParameter(plan, parameter, { value });
    }
  };
  if (wanted.newKey !== undefined) {
    const renamed = withNewKey(bench, plan, wanted.newKey, wanted.bodiesBefore ?? 0);
    if (renamed === null) return null;
    plan = renamed;
  }
  const retry = retryKeyOf(operation);
  // A request with the key of another is that one again: each that asks for something else has its own.
  const another = retry?.required ? valueFor(bench, retry, 1 + (mix(0, JSON.stringify(wanted)) % requests)) : undefined;
  if (retry !== undefined && another !== undefined) plan = withParameter(plan, retry, { value: another });
  set('path', wanted.path);
  set('query', { ...queriedIn(bench, wanted.path), ...wanted.query });
  if (wanted.body !== undefined) {
    const content = contentCalled(operation, wanted.mediaType) ?? plan.body?.content ?? jsonContent(operation);
    if (content === undefined) return null;
    plan = { ...plan, body: { content, value: wanted.body, schemas: operations.schemas } };
  } else if (wanted.bodiesBefore !== undefined && plan.body !== null) {
    plan = freshPlan(plan, wanted.bodiesBefore);
  } else if (wanted.query !== undefined && operation.requestBody !== null) {
    const isOfBody = (name: string) => !operation.parameters.some((each) => each.in === 'query' && each.name === name);
    plan = askedInBody(
      bench,
      plan,
      Object.fromEntries(Object.entries(wanted.query).filter(([name]) => isOfBody(name))),
    );
  }
  const called = calledIn(bench);
  const named = called === null ? undefined : wanted.path[called.parameter];
  if (called !== null && named !== undefined) plan = aboutCalled(bench, plan, called.naming, named);
  const request = writeRequest(operation, { ...plan, headers: { ...plan.headers, ...wanted.headers } });
  if (request === null || bench.judge(request) === 'invalid') return null;
  const pointer = plan.body?.content.schema?.pointer;
  const absent = plan.body === null || pointer === undefined ? [] : absentMembers(bench, pointer, plan.body.value);
  return { request, body: plan.body?.value, absent };

  function freshPlan(from: Plan, ordinal: number): Plan {
    const content = from.body?.content;
    if (from.body === null || content === undefined) return from;
    const { schema } = content;
    const whole = wanted.isFull && schema ? reshape(operations, saying, schema.pointer, from.body.value, 'full') : null;
    const old = whole !== null && schema?.accepts(whole) ? whole : from.body.value;
    const value = freshened(old, schema, ordinal);
    if (value !== undefined) return { ...from, body: { ...from.body, value } };
    return { ...from, body: bodyFor(bench, content, ordinal + 1) ?? from.body };
  }

  /** Null only where nothing else is drawn: it shows no more of a member than to leave it out. */
  function saying(pointers: readonly string[]): Json | undefined {
    const drawn = bench.draw(pointers);
    return drawn === null
      ? (moreDraws.map((salt) => bench.draw(pointers, salt)).find((other) => other !== null) ?? drawn)
      : drawn;
  }
}

/** What a query has to name, and the user has not said. */
function queriedIn(bench: Workbench, values: Wanted['path']): Readonly<Record<string, Json>> {
  const asked = bench.operation.parameters.filter(({ in: place, required }) => place === 'query' && required);
  const open = asked.filter((parameter) => givenValue(bench, parameter) === undefined);
  return Object.fromEntries(open.flatMap(({ name }) => (values[name] === undefined ? [] : [[name, values[name]]])));
}

/** Null where no key can be made; as it is where the path names none. */
function withNewKey(bench: Workbench, plan: Plan, { parameter, shown }: NewKey, ordinal: number): Plan | null {
  const key = bench.operation.parameters.find(({ in: place, name }) => place === 'path' && name === parameter);
  if (key === undefined) return plan;
  const value = newKeyFor(bench, key, shown, ordinal);
  return value === undefined ? null : withParameter(plan, key, { value });
}

/** A key that differs from those before, and that rows can show; where one is drawn again and again, one of its form. */
function newKeyFor(bench: Workbench, key: Parameter, shown: readonly string[], ordinal: number): Json | undefined {
  const [first, drawn] = [valueFor(bench, key), valueFor(bench, key, ordinal + 1)];
  const isDrawnAgain = drawn !== undefined && JSON.stringify(drawn) === JSON.stringify(first);
  const own = isDrawnAgain ? (freshened(drawn, key.schema, ordinal) ?? drawn) : drawn;
  const schemas = shown.map((pointer) => bench.operations.schemas.at(pointer, 'response'));
  const isShown = (form: Json) => schemas.every((schema) => schema.problem !== null || schema.accepts(form));
  if (own === undefined || formsOf(own).some(isShown)) return own;
  const ofRow = bench.draw(shown, `key ${ordinal}`);
  const showable = ofRow === undefined ? undefined : (freshened(ofRow, schemas[0] ?? key.schema, ordinal) ?? ofRow);
  const forms = showable === undefined ? [] : formsOf(showable);
  return forms.find((form) => key.schema.problem !== null || key.schema.accepts(form)) ?? own;
}

function contentCalled({ requestBody }: Operation, mediaType: string | undefined): Content | undefined {
  return mediaType === undefined ? undefined : requestBody?.content.find((each) => each.mediaType === mediaType);
}

interface Known {
  readonly options: DeriveOptions;
  readonly members: readonly string[];
  readonly bench: Workbench;
  readonly base: Base | null;
}

const known = new WeakMap<Operation, Known>();

/** What every step of an operation begins with: to work it out costs more than to send it. */
function knownFor(
  operation: Operation,
  operations: Operations,
  options: DeriveOptions,
  members: readonly string[],
): Known {
  const before = known.get(operation);
  const { seed, fixtures, values } = before?.options ?? {};
  if (before && seed === options.seed && fixtures === options.fixtures && values === options.values) {
    if (before.members.join() === members.join()) return before;
  }
  const learnt = { values: {}, isSure: true, members };
  const bench = createWorkbench(operation, operations, { ...options, learnt });
  const now = { options, members, bench, base: createBase(bench) };
  known.set(operation, now);
  return now;
}
