import type { Operation, RequestValues } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';

/** An enum that a request can have values of. */
export interface Enum {
  /** `query provider`, `body /items/0/status` with `*` for the 0. */
  readonly place: string;
  /** Into `RequestValues`; `*` stands for every item. */
  readonly path: readonly string[];
  readonly values: readonly Json[];
}

/** Deeper in a body than this, and after so many schemas, enums are not looked for: bodies may be trees. */
const deepest = 8;
const most = 2000;

const known = new WeakMap<Operation, readonly Enum[]>();

/** The enums in the parameters and the JSON body of an operation. */
export function enumsOf(operation: Operation): readonly Enum[] {
  let enums = known.get(operation);
  if (enums === undefined) {
    enums = findEnums(operation);
    known.set(operation, enums);
  }
  return enums;
}

function findEnums({ parameters, requestBody, document }: Operation): Enum[] {
  const found = new Map<string, Enum>();
  let looked = 0;

  /** @param around schemas of the same value that led here: one that leads back to itself says nothing new */
  function look(schema: Json | undefined, pointer: string, path: readonly string[], around: readonly string[]): void {
    const { value, pointer: place } = document.resolve(schema, pointer);
    looked += 1;
    if (!isObject(value) || path.length > deepest || looked > most || around.includes(place)) return;
    if (Array.isArray(value.enum)) add(path, value.enum);
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      const members = value[keyword];
      if (!Array.isArray(members)) continue;
      for (const [index, member] of members.entries()) {
        look(member, `${place}/${keyword}/${index}`, path, [...around, place]);
      }
    }
    for (const [name, member] of Object.entries(isObject(value.properties) ? value.properties : {})) {
      look(member, `${place}/properties/${escaped(name)}`, [...path, name], []);
    }
    if (value.items !== undefined) look(value.items, `${place}/items`, [...path, '*'], []);
  }

  function add(path: readonly string[], values: readonly Json[]): void {
    const [where = '', ...inside] = path;
    const [name = '', ...below] = where === 'body' ? ['', ...inside] : inside;
    const place = [`${where} ${name}`.trim(), below.map((step) => `/${escaped(step)}`).join('')].join(
      where === 'body' && below.length > 0 ? ' ' : '',
    );
    const all = new Map(
      [...(found.get(place)?.values ?? []), ...values].map((value) => [JSON.stringify(value), value]),
    );
    found.set(place, { place, path, values: [...all.values()] });
  }

  for (const { name, in: where, schema } of parameters) {
    look(schema.value as Json, schema.pointer, [where, where === 'header' ? name.toLowerCase() : name], []);
  }
  for (const { mediaType, schema } of requestBody?.content ?? []) {
    if (schema !== null && /json/i.test(mediaType)) look(schema.value as Json, schema.pointer, ['body'], []);
  }
  return [...found.values()];
}

/** All values that stand at the path of an enum. */
export function valuesAt(values: RequestValues, path: readonly string[]): unknown[] {
  let there: unknown[] = [values];
  for (const step of path) {
    there = there.flatMap((value) => {
      if (step === '*') return Array.isArray(value) ? value : [];
      return isObject(value) && Object.hasOwn(value, step) ? [value[step]] : [];
    });
  }
  return there;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 6901, 3 */
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
