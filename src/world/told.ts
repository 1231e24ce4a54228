import { afterNoun, isSameName, type Resource, readAt, setAt } from '../resource/index.js';
import { fits } from '../schema/index.js';
import { viewOf } from '../schema/view.js';
import { scalarText } from '../text/integers.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import type { BaseWorld, Now } from './base.js';
import type { Counts } from './counts.js';
import { collectionName, type Ground, type Scope, scopeFor } from './ground.js';
import { type Row, rowOf } from './row.js';
import { rowSchemaOf } from './shape.js';
import { isTold, nounIn } from './told-names.js';
import { isCostly } from './weight.js';
import { maySend } from './write/fresh.js';
import { haveNames, isCalled } from './write/names.js';

/** Another thing that a row names. */
interface Other {
  /** Where the row says its key; null: the path does. */
  readonly key: readonly string[] | null;
  /** Of what is nested under it. */
  readonly index: number;
  readonly resource: Resource;
  /** What it is called in the names of the members that say something of it. */
  readonly noun: string;
  /** What that thing counts. */
  readonly counted: readonly string[];
}

const known = new WeakMap<Resource, readonly Other[]>();

/**
 * What a row says of the things that it names is what these say of themselves: `department_name` beside `department_id`, and `blog_id`
 * of a post where the path calls its blog by a slug.
 */
export class Told {
  readonly #ground: Ground;
  readonly #base: BaseWorld;
  readonly #counts: Counts;

  constructor(ground: Ground, base: BaseWorld, counts: Counts) {
    this.#ground = ground;
    this.#base = base;
    this.#counts = counts;
  }

  /** How rows of a resource are shown under some things; null: as they are. */
  of(resource: Resource, scope: Scope, now: Now): ((row: Row) => Row) | null {
    const others = known.get(resource) ?? this.#othersOf(resource);
    known.set(resource, others);
    if (others.length === 0) return null;
    const own = rowSchemaOf(resource, this.#ground);
    return (row) => {
      if (!isObject(row.value)) return row;
      let whole: Json = row.value;
      for (const other of others) {
        for (const [member, told] of this.#toldOf(other, whole, resource, scope, now)) {
          const changed = setAt(whole, member, told);
          if (fits(own, changed)) whole = changed;
        }
      }
      if (whole === row.value) return row;
      const shown = rowOf(whole);
      if (row.key !== undefined) shown.key ??= row.key;
      return shown;
    };
  }

  /** What another thing says of itself, where a row says something else of it. */
  #toldOf({ key, index, resource: to, noun, counted }: Other, row: Json, resource: Resource, scope: Scope, now: Now) {
    const said = key === null ? scope[index] : readAt(row, key);
    if (typeof said !== 'string' && typeof said !== 'number') return [];
    const names = toldIn(row, key, noun, resource, counted);
    const above = key === null ? scope.slice(index - to.scope.length, index) : scopeFor(to, resource, scope);
    const found = names.length === 0 || above === null ? undefined : this.#rowAt(to, above, scalarText(said), now);
    const isCounted = names.some(({ name }) => counted.includes(name));
    const show = isCounted && above !== null ? this.#counts.of(to, above, now) : null;
    const other = found === undefined || show === null ? found : show(rowOf(found)).value;
    if (!isObject(other)) return [];
    return names.flatMap(({ member, name }): (readonly [readonly string[], Json])[] => {
      const source = Object.keys(other).find((one) => isSameName(one, name)) ?? calledIn(other, name);
      const told = source === undefined ? undefined : other[source];
      const held = readAt(row, member);
      if (told === undefined || typeof told !== typeof held || told === held) return [];
      return this.#isSent(resource, member, now, scope) ? [] : [[member, told]];
    });
  }

  #othersOf({ references, scope, schema }: Resource): Other[] {
    const view = viewOf(this.#ground.operations.document);
    const names = [...view.members(view.possible(schema)).keys()];
    const all = [
      ...scope.flatMap(({ resource, parameter }, index): Omit<Other, 'counted'>[] => {
        const name = resource?.key?.member.at(-1);
        return resource === null || name === undefined || /^id$/i.test(name)
          ? []
          : [{ key: null, index, resource, noun: resource.name.split('.').at(-1) ?? parameter }];
      }),
      ...references.flatMap(({ member, resource, isList }): Omit<Other, 'counted'>[] =>
        isList || resource.key === null ? [] : [{ key: member, index: -1, resource, noun: nounIn(member) }],
      ),
    ];
    return all
      .filter(
        ({ key, noun }) =>
          noun === '' || names.some((name) => name !== key?.[0] && (isTold(name, noun) || isSameName(name, noun))),
      )
      .map((other) => ({ ...other, counted: countedBy(other.resource) }));
  }

  /** Whether something was written here, and clients say themselves what a member is. */
  #isSent(resource: Resource, [name = '']: readonly string[], now: Now, scope: Scope): boolean {
    if (now.state.collection(collectionName(resource, scope)) === undefined) return false;
    return resource.roles.some(
      (role) => role.kind !== 'list' && 'body' in role && role.body !== null && maySend(role, name, this.#ground),
    );
  }

  /** The other thing as it is now. What somebody has written is shown elsewhere as they show it there. */
  #rowAt(resource: Resource, scope: Scope, key: string, now: Now): Json | undefined {
    const base = this.#base.now(resource, scope, now);
    const kept = now.state.collection(base.name)?.row(key);
    if (kept !== undefined) return kept?.value;
    const index = base.indexOf(key);
    if (index !== undefined) return base.rawAt(index);
    // What has a slug for a key may be named by its id, where all can be made to look for it.
    if (!haveNames(resource, this.#ground) || isCostly(resource, this.#ground)) return undefined;
    for (let place = 0; place < base.size; place++) {
      const row = base.rawAt(place);
      if (row !== undefined && isCalled(row, key)) return row;
    }
    return undefined;
  }
}

/** What a thing is called that has no name of its own: the title of a book, the full name of somebody. */
function calledIn(other: JsonObject, name: string): string | undefined {
  const names = name === 'name' ? ['full name', 'display name', 'title'] : [];
  return names.flatMap((one) => Object.keys(other).find((member) => phraseOf(member) === one) ?? [])[0];
}

/** The members of a thing that count others, of those that stand in it as they are. */
function countedBy({ counts }: Resource): readonly string[] {
  return counts.flatMap(({ member: [name = '', ...inside] }) => (inside.length === 0 ? name : []));
}

/**
 * The members of a row that say something of another thing, each with what it says.
 * @param counted what the other thing counts: where it is shown as an object, that is its own
 */
function toldIn(
  row: Json,
  key: readonly string[] | null,
  noun: string,
  resource: Resource,
  counted: readonly string[],
): { member: readonly string[]; name: string }[] {
  const around = key === null ? [] : key.slice(0, -1);
  const holder = readAt(row, around);
  if (!isObject(holder)) return [];
  return Object.keys(holder).flatMap((own) => {
    if (own === key?.at(-1) || (around.length === 0 && own === resource.key?.member[0])) return [];
    const shown = holder[own];
    // `author` beside `author_id` shows that one.
    if (noun !== '' && isObject(shown) && isSameName(own, noun))
      return Object.keys(shown).map((name) => ({ member: [...around, own, name], name }));
    if (!isTold(own, noun) && !(around.length > 0 && counted.includes(own))) return [];
    return [{ member: [...around, own], name: noun === '' ? own : (afterNoun(own, noun) as string) }];
  });
}
