import { mix, Random } from '../fake/index.js';
import { keyOf, nameOfKey, type Resource, setAt, withKeyOf } from '../resource/index.js';
import { doubleOf, scalarText } from '../text/integers.js';
import { isObject, type Json } from '../text/value.js';
import { type ShownAbove, shownAbove } from './above.js';
import { addressed } from './address.js';
import { calledBy } from './called.js';
import { titledBy } from './coherence/naming.js';
import { exampleRows, isExemplified } from './example-rows.js';
import { collectionName, type Ground, isKeyedByList, type Scope } from './ground.js';
import { type Keys, keyMakerOf, keysOf } from './keys.js';
import { differsOutside, fewestMade, filled, type MakingOptions, madeRow, varied, wholeRows } from './made-row.js';
import type { MadeRows } from './made-rows.js';
import { withOwnKey } from './own-key.js';
import { withReferences } from './references.js';
import { isRow } from './shape.js';
import { underScope } from './under-scope.js';
import { isLarge, usualRows } from './weight.js';

/** Keys that are tried for a row that is created. */
const maximumAttempts = 20;

export interface CollectionOptions {
  readonly resource: Resource;
  readonly scope: Scope;
  readonly seed: number;
  readonly ground: Ground;
  /** What is remembered of all collections. */
  readonly rows: MadeRows;
  other(resource: Resource, scope: Scope): BaseCollection;
  readonly isEmpty: boolean;
}

/** The rows of one resource under the same things. */
export class BaseCollection {
  readonly name: string;
  readonly #resource: Resource;
  readonly #scope: Scope;
  readonly #seed: number;
  readonly #ground: Ground;
  readonly #rows: MadeRows;
  readonly #other: (resource: Resource, scope: Scope) => BaseCollection;
  /** Whether it makes those rows alone that are asked for by a key. */
  readonly #isEmpty: boolean;
  readonly #hasKeys: boolean;
  #above: ShownAbove | null | undefined;
  #own: readonly Json[] | undefined;
  #keys: Keys | undefined;

  constructor({ resource, scope, seed, ground, rows, other, isEmpty }: CollectionOptions) {
    this.name = collectionName(resource, scope);
    this.#hasKeys = resource.key !== null || isKeyedByList(resource); // as a member, or in their list
    this.#resource = resource;
    this.#scope = scope;
    this.#seed = seed;
    this.#ground = ground;
    this.#rows = rows;
    this.#other = other;
    this.#isEmpty = isEmpty;
  }

