import { accepted } from '../contract/derive/accepted.js';
import { type Base, createBase } from '../contract/derive/base-request.js';
import { bodyFor } from '../contract/derive/body-values.js';
import { type Plan, withParameter, writeRequest } from '../contract/derive/plan.js';
import { createWorkbench, type Workbench } from '../contract/derive/workbench.js';
import { excerpt } from '../contract/excerpt.js';
import {
  type Content,
  checkRequest,
  concreteMediaType,
  contentFor,
  curlCommand,
  type HttpRequest,
  type Operation,
  type Operations,
  type Parameter,
  type RequestValues,
} from '../operation/index.js';
import type { Violation } from '../schema/index.js';
import { walkValue } from '../schema/outlook.js';
import { addAll } from '../text/many.js';
import { pointerOf } from '../text/pointer.js';
import type { Json } from '../text/value.js';
import type { Found, Pair } from './pairs.js';
import { fakerOf, separatingValues } from './separate.js';
import type { RequestWitness } from './types.js';

/** So many values for one parameter or body are sent to the other document. */
const mostWitnesses = 200;

/** Requests that the old document allows, and what the new one has against them. */
export function requestsRefused(pair: Pair): Found[] {
  if (isSameRequest(pair)) return [];
  const bench = createWorkbench(pair.old, pair.oldOperations, { seed: pair.seed });
  const base = createBase(bench);
  if (base === null) return [undecided(pair, pair.old.pointer, pair.new.pointer, 'request')];
  const found: Found[] = [];
  for (const tried of requestsOf(pair, bench, base)) {
    if ('kind' in tried) {
      found.push(tried);
      continue;
    }
    const { plan, request } = tried;
    if (bench.judge(request) !== 'valid') continue;
    const { values, violations } = readingOf(pair.new, pair.newOperations, request);
    for (const violation of violations) found.push(foundIn(pair, plan, request, violation, violations.length));
    if (values !== null && violations.length === 0) addAll(found, misread(pair, request, values));
  }
  return found;
}

/** What differs, and of which nothing can be made that is valid. */
export function undecided({ old }: Pair, before: string, after: string, what: string): Found {
  const message = `the documents differ, and no valid ${what} could be made that shows how`;
  return { kind: 'undecided', message, cause: `undecided ${what} ${old.pointer} ${before}`, old: before, new: after };
}

function isSameRequest({ old, new: other, comparison }: Pair): boolean {
  const spot = (value: Pair['old'], pointer: string) => ({ value: value.document.at(pointer), pointer });
  const same = (a: string, b: string) => comparison.isSame(spot(old, a), spot(other, b));
  const [a, b] = [old.requestBody, other.requestBody];
  return (
    old.path === other.path &&
    old.parameters.length === other.parameters.length &&
    old.parameters.every((parameter) => {
      const twin = twinOf(parameter, old.parameters, other.parameters);
      return twin?.name === parameter.name && same(parameter.pointer, twin.pointer);
    }) &&
    (a === null || b === null ? a === b : same(a.pointer, b.pointer))
  );
}

/** The same parameter in the other document; in a path the one at the same position. */
function twinOf(parameter: Parameter, own: readonly Parameter[], others: readonly Parameter[]): Parameter | undefined {
  const isTwin = (other: Parameter) => other.in === parameter.in && isSameName(other, parameter);
  if (parameter.in !== 'path') return others.find(isTwin);
  const index = own.filter((one) => one.in === 'path').indexOf(parameter);
  return others.find(isTwin) ?? others.filter((one) => one.in === 'path')[index];
}

function isSameName({ name, in: place }: Parameter, other: Parameter): boolean {
  return place === 'header' ? name.toLowerCase() === other.name.toLowerCase() : name === other.name;
}

interface Tried {
  readonly plan: Plan | null;
  readonly request: HttpRequest;
}

/** Valid ones by the old document, or nearly: whoever asks judges them; and of what none can be made. */
function* requestsOf(pair: Pair, bench: Workbench, base: Base): Generator<Tried | Found> {
  for (const candidate of accepted(bench, base)) {
    const draft = candidate !== null && 'make' in candidate ? candidate.make() : candidate;
    if (draft !== null) yield { plan: null, request: draft.request };
  }
  for (const plan of variedPlans(pair, bench, base)) {
    if ('kind' in plan) {
      yield plan;
      continue;
    }
    const request = writeRequest(pair.old, plan);
    if (request !== null) yield { plan, request };
  }
}

