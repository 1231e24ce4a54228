import { isJson, type Operation, type RequestValues } from '../../operation/index.js';
import { type At, viewOf } from '../../schema/view.js';
import { pointerOf } from '../../text/pointer.js';
import { isObject, type Json } from '../../text/value.js';

/** An enum that a request can have values of. */
export interface Enum {
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
export function enumsOf(operation: Operation): readonly Enum[] {
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
