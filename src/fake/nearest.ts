import type { Schema, Schemas } from '../schema/index.js';
import { type Edge, type Part, viewOf } from '../schema/view.js';
import { Memo } from '../text/memo.js';
import type { Json } from '../text/value.js';
import type { Faker } from './create-faker.js';

/** Schemas below which nothing more is made. */
const maximumDepth = 4;
/** Members and items that are made one by one, all together. */
const maximumParts = 100;
/** Of the search for a value of one of them. */
const maximumSteps = 2000;

/** What was found, by seed: it takes a search for each part. */
const known = new WeakMap<Faker, WeakMap<Schema, Memo<Json>>>();
const rememberedSeeds = 8;

/**
 * A value that comes near to a schema that nothing was found for: what can be made of its parts, taking the first of its
 * branches, and what contradicts itself by its type alone.
 */
export function nearestValue(schema: Schema, seed: number, tools: Tools): Json {
  const bySchema = known.get(tools.faker) ?? new WeakMap<Schema, Memo<Json>>();
  known.set(tools.faker, bySchema);
  const bySeed = bySchema.get(schema) ?? new Memo(rememberedSeeds);
  bySchema.set(schema, bySeed);
  const value = bySeed.get(String(seed)) ?? searched(schema, seed, tools);
  bySeed.set(String(seed), value);
  return value;
}

interface Tools {
  readonly schemas: Schemas;
  readonly faker: Faker;
}

function searched(schema: Schema, seed: number, { schemas, faker }: Tools): Json {
  const view = viewOf(schemas.document);
  let parts = 0;

  function made(one: Schema, depth: number): Json {
    parts += 1;
    if (depth > 0) {
      const drawn = faker.generate(one, { seed, salt: one.pointer, steps: maximumSteps });
      if (drawn.ok) return drawn.value;
    }
    const together = partsOf(one);
    const said = <Name extends string>(name: Name) => together.find(({ schema: each }) => name in each)?.schema[name];
    const listed = said('enum');
    const fixed =
      said('const') ?? (Array.isArray(listed) ? listed[0] : undefined) ?? said('example') ?? said('default');
    if (fixed !== undefined) return fixed;
    const type = [said('type')].flat()[0];
    const members = view.under(together, 'properties');
    if (type === 'object' || (type === undefined && members.length > 0)) return membersOf(members, depth);
    if (type === 'array') return itemsOf(view.under(together, 'items'), depth);
    if (type === 'string') return textOf(together);
    return Object.hasOwn(plainest, String(type)) ? (plainest[String(type)] as Json) : {};
  }

  /** One that keeps the pattern, or else the format. */
  function textOf(together: readonly Part[]): string {
    for (const keyword of ['pattern', 'format']) {
      const part = together.find(({ schema: each }) => keyword in each);
      if (part === undefined) continue;
      const text = { type: 'string', [keyword]: part.schema[keyword] as Json };
      const drawn = faker.generate(schemas.inline(text, part.pointer, schema.direction), { seed, steps: maximumSteps });
      if (drawn.ok) return String(drawn.value);
    }
    return '';
  }

  function membersOf(members: readonly Edge[], depth: number): Json {
    const value: Record<string, Json> = {};
    for (const { step, pointer } of members) {
      if (depth >= maximumDepth || parts >= maximumParts || Object.hasOwn(value, String(step))) continue;
      const member = schemas.at(pointer, schema.direction);
      if (member.value !== false) value[String(step)] = made(member, depth + 1);
    }
    return value;
  }

  function itemsOf([item]: readonly Edge[], depth: number): Json {
    if (item === undefined || depth >= maximumDepth) return [];
    return [made(schemas.at(item.pointer, schema.direction), depth + 1)];
  }

  function partsOf(one: Schema): readonly Part[] {
    const certain = view.certain(one.pointer);
    const branches = ['oneOf', 'anyOf'].flatMap((keyword) =>
      view.under(certain, keyword).filter(({ step }) => step === 0),
    );
    return [...certain, ...view.certain(...branches.map(({ to }) => to))];
  }

  return made(schema, 0);
}

const plainest: Readonly<Record<string, Json>> = { number: 0, integer: 0, boolean: false, null: null };
