import type { Problem } from '../errors.js';
import type { Direction, JsonSchema, Schema, Schemas, Violation } from '../schema/index.js';
import { metaSchemas } from '../schema/validate/meta.js';
import { Memo } from '../text/memo.js';
import type { Json } from '../text/value.js';
import type { DataDemand } from './demand.js';
import { createSpeaker, draw, type Locale, speakAs } from './draw.js';
import { Conflict, isConflict } from './needs/conflict.js';
import { demanded } from './needs/gather.js';
import { Needs } from './needs/needs.js';
import { createSites, type Site } from './needs/site.js';
import { plan } from './plan/plan.js';
import { type Budget, Hint, learn, type Optionals, type Run } from './plan/run.js';
import { mix, Random } from './random.js';
import { Search } from './search.js';
import { pictureData } from './text/picture.js';
import { referenceInstant } from './text/realistic.js';

export interface GenerateOptions {
  /** The same seed and salt give the same value; another seed another one, where the schema leaves room. */
  readonly seed: number;
  /** What else the value shall depend on: the request, the position in a list. */
  readonly salt?: string;
  /** Members that are not required: all, none, or (`some`, the default) most of them: all near the root, deeper by chance. */
  readonly optionals?: Optionals;
  /** What data is asked for (nothing in particular). It decides over `optionals`, and is given up where nothing is valid so. */
  readonly data?: DataDemand;
  /** Which row of a list it is (0): the first shows what the author shows, in the others what tells rows apart differs. */
  readonly row?: number;
  /** How long it may be searched, in places planned (20,000). */
  readonly steps?: number;
}

export type Generated =
  | {
      readonly ok: true;
      readonly value: Json;
      /** `x-faker` that could not be honoured. */
      readonly warnings: readonly Problem[];
    }
  | { readonly ok: false; readonly problem: Problem };

export interface FakerOptions {
  /** The language of names, addresses and words (English). */
  readonly locale?: Locale;
  /** How likely a member is that may be left out, from 0 to 1 (all on the first three levels, then fewer). */
  readonly optional?: number;
  /** The present: moments lie before it, or after it where the name says so (15 January 2025). No clock is asked. */
  readonly now?: Date;
  /** Called after each so many steps of whatever is made: what it throws ends that, and whoever begins anew comes to the same. */
  readonly onSteps?: () => void;
}

/** Makes values for the schemas of one document. */
export interface Faker {
  /**
   * A value that is valid under the schema: always the same for the same schema, seed, salt and options, on any
   * machine and day. Where there is none, or none was found, the problem names what cannot be satisfied.
   */
  generate(schema: Schema, options: GenerateOptions): Generated;
  /**
   * The same for one of very many salts, at a cost that is bounded for each of them: where a short search finds nothing for a
   * salt, what is found for all of them, or that nothing is, which is searched for once for a schema.
   */
  generateForOneOfMany(schema: Schema, options: Omit<GenerateOptions, 'steps' | 'row'>): Generated;
  /** Why nothing can be valid under the schema, as far as planning the least that it takes tells; null where something may. */
  contradiction(schema: Schema): Problem | null;
}

/** How often a value that is not valid is mended, before a fresh one is begun. */
const maximumMendings = 24;
/** The same for one of very many values, of which the first is hardly ever mended so often. */
const fewMendings = 4;
/** How often what cannot be mended is given up for another value. */
const maximumOthers = 5;
/** About how many members and items a value may have, as far as the schema leaves that open. */
const allowances: Readonly<Record<Optionals, number>> = { none: 400, some: 400, all: Number.POSITIVE_INFINITY };
/** Places planned for one value, all attempts together: some seconds at worst. */
const maximumSteps = 20_000;
/** The same for one of very many values, and for what stands in for all of them. */
const stepsForOne = 2000;
const stepsForAll = 4000;
/** Searches that are remembered of a schema, by seed and by what is asked for. */
const rememberedSearches = 8;
/** The least that a schema takes is mostly planned in a few. */
const stepsToContradict = 2000;

/** Steps of which is told: those of a few ordinary values. */
const stepsToTell = 100;