  /** How many rows there are. Fewer than are asked for where there are not so many keys. */
  get size(): number {
    if (this.#resource.isSingleton) return 1;
    if (this.#isEmpty) return 0;
    if (this.#hasKeys) return this.allKeys().values.length;
    return Math.max(this.#count(), this.#ownRows().length);
  }

  /** How many rows are asked for: as many as what they stand under shows of them, where it does. */
  #count(): number {
    const { count, isCounted } = this.#ground.rowsOf(this.#resource);
    const above = isCounted ? null : this.#shownAbove();
    return above?.rows.length ?? count ?? usualRows(this.#resource, this.#ground);
  }

  /** The row at an index; undefined where nothing fits its schema. */
  row(index: number): Json | undefined {
    if (this.#isEmpty) return undefined;
    return this.#remembered(`row ${index}`, () => this.#withReferences(this.rawAt(index), index));
  }

  /** The key of the row at an index. */
  keyAt(index: number): string {
    return this.#hasKeys ? scalarText(this.allKeys().values[index]) : `#${index}`;
  }

  /** The index of the row with a key, or undefined. */
  indexOf(key: string): number | undefined {
    if (this.#resource.isSingleton) return 0;
    if (this.#isEmpty) return undefined;
    if (this.#hasKeys) return this.allKeys().indices.get(key);
    const index = /^#\d+$/.test(key) ? Number(key.slice(1)) : this.size;
    return index < this.size ? index : undefined;
  }

  /** The row that is made for a key which none of the others has; undefined where it cannot have this one. */
  made(key: string): Json | undefined {
    return this.#remembered(`made ${key}`, () => {
      // What says nothing of its key is shown as the author shows it.
      const raw = (this.#resource.key === null && this.#ownRows()[0]) || this.#generated(`made ${key}`);
      const own = keyMakerOf(this.#resource, this.#ground).read(key);
      const row = raw && (this.#placed(raw, own) ?? calledBy(raw, key, this.#isValid));
      return this.#withReferences(row, -1);
    });
  }

  /** A key that no row has, for the row that is created next. */
  nextKey(count: number, isTaken: (key: string) => boolean): Json | undefined {
    for (let attempt = 0; attempt < maximumAttempts; attempt++) {
      const index = this.size + count + attempt;
      let isPossible = false;
      for (const key of keyMakerOf(this.#resource, this.#ground).candidates(index, this.#seed, this.name)) {
        isPossible = true;
        if (this.indexOf(scalarText(key)) === undefined && !isTaken(scalarText(key))) return key;
      }
      // What no key fits now, none will fit later.
      if (!isPossible) return undefined;
    }
    return undefined;
  }

  /** For where there are no other keys: that of a row which was deleted, or else one whose place the next row takes. */
  usedKey(count: number, isGone: (key: string) => boolean): Json | undefined {
    if (!this.#hasKeys) return undefined;
    const values = this.#isEmpty ? [] : this.allKeys().values;
    return values.find((key) => isGone(scalarText(key))) ?? values[count % values.length];
  }

  #remembered(what: string, make: () => Json | undefined): Json | undefined {
    return this.#rows.of(`${this.#seed} ${this.name} ${what}`, make);
  }

  #whole(name: string, options: MakingOptions): Json | undefined {
    const make = () => madeRow(this.#resource, this.#ground, options);
    return this.#rows.of(`${this.#seed} ${name}`, make, () => isLarge(this.#resource, this.#ground));
  }

  /** The row at an index, each one by itself, without what it says of other rows: that would lead around in circles. */
  rawAt(index: number): Json | undefined {
    return this.#remembered(`raw ${index}`, () => {
      const { key } = this.#resource;
      const own = this.#ownRows()[index];
      const row = own === undefined ? this.#generated(index) : this.#completed(own, index);
      if (row === undefined) return undefined;
      if (key === null) return this.scoped(this.#hasKeys && isObject(row) ? { ...row } : row);
      const value = this.allKeys().values[index] as Json;
      // What somebody has written stays as it is, and the first one shows what the author shows.
      if (own !== undefined) return this.#keyed(row, value);
      const isOurs = (name: string): boolean => index > 0 || !isExemplified(this.#resource, name, this.#ground);
      return this.#placed(titledBy(row, key.member, value, this.#isValid, isOurs), value);
    });
  }

  /** A made row under a key, with links to itself that lead to it. */
  #placed(row: Json, key: Json): Json | undefined {
    const keyed = this.#keyed(row, key);
    return keyed && this.addressed(keyed, key);
  }

  /**
   * The row with a key, whose links lead to where they say.
   * @param isOurs whether a member of it may be changed
   */
  addressed(row: Json, key: Json, isOurs: (name: string) => boolean = () => true): Json {
    const isValid = this.#isValid;
    return addressed(row, { resource: this.#resource, scope: this.#scope, ground: this.#ground, isOurs, isValid }, key);
  }

  #keyed(row: Json, key: Json): Json | undefined {
    const { key: named } = this.#resource;
    let keyed = this.withKey(row, key);
    if (named !== null && named.stem === undefined && !this.#isValid(keyed)) {
      // An example may write a number where the schema wants a text, or the other way round.
      const other = typeof key === 'number' ? scalarText(key) : doubleOf(String(key));
      const read = setAt(row, named.member, other);
      if (scalarText(other) === scalarText(key) && this.#isValid(read)) keyed = read;
      else if (this.#isValid(row)) return undefined;
    }
    return this.scoped(keyed);
  }

  /** A row that says where it stands. */
  scoped(row: Json): Json {
    return underScope(row, this.#resource, this.#scope, this.#isValid);
  }

  #isValid = (row: Json): boolean => isRow(row, this.#resource, this.#ground);

  #generated(salt: string | number): Json | undefined {
    if (typeof salt === 'string') return this.#whole(`${this.name} whole ${salt}`, this.#options(salt));
    const shown = this.#shownAbove()?.rows[salt];
    return shown === undefined ? this.#likeFirst(salt) : this.#likeShown(shown, salt);
  }

  /** A row of which some is shown where it stands: with what a whole one has besides. */
  #likeShown(shown: Json, index: number): Json | undefined {
    if (this.#shownAbove()?.isWhole && this.#isValid(shown)) return shown;
    return this.#filled(shown, this.#besides(index), index);
  }

  #filled(own: Json, made: Json | undefined, index: number): Json | undefined {
    return filled(own, made, this.#resource, this.#ground, mix(mix(this.#seed, this.name), `shown ${index}`));
  }

  /** The row under which these stand, where it shows them. */
  #shownAbove(): ShownAbove | null {
    this.#above ??= shownAbove(this.#resource, this.#scope, this.#other, this.#ground);
    return this.#above;
  }

  /** Whether somebody has written the row at an index. */
  isWritten = (index: number): boolean => index >= 0 && index < this.#ownRows().length;

  /** Whole, or where rows are large, a variation of one that is. */
  #likeFirst(index: number): Json | undefined {
    const whole = (place: number) => this.#whole(`${this.name} whole ${place}`, this.#options(place));
    const count = wholeRows(whole(0));
    const source = whole(index % count);
    if (source === undefined || index < count) return source;
    const like = varied(source, this.#resource, this.#ground, this.#options(index));
    // What has neither a key nor a surface would be the same thing again.
    return this.#hasKeys || differsOutside(like, source) ? like : whole(index);
  }

  #options(salt: string | number): MakingOptions {
    // What the author shows is shown by the first row, and by what stands in no list; others differ from it.
    const isListed = this.#resource.roles.some(({ kind }) => kind === 'list');
    const row = typeof salt === 'number' ? salt : isListed ? 1 : 0;
    return { seed: this.#seed, salt: `${this.name} ${salt}`, row };
  }

  /**
   * What a row has besides what is shown of it: a variation of rows that are made for all collections of the resource. A list
   * shows some of the collection below each of its rows, which are too many to make each whole.
   */
  #besides(index: number): Json | undefined {
    const place = index % fewestMade;
    const salt = `${this.#resource.name} besides ${place}`;
    const source = this.#whole(salt, { ...this.#options(place), salt });
    return source && varied(source, this.#resource, this.#ground, this.#options(index));
  }

  /** A row that somebody has written, with what it lacks. */
  #completed(own: Json, index: number): Json | undefined {
    return this.#isValid(own) ? own : this.#filled(own, this.#likeFirst(index), index);
  }

  /** The rows of the fixtures, and those of the document's whole examples. */
  #ownRows(): readonly Json[] {
    if (this.#own === undefined) {
      const own = [...this.#ground.rowsOf(this.#resource).data, ...exampleRows(this.#resource, this.#ground)];
      const above = own.length === 0 ? this.#shownAbove() : null;
      this.#own = above?.isWritten ? above.rows : own;
    }
    return this.#own;
  }

  protected allKeys(): Keys {
    if (this.#keys === undefined) {
      const maker = keyMakerOf(this.#resource, this.#ground);
      const of = (index: number) => maker.candidates(index, this.#seed, this.name);
      this.#keys = keysOf(this.#resource, this.#ownRows(), this.#count(), of);
      this.#own = this.#keys.rows;
      this.#rows.noted();
    }
    return this.#keys;
  }

  /** Members that name a row of another resource name one that exists. */
  #withReferences(row: Json | undefined, index: number): Json | undefined {
    if (row === undefined || this.isWritten(index)) return row;
    const random = (member: string) => new Random(mix(mix(this.#seed, this.name), `${index} ${member}`));
    const owning = withOwnKey(row, this.#resource);
    const named = withReferences(owning === row || this.#isValid(owning) ? owning : row, {
      ...{ resource: this.#resource, scope: this.#scope, ground: this.#ground },
      index,
      random,
      rowsOf: this.#other,
      isValid: this.#isValid,
    });
    const key = named === row ? undefined : keyOf(this.#resource, named);
    return key === undefined ? named : this.addressed(named, key);
  }

  /** The key of the row at an index: a number where rows have numbers. */
  keyValueAt(index: number): Json {
    return this.allKeys().values[index] as Json;
  }

  /** The same, as the row has it. */
  nameAt(index: number): Json {
    return nameOfKey(this.#resource, this.#scope, this.keyValueAt(index));
  }

  /** A row with a key, as far as rows have one. */
  withKey(row: Json, key: Json): Json {
    return withKeyOf(this.#resource, this.#scope, row, key);
  }
}
