import { type AnswerHints, findListOfOne, findRows } from './answer.js';
import { askingAt } from './asking.js';
import { type CalledOtherwise, calledOtherwise } from './called-otherwise.js';
import { calledSites } from './called-sites.js';
import { countedAt } from './count.js';
import { siteElsewhere } from './elsewhere.js';
import { findKey } from './key.js';
import { listedBelow } from './listed-alone.js';
import type { Outlines } from './outlines.js';
import {
  collectionPathOf,
  isParameter,
  keyOfSteps,
  lastWordOf,
  type PathNode,
  parametersOf,
  type Step,
  unwritten,
} from './path.js';
import { isPagingName } from './query-words.js';
import { selfSiteOf } from './self.js';
import type { Shape } from './shape.js';
import { insideOf, isBeside, isPartOf, isRowOf, type List, nounOf, type Site } from './site.js';
import { stemOf } from './stem.js';
import type { Key } from './types.js';
import { fold, Index, singularsOf } from './words.js';
import { writtenRow } from './written-row.js';

/** Finds the paths that belong together: an item path and the collection above it, lists, and single things. */
export class Sites {
  readonly all = new Set<Site>();
  /** By key of the item's path, and of the collection's. */
  readonly byItem = new Map<string, Site>();
  readonly byCollection = new Map<string, Site>();
  /** By node of a list. */
  readonly byList = new Map<PathNode, Site>();
  /** Why a `GET` lists nothing, by node. */
  readonly refusals = new Map<PathNode, string>();
  /** Where paths say what is done (`/users.list`): by such a path, and by the key of that before the verb. */
  readonly byCall = new Map<PathNode | string, Site>();
  /** By node of a path that shows whoever asks. */
  readonly bySelf = new Map<PathNode, Site>();
  byOther: ReadonlyMap<PathNode, CalledOtherwise> = new Map();
  readonly #bySchema = new Index<Shape, Site>();
  readonly #byNoun = new Index<string, Site>();
  readonly #nodes: ReadonlyMap<string, PathNode>;
  readonly #outlines: Outlines;
  readonly #linked: ReadonlyMap<string, readonly (readonly string[])[]>;

  /** @param linked by operation: the members that links pass for the last parameter of its path, as paths into a row */
  constructor(
    nodes: ReadonlyMap<string, PathNode>,
    outlines: Outlines,
    linked: ReadonlyMap<string, readonly (readonly string[])[]>,
  ) {
    this.#nodes = nodes;
    this.#outlines = outlines;
    this.#linked = linked;
  }