export function createFaker(schemas: Schemas, options: FakerOptions = {}): Faker {
  const { locale, optional, now = referenceInstant, onSteps } = options;
  let untold = 0;
  function step(count: number): void {
    untold += count;
    if (untold < stepsToTell) return;
    untold = 0;
    onSteps?.();
  }
  const sites = createSites(schemas);
  const validators = createValidators(schemas);
  const speaker = locale && createSpeaker(locale);
  /** What stands in for all values of a schema. It depends on nothing that was asked before. */
  const standIns = new WeakMap<Schema, Memo<Generated>>();

  /** What is planned for one value, and by what means. */
  function preparation(schema: Schema, way: Way, row: number, budget: Pick<Budget, 'steps'>) {
    const [random, optionals, lean, demand = null] = way;
    const hint = new Hint();
    const warnings: Problem[] = [];
    const needs = Needs.of(sites, [demanded(sites.of(schema))]);
    const root = {
      random,
      level: 0,
      name: '',
      owner: '',
      isItem: false,
      isListed: false,
      siblings: [],
      row,
      shown: [],
      told: [],
      hint,
      ancestors: null,
      allowance: demand === 'many' ? allowances.all : allowances[optionals],
    };
    const search = new Search(budget);
    const run: Run = {
      sites,
      direction: schema.direction,
      optionals,
      demand,
      optional: optional ?? null,
      lean,
      budget: search,
      step,
      now,
      image: (random) => pictureData(random.integer(0, 9999)),
      accepts: (site, value) => validators.accepts(site, value, schema.direction),
      hasFormat: validators.hasFormat,
      warn: (problem, pointer) => warnings.push({ ...problem, location: schemas.document.locate(pointer) }),
      plan: (inner, spot) => plan(run, inner, spot),
    };
    return { hint, search, warnings, planned: () => search.within(() => plan(run, needs, root)) };
  }

  /** One value, mended until it is valid. */
  function attempt(schema: Schema, way: Way, row: number, budget: Pick<Budget, 'steps'>, mendings: number): Outcome {
    const [random] = way;
    const { hint, search, warnings, planned: planAnew } = preparation(schema, way, row, budget);
    let violations: readonly Violation[] = [];
    let others = 0;
    for (let mending = 0; mending <= mendings; mending++) {
      warnings.length = 0;
      // 1. Decide everything that json-schema-faker gets wrong: references, branches, members, counts.
      const planned = planAnew();
      if (isConflict(planned)) {
        // A value that is hard to mend is given up for another, which may need no mending.
        const isLearned = hint.forget() || search.isGivenUp;
        // What was learned of other values is no fault of the schema.
        if (!isLearned || others >= maximumOthers) return { conflict: isLearned ? null : planned, violations };
        others += 1;
        hint.tries += 1;
        continue;
      }
      // 2. Have the rest drawn.
      const value = draw(planned, random.child(`draw ${mending}`));
      // 3. Let Ajv judge.
      if (schema.accepts(value)) return { value, warnings: unique(warnings) };
      // 4. Plan the places anew that are to blame.
      violations = schema.validate(value, 'body');
      learn(hint, violations);
    }
    return { conflict: null, violations };
  }

  /** @param isShort only the first way, and few mendings */
  function search(schema: Schema, options: GenerateOptions, isShort: boolean): Generated {
    const { seed, salt = '', optionals = 'some', data, row = 0, steps = maximumSteps } = options;
    if (schema.problem) return { ok: false, problem: schema.problem };
    speakAs(speaker, now);
    const random = new Random(mix(mix(0, String(seed)), salt));
    const failures: Failure[] = [];
    const budget = { steps };
    for (const way of waysOf(random, optionals, data)) {
      const outcome = attempt(schema, way, row, budget, isShort ? fewMendings : maximumMendings);
      if ('value' in outcome) return { ok: true, value: outcome.value, warnings: outcome.warnings };
      failures.push(outcome);
      if (isShort) break;
    }
    return { ok: false, problem: problemFrom(failures, schemas) };
  }

  return {
    generate: (schema, options) => search(schema, options, false),
    generateForOneOfMany(schema, options) {
      const own = search(schema, { ...options, steps: stepsForOne }, true);
      if (own.ok || schema.problem) return own;
      const known = standIns.get(schema) ?? new Memo(rememberedSearches);
      standIns.set(schema, known);
      const { salt: _, ...asked } = options;
      const key = `${asked.seed} ${asked.optionals ?? ''} ${asked.data ?? ''}`;
      const standIn = known.get(key) ?? search(schema, { ...asked, steps: stepsForAll }, false);
      known.set(key, standIn);
      return standIn;
    },
    contradiction(schema) {
      if (schema.problem) return null;
      const budget = { steps: stepsToContradict };
      let found: Conflict | null = null;
      for (const way of waysOf(new Random(1), 'none', undefined)) {
        const { search, planned } = preparation(schema, way, 0, budget);
        const conflict = planned();
        if (!isConflict(conflict) || search.isGivenUp || search.isPartial || budget.steps < 0) return null;
        found ??= conflict;
      }
      return found?.toProblem((pointer) => schemas.document.locate(pointer)) ?? null;
    },
  };
}

