import type { OperationEntry } from '../../operation/index.js';
import { nameOfKey, type Resource } from '../../resource/index.js';
import { doubleOf, scalarText } from '../../text/integers.js';
import { isObject, type Json, setMember } from '../../text/value.js';
import { adoptedBy, noAttempts } from './attempts.js';
import type { Thing } from './harvest.js';
import type { Things } from './things.js';
import { inTurn, turnOf } from './turns.js';

type Values = Readonly<Record<string, Json>>;

/** Where in a body something stands: names of members, and places in lists. */
export type BodyPath = readonly (string | number)[];

/**
 * A body in which members that name a thing of another resource name one that exists, as far as one is known. What names
 * such a thing already stays.
 *
 * @param path what the path of the operation names
 * @param isOpen whether what stands there may be another value
 * @param ordinal how many bodies have named the same things before, where several members name some
 */
export function referring(
  things: Things,
  entry: OperationEntry,
  path: Values,
  body: Json,
  isOpen: (value: Json, place: BodyPath) => boolean,
  ordinal = 0,
): Json {
  let found = body;
  const role = things.resources.roleOf(entry.id);
  const attempts = role?.kind === 'create' ? things.attemptsOf(role.resource) : noAttempts();
  const sent = things.resources.sent(entry);
  for (const [at, { member, resource }] of sent.entries()) {
    const own = turnOf(attempts, member);
    // What there is one of for two things needs another one of them each time.
    const turns = (own ?? 0) + (at > 0 && at === sent.length - 1 ? ordinal : 0);
    const all = referable(things, resource, path);
    const known = own === null && turns === 0 ? all : inTurn(attempts, member, all);
    if (known.length === 0) continue;
    const isKnown = (value: Json) => known.some((thing) => nameLike(thing, value) === value);
    found = replaced(found, member, [], (value, place) => {
      const index = place.findLast((step) => typeof step === 'number') ?? 0;
      const thing = known[(index + turns) % known.length];
      return thing && (own !== null || turns > 0 || !isKnown(value)) && isOpen(value, place)
        ? (nameLike(thing, value) ?? value)
        : value;
    });
  }
  return namingOwn(things, entry, path, adopting(things, entry, found, isOpen), isOpen);
}

/** A body whose members say what the target has asked for when one was made. */
function adopting(
  things: Things,
  entry: OperationEntry,
  body: Json,
  isOpen: (value: Json, place: BodyPath) => boolean,
): Json {
  const role = things.resources.roleOf(entry.id);
  if (role === undefined || role.kind === 'list' || !role.body) return body;
  const within = role.body.path;
  return Object.entries(adoptedBy(things, entry)).reduce(
    (found, [name, value]) =>
      replaced(found, [...within, name], [], (before, place) => (isOpen(before, place) ? value : before)),
    body,
  );
}

/** Where the body of a change says which thing it is of, it says the same as the path. */
function namingOwn(
  things: Things,
  entry: OperationEntry,
  path: Values,
  body: Json,
  isOpen: (value: Json, place: BodyPath) => boolean,
): Json {
  const place = ownKeyIn(things, entry);
  const role = things.resources.roleOf(entry.id);
  if (!place || !role || role.kind === 'list' || role.kind === 'create') return body;
  const { resource, keyParameter } = role;
  const known = things.valuesFor(entry, path)?.things.at(-1);
  // What the user names need not be anything that is known.
  const said = keyParameter === null ? undefined : path[keyParameter];
  const named = said === undefined ? undefined : { resource, key: said, row: null, scope: path };
  const own = known?.resource === resource ? known : named;
  if (own === undefined) return body;
  return replaced(body, place, [], (value, at) => (isOpen(value, at) ? (nameLike(own, value) ?? value) : value));
}

/** Where the body of a change has the key of the thing that its path names; null where there is none. */
export function ownKeyIn(things: Things, entry: OperationEntry): readonly string[] | null {
  const role = things.resources.roleOf(entry.id);
  const isChange = role !== undefined && role.kind !== 'list' && role.kind !== 'create' && role.keyParameter !== null;
  const member = role?.resource.key?.member ?? [];
  return isChange && role.body && member.length > 0 ? [...role.body.path, ...member] : null;
}

/** What a body may name: things under the same ancestors as its path, as far as both have them. */
export function referable(things: Things, resource: Resource, path: Values): readonly Thing[] {
  const known = things.known(resource, sharedScope(resource, path));
  return known.filter((thing) => thing.key !== null && !things.isReserved(thing));
}

/** What of a path is an ancestor of a resource too. */
export function sharedScope({ scope }: Resource, path: Values): Values {
  return Object.fromEntries(
    scope.flatMap(({ parameter }) => {
      const value = path[parameter];
      return value === undefined ? [] : [[parameter, value] as const];
    }),
  );
}

/** Members in which things say their own address. */
const addresses = ['url', 'self', 'href', 'uri', '@id'];

/** How a body names a thing, of the kind of what stood there: by its key, or by its address. */
function nameLike(
  { key, row, resource, scope }: Pick<Thing, 'key' | 'row' | 'resource' | 'scope'>,
  value: Json,
): Json | undefined {
  if (typeof value === 'number') return Number.isNaN(Number(key)) || key === '' ? undefined : doubleOf(scalarText(key));
  if (typeof value !== 'string') return undefined;
  const above = resource.scope.map(({ parameter }) => scalarText(scope[parameter] ?? ''));
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return scalarText(nameOfKey(resource, above, key));
  return addresses.map((name) => row?.[name]).find((address) => typeof address === 'string');
}

/** A copy with other values at a path of members, where a list means each of its items. */
function replaced(
  value: Json,
  path: readonly string[],
  place: BodyPath,
  other: (value: Json, place: BodyPath) => Json,
): Json {
  if (Array.isArray(value)) return value.map((item, index) => replaced(item, path, [...place, index], other));
  const [step, ...inner] = path;
  if (step === undefined) return other(value, place);
  const own = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  if (!isObject(value) || own === undefined) return value;
  const copy = { ...value };
  setMember(copy, step, replaced(own, inner, [...place, step], other));
  return copy;
}
