import { type OperationEntry, type Operations, resultOf } from '../operation/index.js';
import { namedByCall, namingOf, stepsCalled, verbOf } from './call.js';
import { calledKind } from './called-kind.js';
import { correctSites, type ResourceCorrection } from './correct.js';
import { countedAt, numberIn } from './count.js';
import { FoundItemRole, FoundList, FoundResource } from './found.js';
import { FoundRelation } from './found-relation.js';
import { homesIn, settleAtHome } from './home.js';
import { joinAlike } from './joined.js';
import { judgeAt } from './judge.js';
import { linkedMembers } from './links.js';
import type { Outline } from './outline.js';
import { Outlines } from './outlines.js';
import { partAt } from './part.js';
import { isParameter, keyOfSteps, nodesOf, type PathNode, parametersOf, pathIn, stepsOf } from './path.js';
import { References } from './references.js';
import { judgeRelation } from './relation.js';
import { searched, type Verdict } from './roles.js';
import { RowsOf } from './rows-of.js';
import { type Known, namedIn, nameOf, scopeOf, wordsOfNode } from './scope.js';
import { type SelfFound, selfAt, signedInAt } from './self.js';
import { Sent } from './sent.js';
import { severalOf } from './several.js';
import { Shapes } from './shape.js';
import { type Site, whyKey } from './site.js';
import { Sites } from './sites.js';
import type { Beside, ListRole, Named, RelationRole, Resource, Resources, Role } from './types.js';

/** Looks for what a document says about things. */
export class Finder {
  readonly #operations: Operations;
  readonly #outlines: Outlines;
  readonly #nodes: ReadonlyMap<string, PathNode>;
  readonly #sites: Sites;
  readonly #resources = new Map<Site, FoundResource>();
  readonly #byItem = new Map<string, Resource>();
  readonly #nouns = new Map<Resource, string>();
  readonly #homes = new Set<FoundResource>();
  #known: Known = { byItem: this.#byItem, nouns: this.#nouns, references: new References() };
  readonly #roles = new Map<string, Role>();
  readonly #besides = new Map<string, Beside>();
  readonly #unplaced = new Map<OperationEntry, string>();

  private constructor(operations: Operations, outlines: Outlines, nodes: ReadonlyMap<string, PathNode>, sites: Sites) {
    this.#operations = operations;
    this.#outlines = outlines;
    this.#nodes = nodes;
    this.#sites = sites;
  }

  /** A path or an operation at a time. */
  static *find(operations: Operations, corrections: readonly ResourceCorrection[]): Generator<null, Resources> {
    const outlines = new Outlines(operations, new Shapes(operations.document));
    const nodes = yield* nodesOf(operations);
    const sites = new Sites(nodes, outlines, yield* linkedMembers(operations, outlines));
    yield* sites.find();
    return yield* new Finder(operations, outlines, nodes, sites).#find(corrections);
  }