function* variedPlans(pair: Pair, bench: Workbench, base: Base): Generator<Plan | Found> {
  for (const parameter of base.parameters) yield* variedParameter(pair, base, parameter);
  for (const content of pair.old.requestBody?.content ?? []) yield* variedBody(pair, bench, base, content);
}

function* variedParameter(pair: Pair, base: Base, parameter: Parameter): Generator<Plan | Found> {
  const twin = twinOf(parameter, pair.old.parameters, pair.new.parameters);
  if (twin === undefined) return;
  if (!isWrittenAlike(parameter, twin)) {
    for (const value of severalOf(parameter, pair.oldOperations, pair.seed))
      yield withParameter(base.plan, parameter, { value });
  }
  if (isSameAt(pair, parameter.schema, twin.schema)) return;
  const values = valuesOf(pair, parameter.schema, twin.schema);
  if (values === null) yield undecided(pair, parameter.pointer, twin.pointer, `${parameter.in} /${parameter.name}`);
  for (const value of first(values ?? [])) yield withParameter(base.plan, parameter, { value });
}

function* variedBody(pair: Pair, bench: Workbench, base: Base, content: Content): Generator<Plan | Found> {
  const twin = contentFor(pair.new.requestBody?.content ?? [], concreteMediaType(content.mediaType));
  if (twin === undefined) return;
  const [from, to] = [ruleOf(pair.old, content, 'request'), ruleOf(pair.new, twin, 'request')];
  if (isSameAt(pair, from, to)) return;
  const body = bodyFor(bench, content);
  const values = body === null ? null : valuesOf(pair, from, to);
  if (body === null || values === null)
    yield undecided(pair, content.pointer, twin.pointer, `${content.mediaType} body`);
  else for (const value of first(values)) yield { ...base.plan, body: { ...body, value } };
}

/** null where none could be made by the old document. */
function valuesOf(pair: Pair, from: Parameter['schema'], to: Parameter['schema']): Iterable<Json> | null {
  return separatingValues(
    { schemas: pair.oldOperations.schemas, schema: from },
    { schemas: pair.newOperations.schemas, schema: to },
    { ...pair, isSame: sameSchemas(pair, from.pointer, to.pointer) },
  );
}

/** Values of a parameter that show how it is written: lists of several items. */
function* severalOf({ schema }: Parameter, { schemas }: Operations, seed: number): Generator<Json> {
  const made = ['', 'other'].map((salt) => fakerOf(schemas).generate(schema, { seed, salt, optionals: 'all' }));
  const values = made.flatMap((one) => (one.ok ? [one.value] : []));
  yield* values;
  if (values.every(Array.isArray)) yield values.flat();
}

/** Without a schema anything is valid. */
export function ruleOf({ schemas }: Pair['old'], { schema, pointer }: Content, direction: 'request' | 'response') {
  return schema ?? schemas.inline(true, pointer, direction);
}

function isSameAt({ comparison }: Pick<Pair, 'comparison'>, from: Parameter['schema'], to: Parameter['schema']) {
  return comparison.isSame({ value: from.value, pointer: from.pointer }, { value: to.value, pointer: to.pointer });
}

/** Whether schemas of two documents mean the same, wherever in these two they stand. */
export function sameSchemas({ comparison }: Pick<Pair, 'comparison'>, old: string, other: string) {
  return (before: Json, after: Json) =>
    comparison.isSame({ value: before, pointer: old }, { value: after, pointer: other });
}

export function* first<Value>(values: Iterable<Value>): Generator<Value> {
  let count = 0;
  for (const value of values) {
    if (count++ >= mostWitnesses) return;
    yield value;
  }
}

/** What a request is by one of the documents. */
function readingOf(operation: Operation, operations: Operations, { method, target, headers, body }: HttpRequest) {
  const match = operations.match(method, target, headers);
  if (match.kind !== 'operation' || match.entry.id !== operation.id) return { values: null, violations: [] };
  return checkRequest(operation, { method, target, headers, body }, match.pathParameters);
}

