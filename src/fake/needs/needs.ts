import { greatest } from '../../text/many.js';
import { type Conflict, isConflict } from './conflict.js';
import { minimumDepth } from './depth.js';
import { type Facts, factsOf, kinds } from './facts.js';
import { type Choice, type Demand, demanded, type Gathered, gather, type Option, objectAt } from './gather.js';
import { type Containment, containments, demandsOnItem, demandsOnMember, dependentNames } from './members.js';
import { insteadOf, kept, remember, type Site, type Sites } from './site.js';

/** Forks that combine to more cases than this are worked out anew each time, lest memory grow with them. */
const maximumCombinations = 256;

/**
 * What a value at one place has to satisfy. None of it depends on a seed: whatever is found out is kept, so
 * that the second value of a schema costs no more than drawing it.
 */
export class Needs {
  /** What was asked for, before references and `allOf` were followed. */
  readonly demands: readonly Demand[];
  readonly #sites: Sites;
  readonly #gathered: Gathered;
  // Thousands of these are kept for a large document, and most are asked little.
  #cases: Map<object, Needs> | undefined;
  #members: Map<string, Needs> | undefined;
  #items: Map<string, Needs> | undefined;
  #schemas: ReadonlySet<object> | undefined;
  #component: string | null | undefined;
  #facts: Facts | Conflict | undefined;
  #depth: number | undefined;
  #declared: readonly string[] | undefined;
  #declaredNames: ReadonlySet<string> | undefined;
  #nameSites: readonly Site[] | undefined;
  #dependents: ReadonlyMap<string, readonly string[]> | undefined;
  #namePatterns: readonly string[] | undefined;
  #composites: number | undefined;
  #prefix: number | undefined;
  #contained: readonly Containment[] | undefined;

  private constructor(sites: Sites, demands: readonly Demand[], gathered: Gathered) {
    this.#sites = sites;
    this.demands = demands;
    this.#gathered = gathered;
  }

  static of(sites: Sites, demands: readonly Demand[]): Needs {
    const [only] = demands;
    const make = (): Needs => new Needs(sites, demands, gather(sites, demands));
    return only && demands.length === 1 && only.lineage === null ? remember(only.site, 'needs', make) : make();
  }

  /** The schema objects that take part. */
  get schemas(): ReadonlySet<object> {
    this.#schemas ??= new Set(this.parts.map(({ schema }) => schema));
    return this.#schemas;
  }

  /** The name of the component that the value is one of, or null. */
  get component(): string | null {
    if (this.#component === undefined) {
      const paths = this.parts.map(({ site }) => /^\/components\/schemas\/([^/]+)$/.exec(site.place.path));
      this.#component = paths.find((path) => path !== null)?.[1] ?? null;
    }
    return this.#component;
  }

  get parts(): Gathered['parts'] {
    return this.#gathered.parts;
  }

  get facts(): Facts | Conflict {
    this.#facts ??= this.#gathered.conflict ?? factsOf(this.parts);
    return this.#facts;
  }

  /** The next fork: those that say what is wanted come before those that say what is not. */
  get fork(): Choice | null {
    const { choices } = this.#gathered;
    return choices.find(({ keyword }) => keyword !== 'not') ?? choices[0] ?? null;
  }

  /** How many levels the smallest value needs, as far as each schema alone tells. */
  get depth(): number {
    this.#depth ??= greatest(this.demands.map(({ site }) => minimumDepth(site, this.#sites)));
    return this.#depth;
  }

  /**
   * The needs once a way at the next fork is taken.
   * @param wished with what would be good to have as well
   * @param avoided what was learned that the value must not be
   */
  after(option: Option, wished: boolean, avoided: readonly Demand[] = []): Needs {
    const demands = wished ? [...option.demands, ...option.wishes] : option.demands;
    const make = (): Needs => {
      const rest = { ...this.#gathered, choices: this.#gathered.choices.filter((choice) => choice !== this.fork) };
      const gathered = gather(this.#sites, [...demands, ...avoided], rest);
      return new Needs(this.#sites, [...this.demands, ...option.demands], gathered);
    };
    const combinations = this.#gathered.choices.reduce((product, { options }) => product * options.length, 1);
    return avoided.length === 0 && combinations <= maximumCombinations
      ? kept(this.#knownCases, wished ? option.wishes : option, make)
      : make();
  }

  get #knownCases(): Map<object, Needs> {
    this.#cases ??= new Map();
    return this.#cases;
  }

  /** The needs of a value that shall satisfy something else as well. */
  and(demand: Demand): Needs {
    return kept(this.#knownCases, demand, () => Needs.of(this.#sites, [...this.demands, demand]));
  }

  /** Names of members that are declared, in the order of the document. */
  get declared(): readonly string[] {
    this.#declared ??= [...new Set(this.parts.flatMap(({ schema }) => Object.keys(objectAt(schema.properties))))];
    return this.#declared;
  }

  isDeclared(name: string): boolean {
    this.#declaredNames ??= new Set(this.declared);
    return this.#declaredNames.has(name);
  }

  /** What the names of members have to satisfy. */
  get nameSites(): readonly Site[] {
    this.#nameSites ??= this.parts.flatMap(({ site }) => this.#sites.one(site, 'propertyNames') ?? []);
    return this.#nameSites;
  }

  get dependents(): ReadonlyMap<string, readonly string[]> {
    this.#dependents ??= dependentNames(this.parts);
    return this.#dependents;
  }

  /** The patterns of names that the schemas know. */
  get namePatterns(): readonly string[] {
    this.#namePatterns ??= this.parts.flatMap(({ schema }) => Object.keys(objectAt(schema.patternProperties)));
    return this.#namePatterns;
  }

  /** How many of the declared members can hold others. */
  get composites(): number {
    this.#composites ??= this.declared.filter((name) => this.member(name).isComposite).length;
    return this.#composites;
  }

  /** Whether it can be an object or an array. */
  get isComposite(): boolean {
    const { facts } = this;
    return !isConflict(facts) && (facts.mask & (kinds.object | kinds.array)) !== 0;
  }

  member(name: string): Needs {
    const make = (): Needs => Needs.of(this.#sites, demandsOnMember(this.parts, name, this.#sites));
    if (!this.isDeclared(name)) return make();
    this.#members ??= new Map();
    return kept(this.#members, name, make);
  }

  /** @param matching indices of the `contained` that the item shall match as well */
  item(index: number, matching: readonly number[] = []): Needs {
    const at = Math.min(index, this.prefix);
    this.#items ??= new Map();
    return kept(this.#items, [at, ...matching].join(), () => {
      const containments = matching.map((which) => this.contained[which] as Containment);
      const needs = Needs.of(this.#sites, demandsOnItem(this.parts, at, this.#sites, containments));
      return containments.reduce((all, { demand }) => all.and(demand), needs);
    });
  }

  /** From here on, all items have the same needs. */
  get prefix(): number {
    this.#prefix ??= greatest(this.parts.map(({ site }) => this.#sites.all(site, 'prefixItems').length));
    return this.#prefix;
  }

  get contained(): readonly Containment[] {
    this.#contained ??= containments(this.parts, this.#sites);
    return this.#contained;
  }
}

/** A demand that a schema be not valid. */
export function refuted(site: Site): Demand {
  return remember(site, 'refuted', () => demanded(insteadOf(site, { not: site.value })));
}
