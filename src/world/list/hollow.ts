import type { Content } from '../../operation/index.js';
import type { Schema } from '../../schema/index.js';
import { annotations } from '../../schema/keywords.js';
import { type At, type Part, viewOf } from '../../schema/view.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import type { Ground } from '../ground.js';
import { referred } from '../key-schemas.js';
import type { Shape } from '../shape.js';

/** Keywords that say the same of a body whatever its rows are; `properties` and `items` say something of each by itself. */
const plainKeywords = new Set([
  ...annotations.filter((name) => name !== 'discriminator'),
  ...['$ref', 'allOf', 'type', 'nullable', 'required', 'properties', 'minProperties', 'maxProperties'],
  ...['items', 'minItems', 'maxItems'],
]);

const known = new WeakMap<Content, Map<Shape, Schema | null>>();

/**
 * What a schema says of a body beside what it says of each of its rows: with that and the rows' own schema, which is looked at
 * once for a row, all of it is said.
 * @param path of the list in the body
 * @returns null where it cannot be told apart, since rows are looked at together, or something depends on others
 */
export function hollowSchemaOf(content: Content, path: readonly string[], shape: Shape, ground: Ground): Schema | null {
  const all = known.get(content) ?? new Map<Shape, Schema | null>();
  known.set(content, all);
  let hollow = all.get(shape);
  if (hollow === undefined) {
    hollow = findHollow(content, path, shape, ground);
    all.set(shape, hollow);
  }
  return hollow;
}

function findHollow(
  { schema }: Content,
  path: readonly string[],
  shape: Shape,
  { operations: { schemas } }: Ground,
): Schema | null {
  if (schema === null || schema.problem !== null) return null;
  const view = viewOf(schemas.document);
  // What a dynamic reference leads to depends on what it is looked at from.
  for (const part of view.below(shape.schema.pointer)) if (part.schema.$dynamicRef !== undefined) return null;
  const value = hollowAt([schema.pointer], path);
  return value === null ? null : schemas.inline(value, schema.pointer, schema.direction);

  function hollowAt(ats: readonly At[], [step, ...others]: readonly string[]): JsonObject | null {
    const parts = view.certain(...ats);
    const isPlain = ({ schema: one }: Part): boolean =>
      Object.keys(one).every(
        (name) =>
          plainKeywords.has(name) ||
          name.startsWith('x-') ||
          (name === 'additionalProperties' && typeof one[name] === 'boolean') ||
          (name === 'uniqueItems' && one[name] === false),
      );
    if (parts.length === 0 || !parts.every(isPlain)) return null;
    if (step === undefined) return { allOf: parts.map(({ schema: one }) => without(one, [])) };
    const inner = view.member(parts, step);
    const below = hollowAt(
      inner.map(({ to }) => to),
      others,
    );
    if (below === null) return null;
    const members = [...view.members(parts)];
    if (members.some(([, edges]) => view.isHidden(shape.schema.direction, ...edges.map(({ to }) => to)))) return null;
    const all = parts.map((part) => {
      const properties = view
        .under([part], 'properties')
        .map(({ step: name, pointer }): [string, Json] => [String(name), name === step ? true : referred(pointer)]);
      return without(part.schema, properties);
    });
    return { allOf: [...all, { properties: { [step]: below } }] };
  }
}

/** What a part says by itself: what it refers to are parts of their own. */
function without(schema: JsonObject, properties: readonly (readonly [string, Json])[]): JsonObject {
  const { $ref: _ref, allOf: _all, items: _items, properties: _members, ...left } = schema;
  const members: JsonObject = {};
  for (const [name, member] of properties) setMember(members, name, member);
  return isObject(schema.properties) ? { ...left, properties: members } : left;
}
