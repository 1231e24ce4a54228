import type { At } from '../schema/view.js';
import { type AnswerHints, findRow, findRows, sameThing } from './answer.js';
import { Outline } from './outline.js';
import { collectionPathOf, keyOfSteps, lastWordOf, type PathNode, type Step } from './path.js';
import { isPagingName } from './query-words.js';
import type { Shapes } from './shapes.js';
import { isSameNoun, wordsOf } from './words.js';

/** A list operation and where its rows stand. */
export interface List {
  readonly outline: Outline;
  readonly node: PathNode;
  readonly path: readonly string[];
  readonly item: At;
}

/** The paths that make up one resource. */
export interface Site {
  readonly noun: string;
  /** Steps of the collection; those of itself for a singleton. */
  readonly steps: readonly Step[];
  collectionPath: string | null;
  collection: PathNode | null;
  readonly item: PathNode | null;
  readonly isSingleton: boolean;
  /** Those of its collection first. */
  readonly lists: List[];
  /** What one thing looks like. */
  readonly row: At;
  readonly why: string[];
}

/** The outlines of a document, made when they are asked for. */
export class Outlines {
  readonly #document: ConstructorParameters<typeof Outline>[1];
  readonly #known = new Map<object, Outline>();

  constructor(document: ConstructorParameters<typeof Outline>[1]) {
    this.#document = document;
  }

  of(entry: ConstructorParameters<typeof Outline>[0]): Outline {
    const known = this.#known.get(entry) ?? new Outline(entry, this.#document);
    this.#known.set(entry, known);
    return known;
  }

  at(node: PathNode | null | undefined, method: string): Outline | undefined {
    const entry = node?.entries.find((each) => each.method === method);
    return entry && this.of(entry);
  }
}

/** Finds the paths that belong together: an item path and the collection above it, lists, and single things. */
export class Sites {
  readonly all: Site[] = [];
  /** By key of the item's path, and of the collection's. */
  readonly byItem = new Map<string, Site>();
  readonly byCollection = new Map<string, Site>();
  /** Why a `GET` lists nothing, by node. */
  readonly refusals = new Map<PathNode, string>();
  readonly #nodes: ReadonlyMap<string, PathNode>;
  readonly #outlines: Outlines;
  readonly #shapes: Shapes;

  constructor(nodes: ReadonlyMap<string, PathNode>, outlines: Outlines, shapes: Shapes) {
    this.#nodes = nodes;
    this.#outlines = outlines;
    this.#shapes = shapes;
    const lists = new Map<PathNode, List>();
    for (const node of nodes.values()) {
      const list = this.#listAt(node);
      if (list !== undefined) lists.set(node, list);
    }
    for (const node of nodes.values()) if (!lists.has(node)) this.#addItem(node, lists);
    for (const list of lists.values()) if (!this.#isPlaced(list)) this.#placeList(list);
    for (const node of nodes.values()) if (!lists.has(node)) this.#addSingleton(node);
  }

  #listAt(node: PathNode): List | undefined {
    const outline = this.#outlines.at(node, 'GET');
    const answer = outline?.answer;
    if (!outline || !answer) return undefined;
    const endsInParameter = isParameter(node.steps.at(-1));
    const item = this.#nodes.get(`${node.key}/{}`);
    const read = this.#outlines.at(item, 'GET')?.answer;
    const hints: AnswerHints = {
      noun: lastWordOf(node.steps),
      endsInParameter,
      isCollection: item !== undefined || node.entries.some(({ method }) => method === 'POST'),
      isPaged: outline.parameters('query').some(({ name }) => isPagingName(name)),
      row: read ? this.#insideOf(read.schema, lastWordOf(node.steps)) : null,
    };
    const found = findRows(this.#shapes, answer.schema, hints);
    if (typeof found !== 'string') return { outline, node, ...found };
    this.refusals.set(node, found);
    return undefined;
  }

  /** The schema of the thing that a body is about, without what wraps it. */
  #insideOf(schema: At, noun: string): At | null {
    const path = findRow(this.#shapes, schema, null, noun);
    return path === null ? null : (this.#shapes.at(schema, path) ?? null);
  }

  /** A path that ends in a parameter is that of one thing where it is read as one, or changed. */
  #addItem(node: PathNode, lists: ReadonlyMap<PathNode, List>): void {
    if (!isParameter(node.steps.at(-1))) return;
    const steps = node.steps.slice(0, -1);
    const collection = this.#nodes.get(keyOfSteps(steps)) ?? null;
    const list = collection && lists.get(collection);
    const noun = nounOf(steps, node.steps.at(-1));
    const read = this.#outlines.at(node, 'GET');
    const row = read?.answer ? this.#insideOf(read.answer.schema, noun) : null;
    const changes = node.entries.some(({ method }) => method !== 'GET' && method !== 'OPTIONS' && method !== 'TRACE');
    if (row === null && !changes && !list) return;
    const seen = row ?? list?.item ?? this.#writtenRow(node, collection, noun);
    if (seen === null) return;
    const site: Site = {
      noun,
      steps,
      collectionPath: collection?.path ?? collectionPathOf(node.path),
      collection,
      item: node,
      isSingleton: false,
      lists: list ? [list] : [],
      row: seen,
      why: [list ? `${list.node.path} lists what ${node.path} names one of` : `${node.path} names one thing`],
    };
    this.#add(site);
  }

  /** Where nothing shows a thing: as it is sent, or as it is answered with where that looks alike. */
  #writtenRow(item: PathNode, collection: PathNode | null, noun: string): At | null {
    if (this.#outlines.at(item, 'GET')?.answer) return null;
    const places = [
      [item, 'PUT'],
      [collection, 'POST'],
      [item, 'PATCH'],
      [item, 'POST'],
    ] as const;
    for (const [node, method] of places) {
      const outline = this.#outlines.at(node, method);
      const [body] = outline?.bodies ?? [];
      const sent = body ? this.#insideOf(body.schema, noun) : null;
      const shown = outline?.answer ? this.#insideOf(outline.answer.schema, noun) : null;
      if (sent !== null) return shown !== null && this.#shapes.likeness(sent, shown) >= sameThing ? shown : sent;
      if (body === undefined && shown !== null) return shown;
    }
    return null;
  }

  #add(site: Site): void {
    this.all.push(site);
    if (site.item) this.byItem.set(site.item.key, site);
    if (!site.isSingleton) this.byCollection.set(keyOfSteps(site.steps), site);
  }

