import { createFaker, type Faker } from '../fake/index.js';
import { breaking } from '../schema/breaking.js';
import { equalityKey } from '../schema/equality.js';
import type { Schema, Schemas } from '../schema/index.js';
import { assertionsAbout } from '../schema/keywords.js';
import { type ValueNode, walkValue } from '../schema/outlook.js';
import { listedValues, typesOf } from '../schema/view.js';
import { pointerOf } from '../text/pointer.js';
import { isObject, type Json, setMember } from '../text/value.js';
import { bounds, isWider, membersOf, openKeywords, plainValues, triggersOf } from './candidates.js';

/** A schema of one document. */
export interface Rule {
  readonly schemas: Schemas;
  readonly schema: Schema;
}

export interface SeparateOptions {
  readonly seed: number;
  /** Whether two schemas of the rules mean the same, `from` first. */
  isSame(from: Json, to: Json): boolean;
  /** What is known of places already, since the same schemas stand in many operations. */
  readonly memory: Memory;
}

/** By the schemas at a place: which values told the sides apart. */
export type Memory = Map<string, Json[]>;

/** Values from which others are varied: more are made of branches. */
const mostModels = 8;
/** How many values of one schema are judged. */
const mostTries = 800;
const mostBranches = 24;
const drawsOfPlace = 4;
/** So many of the values that told the sides apart at a place are tried where the same schemas stand elsewhere. */
const mostKnown = 12;
const mostSteps = 4000;

/**
 * Values that one schema allows and another does not, the plainest first; none where none was found.
 * @returns null where no value of the first could be made, so that nothing is known
 */
export function separatingValues(from: Rule, to: Rule, options: SeparateOptions): Iterable<Json> | null {
  if (from.schema.problem !== null || to.schema.problem !== null) return null;
  const search = new Search(from, to, options);
  return search.models.length === 0 ? null : search.values();
}

const fakers = new WeakMap<Schemas, Faker>();

export function fakerOf(schemas: Schemas): Faker {
  const faker = fakers.get(schemas) ?? createFaker(schemas);
  fakers.set(schemas, faker);
  return faker;
}

/** A place of a value, and what each side says of it. */
interface Place {
  readonly path: ValueNode['path'];
  readonly value: Json;
  readonly from: ValueNode[];
  readonly to: ValueNode[];
}

class Search {
  readonly models: Json[] = [];
  readonly #from: Rule;
  readonly #to: Rule;
  readonly #options: SeparateOptions;
  readonly #known = new Set<unknown>();
  readonly #branches = new Set<string>();
  #tries = 0;

  constructor(from: Rule, to: Rule, options: SeparateOptions) {
    this.#from = from;
    this.#to = to;
    this.#options = options;
    for (const [optionals, salt] of [
      ['all', ''],
      ['none', ''],
      ['some', 'other'],
      ['all', 'third'],
    ] as const) {
      const made = this.#draw(from.schema, optionals, salt);
      if (made !== undefined) this.#model(made);
    }
  }

