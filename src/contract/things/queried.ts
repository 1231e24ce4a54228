import type { Operation } from '../../operation/index.js';
import { afterNoun, isSameName, type Resource, type Resources } from '../../resource/index.js';
import type { Json, JsonObject } from '../../text/value.js';

type Values = Readonly<Record<string, Json>>;

/** A query parameter without which nothing can be asked, and that names a thing of a resource: `GET /records?vehicle_id=7`. */
export interface Queried {
  readonly parameter: string;
  readonly resource: Resource;
}

/** What says itself, or was told, what stands in the query for it. */
interface Told {
  readonly key: Json;
  readonly row: JsonObject | null;
  readonly under: Values;
}

const known = new WeakMap<Operation, readonly Queried[]>();

/** What the query of an operation has to name. */
export function queriedBy(resources: Resources, operation: Operation): readonly Queried[] {
  const before = known.get(operation);
  if (before !== undefined) return before;
  const own = resources.roleOf(operation.id)?.resource;
  const isCalled = resources.named(operation).some(({ naming }) => naming !== undefined);
  const found = operation.parameters.flatMap(({ in: place, name, required }): Queried[] => {
    if (place !== 'query' || !required || isCalled || resources.named(operation).some((one) => one.parameter === name))
      return [];
    const reference = own?.references.find(({ member, isList }) => isNamedSo(member, name) && !isList);
    const resource = reference?.resource ?? calledBy(resources, name);
    return resource === null || resource === own ? [] : [{ parameter: name, resource }];
  });
  known.set(operation, found);
  return found;
}

/** What it names for a thing: as it was told of, or says itself; else anything that is known. */
export function queriedFor(
  queried: readonly Queried[],
  thing: Told | undefined,
  knownOf: (resource: Resource) => readonly Pick<Told, 'key'>[],
): Values {
  return Object.fromEntries(
    queried.flatMap(({ parameter, resource }): [string, Json][] => {
      const member = Object.keys(thing?.row ?? {}).find((name) => isSameName(name, parameter));
      const said = thing?.under[parameter] ?? (member === undefined ? undefined : thing?.row?.[member]);
      const value = said ?? knownOf(resource).find(({ key }) => key !== null)?.key;
      return value === undefined || value === null || typeof value === 'object' ? [] : [[parameter, value]];
    }),
  );
}

/** The resource whose things a parameter names, as it is called: `vehicle_id` one of `/vehicles`. */
export function calledBy({ all }: Resources, name: string): Resource | null {
  const found = all.filter(({ key, item, scope, name: noun }) => {
    const rest = key === null || item === null || scope.length > 0 ? null : afterNoun(name, noun);
    return rest !== null && (/^(?:id|uuid|key)$/.test(rest) || rest === key?.member.at(-1)?.toLowerCase());
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}

const isNamedSo = ([first, ...inner]: readonly string[], name: string): boolean =>
  first !== undefined && inner.length === 0 && isSameName(first, name);
