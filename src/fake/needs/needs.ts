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
  readonly #cases = new Map<object, Needs>();
  readonly #members = new Map<string, Needs>();
  readonly #items = new Map<string, Needs>();
  readonly #answers = new Map<string, unknown>();

  private constructor(sites: Sites, demands: readonly Demand[], gathered: Gathered) {
    this.#sites = sites;
    this.demands = demands;
    this.#gathered = gathered;
  }

  /** Works out once what a getter is asked for. */
  #once<T>(question: string, compute: () => T): T {
    return kept(this.#answers, question, compute) as T;
  }

  static of(sites: Sites, demands: readonly Demand[]): Needs {
    const [only] = demands;
    const make = (): Needs => new Needs(sites, demands, gather(sites, demands));
    return only && demands.length === 1 && only.lineage === null ? remember(only.site, 'needs', make) : make();
  }

  /** The schema objects that take part. */
  get schemas(): ReadonlySet<object> {
    return this.#once('schemas', () => new Set(this.parts.map(({ schema }) => schema)));
  }

  /** The name of the component that the value is one of, or null. */
  get component(): string | null {
    return this.#once('component', () => {
      const paths = this.parts.map(({ site }) => /^\/components\/schemas\/([^/]+)$/.exec(site.place.path));
      return paths.find((path) => path !== null)?.[1] ?? null;
    });
  }

  get parts(): Gathered['parts'] {
    return this.#gathered.parts;
  }

  get facts(): Facts | Conflict {
    return this.#once('facts', () => this.#gathered.conflict ?? factsOf(this.parts));
  }

  /** The next fork: those that say what is wanted come before those that say what is not. */
  get fork(): Choice | null {
    const { choices } = this.#gathered;
    return choices.find(({ keyword }) => keyword !== 'not') ?? choices[0] ?? null;
  }

  /** How many levels the smallest value needs, as far as each schema alone tells. */
  get depth(): number {
    return this.#once('depth', () => Math.max(0, ...this.demands.map(({ site }) => minimumDepth(site, this.#sites))));
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
      ? kept(this.#cases, wished ? option.wishes : option, make)
      : make();
  }

  /** The needs of a value that shall satisfy something else as well. */
  and(demand: Demand): Needs {
    return kept(this.#cases, demand, () => Needs.of(this.#sites, [...this.demands, demand]));
  }

  /** Names of members that are declared, in the order of the document. */
  get declared(): readonly string[] {
    return this.#once('declared', () => [
      ...new Set(this.parts.flatMap(({ schema }) => Object.keys(objectAt(schema.properties)))),
    ]);
  }

  isDeclared(name: string): boolean {
    return this.#once('declared names', () => new Set(this.declared)).has(name);
  }

  /** What the names of members have to satisfy. */
  get nameSites(): readonly Site[] {
    return this.#once('nameSites', () =>
      this.parts.flatMap(({ site }) => this.#sites.one(site, 'propertyNames') ?? []),
    );
  }

  get dependents(): ReadonlyMap<string, readonly string[]> {
    return this.#once('dependents', () => dependentNames(this.parts));
  }

  /** The patterns of names that the schemas know. */
  get namePatterns(): readonly string[] {
    return this.#once('namePatterns', () =>
      this.parts.flatMap(({ schema }) => Object.keys(objectAt(schema.patternProperties))),
    );
  }

  /** How many of the declared members can hold others. */
  get composites(): number {
    return this.#once('composites', () => this.declared.filter((name) => this.member(name).isComposite).length);
  }

  /** Whether it can be an object or an array. */
  get isComposite(): boolean {
    const { facts } = this;
    return !isConflict(facts) && (facts.mask & (kinds.object | kinds.array)) !== 0;
  }

  member(name: string): Needs {
    const make = (): Needs => Needs.of(this.#sites, demandsOnMember(this.parts, name, this.#sites));
    return this.isDeclared(name) ? kept(this.#members, name, make) : make();
  }

  /** @param matching indices of the `contained` that the item shall match as well */
  item(index: number, matching: readonly number[] = []): Needs {
    const at = Math.min(index, this.prefix);
    return kept(this.#items, [at, ...matching].join(), () => {
      const containments = matching.map((which) => this.contained[which] as Containment);
      const needs = Needs.of(this.#sites, demandsOnItem(this.parts, at, this.#sites, containments));
      return containments.reduce((all, { demand }) => all.and(demand), needs);
    });
  }

  /** From here on, all items have the same needs. */
  get prefix(): number {
    return this.#once('prefix', () =>
      Math.max(0, ...this.parts.map(({ site }) => this.#sites.all(site, 'prefixItems').length)),
    );
  }

  get contained(): readonly Containment[] {
    return this.#once('contained', () => containments(this.parts, this.#sites));
  }
}

/** A demand that a schema be not valid. */
export function refuted(site: Site): Demand {
  return remember(site, 'refuted', () => demanded(insteadOf(site, { not: site.value })));
}
