import type { HttpRequest, OperationEntry, Operations } from '../../operation/index.js';
import { findResources, listOf, type Resource, type ResourceCorrection, type Resources } from '../../resource/index.js';
import type { Json } from '../../text/value.js';
import { outcomeOf } from '../checks/outcome.js';
import { type Exchange, isUnsafe } from '../types.js';
import { asksForPart } from './asks-for-part.js';
import { type Attempts, noAttempts } from './attempts.js';
import { harvest, idOf, isSame, origins, standsUnder, type Thing } from './harvest.js';
import { LostThings } from './lost.js';
import { pathOf } from './path-of.js';
import { pathValuesOf, wholeValues } from './path-values.js';
import { type Queried, queriedBy, queriedFor } from './queried.js';
import { compareRanks, type Rank } from './rank.js';
import { saidAbove } from './said-above.js';

type Values = Readonly<Record<string, Json>>;

/** What stands for the path of an operation, and the things that it names. */
export interface Chosen {
  /** By path parameter. */
  readonly values: Values;
  readonly things: readonly Thing[];
}

interface Kept {
  readonly thing: Thing;
  readonly rank: Rank;
}

/** Of one resource so many things are kept with all that was seen of them; of what the run made the key at least. */
const mostKept = 200;

/** What the run knows to exist on the target. */
export class Things {
  /** What went with others. */
  readonly lost = new LostThings();
  readonly #operations: Operations;
  readonly #corrections: readonly ResourceCorrection[];
  readonly #byResource = new Map<Resource, Map<string, Kept>>();
  readonly #made = new Map<string, Thing>();
  readonly #positions: ReadonlyMap<string, number>;
  readonly #attempts = new Map<Resource, Attempts>();
  readonly #asked = new Set<string>();
  readonly #reserved = new Set<string>();
  readonly #homes = new Map<Resource, string>();
  readonly #listed = new Set<Resource>();
  readonly #told = new WeakMap<Exchange, readonly Thing[]>();
  /** After how many exchanges each thing was last seen, and something was deleted. */
  readonly #seen = new Map<string, number>();
  #exchanges = 0;
  #lastDeletion = 0;

  constructor(operations: Operations, corrections: readonly ResourceCorrection[] = []) {
    this.#operations = operations;
    this.#corrections = corrections;
    this.#positions = new Map(operations.entries.map(({ id }, index) => [id, index]));
  }

