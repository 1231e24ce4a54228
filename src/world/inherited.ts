import { type Resource, readAt, setAt } from '../resource/index.js';
import { scalarText } from '../text/integers.js';
import { addAll } from '../text/many.js';
import { child } from '../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { declaresMember } from './example-rows.js';
import type { Ground } from './ground.js';
import { isRow } from './shape.js';
import { withThingsNamed } from './things-named.js';

/** A member by which rows name a thing, and what they have of it. */
class Link {
  readonly member: readonly string[];
  readonly resource: Resource;
  readonly shared: readonly string[];
  readonly #own: Resource;
  #leadsBack: boolean | undefined;

  constructor(member: readonly string[], resource: Resource, own: Resource) {
    this.member = member;
    this.resource = resource;
    this.shared = sharedBy(own, resource);
    this.#own = own;
  }

  /**
   * Whether the thing names in turn what names it: then neither says first where it belongs. Found out when it counts, since what all
   * things name has to be known for it.
   */
  get leadsBack(): boolean {
    this.#leadsBack ??= reaches(this.resource, this.#own);
    return this.#leadsBack;
  }
}

const known = new WeakMap<Resource, readonly Link[]>();

const currencies = ['currency', 'currency_code', 'currencyCode'];

/**
 * A row that says of where it belongs what the thing says that it names: a card is on the board that its column is on, and a payment
 * in the currency of its account.
 * @param named the thing of a resource that a key names, if it is known
 * @param isFree whether a member may be other than it is: nobody has said what it is
 */
export function inherited(
  row: Json,
  resource: Resource,
  {
    named,
    says,
    isFree,
    isValid,
    isWritten = false,
  }: {
    named(resource: Resource, key: string): Json | undefined;
    /** Whether such things say something by a member: only then one of them is made. */
    says(resource: Resource, name: string): boolean;
    isFree(name: string): boolean;
    isValid(row: Json): boolean;
    /** Whether it is written now: then what it answers, or is below, of its own kind says where it belongs as well. */
    readonly isWritten?: boolean;
  },
): Json {
  let whole = row;
  const settled = new Set<string>();
  for (const link of linksOf(resource)) {
    const key = readAt(whole, link.member);
    const open = link.shared.filter(
      (name) => readAt(whole, [name]) !== undefined && isFree(name) && !settled.has(name) && says(link.resource, name),
    );
    if ((typeof key !== 'string' && typeof key !== 'number') || open.length === 0) continue;
    if (link.leadsBack && !(isWritten && link.resource === resource)) continue;
    const other = named(link.resource, scalarText(key));
    for (const name of isObject(other) ? open : []) {
      const [held, said] = [readAt(whole, [name]), readAt(other as Json, [name])];
      if (said === undefined || typeof said !== typeof held) continue;
      settled.add(name);
      const changed = said === held ? whole : setAt(whole, [name], said);
      if (changed !== whole && isValid(changed)) whole = changed;
    }
  }
  return whole;
}

/** The same of rows that are written: with what was sent as it is. */
export function inheriting(
  resource: Resource,
  ground: Ground,
  named: (resource: Resource, key: string) => Json | undefined,
): (row: Json, sent: JsonObject) => Json {
  const isValid = (one: Json): boolean => isRow(one, resource, ground);
  return (row, sent) => {
    const says = (to: Resource, name: string): boolean => declaresMember(to, name, ground);
    const whole = inherited(row, resource, {
      named,
      says,
      isFree: (name) => !Object.hasOwn(sent, name),
      isValid,
      isWritten: true,
    });
    return withThingsNamed(whole, sent, { resource, named, isValid });
  };
}

/** Whether rows have anything of what they name by a member that has changed. */
export const hasMoved = (resource: Resource, before: Json, row: Json): boolean =>
  [...resource.relations, ...resource.references].some(
    ({ member: [name = ''] }) => child(before, name) !== child(row, name),
  ) || linksOf(resource).some((link) => readAt(before, link.member) !== readAt(row, link.member) && !link.leadsBack);

function linksOf(resource: Resource): readonly Link[] {
  let links = known.get(resource);
  if (links === undefined) {
    links = resource.references
      .filter((one) => !one.isList && one.resource.scope.length === 0)
      .map(({ member, resource: to }) => new Link(member, to, resource));
    known.set(resource, links);
  }
  return links;
}

/** The members of rows that say what the things say as well which they name. */
function sharedBy(own: Resource, other: Resource): readonly string[] {
  const alike = own.references.flatMap(({ member: [name = '', ...inner], resource, isList }) => {
    // To which of its own kind it belongs is no place where both are.
    if (isList || inner.length > 0 || resource === own) return [];
    const isSaid = other.references.some((one) => one.resource === resource && one.member.join('.') === name);
    return isSaid ? [name] : [];
  });
  return [...alike, ...currencies];
}

/** Whether a thing names one of some others, by whichever way: then neither says first where it belongs. */
function reaches(from: Resource, to: Resource): boolean {
  const seen = new Set<Resource>();
  const open = [from];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (one === to) return true;
    if (seen.has(one)) continue;
    seen.add(one);
    addAll(
      open,
      one.references.map(({ resource }) => resource),
    );
  }
  return false;
}
