import { type Conflict, isConflict } from './conflict.js';
import { minimumDepth } from './depth.js';
import { type Facts, factsOf } from './facts.js';
import { type Choice, type Demand, demanded, type Gathered, gather, type Option } from './gather.js';
import { kinds } from './kinds.js';
import {
  type Containment,
  containments,
  declaredNames,
  demandsOnItem,
  demandsOnMember,
  dependentNames,
  namePatterns,
  namings,
  prefixOf,
} from './members.js';
import { insteadOf, remember, type Site, type Sites } from './site.js';

/** Forks that combine to more cases than this are worked out anew each time, lest memory grow with them. */
const mostCombinations = 256;

/**
 * What a value at one place has to satisfy. None of it depends on a seed: whatever is found out is kept, so
 * that the second value of a schema costs no more than drawing it.
 */
export class Needs {
  private readonly cases = new Map<object, Needs>();
  private readonly members = new Map<string, Needs>();
  private readonly items = new Map<string, Needs>();
  private found: Facts | Conflict | null = null;
  private names: readonly string[] | null = null;
  private naming: readonly Site[] | null = null;
  private patterns: readonly string[] | null = null;
  private triggers: ReadonlyMap<string, readonly string[]> | null = null;
  private holders: number | null = null;
  private named: string | null | undefined;
  private containing: readonly Containment[] | null = null;
  private deep: number | null = null;
  private objects: ReadonlySet<object> | null = null;

  private constructor(
    private readonly sites: Sites,
    /** What was asked for, before references and `allOf` were followed. */
    readonly demands: readonly Demand[],
    private readonly gathered: Gathered,
  ) {}

  static of(sites: Sites, demands: readonly Demand[]): Needs {
    const [only] = demands;
    const make = (): Needs => new Needs(sites, demands, gather(sites, demands));
    return only && demands.length === 1 && only.lineage === null ? remember(only.site, 'needs', make) : make();
  }

  /** The schema objects that take part. */
  get schemas(): ReadonlySet<object> {
    this.objects ??= new Set(this.gathered.parts.map(({ schema }) => schema));
    return this.objects;
  }

  /** The name of the component that the value is one of, or null. */
  get component(): string | null {
    if (this.named === undefined) {
      const paths = this.parts.map(({ site }) => /^\/components\/schemas\/([^/]+)$/.exec(site.place.path));
      this.named = paths.find((path) => path !== null)?.[1] ?? null;
    }
    return this.named;
  }

  get parts(): Gathered['parts'] {
    return this.gathered.parts;
  }

  get facts(): Facts | Conflict {
    this.found ??= this.gathered.conflict ?? factsOf(this.gathered.parts);
    return this.found;
  }

  /** The next fork: those that say what is wanted come before those that say what is not. */
  get fork(): Choice | null {
    const { choices } = this.gathered;
    return choices.find(({ keyword }) => keyword !== 'not') ?? choices[0] ?? null;
  }

  /** How many levels the smallest value needs, as far as each schema alone tells. */
  get depth(): number {
    this.deep ??= Math.max(0, ...this.demands.map(({ site }) => minimumDepth(site, this.sites)));
    return this.deep;
  }

  /**
   * The needs once a way at the next fork is taken.
   * @param wished with what would be good to have as well
   * @param avoided what was learned that the value must not be
   */
  after(option: Option, wished: boolean, avoided: readonly Demand[] = []): Needs {
    const demands = wished ? [...option.demands, ...option.wishes] : option.demands;
    const make = (): Needs => {
      const rest = { ...this.gathered, choices: this.gathered.choices.filter((choice) => choice !== this.fork) };
      const gathered = gather(this.sites, [...demands, ...avoided], rest);
      return new Needs(this.sites, [...this.demands, ...option.demands], gathered);
    };
    const combinations = this.gathered.choices.reduce((product, { options }) => product * options.length, 1);
    return avoided.length === 0 && combinations <= mostCombinations
      ? kept(this.cases, wished ? option.wishes : option, make)
      : make();
  }

  /** The needs of a value that shall satisfy something else as well. */
  and(demand: Demand): Needs {
    return kept(this.cases, demand, () => Needs.of(this.sites, [...this.demands, demand]));
  }

  /** Names of members that are declared, in the order of the document. */
  get declared(): readonly string[] {
    this.names ??= declaredNames(this.parts);
    return this.names;
  }

  /** What the names of members have to satisfy. */
  get nameSites(): readonly Site[] {
    this.naming ??= namings(this.parts, this.sites);
    return this.naming;
  }

  get dependents(): ReadonlyMap<string, readonly string[]> {
    this.triggers ??= dependentNames(this.parts);
    return this.triggers;
  }

  /** The patterns of names that the schemas know. */
  get namePatterns(): readonly string[] {
    this.patterns ??= namePatterns(this.parts);
    return this.patterns;
  }

  /** How many of the declared members can hold others. */
  get composites(): number {
    this.holders ??= this.declared.filter((name) => this.member(name).isComposite).length;
    return this.holders;
  }

  private get isComposite(): boolean {
    const { facts } = this;
    return !isConflict(facts) && (facts.mask & (kinds.object | kinds.array)) !== 0;
  }

  member(name: string): Needs {
    const make = (): Needs => Needs.of(this.sites, demandsOnMember(this.parts, name, this.sites));
    return this.declared.includes(name) ? kept(this.members, name, make) : make();
  }

  /** @param matching indices of the `contained` that the item shall match as well */
  item(index: number, matching: readonly number[] = []): Needs {
    const at = Math.min(index, this.prefix);
    return kept(this.items, [at, ...matching].join(), () => {
      const containments = matching.map((which) => this.contained[which] as Containment);
      const needs = Needs.of(this.sites, demandsOnItem(this.parts, at, this.sites, containments));
      return containments.reduce((all, { demand }) => all.and(demand), needs);
    });
  }

  /** From here on, all items have the same needs. */
  get prefix(): number {
    return Math.max(0, ...this.parts.map(({ schema }) => prefixOf(schema).length));
  }

  get contained(): readonly Containment[] {
    this.containing ??= containments(this.parts, this.sites);
    return this.containing;
  }
}

/** A demand that a schema be not valid. */
export function refuted(site: Site): Demand {
  return remember(site, 'refuted', () => demanded(insteadOf(site, { not: site.value })));
}

function kept<K, V>(known: Map<K, V>, key: K, make: (key: K) => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = make(key);
    known.set(key, value);
  }
  return value;
}