  #isPlaced({ node }: List): boolean {
    return this.byCollection.get(node.key)?.collection === node;
  }

  /** A list without an item path below it lists what another path names, or things that are only listed. */
  #placeList(list: List): void {
    const { node, item } = list;
    const noun = lastWordOf(node.steps) || (list.path.at(-1) ?? 'things');
    const site = this.#siteNear(list) ?? this.#siteElsewhere(list);
    if (site !== undefined) {
      site.lists.push(list);
      if (site.collection === null && isBeside(node, site)) {
        site.collection = node;
        site.collectionPath = node.path;
        this.byCollection.set(node.key, site);
      }
      site.why.push(`${node.path} lists the same`);
      return;
    }
    this.#add({
      noun,
      steps: node.steps,
      collectionPath: node.path,
      collection: node,
      item: null,
      isSingleton: false,
      lists: [list],
      row: item,
      why: [`${node.path} lists them; no path names one`],
    });
  }

  /** `/pets/search` and `/pet/findByStatus` list what is named below, `/pets` what `/pet/{id}` names. */
  #siteNear({ node, item }: List): Site | undefined {
    for (let length = node.steps.length - 1; length > 0; length--) {
      const site = this.byCollection.get(keyOfSteps(node.steps.slice(0, length)));
      if (site && this.#shapes.likeness(site.row, item) >= sameThing) return site;
    }
    return this.all.find((site) => isBeside(node, site) && this.#shapes.likeness(site.row, item) >= sameThing);
  }

  /** By the schema: the same one, or most of it under the same noun. */
  #siteElsewhere({ node, item }: List): Site | undefined {
    const noun = lastWordOf(node.steps);
    const isCalled = (site: Site) => isSameNoun(wordsOf(site.noun).join(''), wordsOf(noun).join(''));
    const same = this.all.filter(
      ({ isSingleton, item: own, row }) => !isSingleton && own && this.#shapes.areOne(row, item),
    );
    const [only, ...others] = same;
    if (only && others.length === 0) return only;
    const called = (same.length > 0 ? same : this.all).filter(
      (site) => !site.isSingleton && site.item && isCalled(site) && this.#shapes.likeness(site.row, item) >= sameThing,
    );
    return called.toSorted((a, b) => a.steps.length - b.steps.length)[0];
  }

  /** A path that ends in a word and answers with one object is a single thing. */
  #addSingleton(node: PathNode): void {
    if (isParameter(node.steps.at(-1)) || node.steps.length === 0 || this.byCollection.has(node.key)) return;
    const outline = this.#outlines.at(node, 'GET');
    if (!outline?.answer) return;
    const noun = lastWordOf(node.steps);
    const row = this.#insideOf(outline.answer.schema, noun);
    if (row === null || !this.#shapes.isObject(row)) return;
    const query = outline.parameters('query');
    const changes = node.entries.some(({ method }) => method === 'PUT' || method === 'PATCH' || method === 'DELETE');
    if (!changes && query.length > 0) {
      this.refusals.set(node, `It answers with one object that its query chooses (${query[0]?.name})`);
      return;
    }
    this.#add({
      noun,
      steps: node.steps,
      collectionPath: null,
      collection: null,
      item: node,
      isSingleton: true,
      lists: [],
      row,
      why: [`${node.path} answers with one object and names no key`],
    });
  }
}

function isParameter(step: Step | undefined): boolean {
  return step !== undefined && 'parameter' in step;
}

/** What a collection is called: its last word, or else what its parameter is called. */
function nounOf(steps: readonly Step[], last: Step | undefined): string {
  const word = lastWordOf(steps);
  if (word !== '') return word;
  return last !== undefined && 'parameter' in last ? (wordsOf(last.parameter)[0] ?? 'things') : 'things';
}

/** Whether a path differs from a collection's in the number of its last word alone. */
function isBeside(node: PathNode, { steps, isSingleton }: Site): boolean {
  const [own, other] = [node.steps.at(-1), steps.at(-1)];
  if (isSingleton || !own || !other || !('word' in own) || !('word' in other)) return false;
  if (!isSameNoun(own.word.toLowerCase(), other.word.toLowerCase())) return false;
  return keyOfSteps(node.steps.slice(0, -1)) === keyOfSteps(steps.slice(0, -1));
}
