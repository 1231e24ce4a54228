import type { OperationEntry, Operations } from '../operation/index.js';
import { viewOf } from '../schema/view.js';
import { parsePointer } from '../text/pointer.js';
import { envelopeOf } from './envelope.js';
import { findKey, type KeyHints } from './key.js';
import type { Outline } from './outline.js';
import { nodesOf, type PathNode, stepsOf } from './path.js';
import { queryRolesOf } from './query.js';
import { type Referable, referencesOf } from './references.js';
import { Judge, type Verdict } from './roles.js';
import { type Known, nameOf, scopeOf, wordsOfNode } from './scope.js';
import { Shapes } from './shapes.js';
import { Outlines, type Site, Sites } from './sites.js';
import type { Key, Resource, ResourceCorrection, Resources, Role, ScopeParameter } from './types.js';

const known = new WeakMap<Operations, Resources>();

/**
 * What a document says about things: which it lets one list, create, read, change and remove, by which paths and key, and
 * what each operation, query parameter and member beside the rows does. Found once for a document, from its paths and
 * schemas; no operation is compiled for it.
 * @param corrections what the fixture file says otherwise; held against the document before
 */
export function findResources(operations: Operations, corrections: readonly ResourceCorrection[] = []): Resources {
  if (corrections.length > 0) return new Finder(operations, corrections).resources();
  const found = known.get(operations) ?? new Finder(operations, []).resources();
  known.set(operations, found);
  return found;
}

/** A resource while it is found: what others refer to is filled in step by step. */
class FoundResource implements Resource {
  name = '';
  parent: Resource | null = null;
  key: Key | null = null;
  scope: readonly ScopeParameter[] = [];
  readonly roles: Role[] = [];
  readonly collection: string | null;
  readonly item: string | null;
  readonly isSingleton: boolean;
  readonly schema: string;
  readonly why: string[];
  readonly #references: () => Resource['references'];
  #foundReferences: Resource['references'] | undefined;

  constructor(site: Site, schema: string, references: (own: FoundResource) => Resource['references']) {
    this.collection = site.collectionPath;
    this.item = site.item?.path ?? null;
    this.isSingleton = site.isSingleton;
    this.schema = schema;
    this.why = site.why;
    this.#references = () => references(this);
  }

  get references() {
    this.#foundReferences ??= this.#references();
    return this.#foundReferences;
  }
}

class Finder {
  readonly #operations: Operations;
  readonly #shapes: Shapes;
  readonly #outlines: Outlines;
  readonly #nodes: ReadonlyMap<string, PathNode>;
  readonly #sites: Sites;
  readonly #resources = new Map<Site, FoundResource>();
  readonly #byItem = new Map<string, Resource>();
  readonly #referable: Referable[] = [];
  readonly #roles = new Map<string, Role>();
  readonly #unplaced = new Map<OperationEntry, string>();

  constructor(operations: Operations, _corrections: readonly ResourceCorrection[]) {
    this.#operations = operations;
    this.#shapes = new Shapes(viewOf(operations.document));
    this.#outlines = new Outlines(operations.document);
    this.#nodes = nodesOf(operations.entries);
    this.#sites = new Sites(this.#nodes, this.#outlines, this.#shapes);
  }

  resources(): Resources {
    // Those above come first: what stands below is called after them.
    const sites = this.#sites.all.toSorted((a, b) => a.steps.length - b.steps.length);
    for (const site of sites) this.#addResource(site);
    this.#findKeys(sites);
    this.#nest(sites);
    for (const node of this.#nodes.values()) this.#placeOperations(node);
    const all = sites.flatMap((site) => this.#resources.get(site) ?? []).filter(({ roles }) => roles.length > 0);
    const byName = new Map(all.map((resource) => [resource.name, resource]));
    return {
      all,
      roleOf: (id) => this.#roles.get(id),
      find: (name) => byName.get(name),
      unplaced: this.#operations.entries.flatMap((entry) => {
        const reason = this.#unplaced.get(entry);
        return reason === undefined ? [] : [{ entry, reason }];
      }),
    };
  }

