import { type Parameter, serializeParameter } from '../../operation/index.js';
import { addAll } from '../../text/many.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { reshape } from './reshape.js';
import { isDoubtful } from './wire-doubts.js';
import type { Workbench } from './workbench.js';

/** How often another value is drawn where the first cannot be sent. */
export const draws = 8;

/** A slash as it is sent in a path. */
const slash = /%2f/gi;

/**
 * A value for a parameter, valid and fit to be sent: what the user gave, else what the document gives, else one
 * from the schema. Undefined where none is found. Further attempts give further values.
 */
export function valueFor(bench: Workbench, parameter: Parameter, attempt = 0): Json | undefined {
  return bench.once(`value ${attempt} ${parameter.pointer}`, () => findValue(bench, parameter, attempt));
}

function findValue(bench: Workbench, parameter: Parameter, attempt: number): Json | undefined {
  const given = knownValue(bench, parameter);
  if (given !== undefined) return given;
  const { pointer } = parameter.schema;
  const known = [...documentedValues(bench, parameter.examples, pointer), ...listedValues(bench, pointer)];
  const first = attempt === 0 ? known.find((value) => isSendable(parameter, value)) : undefined;
  if (first !== undefined) return first;
  let slashed: Json | undefined;
  for (let draw = 0; draw < draws; draw++) {
    const value = bench.draw([pointer], `${parameter.pointer} ${attempt * draws + draw}`);
    if (value === undefined) continue;
    if (isSendable(parameter, value)) return value;
    if (isSendable(parameter, value, slash)) slashed ??= value;
    // Without its optional members an object may be no text at all.
    const full = isObject(value) ? reshape(bench.operations, bench.draw, pointer, value, 'full') : value;
    if (isSendable(parameter, full)) return full;
  }
  // Where the schema wants a slash in a path, it has to be sent so.
  return plainest.find((value) => isSendable(parameter, value)) ?? slashed;
}

/** For where what is drawn is empty, as a default or a map may be, and cannot be sent. */
const plainest: readonly Json[] = ['counterproof', { counterproof: 'counterproof' }];

/** A drawn value for a parameter that differs from its first, valid and fit to be sent; undefined where none is found. */
export function otherValueFor(bench: Workbench, parameter: Parameter): Json | undefined {
  const first = JSON.stringify(valueFor(bench, parameter));
  for (let draw = 0; draw < draws; draw++) {
    const value = bench.draw([parameter.schema.pointer], `other ${parameter.pointer} ${draw}`);
    if (value !== undefined && JSON.stringify(value) !== first && isSendable(parameter, value)) return value;
  }
  return undefined;
}

/** What the user gave: by `--set`, or in the fixtures for the operation, or for all. */
export function givenValue({ fixtures, operation, values }: Workbench, parameter: Parameter): Json | undefined {
  const { parameters } = fixtures.for(operation.id).contract;
  return readAs(parameter, [values, parameters, fixtures.contract.parameters]);
}

/** What is known to be there: as the user gave it, or else as the target has told. */
export function knownValue(bench: Workbench, parameter: Parameter): Json | undefined {
  const given = givenValue(bench, parameter);
  // A query names what is there only where nothing can be asked without it.
  const isNaming = parameter.in === 'path' || (parameter.in === 'query' && parameter.required);
  return given !== undefined || !isNaming ? given : readAs(parameter, [bench.learnt.values]);
}

/** The first of the sources that has the parameter, read so that its schema accepts it. What is there may have a slash in its key. */
function readAs(parameter: Parameter, sources: readonly Readonly<Record<string, Json>>[]): Json | undefined {
  for (const source of sources) {
    if (!Object.hasOwn(source, parameter.name)) continue;
    const fit = readings(source[parameter.name] as Json).find((reading) => isSendable(parameter, reading, slash));
    if (fit !== undefined) return fit;
  }
  return undefined;
}

/** A text of the command line may stand for another JSON value, and an unquoted value of a file for a text. */
function readings(value: Json): Json[] {
  if (typeof value !== 'string') return typeof value === 'object' ? [value] : [value, String(value)];
  try {
    return [value, JSON.parse(value) as Json];
  } catch {
    return [value];
  }
}

/** @param excused what of its text no doubt is about */
function isSendable(parameter: Parameter, value: Json, excused?: RegExp): boolean {
  if (value === null || parameter.schema.problem !== null || !parameter.schema.accepts(value)) return false;
  const text = serializeParameter(parameter, value);
  return text !== null && !isDoubtful(parameter, value, excused ? text.replaceAll(excused, '') : text);
}

/** Examples and defaults, from the Parameter or Media Type Object and from its schema. */
export function documentedValues(
  bench: Workbench,
  examples: readonly { readonly value: Json }[],
  schemaPointer: string,
): Json[] {
  const schema = resolvedSchema(bench, schemaPointer);
  const values = examples.map(({ value }) => value);
  if (Array.isArray(schema.examples)) addAll(values, schema.examples);
  if (schema.example !== undefined) values.push(schema.example);
  if (schema.default !== undefined) values.push(schema.default);
  return values;
}

/** The values of a closed list; none where the schema has no such list. */
export function listedValues(bench: Workbench, schemaPointer: string): Json[] {
  const schema = resolvedSchema(bench, schemaPointer);
  if (Array.isArray(schema.enum)) return schema.enum;
  return schema.const === undefined ? [] : [schema.const];
}

function resolvedSchema({ operations: { document } }: Workbench, pointer: string): JsonObject {
  const { value } = document.resolve(document.at(pointer), pointer);
  return isObject(value) ? value : {};
}
