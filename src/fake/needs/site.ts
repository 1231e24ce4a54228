import { childrenOf } from '../../schema/discriminator.js';
import type { JsonSchema, Schema, Schemas } from '../../schema/index.js';
import { isSchema } from '../../schema/keywords.js';
import { addressOf, type Place, type Resource } from '../../schema/place.js';
import { placesOf } from '../../schema/places.js';
import { pointerOf } from '../../text/pointer.js';
import type { Json } from '../../text/value.js';

/** The resources that were entered on the way to a schema, outermost first: what `$dynamicRef` looks through. */
export interface Scope {
  readonly resources: readonly Resource[];
  /** What was found out about schemas read in this scope, by schema object and question. */
  readonly memo: WeakMap<object, Record<string, unknown>>;
}

/** A schema, where it stands, and the dynamic scope that it is read in. */
export interface Site {
  readonly value: JsonSchema;
  readonly place: Place;
  readonly scope: Scope;
}

export interface Child {
  readonly to: Site;
  readonly tags: readonly string[];
}

const nobody: ReadonlyMap<JsonSchema, Child> = new Map();

/** Finds schemas: by reference, and inside one another. One for each document. */
export interface Sites {
  of(schema: Schema): Site;
  inside(site: Site, steps: readonly (string | number)[], value: JsonSchema): Site;
  /** The schema that a keyword of this one holds, if it does. */
  one(site: Site, keyword: string): Site | null;
  /** Those of a keyword that holds a list. */
  all(site: Site, keyword: string): Site[];
  /** One of these, without looking at the others: a list of thousands is asked for each of its items. */
  nth(site: Site, keyword: string, index: number): Site | null;
  /** The schemas that extend this one, which has a discriminator, each with the tags that name it. */
  children(site: Site): ReadonlyMap<JsonSchema, Child>;
  /** Where `$ref` and `$dynamicRef` lead; `to` is null where that is nowhere. */
  references(site: Site): { readonly keyword: string; readonly reference: string; readonly to: Site | null }[];
}

export function createSites(schemas: Schemas): Sites {
  const places = placesOf(schemas.document);
  const roots = new WeakMap<Schema, Site>();
  const scopes = new Map<Resource, Scope[]>();
  const targets = new Map<Resource, Map<string, Place | null>>();

  function scopeOf(resources: readonly [Resource, ...Resource[]]): Scope {
    const known = kept(scopes, resources[0], () => []);
    let scope = known.find((one) => sameList(one.resources, resources));
    if (!scope) {
      scope = { resources, memo: new WeakMap() };
      known.push(scope);
    }
    return scope;
  }

  function enter(scope: Scope, place: Place): Scope {
    const [outermost, ...inner] = scope.resources as [Resource, ...Resource[]];
    return scope.resources.includes(place.resource) ? scope : scopeOf([outermost, ...inner, place.resource]);
  }

  function siteAt(place: Place | null, scope: Scope): Site | null {
    return place && isSchema(place.value) ? { value: place.value, place, scope: enter(scope, place) } : null;
  }

  function resolve(reference: string, { resource, path }: Place): Place | null {
    if (reference === '#') return places.resolve(reference, resource, path) ?? null;
    const known = kept(targets, resource, () => new Map<string, Place | null>());
    return kept(known, reference, () => places.resolve(reference, resource) ?? null);
  }

  function inside(site: Site, steps: readonly (string | number)[], value: JsonSchema): Site {
    const place = places.inside(site.place, steps, value as Json);
    return { value: place.value as JsonSchema, place, scope: enter(site.scope, place) };
  }

  /** What a reference names; `$dynamicRef` depends on the scope (JSON Schema Core, 8.2.3.2). */
  function follow(site: Site, keyword: '$ref' | '$dynamicRef', reference: string): Site | null {
    const first = resolve(reference, site.place);
    if (keyword === '$ref') return siteAt(first && places.passOn(site.place, first), site.scope);
    const anchor = reference.slice(reference.indexOf('#') + 1);
    const isDynamic = first !== null && first.resource.dynamicAnchors.get(anchor)?.path === first.path;
    const outermost = isDynamic ? site.scope.resources.find((resource) => resource.dynamicAnchors.has(anchor)) : null;
    return siteAt(outermost?.dynamicAnchors.get(anchor) ?? first, site.scope);
  }

  return {
    of: (schema) =>
      kept(roots, schema, () => {
        const standing = places.at(schema.pointer);
        const place = standing?.value === schema.value ? standing : places.inline(schema.value, schema.pointer);
        return { value: schema.value, place, scope: scopeOf([place.resource]) };
      }),
    inside,
    one(site, keyword) {
      const held = keywordOf(site, keyword);
      return isSchema(held) ? inside(site, [keyword], held) : null;
    },
    all(site, keyword) {
      const held = keywordOf(site, keyword);
      const list = Array.isArray(held) ? held : [];
      return list.flatMap((schema, index) => (isSchema(schema) ? [inside(site, [keyword, index], schema)] : []));
    },
    nth(site, keyword, index) {
      const held = keywordOf(site, keyword);
      const schema = Array.isArray(held) ? held[index] : undefined;
      return isSchema(schema) ? inside(site, [keyword, index], schema) : null;
    },
    children(site) {
      const { value, place, scope } = site;
      if (place.tree.name !== '' || typeof value === 'boolean') return nobody;
      return remember(site, 'children', () => {
        const found = childrenOf(schemas.document.root, value, place.path).flatMap(({ pointer, tags }) => {
          const to = siteAt(places.at(pointer) ?? null, scope);
          return to ? [[to.value, { to, tags }] as const] : [];
        });
        return new Map(found);
      });
    },
    references: (site) =>
      (['$ref', '$dynamicRef'] as const).flatMap((keyword) => {
        const reference = keywordOf(site, keyword);
        return typeof reference === 'string' ? [{ keyword, reference, to: follow(site, keyword, reference) }] : [];
      }),
  };
}

function keywordOf({ value }: Site, keyword: string): Json | undefined {
  return typeof value === 'boolean' ? undefined : value[keyword];
}

/** The pointer that a message gives for a schema, or for something in it. */
export function pointerTo(site: Site, ...steps: readonly (string | number)[]): string {
  return addressOf(site.place) + pointerOf(...steps);
}

/** Another schema read as if it stood where this one stands: what this one amounts to. */
export function insteadOf(site: Site, value: JsonSchema): Site {
  return { ...site, value };
}

/** Computes what does not depend on a seed once for each schema. */
export function remember<T>({ scope, value }: Site, question: string, compute: () => T): T {
  if (typeof value === 'boolean') return compute();
  const answers = kept(scope.memo, value, (): Record<string, unknown> => ({}));
  answers[question] ??= compute();
  return answers[question] as T;
}

/** What is known under a key, made when it is first asked for. */
export function kept<K, V>(
  known: { get(key: K): V | undefined; set(key: K, value: V): unknown },
  key: K,
  make: () => V,
): V {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}

function sameList<T>(left: readonly T[], right: readonly T[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}