  *values(): Generator<Json> {
    // 1. Values as they are made; those that both allow are the better ones to vary.
    for (const model of this.models) if (!this.#to.schema.accepts(model)) yield model;
    this.models.sort((a, b) => Number(this.#to.schema.accepts(b)) - Number(this.#to.schema.accepts(a)));
    // 2. One place of them varied at a time. Branches make more of them on the way.
    for (const model of this.models) {
      for (const place of this.#places(model)) {
        if (this.#isSamePlace(place)) continue;
        yield* this.#varied(model, place);
        if (this.#tries > mostTries) return;
      }
    }
  }

  *#varied(model: Json, place: Place): Generator<Json> {
    const key = `${this.#from.schema.direction} ${[...place.from, ...place.to].map(({ pointer }) => pointer).join(' ')}`;
    const known = this.#options.memory.get(key);
    const told: Json[] = [];
    const tried = new Set<unknown>([equalityKey(place.value)]);
    for (const candidate of known ?? this.#candidates(model, place)) {
      if (this.#tries > mostTries) return;
      const key = equalityKey(candidate);
      if (tried.has(key)) continue;
      tried.add(key);
      this.#tries += 1;
      const value = replaced(model, place.path, candidate);
      if (this.#to.schema.accepts(value) || !this.#from.schema.accepts(value)) continue;
      told.push(candidate);
      yield value;
    }
    if (known === undefined || known.length < told.length) this.#options.memory.set(key, told.slice(0, mostKnown));
  }

  #isSamePlace({ from, to }: Place): boolean {
    return (
      from.length === to.length &&
      from.every(({ schema }, index) => {
        const other = to[index]?.schema;
        return other !== undefined && this.#options.isSame(schema, other);
      })
    );
  }

  #model(value: Json): void {
    const key = equalityKey(value);
    if (this.#known.has(key) || this.models.length >= mostModels) return;
    this.#known.add(key);
    this.models.push(value);
  }

  #draw(schema: Schema, optionals: 'all' | 'none' | 'some', salt: string): Json | undefined {
    if (schema.problem !== null) return undefined;
    const options = { seed: this.#options.seed, salt, optionals, steps: mostSteps };
    const made = fakerOf(this.#from.schemas).generate(schema, options);
    return made.ok ? made.value : undefined;
  }

  #places(model: Json): Place[] {
    const places = new Map<string, Place>();
    const note = (side: 'from' | 'to', { schemas, schema }: Rule) => {
      for (const node of walkValue(schemas, schema.direction, schema.pointer, model)) {
        const key = pointerOf(...node.path);
        const place = places.get(key) ?? { path: node.path, value: node.value, from: [], to: [] };
        places.set(key, place);
        place[side].push(node);
      }
    };
    note('from', this.#from);
    note('to', this.#to);
    return [...places.values()];
  }

  /** What may stand at a place where the sides differ. */
  *#candidates(model: Json, place: Place): Generator<Json> {
    const differing = [...this.#differing(place)];
    for (const { name, limit, schema } of differing) {
      if (name === 'enum' || name === 'const' || name === 'not') yield* listedValues(place.from);
      if (name === 'not') yield* this.#excluded(schema, place);
      yield* breaking[name](place.value, limit, schema);
    }
    yield* this.#undeclared(place);
    const isNarrower = isWider(typesOf(place.from), typesOf(place.to));
    if (isNarrower) yield* plainValues;
    for (const node of place.from) yield* this.#ofBranches(model, place, node);
    if (differing.length === 0 && !isNarrower) return;
    for (const { schema } of place.from) yield* bounds(place.value, schema);
    yield* this.#drawn(place);
  }

  /** What the other side asserts of a place, and this one does not. */
  *#differing({ value, from, to }: Place) {
    for (const { schema } of to) {
      // Of numbers OpenAPI has formats as well: int32, int64.
      const names =
        typeof value === 'number' ? ([...assertionsAbout(value), 'format'] as const) : assertionsAbout(value);
      for (const name of names) {
        const limit = schema[name];
        if (limit === undefined || from.some((node) => this.#saysSame(node.schema[name], limit))) continue;
        yield { name, limit, schema };
      }
    }
  }

  /** Values that the other side has excluded. */
  *#excluded({ not }: ValueNode['schema'], { path, to }: Place): Generator<Json> {
    const { schemas, schema } = this.#to;
    if (!isObject(not)) return;
    for (const optionals of ['all', 'none'] as const) {
      const options = { seed: this.#options.seed, salt: pointerOf(...path), optionals, steps: mostSteps };
      const made = fakerOf(schemas).generate(schemas.inline(not, to[0]?.pointer ?? '', schema.direction), options);
      if (made.ok) yield made.value;
    }
  }

  /** Members and items that nobody has declared, where the other side has a say in them, or on a condition. */
  *#undeclared({ value, from, to }: Place): Generator<Json> {
    for (const { schema } of to) {
      for (const name of openKeywords) {
        const limit = schema[name];
        if (limit === undefined || from.some((node) => this.#saysSame(node.schema[name], limit))) continue;
        if (Array.isArray(value)) for (const item of plainValues) yield [...value, item];
        if (!isObject(value)) continue;
        for (const member of membersOf(name, limit)) {
          for (const other of plainValues) yield { ...triggersOf(name, limit), ...value, [member]: other };
        }
      }
    }
  }

  /** Values for a place alone, of each type that it may have. */
  *#drawn({ path, from }: Place): Generator<Json> {
    const { schemas, schema: root } = this.#from;
    const types = typesOf(from);
    for (const { schema, pointer } of from) {
      for (const type of types !== null && types.size > 1 ? types : [null]) {
        const inline = schemas.inline(type === null ? schema : { ...schema, type }, pointer, root.direction);
        for (let draw = 0; draw < drawsOfPlace; draw++) {
          const made = this.#draw(inline, draw % 2 === 0 ? 'none' : 'all', `${pointerOf(...path)} ${draw}`);
          if (made === undefined) break;
          yield made;
        }
      }
    }
  }

  #saysSame(from: Json | undefined, to: Json): boolean {
    if (from === undefined) return false;
    const holdsSchemas = typeof to === 'object' && to !== null && (isObject(to) || isObject(to[0]));
    return holdsSchemas ? this.#isSameSchemas(from, to) : equalityKey(from) === equalityKey(to);
  }

  #isSameSchemas(from: Json, to: Json): boolean {
    if (!Array.isArray(from) || !Array.isArray(to)) return this.#options.isSame(from, to);
    return from.length === to.length && from.every((item, index) => this.#options.isSame(item, to[index] ?? null));
  }

  /** Each branch once: as what stands there, and in a whole value from which others are varied. */
  *#ofBranches(model: Json, { path }: Place, { pointer, schema }: ValueNode): Generator<Json> {
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const branches = schema[keyword];
      for (const index of Array.isArray(branches) ? branches.keys() : []) {
        const at = `${pointer}/${keyword}/${index}`;
        if (this.#branches.has(at) || this.#branches.size >= mostBranches) continue;
        this.#branches.add(at);
        const made = this.#draw(this.#from.schemas.at(at, this.#from.schema.direction), 'all', at);
        if (made === undefined) continue;
        yield made;
        const whole = replaced(model, path, made);
        if (this.#from.schema.accepts(whole)) this.#model(whole);
      }
    }
  }
}

function replaced(whole: Json, path: ValueNode['path'], value: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(whole)) return whole.map((item, index) => (index === step ? replaced(item, rest, value) : item));
  if (!isObject(whole)) return whole;
  const copy = { ...whole };
  setMember(copy, step, replaced(whole[step] ?? null, rest, value));
  return copy;
}
