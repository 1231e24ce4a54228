import type { Schema } from '../../../schema/index.js';
import { viewOf } from '../../../schema/view.js';
import { shapeOf, wireType } from '../../parameter/shape.js';
import type { Content } from '../../types.js';

type Described = Pick<Content, 'schema' | 'sequence'>;

const known = new WeakMap<Described, Schema | null>();

/**
 * The schema that every item has to keep: `itemSchema`, or the `items` of the list that the whole is. A schema that no list
 * fits is about an item, as documents before 3.2 had it. null where nothing is said, or more than one schema says it.
 */
export function itemSchemaOf(content: Described): Schema | null {
  const earlier = known.get(content);
  if (earlier !== undefined) return earlier;
  const found = find(content);
  known.set(content, found);
  return found;
}

function find({ sequence, schema }: Described): Schema | null {
  if (sequence === undefined || sequence.item !== null || schema === null) return sequence?.item ?? null;
  const { schemas } = sequence;
  if ((shapeOf(schema, schemas.document).types & wireType.array) === 0) return schema;
  const view = viewOf(schemas.document);
  const held = view.certain(schema.pointer);
  const [only, ...others] = view.item(held, Number.MAX_SAFE_INTEGER);
  return only === undefined || others.length > 0 ? null : schemas.at(only.pointer, schema.direction);
}

/** The members that an item is described to have; none where nothing is said of them. */
export function itemNamesOf(content: Described): readonly string[] {
  const item = itemSchemaOf(content);
  return item === null || content.sequence === undefined ? [] : shapeOf(item, content.sequence.schemas.document).names;
}