  #addResource(site: Site): void {
    const schema = this.#shapes.core(site.row)?.pointer ?? '';
    const resource = new FoundResource(site, schema, (own) =>
      referencesOf(this.#shapes, schema, own.key?.member ?? [], this.#referable),
    );
    this.#resources.set(site, resource);
    this.#referable.push({ resource, noun: site.noun });
    if (site.item) this.#byItem.set(site.item.key, resource);
  }

  #findKeys(sites: readonly Site[]): void {
    const links = this.#linkedMembers();
    for (const site of sites) {
      const resource = this.#resources.get(site);
      if (!resource || site.isSingleton) continue;
      const last = site.item?.steps.at(-1);
      const name = last !== undefined && 'parameter' in last ? last.parameter : null;
      const hints: KeyHints = {
        row: site.row,
        noun: site.noun,
        parameter: name === null ? null : { name, schema: this.#parameterSchema(site.item, name) },
        linked: site.item?.entries.flatMap(({ id }) => links.get(id) ?? []) ?? [],
      };
      resource.key = findKey(this.#shapes, hints);
      resource.why.push(whyKey(resource.key, name));
    }
  }

  #parameterSchema(node: PathNode | null, name: string) {
    for (const entry of node?.entries ?? []) {
      const found = this.#outlines
        .of(entry)
        .parameters('path')
        .find((each) => each.name === name);
      if (found) return found.schema;
    }
    return null;
  }

  /** By operation: the members that links pass for the last parameter of its path, as paths into a row. */
  #linkedMembers(): ReadonlyMap<string, (readonly string[])[]> {
    const found = new Map<string, (readonly string[])[]>();
    for (const entry of this.#operations.entries) {
      const outline = this.#outlines.of(entry);
      for (const { target, parameters } of outline.links) {
        const to = this.#operations.find(target);
        const last = to && stepsOf(to.path).at(-1);
        if (!to || !last || !('parameter' in last)) continue;
        const expression = parameters[last.parameter] ?? parameters[`path.${last.parameter}`];
        const pointer =
          typeof expression === 'string' ? /^\{?\$response\.body#(\/[^}]*)\}?$/.exec(expression)?.[1] : null;
        if (pointer) found.set(to.id, [...(found.get(to.id) ?? []), ...memberPaths(parsePointer(pointer))]);
      }
    }
    return found;
  }

  #nest(sites: readonly Site[]): void {
    const names = new Set<string>();
    for (const site of sites) {
      const resource = this.#resources.get(site);
      if (!resource) continue;
      resource.scope = scopeOf(this.#shapes, site.steps, resource.schema, this.#known, resource);
      const above = resource.scope.findLast((each) => each.resource !== null && each.resource !== resource);
      resource.parent = above?.resource ?? null;
      const words = wordsOfNode(site);
      resource.name = nameOf(words.length > 0 ? words : [site.noun], resource.parent, names);
      names.add(resource.name);
    }
  }

  get #known(): Known {
    return { byItem: this.#byItem, all: this.#referable };
  }

  #placeOperations(node: PathNode): void {
    const judge = new Judge(this.#shapes);
    for (const entry of node.entries) {
      const outline = this.#outlines.of(entry);
      const [site, verdict] = this.#judge(judge, outline, node);
      const resource = site && this.#resources.get(site);
      if (!resource || typeof verdict === 'string') {
        this.#unplaced.set(entry, typeof verdict === 'string' ? verdict : 'Its path belongs to no resource');
        continue;
      }
      const role = this.#role(verdict, outline, resource, node);
      this.#roles.set(entry.id, role);
      resource.roles.push(role);
    }
  }

