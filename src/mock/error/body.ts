import { type Faker, nearestValue } from '../../fake/index.js';
import type { Schema, Schemas } from '../../schema/index.js';
import { listedValues, viewOf } from '../../schema/view.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { acceptedEntries, dialectOf } from './dialects/index.js';
import { type Facts, problemDetails, type Reason } from './facts.js';
import { errorCandidates, fold, nests, reasonCandidates } from './members.js';
import { type Shape, shapeAt } from './shape.js';

export interface ErrorBodyTools {
  readonly schemas: Schemas;
  readonly faker: Faker;
  readonly seed: number;
  readonly salt: string;
}

/** Deeper than this no error says anything. */
const maximumDepth = 5;

/**
 * The body of an error in the shape that the document declares, that says what is wrong: members are filled by their
 * names, what else is required is made up. What comes back is valid against the schema.
 * Where no such value can be found, what could be filled in comes back as it is, or what is nearest to the document.
 */
export function errorBody(schema: Schema, facts: Facts, tools: ErrorBodyTools): Json {
  const filling = fill(schema.pointer, facts, tools, 0);
  if (filling === undefined || filling.score === 0) {
    const open = openBodies(facts).find((body) => schema.accepts(body));
    if (open !== undefined) return open;
  }
  if (filling !== undefined) {
    if (schema.accepts(filling.value)) return filling.value;
    const mended = mend(schema, filling.value, tools);
    if (mended !== undefined) return mended;
  }
  const made = tools.faker.generateForOneOfMany(schema, { seed: tools.seed, salt: tools.salt });
  if (!made.ok) return filling?.value ?? nearestValue(schema, tools.seed, tools);
  return filling === undefined ? made.value : overlay(schema, made.value, filling.value);
}

/** Bodies where the schema names no members, or none that say anything. */
function openBodies(facts: Facts): readonly Json[] {
  return [problemDetails(facts), { detail: facts.summary }, { message: facts.summary }, { error: facts.summary }];
}

/** A value, and how much of the error it says. */
interface Filling {
  readonly value: Json;
  readonly score: number;
}

function fill(pointer: string, facts: Facts, tools: ErrorBodyTools, depth: number): Filling | undefined {
  if (depth > maximumDepth) return undefined;
  const shape = shapeAt(tools.schemas.document, pointer);
  const accepts = acceptor(pointer, tools);
  if (shape.alternatives.length > 0 && shape.properties.size === 0) {
    return bestOf(
      shape.alternatives.map((alternative) => fill(alternative, facts, tools, depth + 1)),
      accepts,
    );
  }
  if (shape.types.includes('array') && shape.items !== null) return fillList(shape.items, facts, tools, depth, accepts);
  if (shape.properties.size > 0) return fillObject(shape, facts, tools, depth);
  if (shape.members !== null) return fillByField(shape.members, facts, tools, accepts);
  // Where anything goes, an object says more than a sentence.
  if ((shape.types.length === 0 && depth > 0) || shape.types.includes('string')) {
    const value = [facts.summary, facts.title].find(accepts);
    return value === undefined ? undefined : { value, score: 1 };
  }
  return undefined;
}

function bestOf(filling: readonly (Filling | undefined)[], accepts: (value: Json) => boolean): Filling | undefined {
  const inOrder = filling.flatMap((each) => each ?? []).sort((one, other) => other.score - one.score);
  // Where branches are alike nothing fits exactly one of them.
  return inOrder.find(({ value }) => accepts(value)) ?? inOrder[0];
}

function fillObject(shape: Shape, facts: Facts, tools: ErrorBodyTools, depth: number): Filling {
  const value: JsonObject = {};
  let score = 0;
  const siblings = foldedNames(shape);
  for (const [name, pointer] of shape.properties) {
    const filling = fillMember(name, pointer, facts, siblings, tools, depth);
    if (filling !== undefined && (filling.score > 0 || shape.required.has(name))) {
      value[name] = filling.value;
      score += filling.score;
    } else if (shape.required.has(name)) {
      const made = makeUp(pointer, `${tools.salt} ${name}`, tools);
      if (made !== undefined) value[name] = made;
    }
  }
  if (score === 0) {
    // No name says anything: the first member that takes free text has to.
    for (const [name, pointer] of shape.properties) {
      const member = shapeAt(tools.schemas.document, pointer);
      if (member.types.includes('string') && !member.narrow && acceptor(pointer, tools)(facts.summary)) {
        return { value: { ...value, [name]: facts.summary }, score: 1 };
      }
    }
  }
  return { value, score };
}

function fillMember(
  name: string,
  pointer: string,
  facts: Facts,
  siblings: ReadonlySet<string>,
  tools: ErrorBodyTools,
  depth: number,
): Filling | undefined {
  const accepts = acceptor(pointer, tools);
  const nested = nests(name) ? fill(pointer, facts, tools, depth + 1) : undefined;
  const isPlain = typeof nested?.value === 'string';
  if (nested !== undefined && !isPlain && accepts(nested.value) && hasMembers(nested.value)) return nested;
  const candidates = errorCandidates(name, facts, siblings);
  const value = candidates.find(accepts) ?? (candidates.length > 0 ? listedValue(pointer, facts, tools) : undefined);
  return value === undefined ? undefined : { value, score: 1 };
}

function hasMembers(value: Json): boolean {
  return !isObject(value) || Object.keys(value).length > 0;
}