/** Parameters that are written otherwise by the new document, and then mean something else. */
function* misread(pair: Pair, request: HttpRequest, values: RequestValues): Generator<Found> {
  for (const parameter of pair.old.parameters) {
    const twin = twinOf(parameter, pair.old.parameters, pair.new.parameters);
    if (twin === undefined || isWrittenAlike(parameter, twin)) continue;
    const meant = readingOf(pair.old, pair.oldOperations, request).values?.[parameter.in][keyOf(parameter)];
    const read = values[twin.in][keyOf(twin)];
    if (meant === undefined || asWritten(meant) === asWritten(read)) continue;
    const words = `what was ${excerpt(meant, 60)} is ${read === undefined ? 'not there' : excerpt(read, 60)}`;
    yield {
      kind: 'request-misread',
      message: `${parameter.in} /${parameter.name}: it is written otherwise now, and ${words}`,
      cause: `misread ${parameter.pointer}`,
      old: parameter.pointer,
      new: twin.pointer,
      request: witnessOf(request),
    };
  }
}

function isWrittenAlike(one: Parameter, other: Parameter): boolean {
  return one.style === other.style && one.explode === other.explode && one.mediaType === other.mediaType;
}

function keyOf({ name, in: place }: Parameter): string {
  return place === 'header' ? name.toLowerCase() : name;
}

/** Numbers and texts look alike on the wire. */
function asWritten(value: unknown): string | undefined {
  return JSON.stringify(value, (_, each) => (typeof each === 'number' || typeof each === 'boolean' ? `${each}` : each));
}

function foundIn(pair: Pair, plan: Plan | null, request: HttpRequest, violation: Violation, wrongs: number): Found {
  const { in: place, pointer, keyword, message, schemaPointer } = violation;
  const where = pointer === '' ? place : `${place} ${pointer}`;
  return {
    kind: 'request-refused',
    message: `${where}: ${message}`,
    cause: `request ${place} ${keyword} ${schemaPointer} ${keyword === 'required' ? message : ''}`,
    old: oldPlaceOf(pair, plan, violation),
    new: schemaPointer,
    request: witnessOf(request),
    wrongs,
  };
}

/** Where the old document speaks of what the new one refuses. */
function oldPlaceOf({ old }: Pair, plan: Plan | null, violation: Violation): string {
  const { in: place, pointer } = violation;
  const parameter = old.parameters.find(
    (one) => one.in === place && `${pointer}/`.startsWith(`${pointerOf(one.name)}/`),
  );
  if (parameter !== undefined) return parameter.pointer;
  const content = plan?.body?.content;
  if (place !== 'body' || !content?.schema) return old.requestBody?.pointer ?? old.pointer;
  return placeIn(old, content.schema, plan?.body?.value ?? null, violation) ?? content.pointer;
}

/** The schema that speaks of the place of a value, or of the nearest around it; the keyword itself where it is there. */
export function placeIn(
  { schemas, document }: Pair['old'],
  schema: Parameter['schema'],
  value: Json,
  { pointer, keyword }: Pick<Violation, 'pointer' | 'keyword'>,
): string | undefined {
  let nearest: { readonly depth: number; readonly pointer: string } | null = null;
  for (const node of walkValue(schemas, schema.direction, schema.pointer, value)) {
    const isAround = `${pointer}/`.startsWith(`${pointerOf(...node.path)}/`);
    const depth = node.path.length + (Object.hasOwn(node.schema, keyword) ? 0.5 : 0);
    if (isAround && depth > (nearest?.depth ?? -1)) nearest = { depth, pointer: node.pointer };
  }
  if (nearest === null) return undefined;
  const own = `${nearest.pointer}/${keyword}`;
  return document.at(own) === undefined ? nearest.pointer : own;
}

function witnessOf(request: HttpRequest): RequestWitness {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  return {
    method: request.method,
    target: request.target,
    headers: Object.fromEntries(headers),
    body: request.body === null ? null : new TextDecoder().decode(request.body),
    curl: curlCommand(request, 'http://localhost:3000'),
  };
}