  #judge(judge: Judge, outline: Outline, node: PathNode): readonly [Site | undefined, Verdict] {
    const sites = this.#sites;
    const refusal = sites.refusals.get(node);
    const item = sites.byItem.get(node.key);
    const list = sites.all.find(({ lists }) => lists.some((each) => each.node === node));
    const collection = list ?? sites.byCollection.get(node.key);
    const isList = collection?.lists.some((each) => each.outline === outline) ?? false;
    if (item && !isList) {
      const canCreate = item.collection?.entries.some(({ method }) => method === 'POST') ?? false;
      return [item, judge.onItem(outline, item, canCreate)];
    }
    if (collection) return [collection, judge.onCollection(outline, collection, node, refusal)];
    // A path below one thing, or below a collection: the nearest above counts.
    const words: string[] = [];
    for (let length = node.steps.length - 1; length > 0; length--) {
      const step = node.steps[length];
      if (!step || !('word' in step)) break;
      words.unshift(step.word);
      const key = node.key.split('/').slice(0, length).join('/');
      const above = sites.byItem.get(key);
      const beside = sites.byCollection.get(key);
      const verdict = above
        ? judge.belowItem(outline, above, words)
        : beside && judge.belowCollection(outline, beside, words);
      if (verdict) return [above ?? beside, verdict];
      if (above || beside) break;
    }
    return [undefined, refusal ?? whyNot(outline)];
  }

  #role(verdict: Exclude<Verdict, string>, outline: Outline, resource: FoundResource, node: PathNode): Role {
    const { entry } = outline;
    const steps = stepsOf(entry.path);
    const names = steps.flatMap((step) => ('parameter' in step ? step.parameter : []));
    const keyParameter = verdict.kind !== 'list' && verdict.namesOne ? (names.at(-1) ?? null) : null;
    const others =
      keyParameter === null
        ? steps
        : steps.slice(
            0,
            steps.findLastIndex((step) => 'parameter' in step),
          );
    const isOwn = node.path === resource.collection || node.path === resource.item;
    const scope =
      isOwn && entry.path === node.path
        ? resource.scope
        : scopeOf(this.#shapes, others, resource.schema, this.#known, resource);
    const common = { entry, resource, keyParameter, scope };
    if (verdict.kind !== 'list') {
      const { kind, answer, body } = verdict;
      return { ...common, kind, answer, body };
    }
    const { path } = verdict.list;
    const shapes = this.#shapes;
    const { answer } = outline;
    let query: ReturnType<typeof queryRolesOf> | undefined;
    let envelope: ReturnType<typeof envelopeOf> | undefined;
    return {
      ...common,
      kind: 'list',
      answer: answer && { response: answer.response, mediaType: answer.mediaType, path },
      get query() {
        query ??= queryRolesOf(shapes, outline.parameters('query'), resource);
        return query;
      },
      get envelope() {
        envelope ??= answer ? envelopeOf(shapes, answer.schema, path, outline.headers, this.query) : [];
        return envelope;
      },
    };
  }
}

/** A pointer into an answer, from each step on that may be where the row begins: `/data/0/id` is `id`, or `data.id`. */
function memberPaths(tokens: readonly string[]): (readonly string[])[] {
  const index = tokens.findLastIndex((token) => /^\d+$/.test(token));
  const inside = tokens.slice(index + 1);
  return inside.map((_, from) => inside.slice(from)).filter((path) => path.length > 0);
}

function whyKey(key: Key | null, parameter: string | null): string {
  if (key === null) {
    return parameter === null ? 'no member is called like a key' : `no member is known to equal {${parameter}}`;
  }
  const member = key.member.join('.');
  if (key.parameter === null) return `"${member}" is called like a key`;
  const how = { link: 'as a link says', name: 'by name', schema: 'by schema', fixture: 'as the fixture file says' };
  return `"${member}" equals {${key.parameter}}, ${how[key.by]}`;
}

/** Why an operation whose path belongs to no resource has no role. */
function whyNot(outline: Outline): string {
  const { method } = outline.entry;
  const types = outline.answerMediaTypes;
  if (method !== 'GET') return `No thing is known that ${method} would be about here`;
  if (outline.answer === null)
    return types.length === 0 ? 'Its answer has no schema' : `It answers with ${types[0]} of no schema`;
  return 'It answers with no object and no list of objects';
}