/** The value of an enum that means this error. */
function listedValue(pointer: string, { codes }: Facts | Reason, tools: ErrorBodyTools): Json | undefined {
  const listed = listedValues(viewOf(tools.schemas.document).certain(pointer));
  const words = codes.map(fold);
  const named = words.map((word) => listed.find((each) => typeof each === 'string' && fold(each) === word));
  return named.find((each) => each !== undefined);
}

function foldedNames(shape: Shape): ReadonlySet<string> {
  return new Set([...shape.properties.keys()].map(fold));
}

/** `{ field: message }` or `{ field: [message] }`, as Laravel, Rails and ASP.NET have it. */
function fillByField(pointer: string, facts: Facts, tools: ErrorBodyTools, accepts: (value: Json) => boolean) {
  const accepted = acceptor(pointer, tools);
  const byField: JsonObject = {};
  for (const { field, message } of facts.reasons) {
    const value = [[message], message].find(accepted);
    if (value !== undefined && !Object.hasOwn(byField, field)) byField[field] = value;
  }
  const score = Object.keys(byField).length;
  return score > 0 && accepts(byField) ? { value: byField, score } : undefined;
}

function fillList(
  items: string,
  facts: Facts,
  tools: ErrorBodyTools,
  depth: number,
  accepts: (value: Json) => boolean,
): Filling | undefined {
  const shape = shapeAt(tools.schemas.document, items);
  const reasons = facts.reasons.length > 0 ? facts.reasons : [facts.subject];
  const list = reasons.flatMap((reason) => fillEntries(items, shape, reason, facts, tools));
  if (list.length === 0) {
    const whole = fill(items, facts, tools, depth + 1);
    if (whole !== undefined && whole.score > 0) list.push(whole.value);
  }
  for (let length = list.length; length > 0; length--) {
    // A list that only repeats the summary is not worth it, unless it is all that a dialect has.
    const score = facts.reasons.length > 0 || dialectOf(shape.properties) !== undefined ? 2 : 0;
    if (accepts(list.slice(0, length))) return { value: list.slice(0, length), score };
  }
  return undefined;
}

function fillEntries(pointer: string, shape: Shape, reason: Reason, facts: Facts, tools: ErrorBodyTools): Json[] {
  const accepts = acceptor(pointer, tools);
  const dialect = dialectOf(shape.properties);
  if (dialect !== undefined) return acceptedEntries(dialect, reason, facts, accepts);
  if (shape.properties.size === 0) {
    for (const alternative of shape.alternatives) {
      const found = fillEntries(alternative, shapeAt(tools.schemas.document, alternative), reason, facts, tools);
      if (found.length > 0) return found;
    }
    const text = [`${reason.field}: ${reason.message}`, reason.message].find(accepts);
    return text === undefined ? [] : [text];
  }
  const value = fillEntry(shape, reason, facts, tools, 0);
  const fitting = dropUntil(value, shape.required, accepts);
  return fitting === undefined ? [] : [fitting];
}

function fillEntry(shape: Shape, reason: Reason, facts: Facts, tools: ErrorBodyTools, depth: number): JsonObject {
  const value: JsonObject = {};
  const siblings = foldedNames(shape);
  for (const [name, pointer] of shape.properties) {
    const accepts = acceptor(pointer, tools);
    const inner = shapeAt(tools.schemas.document, pointer);
    const nested = depth < 2 && inner.properties.size > 0 ? fillEntry(inner, reason, facts, tools, depth + 1) : {};
    const filling =
      reasonCandidates(name, reason, siblings).find(accepts) ??
      (reasonCandidates(name, reason, siblings).length > 0 ? listedValue(pointer, reason, tools) : undefined) ??
      errorCandidates(name, facts, siblings).find(accepts) ??
      (Object.keys(nested).length > 0 && accepts(nested) ? nested : undefined);
    if (filling !== undefined) value[name] = filling;
    else if (shape.required.has(name)) {
      const made = makeUp(pointer, `${tools.salt} ${name}`, tools);
      if (made !== undefined) value[name] = made;
    }
  }
  return value;
}

/** Takes optional members away, the last first, until the rest is accepted. */
function dropUntil(value: JsonObject, required: ReadonlySet<string>, accepts: (value: Json) => boolean) {
  const names = Object.keys(value).filter((name) => !required.has(name));
  const rest = { ...value };
  while (!accepts(rest)) {
    const name = names.pop();
    if (name === undefined) return undefined;
    delete rest[name];
  }
  return rest;
}

function mend(schema: Schema, value: Json, tools: ErrorBodyTools): Json | undefined {
  if (!isObject(value)) return undefined;
  const { required } = shapeAt(tools.schemas.document, schema.pointer);
  return dropUntil(value, required, (rest) => Object.keys(rest as JsonObject).length > 0 && schema.accepts(rest));
}

/** Made-up data with as much of what was filled in as stays valid. */
function overlay(schema: Schema, made: Json, filling: Json): Json {
  if (!isObject(made) || !isObject(filling)) return made;
  let body = made;
  for (const [name, value] of Object.entries(filling)) {
    const next: JsonObject = { ...body, [name]: value };
    if (schema.accepts(next)) body = next;
  }
  return body;
}

function makeUp(pointer: string, salt: string, tools: ErrorBodyTools): Json | undefined {
  const schema = tools.schemas.at(pointer, 'response');
  const made = tools.faker.generateForOneOfMany(schema, { seed: tools.seed, salt });
  return made.ok ? made.value : undefined;
}

function acceptor(pointer: string, tools: ErrorBodyTools): (value: Json) => boolean {
  const schema = tools.schemas.at(pointer, 'response');
  return schema.problem === null ? (value) => schema.accepts(value) : () => false;
}
