import { binaryString, type Content, concreteMediaType, isJudged, readBody, sampleOf } from '../../operation/index.js';
import type { Schema } from '../../schema/index.js';
import { viewOf } from '../../schema/view.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import { type BodyPlan, formOf, isEmptyForm, isWritable, keepsTypes } from './body-writer.js';
import { likely } from './likely.js';
import { documentedValues } from './parameter-values.js';
import { withMember } from './places.js';
import { reshape } from './reshape.js';
import { shownInForm } from './shown-in-form.js';
import { stepsFor } from './steps.js';
import type { Workbench } from './workbench.js';

/**
 * A body in one of the declared media types that should be valid: the user's, a small real file, a documented example, else one
 * from the schema. Null where none can be made, or none has a form in the media type.
 */
export function bodyFor(bench: Workbench, content: Content, attempt = 0): BodyPlan | null {
  return bench.once(`body ${attempt} ${content.pointer}`, () => {
    const value = bodyValue(bench, content, attempt);
    if (value === undefined) return null;
    const plan: BodyPlan = { content, value: withSamples(bench, content, value), schemas: bench.operations.schemas };
    if (!isWritable(plan)) return null;
    const { schema } = content;
    if (schema === null) return plan;
    if (!isEmptyForm(plan)) return value === givenBody(bench) ? plan : { ...plan, value: shownInForm(bench, plan) };
    return { ...plan, value: reshape(bench.operations, bench.draw, schema.pointer, value, 'full') };
  });
}

/** Undefined where none is found. */
export function bodyValue(bench: Workbench, content: Content, attempt: number): Json | undefined {
  const { schema } = content;
  if (schema !== null && schema.problem !== null) return undefined;
  const fits = (value: Json) => schema === null || schema.accepts(value) || isText(bench, content, value);
  const given = givenBody(bench);
  if (given !== undefined && fits(given)) return given;
  const known = [
    sampleIn(bench, content),
    ...(attempt === 0 ? [...documentedBodies(bench, content), stepsFor(bench, content)] : []),
  ];
  const first = known.find((value) => value !== undefined && fits(value));
  if (first !== undefined) return first;
  if (schema !== null) return drawnBody(bench, schema, attempt);
  return keepsTypes(content) ? {} : 'counterproof';
}

/** A drawn body, with the optional members that the target is known to ask for, and values that servers take. */
function drawnBody(bench: Workbench, schema: Schema, attempt: number): Json | undefined {
  const drawn = bench.draw([schema.pointer], `body ${attempt}`);
  if (drawn === undefined) return undefined;
  const accepts = (value: Json) => schema.accepts(value);
  const whole = withAskedFor(bench, schema.pointer, drawn, accepts);
  return likely(bench, schema.pointer, whole, accepts);
}

function withAskedFor(bench: Workbench, pointer: string, value: Json, accepts: (value: Json) => boolean): Json {
  const { members = [] } = bench.learnt;
  if (!isObject(value)) return value;
  let found: JsonObject = value;
  for (const name of members) {
    if (Object.hasOwn(found, name)) continue;
    const places = membersIn(bench, pointer, name);
    const inner = bench.draw(places, `asked for ${name}`);
    const other = inner === undefined ? found : { ...found };
    if (inner !== undefined) setMember(other, name, inner);
    if (accepts(other)) found = other;
  }
  return found;
}

/** Where the schema of a member stands. */
function membersIn({ operations: { document } }: Workbench, pointer: string, name: string): string[] {
  const view = viewOf(document);
  return view.member(view.certain(pointer), name).map((edge) => edge.pointer);
}

/** The members that a schema declares for an object, and a value does not have. */
export function absentMembers({ operations: { document } }: Workbench, pointer: string, value: Json): string[] {
  const view = viewOf(document);
  const declared = view
    .certain(pointer)
    .flatMap(({ schema }) => Object.keys(isObject(schema.properties) ? schema.properties : {}));
  return [...new Set(declared)].filter((name) => isObject(value) && !Object.hasOwn(value, name));
}

/** A text that is the body itself, in a format that a schema describes as something else. */
function isText(bench: Workbench, content: Content, value: Json): boolean {
  const form = formOf(content.mediaType);
  if (typeof value !== 'string' || form === 'json' || form === 'multipart' || form === 'parts') return false;
  const bytes = new TextEncoder().encode(value);
  return (
    readBody(content, concreteMediaType(content.mediaType), bytes, bench.operations.document).violations.length === 0
  );
}

/** A body whose value can be varied: one that the schema describes, and has a say over. */
export function variableBody(bench: Workbench, content: Content, chosen: BodyPlan | null): BodyPlan | null {
  const { schema, mediaType } = content;
  // Of what is in a file of its own format only a sample is known to be right.
  if (schema === null || schema.problem !== null || sampleOf(concreteMediaType(mediaType)) !== null) return null;
  if (!isJudged(content, bench.operations.document)) return null;
  const body = chosen?.content === content ? chosen : bodyFor(bench, content);
  return body === null || schema.accepts(body.value) ? body : bodyFor(bench, content, 1);
}

/** A small real file of a binary media type, where the schema has nothing against it. */
function sampleIn(bench: Workbench, content: Content): Json | undefined {
  const sample = sampleOf(concreteMediaType(content.mediaType));
  if (sample === null) return undefined;
  const text = binaryString(sample);
  const { schema } = content;
  if (schema === null || schema.accepts(text)) return text;
  return isJudged(content, bench.operations.document) ? undefined : text;
}

/** With small real files in parts that are to be of a binary media type. */
function withSamples(bench: Workbench, { schema, encoding, mediaType }: Content, value: Json): Json {
  if (schema === null || !isObject(value) || formOf(mediaType) !== 'multipart') return value;
  if (givenBody(bench) !== undefined) return value;
  let filled = value;
  for (const [name, { contentType }] of Object.entries(encoding)) {
    const sample =
      typeof contentType === 'string' ? sampleOf(concreteMediaType(contentType.split(',', 1)[0] ?? '')) : null;
    if (sample === null || !Object.hasOwn(value, name)) continue;
    const text = binaryString(sample);
    const other = withMember(filled, name, Array.isArray(value[name]) ? value[name].map(() => text) : text);
    if (schema.accepts(other)) filled = other;
  }
  return filled;
}

/** Documented examples, without the members that only a server sends. */
export function documentedBodies(bench: Workbench, content: Content): Json[] {
  const pointer = content.schema?.pointer;
  const values = documentedValues(bench, content.examples, pointer ?? content.pointer);
  return pointer === undefined
    ? values
    : values.map((value) => reshape(bench.operations, bench.draw, pointer, value, 'sendable'));
}

/** The body that the fixtures give for the operation. */
export function givenBody(bench: Workbench): Json | undefined {
  return bench.fixtures.for(bench.operation.id).contract.body;
}