  get resources(): Resources {
    return findResources(this.#operations, this.#corrections);
  }

  /** Keeps what an exchange says to exist, and forgets what it has deleted. Others than accepted ones say nothing. */
  learn(exchange: Exchange): void {
    const { case: contractCase, operation, request } = exchange;
    const status = outcomeOf(exchange);
    if (status === null || status < 200 || status >= 300 || request.method !== operation.method) return;
    this.#exchanges++;
    const found = harvest(exchange, this.resources, this.#operations);
    // An invalid request that was accepted says nothing, but what it made has to be removed.
    const isTrusted = contractCase.expectation === 'accepted';
    const told: Thing[] = [];
    const isBase = contractCase.varies.keyword === 'base' || contractCase.aspect === 'life';
    for (const [index, thing] of found.entries()) {
      if (!isTrusted && thing.origin !== 'made') continue;
      const position = this.#positions.get(operation.id) ?? 0;
      const rank = [origins.indexOf(thing.origin), isTrusted ? 0 : 1, isBase ? 0 : 1, position, contractCase.id, index];
      told.push(this.#add(thing, rank, status === 201) ?? thing);
    }
    this.#told.set(exchange, told);
    const role = this.resources.roleOf(operation.id);
    if (role?.kind === 'list' && role === listOf(role.resource) && isBase && !asksForPart(operation))
      this.#listed.add(role.resource);
    const isRemoval = request.method === 'DELETE' || role?.kind === 'delete' || role?.kind === 'delete-many';
    if (isRemoval) this.#lastDeletion = this.#exchanges;
    if (role?.kind !== 'delete') return;
    const gone = this.named(exchange);
    if (gone) this.forget(this.lost.end(gone));
  }

  /** The known thing that the path of a request names at its end, or a call. */
  named(exchange: Pick<Exchange, 'operation' | 'request'>): Thing | undefined {
    const last = this.resources.named(exchange.operation).at(-1);
    const values = this.pathValues(exchange.request);
    return values && last?.resource ? this.#fitting(exchange.operation, values, last.resource)[0] : undefined;
  }

  /** The known things that the path of a request names, what stands above first. */
  inPath(exchange: Pick<Exchange, 'operation' | 'request'>): readonly Thing[] {
    const values = this.pathValues(exchange.request);
    return (values && this.valuesFor(exchange.operation, values)?.things) ?? [];
  }

  /** The path parameters of a request, decoded, and what a call names; null where it is of no operation. */
  pathValues(request: HttpRequest): Values | null {
    return pathValuesOf(this.#operations, this.resources, request);
  }

  /** Values of path parameters with those that follow from them where one stands for several segments. */
  whole(entry: OperationEntry, values: Values): Values {
    return wholeValues(this.#operations, entry, values);
  }

  /** Whether something was deleted since a thing was last seen: by another path than its own, or with what it stands under. */
  mayBeGone(thing: Thing): boolean {
    return this.#lastDeletion > (this.#seen.get(idOf(thing)) ?? 0);
  }

  /** Whether the list of a resource was seen as it is when nothing is asked of it. */
  isListed(resource: Resource): boolean {
    return this.#listed.has(resource);
  }

  has(thing: Thing): boolean {
    return this.#byResource.get(thing.resource)?.has(idOf(thing)) === true;
  }

  /**
   * What is known of a resource, best first.
   * @param scope only what stands under these ancestors, where they are given
   */
  known(resource: Resource, scope: Values = {}): readonly Thing[] {
    const kept = [...(this.#byResource.get(resource)?.values() ?? [])];
    return kept
      .filter(({ thing }) => Object.entries(scope).every(([name, value]) => isSame(thing.scope[name], value)))
      .sort((a, b) => compareRanks(a.rank, b.rank))
      .map(({ thing }) => thing);
  }

  /** What the run made and has not deleted, in the order in which it did. */
  get made(): readonly Thing[] {
    return [...this.#made.values()];
  }

  /**
   * Values for the path parameters of an operation that belong together: of one thing, and those that it stands under.
   * What would change or delete a thing gets only what this run has made.
   * @param said what the user says, which goes before all that is known
   * @param count how many of the parameters are looked at: all
   * @returns null where a thing that its path names is not known
   */
  valuesFor(entry: OperationEntry, said: Values = {}, count?: number): Chosen | null {
    const given = this.whole(entry, said);
    const named = this.resources.named(entry).slice(0, count);
    const values: Record<string, Json> = Object.fromEntries(
      named.flatMap(({ parameter: name }) => (given[name] === undefined ? [] : [[name, given[name]]])),
    );
    const things: Thing[] = [];
    for (const [index, { parameter, resource }] of [...named.entries()].reverse()) {
      if (resource === null) continue;
      const isGiven = values[parameter] !== undefined;
      const mustBeMade = index === named.length - 1 && !isGiven && this.changesThing(entry);
      const mayBe = ({ origin }: Thing): boolean => !mustBeMade || origin === 'made';
      const fitting = this.#fitting(entry, values, resource, index).filter(mayBe);
      const home = index === named.length - 1 ? this.#homeOf(entry) : undefined;
      // What another operation changes or removes may be in any state by then.
      const free = fitting.find((each) => !this.isReserved(each) && each.origin === fitting[0]?.origin);
      const thing = fitting.find((each) => idOf(each) === home) ?? free ?? fitting[0];
      if (thing === undefined) {
        if (isGiven) continue;
        return null;
      }
      things.unshift(thing);
      const above = saidAbove(this.resources.roleOf(entry.id), parameter, thing, values);
      Object.assign(values, above, pathOf(named, thing, index), isGiven ? { [parameter]: values[parameter] } : {});
    }
    return { values: { ...this.whole(entry, values), ...this.queriedFor(entry, things.at(-1)) }, things };
  }

  /** Takes a thing for the one under which those of a resource are made: others have refused that. */
  settle(resource: Resource, home: Thing): void {
    this.#homes.set(resource, idOf(home));
  }

  #homeOf({ id }: OperationEntry): string | undefined {
    const role = this.resources.roleOf(id);
    return role?.kind === 'create' ? this.#homes.get(role.resource) : undefined;
  }

  /** Whether an operation may change or remove the thing that its path names at its end. */
  changesThing(entry: OperationEntry): boolean {
    return !this.reads(entry) && this.resources.roleOf(entry.id)?.kind !== 'create';
  }

  /** Whether an operation only shows what is there, whatever its method: `POST /users.info`. */
  reads({ id, method }: OperationEntry): boolean {
    return !isUnsafe(method) || /^(?:list|read|exists)$/.test(this.resources.roleOf(id)?.kind ?? '');
  }

  /** The path parameters of an operation whose path names this thing at its end. */
  pathTo(entry: OperationEntry, thing: Thing): Values {
    const named = this.resources.named(entry);
    return { ...this.whole(entry, pathOf(named, thing, named.length - 1)), ...this.queriedFor(entry, thing) };
  }

  /** What the query of an operation has to name, for a thing or at all. */
  queriedFor(entry: OperationEntry, thing?: Thing): Values {
    return queriedFor(this.queried(entry), thing, (one) => this.known(one).filter((each) => !this.isReserved(each)));
  }

  /** The things that the query of an operation has to name. */
  queried({ id }: OperationEntry): readonly Queried[] {
    const entry = this.#operations.find(id);
    return entry === undefined ? [] : queriedBy(this.resources, this.#operations.compile(entry));
  }

  /** Whether a list has not been asked with such a path: then it counts as asked. */
  isNewQuestion({ id }: OperationEntry, path: Values): boolean {
    const question = `${id} ${JSON.stringify(path)}`;
    return !this.#asked.has(question) && this.#asked.add(question) !== undefined;
  }

  /** What an exchange has told, as it was learnt. */
  toldBy(exchange: Exchange): readonly Thing[] {
    return this.#told.get(exchange) ?? [];
  }

  /** Takes a thing for one that this run has made. */
  claim(thing: Thing): Thing {
    const made = { ...thing, origin: 'made' as const };
    return this.#add(made, [0, 0, 0, 0, '', 0], true) ?? made;
  }

  /** Keeps a thing for the operation that changes or removes it: nothing else is to name it. */
  reserve(thing: Thing): void {
    this.#reserved.add(idOf(thing));
  }

  isReserved(thing: Thing): boolean {
    return this.#reserved.has(idOf(thing));
  }

  attemptsOf(resource: Resource): Attempts {
    const attempts = this.#attempts.get(resource) ?? noAttempts();
    this.#attempts.set(resource, attempts);
    return attempts;
  }

  /** Forgets a thing, and what stands under it, since nobody can ask for that any more. */
  forget(gone: Thing): void {
    const { resource } = gone;
    const id = idOf(gone);
    this.#byResource.get(resource)?.delete(id);
    this.#made.delete(id);
    for (const [below, kept] of this.#byResource) {
      if (!below.scope.some((above) => above.resource === resource)) continue;
      for (const [place, { thing }] of kept) if (standsUnder(thing, gone)) kept.delete(place);
    }
    // What is there now, its lists may say.
    for (const { entry } of resource.roles)
      for (const question of this.#asked) if (question.startsWith(`${entry.id} `)) this.#asked.delete(question);
  }

  /** @param isCertain whether the target says that it is new */
  #add(thing: Thing, rank: Rank, isCertain: boolean): Thing | null {
    const { resource, origin } = thing;
    const id = idOf(thing);
    // What another thing says of one may be older than its end.
    if (origin !== 'member') {
      this.#seen.set(id, this.#exchanges);
      this.lost.remove(thing);
    }
    const kept = this.#byResource.get(resource) ?? new Map<string, Kept>();
    this.#byResource.set(resource, kept);
    const known = kept.get(id);
    const isOurs = this.#made.has(id);
    if (known === undefined && kept.size >= mostKept && origin !== 'made') return null;
    const better = known !== undefined && compareRanks(known.rank, rank) <= 0 ? known : { thing, rank };
    const row = thing.row ?? known?.thing.row ?? null;
    // What was there before is not ours because it was written once more.
    const isMade = isOurs || (origin === 'made' && (known === undefined || isCertain));
    const told = origin === 'made' && !isMade ? { ...better.thing, origin: 'listed' as const } : better.thing;
    // Where its own path does not say that, it stands where it was made last.
    const whole = { ...told, under: (origin === 'made' ? thing : told).under, row: kept.size < mostKept ? row : null };
    kept.set(id, { thing: whole, rank: better.rank });
    if (isMade) this.#made.set(id, whole);
    return whole;
  }

  /** Known things of a resource that do not contradict values of the path. `index`: which parameter of the path names them. */
  #fitting(entry: OperationEntry, values: Values, resource: Resource, index?: number): readonly Thing[] {
    const named = this.resources.named(entry);
    const at = index ?? named.length - 1;
    return this.known(resource).filter((thing) =>
      Object.entries(pathOf(named, thing, at)).every(
        ([name, value]) => values[name] === undefined || isSame(values[name], value),
      ),
    );
  }
}
