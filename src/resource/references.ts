import { addAll } from '../text/many.js';
import type { Work } from '../text/slices.js';
import { wordsOf } from '../text/words.js';
import { isAddress, isCount, isLikeKey, isOfType } from './looks-like-key.js';
import { commonKeys, doneBy, kinWords, people, peopleNouns, peopleWords } from './relation-words.js';
import type { Shape } from './shape.js';
import { saysNoMore } from './site.js';
import type { Reference, Relation, Resource } from './types.js';
import { afterNoun, fold, Index, shortFormsOf, singularsOf } from './words.js';

/** A resource that members may name a thing of, with what its things are called and how they look. */
export interface Referable {
  readonly resource: Resource;
  readonly noun: string;
  readonly row: Shape;
}

/** In bodies so many objects are looked into, one in the other. */
const deepestMember = 3;
/** References that are found in one body. */
const mostReferences = 500;

/** So many members of a row are looked at for what they name: in a row of more, each says a measure, and each costs a moment. */
const mostNames = 1000;

/** The resources of a document, by what their things are called and by their schemas. */
export class References {
  readonly #byNoun = new Index<string, Referable>();
  readonly #byShortForm = new Index<string, Referable>();
  readonly #byCore = new Index<Shape, Referable>();
  /** By the member that is the key, where the path calls it the same. */
  #byKey: Index<string, Referable> | null = null;
  readonly #all: Referable[] = [];
  /** What was found in each schema inside of bodies: in itself, and so many levels down. Many ways lead to one. */
  #inside = new Map<Shape, Reference[][]>();
  /** What names things of each resource, once that was asked for. */
  #naming: Index<Resource, readonly [Referable, Reference]> | null = null;

  get all(): readonly Referable[] {
    return this.#all;
  }

  add(referable: Referable): void {
    this.#naming = null;
    this.#byKey = null;
    this.#inside = new Map();
    for (const noun of singularsOf(fold(referable.noun))) this.#byNoun.add(noun, referable);
    for (const noun of shortFormsOf(referable.noun)) this.#byShortForm.add(noun, referable);
    this.#byCore.add(referable.row.core, referable);
    this.#all.push(referable);
  }

  /** What names things of a resource, each by one member alone. */
  naming(resource: Resource): readonly (readonly [Referable, Reference])[] {
    this.#naming ??= this.#namingOfEach();
    return this.#naming.get(resource);
  }