  /** Looks for them, a path at a time. */
  *find(): Generator<null, void> {
    const nodes = this.#nodes;
    const lists = new Map<PathNode, List>();
    for (const node of nodes.values()) {
      const list = this.#findList(node);
      if (list !== undefined) lists.set(node, list);
      yield null;
    }
    for (const node of nodes.values()) {
      const below = listedBelow(node, lists, nodes, this.#outlines, this.keyOf.bind(this));
      if (below === 'one') lists.delete(node);
      else if (below !== null && !lists.has(node)) lists.set(node, below);
      if (!lists.has(node)) this.#addItem(node, lists);
      yield null;
    }
    this.byOther = calledOtherwise(this);
    for (const node of unwritten(nodes)) {
      const list = lists.get(nodes.get(keyOfSteps(node.steps.slice(0, -1))) as PathNode);
      if (list !== undefined && !this.byCollection.has(list.node.key)) this.#addUnwritten(node, list);
      yield null;
    }
    for (const list of lists.values()) {
      if (!this.byList.has(list.node)) this.#placeList(list);
      yield null;
    }
    for (const { key, nodes: called, site } of calledSites(nodes, this, this.#outlines)) {
      for (const each of [key, ...called]) this.byCall.set(each, site);
      this.all.add(site);
    }
    for (const node of nodes.values()) {
      if (!lists.has(node)) this.#addSingleton(node);
      yield null;
    }
  }

  #findList(node: PathNode): List | undefined {
    const outline = askingAt(node, this.#outlines);
    const answer = outline?.answer;
    if (!outline || !answer) return undefined;
    const noun = lastWordOf(node.steps);
    const item = this.#nodes.get(`${node.key}/{}`);
    const read = this.#outlines.at(item, 'GET')?.answer;
    const hints: AnswerHints = {
      noun,
      endsInParameter: isParameter(node.steps.at(-1)),
      isCollection: item !== undefined || node.entries.some(({ method }) => method === 'POST'),
      isPaged: () => outline.query.some(({ name }) => isPagingName(name)),
      row: read ? insideOf(read.shape, noun) : null,
    };
    if (this.#showsAbove(node, answer.shape)) return undefined;
    const found = findRows(answer.shape, hints);
    if (typeof found !== 'string') return { outline, node, ...found };
    if (outline.entry.method !== 'POST') this.refusals.set(node, found);
    return undefined;
  }

  /** Whether a path below one thing answers with that thing itself (`/pods/{name}/status`), whatever lists are in it. */
  #showsAbove(node: PathNode, shape: Shape): boolean {
    if (!isParameter(node.steps.at(-2)) || isParameter(node.steps.at(-1))) return false;
    const above = this.#nodes.get(keyOfSteps(node.steps.slice(0, -1)));
    const read = this.#outlines.at(above, 'GET')?.answer;
    if (above === undefined || read?.shape.core !== shape.core || shape.item !== undefined) return false;
    return this.keyOf(shape, lastWordOf(above.steps), above) !== null;
  }

  /** A path that ends in a parameter is that of one thing where it is read as one, or changed. */
  #addItem(node: PathNode, lists: ReadonlyMap<PathNode, List>): void {
    if (!isParameter(node.steps.at(-1))) return;
    const steps = node.steps.slice(0, -1);
    const collection = this.#nodes.get(keyOfSteps(steps)) ?? null;
    const list = collection ? lists.get(collection) : undefined;
    const noun = nounOf(steps, node.steps.at(-1));
    const read = this.#outlines.at(node, 'GET');
    const isListed = read?.answer && list && findListOfOne(read.answer.shape, list.item, [list]) !== null;
    const row = isListed ? list.item : read?.answer ? insideOf(read.answer.shape, noun, list?.item) : null;
    const isChanged = node.entries.some(({ method }) => ['PUT', 'PATCH', 'DELETE'].includes(method));
    if (row === null && !isChanged && !list) return;
    const seen = row ?? list?.item ?? writtenRow(this.#outlines, node, collection, noun);
    if (seen === null) return;
    this.add({
      noun,
      steps,
      collectionPath: collection?.path ?? collectionPathOf(node.path),
      collection,
      item: node,
      isSingleton: false,
      lists: list ? [list] : [],
      row: seen,
      key: this.keyOf(seen, noun, node, list?.isKeyed),
      why: [list ? `${list.node.path} lists what ${node.path} names one of` : `${node.path} names one thing`],
    });
  }

  /** What is listed, and named where something is done with it alone: by the key that it would have without that, too. */
  #addUnwritten(item: PathNode, list: List): void {
    const { node, item: row, isKeyed } = list;
    const noun = nounOf(node.steps, item.steps.at(-1));
    const [key, plain] = [item, null].map((each) => this.keyOf(row, noun, each, isKeyed));
    if (!key || key.member.join('.') !== plain?.member.join('.')) return;
    const place = { noun, steps: node.steps, collectionPath: node.path, collection: node, item, isSingleton: false };
    this.add({ ...place, lists: [list], row, key, why: [`${node.path} lists what ${item.path}/… is about`] });
  }

  /** The key of what a path names one of, or of what is only listed. */
  keyOf(row: Shape, noun: string, item: PathNode | null, isKeyed = false): Key | null {
    const name = item ? parametersOf(item.steps).at(-1) : undefined;
    const stem = item && name !== undefined ? stemOf(row, item, this.#outlines.spelledIn(item)) : null;
    if (stem !== null && name !== undefined) return { member: ['name'], parameter: name, by: 'name', stem };
    const linked = item?.entries.flatMap(({ id }) => this.#linked.get(id) ?? []) ?? [];
    const isNamespaced = isParameter(item?.steps.at(-2));
    return findKey({
      row,
      noun,
      linked,
      isKeyed,
      isNamespaced,
      parameter: name === undefined ? null : this.#outlines.parameterOf(item, name),
    });
  }

  add(site: Site): void {
    this.all.add(site);
    if (site.item) this.byItem.set(site.item.key, site);
    if (site.isSingleton) return;
    this.byCollection.set(keyOfSteps(site.steps), site);
    for (const { node } of site.lists) this.byList.set(node, site);
    for (const base of new Set([site.row.core, ...site.row.bases])) this.#bySchema.add(base, site);
    for (const noun of singularsOf(fold(site.noun))) this.#byNoun.add(noun, site);
  }

  /** Takes away what was taken for a resource: its operations are of none, unless another has them. */
  remove(site: Site): void {
    this.all.delete(site);
    for (const map of [this.byItem, this.byCollection, this.byList] as Map<unknown, Site>[])
      for (const [key, value] of map) if (value === site) map.delete(key);
  }

  /** A list without an item path below it lists what another path names, or things that are only listed. */
  #placeList(list: List): void {
    const { node, item } = list;
    const site = this.#siteNear(list) ?? this.#siteElsewhere(list);
    if (site !== undefined) {
      site.lists.push(list);
      this.byList.set(node, site);
      if (site.collection === null && isBeside(node, site)) {
        site.collection = node;
        site.collectionPath = node.path;
        this.byCollection.set(node.key, site);
      }
      site.why.push(`${node.path} lists the same`);
      return;
    }
    const noun = lastWordOf(node.steps) || (list.path.at(-1) ?? 'things');
    this.add({
      noun,
      steps: node.steps,
      collectionPath: node.path,
      collection: node,
      item: null,
      isSingleton: false,
      lists: [list],
      row: item,
      key: this.keyOf(item, noun, null, list.isKeyed),
      why: [`${node.path} lists them; no path names one`],
    });
  }

  /** `/pets/search` and `/pet/findByStatus` list what is named below, `/pets` what `/pet/{id}` names. */
  #siteNear({ node, item }: List): Site | undefined {
    for (let length = node.steps.length - 1; length > 0; length--) {
      const site = this.byCollection.get(keyOfSteps(node.steps.slice(0, length)));
      // What stands below one thing may look like it all the same, and what nothing names is what its path says alone.
      const isBelowOne = node.steps.slice(length, -1).some(isParameter);
      const isSame = isBelowOne ? site?.key && item.isOneWith(site.row) : site && isRowOf(item, site);
      if (isSame) return site;
    }
    return this.#called(lastWordOf(node.steps)).find((site) => isBeside(node, site) && isRowOf(item, site));
  }

  #siteElsewhere(list: List): Site | undefined {
    return siteElsewhere(list, {
      ofSchema: (base) => this.#bySchema.get(base),
      called: (noun) => this.#called(noun),
      above: (steps) => this.#above(steps),
    });
  }

