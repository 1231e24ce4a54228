import type { At } from '../schema/view.js';
import type { Shapes } from './shapes.js';
import type { Key } from './types.js';
import { afterNoun, fold, wordsOf } from './words.js';

/** What the key of a row is sought by. */
export interface KeyHints {
  readonly row: At;
  /** What the rows are called. */
  readonly noun: string;
  /** The path parameter that names one, with where its schema stands; null where there is no item path. */
  readonly parameter: { readonly name: string; readonly schema: At | null } | null;
  /** Members that links of the document pass for the parameter, as paths into a row. */
  readonly linked: readonly (readonly string[])[];
}

/** What keys are called, best first. */
const keyNames = ['id', 'uuid', 'guid', 'uid', 'key', 'identifier', 'slug', 'code', 'number', 'no', 'ref', 'sku'];
/** What may name a thing too, where a path parameter says that something does. */
const namingNames = ['name', 'login', 'username', 'handle', 'email', 'title', 'symbol', 'hash', 'sha', 'token'];

/** Objects inside of which a key may stand. */
const holders = new Set(
  ['metadata', 'meta', 'sys', 'attributes', 'properties', 'info', 'identity', 'spec', 'header', 'links', 'self'].map(
    fold,
  ),
);

/**
 * The member that tells the rows of a resource apart: by links (OpenAPI 3.1, 4.8.20), then by the name of the path
 * parameter, then by schema.
 * @returns null where there is none, or nobody can tell
 */
export function findKey(shapes: Shapes, hints: KeyHints): Key | null {
  const { row, parameter, linked } = hints;
  const name = parameter?.name ?? null;
  const link = linked.find((path) => isKey(shapes, shapes.at(row, path)));
  if (link !== undefined) return { member: link, parameter: name, by: 'link' };
  const named = byName(shapes, hints);
  if (named !== undefined) return { member: named, parameter: name, by: 'name' };
  const alike = bySchema(shapes, hints);
  return alike === undefined ? null : { member: alike, parameter: name, by: 'schema' };
}

function isKey(shapes: Shapes, at: At | undefined): at is At {
  return at !== undefined && shapes.isScalar(at) && !shapes.types(at)?.has('boolean');
}

function byName(shapes: Shapes, { row, noun, parameter }: KeyHints): readonly string[] | undefined {
  const wanted = parameter === null ? keyNames.slice(0, 5) : namesFor(parameter.name, noun);
  const all = [...wanted, ...(parameter === null ? keyNames.slice(0, 5).map((name) => noun + name) : [])];
  const top = [...shapes.members(row)].filter(([, at]) => fits(shapes, at, parameter));
  for (const name of all) {
    const found = top.find(([member]) => isNamed(member, name, noun));
    if (found !== undefined) return [found[0]];
  }
  for (const name of all) {
    for (const [holder, at] of shapes.members(row)) {
      if (!holders.has(fold(holder)) && afterNoun(holder, noun) !== '') continue;
      const found = [...shapes.members(at)].find(
        ([member, inside]) => fits(shapes, inside, parameter) && isNamed(member, name, noun),
      );
      if (found !== undefined) return [holder, found[0]];
    }
  }
  return undefined;
}

/** Whether a member is called so, with or without the noun: `petId` and `_id` are `id` of a pet. */
function isNamed(member: string, name: string, noun: string): boolean {
  return fold(member) === name || afterNoun(member, noun) === name || fold(member) === fold(noun + name);
}

/** What the member may be called that a path parameter equals, best first. */
function namesFor(parameter: string, noun: string): string[] {
  const own = fold(parameter);
  const rest = afterNoun(parameter, noun);
  const names = [own];
  if (rest !== null && rest !== '') names.push(rest);
  const last = wordsOf(parameter).at(-1) ?? '';
  if (keyNames.includes(last) || namingNames.includes(last)) names.push(last);
  const ending = /(?:id|uuid|guid|key|name|slug|code|number)$/.exec(own)?.[0];
  if (ending !== undefined) names.push(ending);
  // A parameter that is the noun itself, or says no more than "which one".
  const isAny =
    rest === '' || keyNames.includes(own) || keyNames.includes(rest ?? '') || keyNames.includes(ending ?? '');
  if (isAny) names.push(...keyNames);
  if (isAny || namingNames.includes(own) || namingNames.includes(ending ?? '')) names.push(...namingNames);
  return [...new Set(names)];
}

/** Whether values of a member can stand in a parameter, as far as types and formats tell. */
function fits(shapes: Shapes, at: At, parameter: KeyHints['parameter']): boolean {
  if (!isKey(shapes, at)) return false;
  if (parameter === null || parameter.schema === null) return true;
  const [own, other] = [shapes.types(at), shapes.types(parameter.schema)];
  if (other?.has('integer') && !other.has('string') && own !== null && !own.has('integer') && !own.has('number')) {
    // A number in the path may be a text in the row, but not one of a form of its own.
    return shapes.keyword(at, 'format') === undefined && shapes.keyword(at, 'enum') === undefined;
  }
  return true;
}

function bySchema(shapes: Shapes, { row, parameter }: KeyHints): readonly string[] | undefined {
  const schema = parameter?.schema ?? null;
  if (schema === null) return undefined;
  const members = [...shapes.members(row)].filter(([, at]) => fits(shapes, at, parameter));
  const same = members.filter(([, at]) => shapes.core(at) !== undefined && shapes.core(at) === shapes.core(schema));
  if (same.length === 1 && same[0] !== undefined) return [same[0][0]];
  for (const keyword of ['pattern', 'format']) {
    const wanted = shapes.keyword(schema, keyword);
    const alike = members.filter(([, at]) => wanted !== undefined && shapes.keyword(at, keyword) === wanted);
    if (alike.length === 1 && alike[0] !== undefined && !/^(?:u?int\d+|date|date-time)$/.test(String(wanted)))
      return [alike[0][0]];
  }
  return undefined;
}