  #namingOfEach(): Index<Resource, readonly [Referable, Reference]> {
    const naming = new Index<Resource, readonly [Referable, Reference]>();
    for (const referable of this.#all) {
      const byResource = new Index<Resource, Reference>();
      for (const one of referable.resource.references) byResource.add(one.resource, one);
      for (const resource of new Set(referable.resource.references.map((one) => one.resource))) {
        const [only, ...others] = byResource.get(resource);
        // By its key, and as the thing of that key: `CategoryCode` and `Category.Code`.
        const isSame = (other: Reference) => fold(other.member.join('')) === fold(only?.member.join('') ?? '');
        if (only !== undefined && others.every(isSame) && !only.isList) naming.add(resource, [referable, only]);
      }
    }
    return naming;
  }

  /** Those whose things are called so, in singular or plural; also where the last words of the name alone are. */
  called(words: readonly string[]): readonly Referable[] {
    for (let from = 0; from < words.length; from++) {
      for (const noun of singularsOf(words.slice(from).join(''))) {
        const found = this.#byNoun.get(noun).filter(({ resource }) => resource.key !== null);
        if (found.length > 0) return found;
      }
    }
    return this.#byShortForm.get(words.join('')).filter(({ resource }) => resource.key !== null);
  }

  /** `{ownerId}` names one of `owners`, wherever these are. */
  byParameter(name: string): Resource | undefined {
    const words = wordsOf(name);
    const last = words.at(-1) ?? '';
    const isKeyWord = /^(?:id|uuid|guid|key|slug|name|code)$/.test(last);
    const found = [...this.called(words), ...(isKeyWord ? this.called(words.slice(0, -1)) : [])];
    return nearest(found.filter(({ noun, resource }) => resource.item !== null && afterNoun(name, noun) !== null));
  }

  /**
   * The members of a row that name a thing of a resource: by name (`authorId`, `tagIds`, `created_by_user_id`), or as an
   * object of its schema (`author.id`).
   * @param key the member that is the row's own key
   * @param own what the row is one of: `parentId` names another one
   */
  of(row: Shape, key: readonly string[], own?: Referable): Reference[] {
    const found: Reference[] = [];
    for (const [name, shape] of [...row.members].slice(0, mostNames)) {
      if (key.length === 1 && key[0] === name) continue;
      const { item } = shape;
      const value = item ?? shape;
      if (value.isScalar) {
        const resource = this.#named(name, value, own);
        if (resource && (item || !isCount(name, value)))
          found.push({ member: [name], resource, isList: item !== undefined });
      } else if (item === undefined) {
        const expanded = this.#expanded(value);
        const resource = expanded ?? this.#shown(name, value);
        if (expanded) found.push({ member: [name], resource: expanded, isList: false });
        else if (resource?.key) found.push({ member: [name, ...resource.key.member], resource, isList: false });
        else if (name === 'relationships') addAll(found, this.#linkedIn(value));
      }
    }
    return found;
  }

  /** The things of others that a row shows as such: in lists, and in the `relationships` of JSON:API. */
  relationsOf(row: Shape): Relation[] {
    return [...row.members].slice(0, mostNames).flatMap(([name, shape]): Relation[] => {
      if (name === 'relationships') return [...this.#linkages(shape)];
      const { item } = shape;
      if (item === undefined) return [];
      const member = this.#memberOf(name, item);
      if (member) return [{ name, member: [name], isList: true, inside: ['value'], resource: member }];
      const resource = item.isScalar ? this.#named(name, item) : this.#shown(name, item);
      if (!resource?.key) return [];
      return [{ name, member: [name], isList: true, inside: item.isScalar ? [] : resource.key.member, resource }];
    });
  }

  /** What a list of SCIM names some of (RFC 7643, 4.2): each by its `value`, the members of a group users. */
  #memberOf(name: string, { members }: Shape): Resource | undefined {
    if (!members.get('value')?.isScalar || !(members.has('display') || members.has('$ref'))) return undefined;
    const people = this.#users([fold(name)]);
    const called = people.length > 0 ? people : this.called(wordsOf(name));
    return nearest(called.filter(({ resource }) => resource.key?.member.join('.') === 'id'));
  }

  /** Resource linkage (JSON:API 1.1, 7.6): of one thing, or of a list. */
  *#linkages(relationships: Shape): Generator<Relation> {
    for (const [name, holder] of relationships.members) {
      const data = holder.members.get('data');
      const linked = data?.item ?? data;
      const resource = linked && this.#linked(name, linked);
      if (resource === undefined) continue;
      const isList = data?.item !== undefined;
      yield { name, member: ['relationships', name, 'data'], isList, inside: ['id'], resource };
    }
  }

  /** What a resource identifier names one of: what its type, or else its relation, is called. */
  #linked(relation: string, linked: Shape): Resource | undefined {
    const type = linked.members.get('type');
    const only = [type?.keyword('const') ?? type?.keyword('enum') ?? relation].flat();
    const resource = only.length === 1 ? nearest(this.called(wordsOf(String(only[0])))) : undefined;
    const isNamed = linked.members.get('id')?.isScalar && resource?.key?.member.join('.') === 'id';
    return isNamed ? resource : undefined;
  }

  /** What a row of JSON:API names: `relationships.author.data.id` is one of what its type, or else its relation, is called. */
  *#linkedIn(relationships: Shape): Generator<Reference> {
    for (const [relation, holder] of relationships.members) {
      const data = holder.members.get('data');
      const resource = data && data.item === undefined ? this.#linked(relation, data) : undefined;
      if (resource) yield { member: ['relationships', relation, 'data', 'id'], resource, isList: false };
    }
  }

  /** The same of a body that is sent, inside of its objects and lists of objects too: `lines.productId`. */
  *sentIn(body: Shape, key: readonly string[], own?: Referable): Work<Reference[]> {
    return yield* this.#below(body, this.of(body, key, own), deepestMember);
  }

  /** @param levels so many objects are looked into, one in the other */
  *#insideOf(shape: Shape, levels: number): Work<Reference[]> {
    yield null;
    const known = this.#inside.get(shape) ?? [];
    this.#inside.set(shape, known);
    known[0] ??= this.of(shape, []);
    known[levels] ??= yield* this.#below(shape, known[0], levels);
    return known[levels];
  }

  *#below(body: Shape, direct: readonly Reference[], levels: number): Work<Reference[]> {
    const found = [...direct];
    const named = new Set(direct.map(({ member }) => member[0]));
    for (const [name, shape] of levels > 0 ? body.members : []) {
      const value = shape.item ?? shape;
      if (named.has(name)) continue;
      if (value.isScalar) {
        const resource = this.#addressed(name, value);
        if (resource) found.push({ member: [name], resource, isList: shape.item !== undefined });
        continue;
      }
      for (const { member, ...reference } of yield* this.#insideOf(value.core, levels - 1)) {
        if (found.length >= mostReferences) return found;
        found.push({ ...reference, member: [name, ...member] });
      }
    }
    return found;
  }

  /** `authorId` names one of `authors`; so does `author` where it looks like the key of one. */
  #named(name: string, value: Shape, own?: Referable): Resource | undefined {
    const words = wordsOf(name);
    const last = words.at(-1) ?? '';
    if (/^(?:ids?|uuids?|guids?)$/.test(last)) {
      const things = this.called(words.slice(0, -1));
      const others = things.length > 0 ? [] : this.#related(words.slice(0, -1), own);
      return nearest([...things, ...others.filter((each) => isOfType(value, each))]);
    }
    const folded = /^(.{3,})(?:ids?|uuids?|guids?)$/.exec(last)?.[1];
    const byId = folded === undefined ? [] : this.called([...words.slice(0, -1), folded]);
    if (byId.length > 0) return nearest(byId);
    // `repo_name` names one of `repos` whose key is `name`.
    const byKey = this.called(words.slice(0, -1)).filter(
      ({ resource }) => fold(resource.key?.member.at(-1) ?? '') === last,
    );
    if (byKey.length > 0) return nearest(byKey);
    const called = this.called(words);
    const keyed = called.filter(({ resource }) => resource.key?.parameter === name);
    if (keyed.length > 0) return nearest(keyed.filter((each) => isOfType(value, each)));
    const others = called.length > 0 ? called : this.#related(words, own);
    return nearest(others.filter((each) => isLikeKey(value, each))) ?? this.#keyedBy(name, value, own);
  }

  /** `sku` names the one kind of things that have it for a key, where that word is no word for keys of all kinds. */
  #keyedBy(name: string, value: Shape, own?: Referable): Resource | undefined {
    const keyed = commonKeys.test(fold(name)) ? [] : this.#keyed().get(name);
    // What stands below others by the key of a thing is not where that is at home.
    const homes = keyed.filter(({ resource }) => resource.scope.length === 0);
    const [only, ...others] = homes.length > 0 ? homes : keyed;
    const isOther = only !== undefined && others.length === 0 && only.resource !== own?.resource;
    return isOther && value.keyword('enum') === undefined && isOfType(value, only) ? only.resource : undefined;
  }

  #keyed(): Index<string, Referable> {
    if (this.#byKey !== null) return this.#byKey;
    const keyed = new Index<string, Referable>();
    for (const referable of this.#all) {
      const { key, item } = referable.resource;
      const [name, ...inner] = key?.member ?? [];
      if (item !== null && name !== undefined && inner.length === 0 && key?.parameter === name)
        keyed.add(name, referable);
    }
    this.#byKey = keyed;
    return keyed;
  }

  /** What words name that say how things are related: one of the same kind (`parent`), or a user (`owner`). */
  #related(words: readonly string[], own?: Referable): readonly Referable[] {
    const name = words.join(' ');
    // Whoever works somewhere works for one of the same.
    const isOfKin = kinWords.test(name) || (/^(?:manager|supervisor)$/.test(name) && peopleNouns.test(own?.noun ?? ''));
    return own && isOfKin ? [own] : this.#users(words);
  }

  /** Users, or what people are called else, where words say what somebody is to something. */
  #users(words: readonly string[]): readonly Referable[] {
    if (!peopleWords.test(words.at(-1) ?? '') && !doneBy.test(words.join(' '))) return [];
    return people.map((noun) => this.called([noun])).find((found) => found.length > 0) ?? [];
  }

  /** An address that is called like a thing which says its own address. */
  #addressed(name: string, value: Shape): Resource | undefined {
    if (!isAddress(value)) return undefined;
    const called = this.called(wordsOf(name));
    return nearest(called.filter(({ row }) => [...row.members.values()].some((member) => isAddress(member))));
  }

  /** What is shown by its key, or whole: `anyOf` a text and the schema of a resource. */
  #expanded(value: Shape): Resource | undefined {
    if (!value.is('string') && !value.is('integer')) return undefined;
    const branches = value.bases.flatMap((base) => base.branches).flatMap(({ bases }) => bases);
    const same = branches.flatMap((base) => this.#byCore.get(base.core));
    return nearest(same.filter((each) => each.resource.key !== null && isOfType(value, each)));
  }

  /** An object of the schema of a resource, or one that is called like it and says its key with little or nothing besides. */
  #shown(name: string, value: Shape): Resource | undefined {
    const same = [value, ...value.bases].flatMap((base) => this.#byCore.get(base.core));
    const keyed = same.filter(({ resource }) => resource.key !== null && value.at(resource.key.member)?.isScalar);
    const called = keyed.filter(({ noun }) => afterNoun(name, noun) === '');
    if (keyed.length > 0) return nearest(called.length > 0 ? called : keyed);
    const alike = this.called(wordsOf(name)).filter(
      ({ resource, row }) =>
        value.at(resource.key?.member ?? []) !== undefined && (value.likeness(row) >= 0.75 || saysNoMore(value, row)),
    );
    return nearest(alike.filter(({ resource }) => resource.key && value.at(resource.key.member)?.isScalar));
  }
}

/** Of several the one that stands under the fewest others. */
export function nearest(candidates: readonly Referable[]): Resource | undefined {
  return candidates.toSorted((a, b) => a.resource.scope.length - b.resource.scope.length)[0]?.resource;
}
