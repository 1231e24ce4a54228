import { tagsOf } from '../../schema/discriminator.js';
import type { JsonSchema } from '../../schema/index.js';
import { isSchema } from '../../schema/keywords.js';
import { addAll } from '../../text/many.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { Conflict } from './conflict.js';
import { isIrreducible, refutations } from './refutation.js';
import { insteadOf, pointerTo, type Site, type Sites } from './site.js';

/** The schemas that a schema stands in, for the same value: what `unevaluated…` has to know. */
export interface Lineage {
  readonly schema: object;
  readonly outer: Lineage | null;
}

/** A schema that a value has to satisfy, and how that came about. */
export interface Demand {
  readonly site: Site;
  readonly lineage: Lineage | null;
}

/** One schema object whose own keywords a value has to satisfy. */
export interface Part extends Demand {
  readonly schema: JsonObject;
}

/** A fork: at least one of the options has to be satisfied as well. */
export interface Choice {
  readonly keyword: 'anyOf' | 'oneOf' | 'if' | 'not' | 'dependentSchemas';
  readonly pointer: string;
  readonly options: readonly Option[];
}

/** One way on from a fork. */
export interface Option {
  readonly demands: readonly Demand[];
  /** What would be good to have as well, but is given up where it contradicts the rest. */
  readonly wishes: readonly Demand[];
  /** oneOf: the branch, of which the others must not be valid as well. */
  readonly branch: Site | null;
}

/** All that a value has to satisfy, with references and `allOf` followed, and the forks that remain. */
export interface Gathered {
  readonly parts: readonly Part[];
  readonly choices: readonly Choice[];
  readonly conflict: Conflict | null;
}

const nothing: Gathered = { parts: [], choices: [], conflict: null };

/** Adds demands to what was gathered before. What is there already is not gathered twice, so circles end. */
export function gather(sites: Sites, demands: readonly Demand[], before: Gathered = nothing): Gathered {
  const parts = [...before.parts];
  const choices = [...before.choices];
  const seen = new Set<JsonSchema>(parts.map(({ schema }) => schema));
  let conflict = before.conflict;

  for (const demand of demands) visit(demand.site, demand.lineage);
  return { parts, choices, conflict };

  function visit(site: Site, lineage: Lineage | null): void {
    const { value } = site;
    if (value === false) conflict ??= new Conflict(pointerTo(site), 'No value is allowed here');
    if (typeof value === 'boolean' || seen.has(value)) return;
    seen.add(value);
    parts.push({ site, lineage, schema: value });
    const within: Lineage = { schema: value, outer: lineage };
    // Where a reference leads nowhere, anything is valid.
    for (const { to } of sites.references(site)) if (to) visit(to, within);
    for (const inner of sites.all(site, 'allOf')) visit(inner, within);
    addAll(choices, forks(site, value, within));
  }

  function* forks(site: Site, value: JsonObject, within: Lineage): Generator<Choice> {
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      if (Array.isArray(value[keyword])) {
        const tags = tagsByBranch(value, keyword);
        const all = sites.all(site, keyword).map((branch, index) => ({
          demands: [{ site: branch, lineage: within }],
          wishes: tags.of(index).length > 0 ? [named(site, tags.property, tags.of(index))] : [],
          branch: keyword === 'oneOf' ? branch : null,
        }));
        // A branch that extends this schema, and led here, is the one that is meant.
        const meant = all.find(
          ({ demands: [branch] }) => branch && sites.references(branch.site).some(({ to }) => to && seen.has(to.value)),
        );
        yield { keyword, pointer: pointerTo(site, keyword), options: meant ? [meant] : all };
      }
    }
    if (isObject(value.discriminator)) yield* extended(site, value.discriminator, within);
    const negated = sites.one(site, 'not');
    if (negated && !isIrreducible(negated.value)) {
      const options = negation(negated).map((demand) => option(demand));
      yield { keyword: 'not', pointer: pointerTo(site, 'not'), options };
    }
    const condition = sites.one(site, 'if');
    if (condition && (value.then !== undefined || value.else !== undefined)) {
      yield { keyword: 'if', pointer: pointerTo(site, 'if'), options: conditional(site, condition, within) };
    }
    const dependent = { ...objectAt(value.dependencies), ...objectAt(value.dependentSchemas) };
    for (const [trigger, schema] of Object.entries(dependent)) {
      if (isSchema(schema)) {
        const inner = sites.inside(site, ['dependentSchemas', trigger], schema);
        const present = demanded(insteadOf(site, { required: [trigger] }));
        const absent = demanded(insteadOf(site, { properties: { [trigger]: false } }));
        yield {
          keyword: 'dependentSchemas',
          pointer: pointerTo(inner),
          options: [option(present, { site: inner, lineage: within }), option(absent)],
        };
      }
    }
  }

  /** A base is made as one of the schemas that extend it; where one of them led here, it is named. */
  function* extended(site: Site, { propertyName }: JsonObject, within: Lineage): Generator<Choice> {
    const children = sites.children(site);
    if (children.size === 0) return;
    const first = [...seen].find((one) => children.has(one));
    const led = first === undefined ? undefined : children.get(first);
    const options = (led ? [led] : [...children.values()]).map(({ to, tags }) => ({
      demands: [],
      wishes: [...(led ? [] : [{ site: to, lineage: within }]), named(site, String(propertyName), tags)],
      branch: null,
    }));
    yield { keyword: 'anyOf', pointer: pointerTo(site, 'discriminator'), options };
  }

  function conditional(site: Site, condition: Site, within: Lineage): Option[] {
    const branch = (keyword: 'then' | 'else'): Demand[] => {
      const held = sites.one(site, keyword);
      return held ? [{ site: held, lineage: within }] : [];
    };
    return [
      option({ site: condition, lineage: within }, ...branch('then')),
      ...negation(condition).map((demand) => option(demand, ...branch('else'))),
    ];
  }

  /** What a negated schema evaluates does not count, so its refutations have no lineage. */
  function negation(site: Site): Demand[] {
    return refutations(site, sites).map(demanded);
  }
}

/** A schema that has to be satisfied, on its own account. */
export function demanded(site: Site): Demand {
  return { site, lineage: null };
}

function option(...demands: readonly Demand[]): Option {
  return { demands, wishes: [], branch: null };
}

/** The discriminator's property, and the values that name each branch (OpenAPI 3.1, 4.8.25). */
function tagsByBranch(value: JsonObject, keyword: 'anyOf' | 'oneOf') {
  const { property = '', indices = new Map<string, number>() } = tagsOf(value, keyword) ?? {};
  const names = new Map<number, string[]>();
  for (const [name, index] of indices) {
    const known = names.get(index);
    if (known) known.push(name);
    else names.set(index, [name]);
  }
  return { property, of: (index: number): readonly string[] => names.get(index) ?? [] };
}

function named(site: Site, property: string, tags: readonly string[]): Demand {
  return demanded(insteadOf(site, { properties: { [property]: { enum: [...tags] } }, required: [property] }));
}

/** What a keyword holds, if that is an object. */
export function objectAt(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
