import { type Reference, type Resource, type Resources, type Role, readAt } from '../resource/index.js';
import { fits } from '../schema/index.js';
import { scalarText } from '../text/integers.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import type { BaseWorld, Now } from './base.js';
import type { Ground } from './ground.js';
import { shownAs } from './references.js';
import type { Related } from './related.js';
import type { KnownScope } from './scopes.js';
import { rowSchemaOf } from './shape.js';

/** Whoever sends the requests, as far as the document lets somebody ask who that is: by `/users/me`, or by `/user`. */
export class Asker {
  readonly #ground: Ground;
  readonly #base: BaseWorld;
  readonly #related: Related;
  #found: Resource | null | undefined;
  #foundPaths: readonly string[] | undefined;

  constructor(ground: Ground, base: BaseWorld, related: Related) {
    this.#ground = ground;
    this.#base = base;
    this.#related = related;
  }

  /** By which somebody asks who that is. */
  get #paths(): readonly string[] {
    const { besides, all } = this.#ground.resources;
    this.#foundPaths ??= [
      ...besides.flatMap(({ as, role }) => (as === 'self' ? role.path : [])),
      ...all.flatMap((one) => (isAsker(one) ? (one.item ?? []) : [])),
    ];
    return this.#foundPaths;
  }

  get #own(): Resource | null {
    // Also that there is none is found out once.
    if (this.#found === undefined) this.#found = ownOf(this.#ground.resources) ?? null;
    return this.#found;
  }

  /** A new row that says whose it is: of the one that asks, where neither the path nor anybody has said otherwise. */
  making({ resource, scope }: Pick<Role, 'resource' | 'scope'>, row: Json, sent: JsonObject, now: Now): Json {
    if (resource.references.length === 0 || this.#own === null || resource === this.#own) return row;
    const schema = rowSchemaOf(resource, this.#ground);
    return resource.references.filter(isOfMaker).reduce((whole, { member, resource: to }) => {
      const [first = ''] = member;
      const isSaid =
        Object.keys(sent).some((name) => makerOf(name) === makerOf(first)) ||
        scope.some((above) => above.member?.[0] === first);
      const found = readAt(whole, member);
      if (isSaid || (typeof found !== 'string' && typeof found !== 'number')) return whole;
      const key = this.keyAmong(to, now);
      if (key === undefined || typeof key !== typeof found || key === found) return whole;
      const changed = shownAs(whole, member, key, this.#shown(to, key, now));
      return fits(schema, changed) ? changed : whole;
    }, row);
  }

  /**
   * What rows are nested under that a request makes, or lists below the path of who asks (`/user/repos`): where it does not say
   * whose they are, those of the one that asks.
   */
  placed(
    { kind, path, resource }: Pick<Role, 'path' | 'resource'> & { readonly kind: string },
    known: KnownScope,
    now: Now,
  ) {
    // Nearly every path says it all.
    const own = known.includes(undefined) ? this.#own : null;
    if (own === null || resource === own) return known;
    const isBelow = kind === 'list' && this.#paths.some((each) => path.startsWith(`${each}/`));
    if (kind !== 'create' && !isBelow) return known;
    const asks = this.#asks(own, now);
    return known.map((value, index) => {
      const [first = '', name, ...inner] = resource.scope[index]?.member ?? [];
      if (value !== undefined || name === undefined || inner.length > 0 || !makers.test(makerOf(first))) return value;
      const said = readAt(asks ?? null, [name]);
      return typeof said === 'string' || typeof said === 'number' ? scalarText(said) : undefined;
    });
  }

  /** What is known of the one that asks, as one of some things. */
  #shown(resource: Resource, key: Json, now: Now): Json {
    const there = this.#related.rowAt(resource, [], scalarText(key), now)?.value ?? null;
    const own = this.#own?.isSingleton ? this.#asks(this.#own, now) : undefined;
    return isObject(there) && isObject(own) ? { ...there, ...own } : there;
  }

  /** The key by which others name the one that asks; undefined where it is none of these things, or nobody can tell. */
  keyAmong(resource: Resource, now: Now): Json | undefined {
    const own = this.#own;
    if (own === null || resource.key === null || resource.scope.length > 0) return undefined;
    // An id says of which kind it is, and a name that somebody has is one everywhere.
    if (own !== resource && !own.isSingleton && !ownNames.test(phraseOf(resource.key.member.at(-1) ?? '')))
      return undefined;
    return readAt(this.#asks(own, now) ?? null, resource.key.member);
  }

  /**
   * The same as a text, by the place of the one that asks alone where all of these things are whoever may ask: to make its whole row
   * takes as long as the answer.
   */
  nameAmong(resource: Resource, now: Now): string | undefined {
    const byPlace =
      resource === this.#own && !resource.isSingleton && resource.key !== null && resource.scope.length === 0;
    const base = byPlace ? this.#base.now(resource, [], now) : null;
    const isUntouched =
      base !== null && base.size > 0 && now.state.collection(base.name)?.row(base.keyAt(0)) === undefined;
    const key = isUntouched ? base.nameAt(0) : this.keyAmong(resource, now);
    return typeof key === 'string' || typeof key === 'number' ? scalarText(key) : undefined;
  }

  /** The one that asks, as it is now. */
  #asks(own: Resource, now: Now): Json | undefined {
    if (own.isSingleton) return this.#related.rowAt(own, [], '', now)?.value;
    const base = this.#base.now(own, [], now);
    return base.size === 0 ? undefined : this.#related.rowAt(own, [], base.keyAt(0), now)?.value;
  }
}

/** The things of which one is the one that asks, or what is that one alone. */
function ownOf({ besides, all }: Resources): Resource | undefined {
  const self = besides.find(({ as, role }) => as === 'self' && !role.resource.isSingleton);
  return self?.role.resource ?? all.find(isAsker);
}

const isAsker = ({ isSingleton, scope, name }: Resource): boolean =>
  isSingleton && scope.length === 0 && askerNames.test(phraseOf(name.split('.').at(-1) ?? ''));

/** What somebody is called by wherever. */
const ownNames = /^(?:login|user ?name|handle|nick ?name|e ?mail|screen name)$/;

const askerNames = /^(?:(?:current |my )?(?:user|account|profile|member)|me|self|myself|whoami|viewer)$/;

/** Whether things are named by what they are to a row that they have made, and not to others. */
const isOfMaker = ({ member: [first = ''], isList, resource }: Reference): boolean =>
  !isList && !resource.isSingleton && makers.test(makerOf(first));

const makers =
  /^(?:author|creator|owner|sender|user|poster|reporter|requester|requestor|uploader|submitter|commenter|inviter|(?:created|posted|reported|requested|uploaded|submitted|added|sent|opened|invited|written|owned)(?: by)?(?: user)?)$/;

/** What a member is called, without what says that it is a key: `author` of `author_id`. */
const makerOf = (name: string): string => phraseOf(name).replace(/ (?:id|uuid|key|slug|name|username|login)$/, '');
