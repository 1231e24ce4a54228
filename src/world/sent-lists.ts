import type { Resource } from '../resource/index.js';
import { scalarText } from '../text/integers.js';
import { child, valueAt } from '../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { unended } from './coherence/age.js';
import { following } from './coherence/coherent.js';
import { placedAt } from './coherence/numberings.js';
import type { Ground } from './ground.js';
import { asNamed } from './lines.js';
import { overlaid } from './overlay.js';
import { type Shape, shapeBelow } from './shape.js';
import { emptyOf } from './write/empty.js';

/** Inside of so many objects and lists is looked for such lists. */
const deepest = 6;
/** Of so many items of one list what they lack is made. */
const mostCompleted = 100;
/** How often an item is made anew that would be called as another one is. */
const maximumDraws = 4;

/** What tells the things of a list apart that have no path of their own. */
const keyNames = ['id', '_id', 'uuid', 'key'];

const known = new WeakMap<Resource, Map<string, Shape | null>>();

export interface Completing {
  readonly resource: Resource;
  readonly ground: Ground;
  readonly seed: number;
  /** The thing that a line names, as it is now. */
  named?(resource: Resource, key: string): Json | undefined;
  /** The row as it is, where there is one: what it has of a thing stays. */
  readonly row: Json | undefined;
  /** Where the answer to it describes the row, which may show more of it than lists do. */
  readonly shown?: { readonly schema: string; readonly path: readonly string[] };
}

/** What was sent of a row, with what the things in its lists lack (`{ "product": 7 }` without an id), so that the row can have them. */
export function withWholeItems(sent: Json, completing: Completing, path: readonly string[] = []): Json {
  if (path.length >= deepest) return sent;
  if (Array.isArray(sent)) return sent.some(isObject) ? wholeItems(sent, completing, path) : sent;
  if (!isObject(sent)) return sent;
  let whole: JsonObject = sent;
  for (const [name, value] of Object.entries(sent)) {
    if (typeof value !== 'object' || value === null) continue;
    const changed = withWholeItems(value, completing, [...path, name]);
    if (changed !== value) whole = { ...whole, [name]: changed };
  }
  return whole;
}

function wholeItems(list: readonly Json[], completing: Completing, path: readonly string[]): Json {
  const { resource, row } = completing;
  const isOfKeys = resource.embedded.some(
    ({ member, isOfKeys, inside }) => member.join('.') === path.join('.') && (isOfKeys || inside.length > 0),
  );
  const shape = isOfKeys ? null : shapeOfItems(completing, path);
  if (shape === null || shape.schema.problem !== null) return list as Json;
  const { schema } = shape;
  const held = valueAt(row, path);
  const before = Array.isArray(held) ? held : [];
  const taken = new Set(list.flatMap(keyIn));
  return list.map((given, index) => {
    if (!isObject(given) || index >= mostCompleted) return given;
    const item = withWholeItems(given, completing, [...path, String(index)]);
    if (schema.accepts(item)) return item;
    const [key] = keyIn(item);
    const own = key === undefined ? undefined : before.find((one) => keyIn(one)[0] === key);
    const source = own ?? namedBy(item, made(shape, completing, `${path.join('.')} ${index}`, taken), path, completing);
    const plain = source === undefined ? item : overlaid(source, item, schema);
    const isKept = (one: Json): boolean =>
      schema.accepts(one) && Object.keys(item as JsonObject).every((name) => child(one, name) === child(plain, name));
    const followed = source === undefined ? plain : following(source, plain, isKept);
    const isNew = own === undefined && isObject(followed) && isObject(item);
    const whole = isNew ? placedAt(followed, item, index, isKept) : followed;
    for (const one of keyIn(whole)) taken.add(one);
    return whole;
  });
}

/** What a new line lacks, as far as the thing that it names says it. */
function namedBy(item: Json, made: Json | undefined, path: readonly string[], { resource, named }: Completing) {
  const line = path.length === 1 ? resource.lines.find(({ member }) => member === path[0]) : undefined;
  const key = line && child(item, line.key);
  const isKey = typeof key === 'string' || typeof key === 'number';
  const other = line !== undefined && isKey ? named?.(line.resource, scalarText(key)) : undefined;
  return line === undefined || other === undefined || !isObject(made) ? made : asNamed(made, line, other);
}

/** An item that is called as no other one is, if one can be made. */
function made({ schema }: Shape, { ground, resource, seed }: Completing, salt: string, taken: ReadonlySet<Json>) {
  for (let draw = 0; draw < maximumDraws; draw++) {
    const options = { seed, salt: `${resource.name} ${salt} ${draw}`, optionals: 'none', row: taken.size + 1 } as const;
    const item = ground.faker.generate(schema, options);
    if (!item.ok) return undefined;
    const [key] = keyIn(item.value);
    if (key === undefined || !taken.has(key) || draw === maximumDraws - 1)
      return uncounted(
        unended(
          item.value,
          true,
          () => true,
          (one) => schema.accepts(one),
        ),
        (one) => schema.accepts(one),
      );
  }
  return undefined;
}

/** A new item of whose numbers those are nothing that count what has not happened yet. */
function uncounted(item: Json, isValid: (item: Json) => boolean): Json {
  if (!isObject(item)) return item;
  let whole: JsonObject = item;
  for (const [name, value] of Object.entries(item)) {
    const [none] = typeof value === 'number' ? emptyOf(name, value) : [];
    const changed = none === undefined ? whole : { ...whole, [name]: none };
    if (isValid(changed)) whole = changed;
  }
  return whole;
}

function keyIn(item: Json): Json[] {
  if (!isObject(item)) return [];
  const name = keyNames.find((one) => Object.hasOwn(item, one));
  return name === undefined ? [] : [item[name] as Json];
}

function shapeOfItems({ resource, ground, shown }: Completing, path: readonly string[]): Shape | null {
  const shapes = known.get(resource) ?? new Map<string, Shape | null>();
  known.set(resource, shapes);
  // All items of a list are alike.
  const steps = path.map((name) => (/^\d+$/.test(name) ? 0 : name));
  const place = [shown?.schema, ...steps].join('\n');
  const shape = shapes.get(place);
  if (shape !== undefined) return shape;
  const below = (schema: string, at: readonly string[]) => shapeBelow(schema, [...at, ...steps, 0], 'response', ground);
  const found = below(resource.schema, []) ?? (shown === undefined ? null : below(shown.schema, shown.path));
  shapes.set(place, found);
  return found;
}