/** What is drawn from, which members are there, and whether as little as can be is made. */
type Way = readonly [random: Random, optionals: Optionals, lean: boolean, demand?: DataDemand];

/** One after the other, the likely ones first: nearly always the first gives a value. */
function* waysOf(random: Random, optionals: Optionals, data: DataDemand | undefined): Generator<Way> {
  const wanted = data === 'minimal' ? 'none' : data === 'maximal' ? 'all' : optionals;
  if (data !== undefined) yield [random, wanted, false, data];
  yield [random, optionals, false];
  yield [random.child('second'), optionals, false];
  yield [random.child('third'), 'none', false];
  yield [random.child('fourth'), 'none', true];
  yield [random.child('fifth'), 'all', false];
}

type Failure = { readonly conflict: Conflict | null; readonly violations: readonly Violation[] };
type Outcome = Failure | { readonly value: Json; readonly warnings: readonly Problem[] };

function problemFrom(failures: readonly Failure[], { document }: Schemas): Problem {
  const conflict = failures.find((failure) => failure.conflict)?.conflict;
  const violation = failures.flatMap(({ violations }) => violations).at(-1);
  const found =
    conflict ??
    (violation && new Conflict(violation.schemaPointer, `No value was found that is valid here: ${violation.message}`));
  const why = found ?? new Conflict('', 'No value was found that is valid here');
  return why.toProblem((pointer) => document.locate(pointer));
}

function unique(warnings: readonly Problem[]): readonly Problem[] {
  return [...new Map(warnings.map((warning) => [JSON.stringify(warning), warning])).values()];
}

/** Ajv's judgement of values under single schemas, wherever they stand. */
function createValidators(schemas: Schemas) {
  const byFormat = new Map<string, Schema>();
  const inlined = { request: new WeakMap<object, Schema>(), response: new WeakMap<object, Schema>() };

  function validatorOf({ place }: Site, value: Exclude<JsonSchema, boolean>, direction: Direction): Schema {
    if (place.tree.name === '' && schemas.at(place.path, direction).value === value) {
      return schemas.at(place.path, direction);
    }
    let schema = inlined[direction].get(value);
    if (!schema) {
      // What stands in a meta-schema can only be named: its own references would be read as the document's.
      const isForeign = metaSchemas().get(place.tree.name) === place.tree.root && place.value === value;
      const named = isForeign ? { $ref: `${place.tree.name}#${place.path}` } : value;
      schema = schemas.inline(named, place.path, direction);
      inlined[direction].set(value, schema);
    }
    return schema;
  }

  return {
    accepts(site: Site, value: Json, direction: Direction): boolean {
      return typeof site.value === 'boolean' ? site.value : validatorOf(site, site.value, direction).accepts(value);
    },
    hasFormat(format: string, text: string): boolean {
      const schema = byFormat.get(format) ?? schemas.inline({ format }, '', 'response');
      byFormat.set(format, schema);
      return schema.accepts(text);
    },
  };
}