  /** The things that a path stands below. */
  #above(steps: readonly Step[]): readonly Site[] {
    return steps.flatMap((_, index) => this.byItem.get(keyOfSteps(steps.slice(0, index + 1))) ?? []);
  }

  /** Those whose things are called so, in singular or plural. */
  #called(noun: string): readonly Site[] {
    return [...new Set(singularsOf(fold(noun)).flatMap((each) => this.#byNoun.get(each)))];
  }

  /** A path that ends in a word and answers with one object is a single thing. */
  #addSingleton(node: PathNode): void {
    if (isParameter(node.steps.at(-1)) || node.steps.length === 0) return;
    if (countedAt(node, this.byCollection) !== undefined) return;
    const outline = this.#outlines.at(node, 'GET');
    if (!outline?.answer) return;
    const self = selfSiteOf(node, outline.answer.shape, this);
    if (self === undefined && this.byCollection.has(node.key)) return;
    if (self !== undefined) {
      this.bySelf.set(node, self);
      self.why.push(`${node.path} shows the one that asks`);
      return;
    }
    const noun = lastWordOf(node.steps);
    const row = insideOf(outline.answer.shape, noun);
    if (row === null || row.members.size === 0) return;
    const above = this.byItem.get(keyOfSteps(node.steps.slice(0, -1)));
    if (above !== undefined && isPartOf(row, above)) return;
    const [query] = outline.query;
    const isChanged = node.entries.some(({ method }) => ['PUT', 'PATCH', 'DELETE'].includes(method));
    if (!isChanged && query !== undefined) {
      this.refusals.set(node, `It answers with one object that its query chooses (${query.name})`);
      return;
    }
    this.add({
      noun,
      steps: node.steps,
      collectionPath: null,
      collection: null,
      item: node,
      isSingleton: true,
      lists: [],
      row,
      key: null,
      why: [`${node.path} answers with one object and names no key`],
    });
  }
}