  *#find(corrections: readonly ResourceCorrection[]): Generator<null, Resources> {
    const names = corrections.length === 0 ? undefined : this.#correct(corrections);
    yield* this.#name(names);
    for (const node of this.#nodes.values()) {
      for (const entry of node.entries) this.#place(entry, node);
      yield null;
    }
    return this.#resourcesFound();
  }

  /** Lets be what the corrections say: these speak of what was found by its name. */
  #correct(corrections: readonly ResourceCorrection[]): ReadonlyMap<Site, string> {
    for (const _ of this.#name());
    const byName = new Map(Array.from(this.#resources, ([site, { name }]) => [name, site] as const).reverse());
    const names = correctSites(
      { operations: this.#operations, sites: this.#sites, outlines: this.#outlines, nodes: this.#nodes, byName },
      corrections,
    );
    for (const map of [this.#resources, this.#byItem, this.#nouns]) map.clear();
    this.#known = { ...this.#known, references: new References() };
    return names;
  }

  /** Every site is a resource. Those above come first: what stands below is called after them. */
  *#name(names: ReadonlyMap<Site, string> = new Map()): Generator<null, void> {
    const sites = [...this.#sites.all].toSorted((a, b) => a.steps.length - b.steps.length);
    for (const site of sites) {
      this.#addResource(site);
      yield null;
    }
    const taken = new Set(names.values());
    const homeOf = homesIn(sites, this.#outlines, this.#known, this.#resources);
    for (const [site, resource] of [...this.#resources]) {
      const home = names.has(site) ? undefined : homeOf(site);
      if (home === undefined) this.#nest(site, resource, taken, names.get(site));
      else this.#rehome(site, this.#resources.get(home) as FoundResource);
      yield null;
    }
  }

  #resourcesFound(): Resources {
    const besides = [...this.#besides.values()];
    const all = [...new Set(this.#resources.values())].filter((one) => one.roles.length > 0);
    const byName = new Map(all.map((resource) => [resource.name, resource]));
    const named = new Map<string, readonly Named[]>();
    const sent = new Sent(this.#outlines, this.#known.references, this.#roles, this.#nouns);
    settleAtHome(all, this.#homes);
    joinAlike(all, new Set(besides.flatMap(({ as, role }) => (as === 'many' ? role.resource : []))));
    return {
      all,
      roleOf: (id) => this.#roles.get(id),
      besideOf: (id) => this.#besides.get(id),
      besides,
      find: (name) => byName.get(name),
      named: (entry) => {
        const path = pathIn(this.#operations, entry);
        const known = named.get(path) ?? namedIn(stepsOf(path), this.#known);
        named.set(path, known);
        return [...known, ...namedByCall(this.#roles.get(entry.id))];
      },
      sent: (entry) => resultOf(sent.by(entry)),
      sending: (entry) => sent.by(entry),
      unplaced: this.#operations.entries.flatMap((entry) => {
        const reason = this.#unplaced.get(entry);
        return reason === undefined ? [] : [{ entry, reason }];
      }),
    };
  }

  #addResource(site: Site): void {
    const resource = new FoundResource(site, this.#known.references, site.isSingleton ? [] : [whyKey(site)]);
    this.#resources.set(site, resource);
    this.#nouns.set(resource, site.noun);
    if (site.item) this.#byItem.set(site.item.key, resource);
  }

  /** Lets be another path of a thing what was taken for a thing by itself. */
  #rehome(site: Site, home: FoundResource): void {
    this.#resources.set(site, home);
    this.#homes.add(home);
    if (site.item) this.#byItem.set(site.item.key, home);
  }

  #nest(site: Site, resource: FoundResource, taken: Set<string>, name: string | undefined): void {
    if (!site.isSingleton) this.#known.references.add({ resource, noun: site.noun, row: site.row });
    resource.scope = scopeOf(site.steps, site.row, this.#known, resource);
    resource.parent =
      resource.scope.findLast((each) => each.resource !== null && each.resource !== resource)?.resource ?? null;
    if (resource.parent instanceof FoundResource && resource.scope.length === resource.parent.scope.length + 1)
      resource.parent.below.push(resource);
    const words = wordsOfNode(site);
    resource.name = name ?? nameOf(words.length > 0 ? words : [site.noun], resource.parent, taken);
    taken.add(resource.name);
  }

  #place(entry: OperationEntry, node: PathNode): void {
    const outline = this.#outlines.of(entry);
    const relation = this.#relation(outline, node);
    if (relation !== undefined) {
      this.#besides.set(entry.id, { as: 'relation', role: relation });
      return;
    }
    const self = this.#self(outline, node, selfAt(outline, node, this.#sites));
    if (self !== undefined) {
      this.#besides.set(entry.id, { as: self.isSelf ? 'self' : 'called', role: self });
      return;
    }
    const part = this.#part(outline, node);
    if (part?.isApart) {
      this.#besides.set(entry.id, { as: 'part', role: part.role });
      return;
    }
    if (part !== undefined) {
      this.#add(part.role);
      return;
    }
    const [site, verdict] = judgeAt(outline, node, this.#sites);
    const resource = site && this.#resources.get(site);
    if (!resource || typeof verdict === 'string') {
      const beside = this.#beside(outline, node);
      const call = beside === undefined ? this.#call(outline, node) : undefined;
      if (beside !== undefined) this.#besides.set(entry.id, beside);
      else if (call !== undefined) this.#add(call);
      else this.#unplaced.set(entry, typeof verdict === 'string' ? verdict : 'Its path belongs to no resource');
      return;
    }
    const role = this.#add(this.#role(verdict, outline, resource, node));
    if (role instanceof FoundList) this.#nestList(role, node);
  }

  #add<Found extends FoundList | FoundItemRole>(role: Found): Found {
    this.#roles.set(role.entry.id, role);
    role.resource.roles.push(role);
    return role;
  }

  /** What is done with the one that asks, says who that is, or is about what the path calls by another member than its key. */
  #self(outline: Outline, { steps }: PathNode, found: SelfFound | undefined): FoundItemRole | undefined {
    const resource = found && this.#resources.get(found.site);
    return resource && new FoundItemRole(outline, resource, { keyParameter: null, steps }, this.#known, found);
  }

  /** What is done with one of the things in a row's own list. */
  #part(outline: Outline, node: PathNode): { readonly role: FoundItemRole; readonly isApart: boolean } | undefined {
    const found = partAt(outline, node, this.#sites, this.#nodes, this.#outlines);
    const resource = found && this.#resources.get(found.site);
    if (found === undefined || resource === undefined) return undefined;
    const own = stepsOf(outline.path).slice(0, found.length);
    const path = { keyParameter: parametersOf(own).at(-1) ?? null, steps: own.slice(0, -1) };
    const kind = found.part.change === 'read' ? 'read' : 'action';
    const role = new FoundItemRole(outline, resource, path, this.#known, { ...found, kind });
    return { role, isApart: found.isApart };
  }

  /** What lists below one thing. */
  #nestList(role: FoundList, { steps }: PathNode): void {
    const last = steps.at(-1);
    const site = this.#sites.byItem.get(keyOfSteps(steps.slice(0, -1)));
    const above = site && this.#resources.get(site);
    if (above === undefined || above === role.resource || last === undefined || !('word' in last)) return;
    above.listsBelow.push({ word: last.word, role, row: role.resource.row });
    if (role.path === role.resource.collection) role.resource.above = above;
  }

  /** What it does with rows otherwise. */
  #beside(outline: Outline, node: PathNode): Beside | undefined {
    const count = this.#count(outline, node);
    if (count !== undefined) return { as: 'count', role: count };
    const several = severalOf(outline, node, this.#sites.byCollection, this.#resources, this.#known);
    if (several !== undefined) return several;
    const signed = this.#self(outline, node, signedInAt(outline, node, this.#sites.all));
    return signed && { as: 'self', role: signed };
  }

  /** What says how many rows of a collection there are. */
  #count(outline: Outline, node: PathNode): ListRole | undefined {
    const { site, only } = countedAt(node, this.#sites.byCollection) ?? {};
    const resource = site && this.#resources.get(site);
    const path = outline.answer && outline.entry.method === 'GET' ? numberIn(outline.answer.shape) : null;
    if (site === undefined || only === undefined || resource === undefined || path === null) return undefined;
    const place = { path, item: site.row, inside: [], isKeyed: false };
    const called = { keyParameter: null, steps: stepsCalled(node) };
    return Object.assign(new FoundList(outline, resource, called, this.#known, place), { counts: only });
  }

  /** What is called by a verb, with things that its request names. */
  #call(outline: Outline, node: PathNode): FoundList | FoundItemRole | undefined {
    const verb = verbOf(node);
    const steps = stepsCalled(node);
    const { byCall, byCollection } = this.#sites;
    const key = keyOfSteps(steps);
    const site = byCall.get(node) ?? byCall.get(key) ?? (verb && byCollection.get(key));
    const resource = site && this.#resources.get(site);
    if (site === undefined || resource === undefined || site.key === null) return undefined;
    const path = { keyParameter: null, steps };
    if (verb === 'list') {
      const list = searched(outline, site);
      return list === null ? undefined : new FoundList(outline, resource, path, this.#known, list);
    }
    const naming = verb === 'create' ? null : namingOf(outline, site);
    const kind = verb !== 'create' && naming === null ? null : calledKind(verb, outline, node, site.row);
    if (kind === null) return undefined;
    return new FoundItemRole(outline, resource, path, this.#known, { kind, rows: new RowsOf(outline, site), naming });
  }

  /** What is below one thing, and says which others it is related to. */
  #relation(outline: Outline, node: PathNode): RelationRole | undefined {
    const end = node.steps.findLastIndex(isParameter);
    const site = this.#sites.byItem.get(keyOfSteps(node.steps.slice(0, end + 1)));
    const resource = site && !site.isSingleton && end < node.steps.length - 1 ? this.#resources.get(site) : undefined;
    const verdict = resource?.key && judgeRelation(outline, resource.relations, node.steps.slice(end + 1));
    if (!resource || !verdict) return undefined;
    const own = node.path === outline.path ? node.steps : stepsOf(outline.path);
    const last = own.findLastIndex(isParameter);
    const path = { keyParameter: parametersOf(own).at(-1) ?? null, steps: own.slice(0, last) };
    return new FoundRelation(outline, resource, path, this.#known, verdict);
  }

  #role(
    verdict: Exclude<Verdict, string>,
    outline: Outline,
    resource: FoundResource,
    node: PathNode,
  ): FoundList | FoundItemRole {
    const all = node.path === outline.path ? node.steps : stepsOf(outline.path);
    const last = verdict.kind !== 'list' && verdict.namesOne ? all.findLastIndex(isParameter) : -1;
    const [parameter = null] = last < 0 ? [] : parametersOf(all).slice(-1);
    const path = { keyParameter: parameter, steps: last < 0 ? all : all.slice(0, last) };
    return verdict.kind === 'list'
      ? new FoundList(outline, resource, path, this.#known, verdict.list)
      : new FoundItemRole(outline, resource, path, this.#known, verdict);
  }
}
