import type { Faker as FakerLibrary } from '@faker-js/faker';
import { equalityKey } from '../schema/equality.js';
import { type Json, type JsonObject, setMember } from '../text/value.js';
import { english, generate } from './library.js';
import { Random } from './random.js';
import { formats, referenceInstant } from './text/realistic.js';

/**
 * A schema that json-schema-faker cannot get wrong: one type, no references, no branches, every member and
 * item that there shall be. What the planner has already settled stands in it as an
 * `enum` of one.
 */
export type Plan = JsonObject;

/**
 * Draws a value for a plan. json-schema-faker draws what is not settled, each part from the seed of its own place,
 * so that a change elsewhere leaves it as it was.
 */
export function draw(plan: Plan, random: Random): Json {
  const { properties, prefixItems } = plan as { properties?: Record<string, Plan>; prefixItems?: Plan[] };
  if (isSettled(plan)) return structuredCloneOf((plan.enum as Json[])[0] as Json);
  if (properties) {
    const members: JsonObject = {};
    for (const name in properties) setMember(members, name, drawBelow(properties[name] as Plan, random, name));
    return members;
  }
  if (prefixItems && (plan.uniqueItems !== true || isTight(prefixItems))) {
    const values = prefixItems.map((inner, index) => drawBelow(inner, random, index));
    return plan.uniqueItems === true ? distinct(values, prefixItems) : values;
  }
  // A plan is as deep as the value has to be: its depth was limited when it was made.
  const options = { seed: random.seed, maxDepth: Number.POSITIVE_INFINITY };
  // It copies all formats for each value, which takes longer than to draw one.
  const isOfFormat = plan.format !== undefined || prefixItems !== undefined;
  return generate(plan, isOfFormat ? { ...options, formats: realistic } : options) as Json;
}

/** Loads what values are drawn with, which takes a moment: the first of them need not wait for it. */
export function loadLibrary(): void {
  english();
}

const isSettled = (plan: Plan): boolean => Array.isArray(plan.enum) && plan.enum.length === 1;

/** What is settled needs no seed of its own. */
function drawBelow(plan: Plan, random: Random, place: string | number): Json {
  return draw(plan, isSettled(plan) ? random : random.child(place));
}

/** Fewer items json-schema-faker draws again and again until all differ. */
const maximumRedrawn = 16;

/** Whether drawing again and again would take long: there are many items, and not many more values. */
function isTight(plans: readonly Plan[]): boolean {
  return plans.length > maximumRedrawn && plans.some((plan) => varietyOf(plan) < plans.length * 4);
}

/** Values of which each differs from those before: an integer that is there already gives way to the next that is not. */
function distinct(values: readonly Json[], plans: readonly Plan[]): Json[] {
  const known = new Set<unknown>();
  const next = new Map<string, number>();
  return values.map((value, index) => {
    const plan = plans[index] as Plan;
    const others = JSON.stringify(plan);
    let candidate = value;
    for (let at = next.get(others) ?? 0; known.has(equalityKey(candidate)) && at < varietyOf(plan); at++) {
      candidate = valueAt(plan, at);
      next.set(others, at + 1);
    }
    known.add(equalityKey(candidate));
    return candidate;
  });
}

/** One of the values that can be drawn for an integer or a list of values, by its index. */
function valueAt({ enum: values, minimum, multipleOf }: Plan, index: number): Json {
  if (Array.isArray(values)) return structuredCloneOf(values[index] as Json);
  const step = Number(multipleOf ?? 1);
  return (Math.ceil(Number(minimum) / step) + index) * step;
}

/** A document's own values are not handed out to be changed. */
function structuredCloneOf(value: Json): Json {
  return typeof value === 'object' && value !== null ? structuredClone(value) : value;
}

/** A plan for a value that is known already. */
export function settled(value: Json): Plan {
  return { enum: [value] };
}

/** How many different values can be drawn for a plan: 1 where it is settled. */
export function varietyOf(plan: Plan): number {
  if (Array.isArray(plan.enum)) return plan.enum.length;
  if (plan.type === 'integer') return multiplesIn(plan.minimum, plan.maximum, plan.multipleOf ?? 1);
  const below = Object.values((plan.properties ?? plan.prefixItems ?? {}) as Record<string, Plan>);
  return below.reduce((product, inner) => product * varietyOf(inner), 1);
}

/** How many multiples of a step are between two bounds, both included. */
export function multiplesIn(minimum: Json | undefined, maximum: Json | undefined, step: Json): number {
  return Math.floor(Number(maximum) / Number(step)) - Math.ceil(Number(minimum) / Number(step)) + 1;
}

/** What Faker draws from: set before each draw. */
let source: { next(): number } = new Random(0);

/** What Faker knows of a language, as `@faker-js/faker/locale/…` exports it; `en` stands behind it. */
export type Locale = FakerLibrary;

/**
 * An instance of our own: whoever uses faker in the same process keeps their seed, and we ours. Seeding
 * faker's own Mersenne twister costs more than most values, so this one draws from a source of ours.
 */
export function createSpeaker({ rawDefinitions }: Locale): FakerLibrary {
  // Named first: of `new (english().constructor as …)(…)` the compiler leaves out the parentheses.
  const Speaker = english().constructor as typeof FakerLibrary;
  return new Speaker({
    locale: [rawDefinitions, english().rawDefinitions],
    randomizer: {
      next: () => source.next(),
      seed: (seed) => {
        source = new Random(Number(seed));
      },
    },
  });
}

let ownEnglish: FakerLibrary | undefined;

/** Made when it is first needed, which loads what Faker knows. */
function englishSpeaker(): FakerLibrary {
  if (!ownEnglish) {
    ownEnglish = createSpeaker(english());
    ownEnglish.setDefaultRefDate(referenceInstant);
  }
  return ownEnglish;
}

/** Who speaks: set before each value is made, which is done in one go. */
let speaker: FakerLibrary | undefined;

/**
 * From here on, until the next call, values are in this language and near to this present.
 * @param own undefined: English
 */
export function speakAs(own: FakerLibrary | undefined, now: Date): void {
  speaker = own ?? englishSpeaker();
  speaker.setDefaultRefDate(now);
}

/** Faker, about to draw what follows from a source. Not to be kept: the next call gives it another one. */
export function fakerFor(random: { next(): number }): FakerLibrary {
  source = random;
  speaker ??= englishSpeaker();
  return speaker;
}

/** json-schema-faker's own formats show that they are made up (`foo`, `heidi948@sample.io`): Faker's take their place. */
const realistic = Object.fromEntries(
  Object.entries(formats).map(([name, format]) => [name, (random: { next(): number }) => format(fakerFor(random))]),
);

let known: ReadonlySet<string> | undefined;

/** Faker's public functions by `module.method`: all that a document may name. */
export function publicFunctions(): ReadonlySet<string> {
  known ??= new Set(
    Object.entries(englishSpeaker())
      .filter(([name, module]) => name !== 'fakerCore' && typeof module === 'object')
      .flatMap(([name, module]) =>
        Object.getOwnPropertyNames(module)
          .filter((method) => typeof module[method] === 'function')
          .map((method) => `${name}.${method}`),
      )
      .sort(),
  );
  return known;
}

/** Calls one of the public functions. */
export function callPublic(random: Random, name: string, parameters: readonly unknown[]): unknown {
  if (!publicFunctions().has(name)) return undefined;
  const [module = '', method = ''] = name.split('.');
  const modules = fakerFor(random) as unknown as Record<string, Record<string, (...all: unknown[]) => unknown>>;
  return modules[module]?.[method]?.(...parameters);
}
