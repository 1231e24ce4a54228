import type { Random } from '../fake/index.js';
import { memberPointers, type Resource } from '../resource/index.js';
import type { Schema } from '../schema/index.js';
import { type Part, viewOf } from '../schema/view.js';
import { isObject, type Json } from '../text/value.js';
import type { Ground } from './ground.js';
import { referred } from './key-schemas.js';
import { sentShapeOf } from './shape.js';

/** A member of which requests say more than rows do. */
interface Sendable {
  readonly name: string;
  /** What only requests say of it. */
  readonly more: readonly Part[];
  /**
   * An object with that member alone, as it may be sent and shown; null where none can be both. Made when it is needed, since to compile
   * it is what costs.
   */
  schema(): Schema | null;
}

const known = new WeakMap<Resource, readonly Sendable[]>();

/** Members of one resource that are looked at: each takes a schema of its own. */
const mostMembers = 20;

/**
 * A row that a form can send back as it is: a text or a number of which only what is sent says what it may be (`pattern`, `minimum`)
 * is one that may be sent.
 * @param isValid whether a row with a change is
 */
export function withSendable(
  row: Json,
  resource: Resource,
  ground: Ground,
  random: Random,
  isValid: (row: Json) => boolean,
): Json {
  const members = known.get(resource) ?? sendableIn(resource, ground);
  known.set(resource, members);
  let whole = row;
  for (const { name, more, schema } of members) {
    const value = isObject(whole) ? whole[name] : undefined;
    if (!isObject(whole) || (typeof value !== 'string' && typeof value !== 'number')) continue;
    if (more.every((part) => surelyAllows(part, value))) continue;
    const both = schema();
    if (both === null || both.accepts({ [name]: value })) continue;
    const made = ground.faker.generate(both, { seed: random.integer(0, 2 ** 31 - 1), salt: name });
    const other = made.ok && isObject(made.value) ? made.value[name] : undefined;
    const changed = typeof other === typeof value ? { ...whole, [name]: other as Json } : whole;
    if (changed !== whole && isValid(changed)) whole = changed;
  }
  return whole;
}

const sending = new Set(['create', 'upsert', 'replace', 'merge']);

function sendableIn(resource: Resource, ground: Ground): Sendable[] {
  const { operations } = ground;
  const { schemas } = operations;
  const view = viewOf(schemas.document);
  // What says which thing it is, or names others, is what these are.
  const naming = new Set([resource.key, ...resource.scope, ...resource.references].map((one) => one?.member?.[0]));
  const found = new Map<string, Sendable>();
  for (const role of resource.roles) {
    const sent = role.kind !== 'list' && 'body' in role && sending.has(role.kind) ? sentShapeOf(role, ground) : null;
    if (sent === null) continue;
    for (const [name, edges] of view.members(view.certain(sent.schema.pointer))) {
      if (found.has(name) || naming.has(name) || found.size >= mostMembers) continue;
      const own = memberPointers(operations, resource.schema, [name]);
      const asSent = edges.map(({ pointer }) => pointer).filter((pointer) => !own.includes(pointer));
      const parts = view.certain(...own);
      const shown = new Set(parts.map(({ pointer }) => pointer));
      const more = view.certain(...asSent).filter((part) => !shown.has(part.pointer));
      if (own.length === 0 || parts.some(shows) || !more.some(bounds)) continue;
      const member = { allOf: [...own, ...asSent].map(referred) };
      const object = { type: 'object', required: [name], properties: { [name]: member } };
      let schema: Schema | null | undefined;
      const both = (): Schema | null => {
        if (schema !== undefined) return schema;
        const made = schemas.inline(object, resource.schema, 'response');
        schema = ground.faker.contradiction(made) === null ? made : null;
        return schema;
      };
      found.set(name, { name, more, schema: both });
    }
  }
  return [...found.values()];
}

/** Whether an author shows what a member is like, or says all that it may be. */
const shows = ({ schema }: Part): boolean =>
  ['example', 'examples', 'enum', 'const'].some((keyword) => schema[keyword] !== undefined);

const bounding =
  'pattern format enum const minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf'.split(
    ' ',
  );

/** Whether what one part says of a value holds, as far as that is seen without compiling it: lengths, bounds and lists. */
function surelyAllows({ schema }: Part, value: string | number): boolean {
  return bounding.every((keyword) => {
    const bound = schema[keyword];
    if (bound === undefined) return true;
    if (keyword === 'enum') return Array.isArray(bound) && bound.includes(value);
    if (typeof bound !== 'number') return false;
    if (keyword === 'minLength') return typeof value !== 'string' || value.length >= 2 * bound;
    if (keyword === 'maxLength') return typeof value !== 'string' || value.length <= bound;
    if (keyword === 'minimum') return typeof value !== 'number' || value >= bound;
    return keyword === 'maximum' && (typeof value !== 'number' || value <= bound);
  });
}

const bounds = ({ schema }: Part): boolean => bounding.some((keyword) => schema[keyword] !== undefined);
