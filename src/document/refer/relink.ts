import { pointerOf, referenceTo, valueAt } from '../../text/pointer.js';
import type { Work } from '../../text/slices.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import { embeddedFiles, type Origins, placeIn } from '../read/origins.js';
import { objectKinds } from './object-kinds.js';
import type { File, Link, Site, Target } from './reference.js';
import { objectsInPiece } from './walk.js';

/**
 * Puts in the place of each reference that stands where none may what it leads to.
 * @returns the links that are left
 */
export function inlineMisplaced(links: readonly Link[], origins: Origins): Link[] {
  const targets = new Map<Json, Link>();
  for (const link of links) if (objectKinds[link.site.kind].inlined) targets.set(link.site.holder, link);
  for (const [holder, link] of targets) {
    const seen = new Set<Json>();
    let { target } = link;
    for (let next = targets.get(target.value); next && !seen.has(target.value); next = targets.get(target.value)) {
      seen.add(target.value);
      target = next.target;
    }
    if (!isObject(holder) || !isObject(target.value)) continue;
    delete holder.$ref;
    for (const [name, value] of Object.entries(target.value)) if (name !== '$ref') setMember(holder, name, value);
    origins.set(holder, placeIn(target.file, target.segments));
  }
  for (const { site, target } of links) if (site.kind === 'value') showExample(site, target);
  return links.filter(({ site }) => site.kind !== 'value' && (site.member !== '$ref' || '$ref' in site.holder));
}

/** Puts in the place of a reference what it leads to: an example, or the value that an Example Object has. */
function showExample({ frame, steps: [name = ''] }: Site, { value, segments }: Target): void {
  const isExample = segments.at(-2) === 'examples' && isObject(value) && Object.hasOwn(value, 'value');
  setMember(frame.value, name, isExample ? (value.value as Json) : value);
}

/** What the upgrade did to places: the root members that it renamed, and the objects that it moved. */
export interface Moves {
  readonly prefixes: readonly { readonly from: readonly string[]; readonly to: readonly string[] }[];
  /** By the object that held a `$ref`, the one that holds it now. */
  readonly holders: ReadonlyMap<JsonObject, JsonObject>;
}

/**
 * Writes every reference anew whose target has moved: into the tree from a file beside it, or within the
 * tree by the upgrade. All others stay as they were written. Piece by piece.
 * @returns by the object that holds a `$ref`, the pointer that it leads to, where that is not what it says
 */
export function* relink(root: JsonObject, links: readonly Link[], moves: Moves): Work<Map<JsonObject, string>> {
  const finder = new Finder(root, moves);
  const elsewhere = new Map<JsonObject, string>();
  for (const [index, { site, target, asWritten }] of links.entries()) {
    if (index % objectsInPiece === 0) yield null;
    const pointer = finder.pointerTo(target);
    const holder = site.member === '$ref' ? (moves.holders.get(site.holder) ?? site.holder) : site.holder;
    if (asWritten) {
      elsewhere.set(holder, pointer);
    } else if (
      site.file.key !== null ||
      target.file.key !== null ||
      /^[^#]/.test(site.text) ||
      finder.hasMoved(target)
    ) {
      holder[site.member] = referenceTo(pointer);
    }
  }
  return elsewhere;
}

class Finder {
  readonly #root: JsonObject;
  readonly #moves: Moves;
  readonly #pointers = new Map<Target, string>();
  readonly #moved = new Map<Target, boolean>();
  #index: Map<JsonObject, string> | undefined;

  constructor(root: JsonObject, moves: Moves) {
    this.#root = root;
    this.#moves = moves;
  }

  hasMoved(target: Target): boolean {
    let moved = this.#moved.get(target);
    if (moved === undefined) {
      moved = this.pointerTo(target) !== pointerOf(...target.segments);
      this.#moved.set(target, moved);
    }
    return moved;
  }

  /** Where a value stands in the finished tree. */
  pointerTo(target: Target): string {
    let pointer = this.#pointers.get(target);
    if (pointer === undefined) {
      const segments = this.#expected(target);
      const { value } = target;
      const stands = !isObject(value) || valueAt(this.#root, segments) === value;
      pointer = (stands ? undefined : this.#search(value)) ?? pointerOf(...segments);
      this.#pointers.set(target, pointer);
    }
    return pointer;
  }

  #expected({ file, segments }: Target): readonly string[] {
    if (file.key !== null) return [embeddedFiles, file.key, ...segments];
    const rename = this.#moves.prefixes.find(({ from }) => from.every((segment, index) => segment === segments[index]));
    return rename ? [...rename.to, ...segments.slice(rename.from.length)] : segments;
  }

  /** By identity: the upgrade moves objects, but keeps those that references can lead to. */
  #search(value: JsonObject): string | undefined {
    this.#index ??= indexObjects(this.#root);
    return this.#index.get(value);
  }
}

function indexObjects(root: JsonObject): Map<JsonObject, string> {
  const index = new Map<JsonObject, string>();
  const look = (value: Json, pointer: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isObject(value)) {
      if (index.has(value)) return;
      index.set(value, pointer);
    }
    for (const [key, member] of Object.entries(value)) look(member, pointer + pointerOf(key));
  };
  look(root, '');
  return index;
}

/**
 * The files beside the document, by name, each with only what references lead to: the rest was neither
 * upgraded nor are its references written anew. The objects that references lead to are the files' own.
 */
export function embed(links: readonly Link[]): JsonObject | undefined {
  const files = new Map<File, Tree>();
  for (const { target } of links) {
    if (target.file.key !== null) {
      const tree = files.get(target.file) ?? new Map<string, Branch>();
      files.set(target.file, tree);
      addBranch(tree, target.segments);
    }
  }
  const result: JsonObject = {};
  for (const [file, tree] of files) setMember(result, file.key as string, prune(file.source.value, tree));
  return files.size > 0 ? result : undefined;
}

/** What is wanted of a value: `whole` of it, or some of its members. */
type Branch = Tree | 'whole';
type Tree = Map<string, Branch>;

const wholeFile = '';

function addBranch(files: Tree, segments: readonly string[]): void {
  let tree = files;
  let name = wholeFile;
  for (const segment of segments) {
    const branch = tree.get(name) ?? new Map<string, Branch>();
    if (branch === 'whole') return;
    tree.set(name, branch);
    tree = branch;
    name = segment;
  }
  tree.set(name, 'whole');
}

function prune(value: Json, files: Tree): Json {
  return pruneBranch(value, files.get(wholeFile) ?? 'whole');
}

function pruneBranch(value: Json, branch: Branch): Json {
  // Of a list all items are kept, since pointers count them.
  if (branch === 'whole' || !isObject(value)) return value;
  const result: JsonObject = {};
  for (const [name, inner] of branch) setMember(result, name, pruneBranch(value[name] as Json, inner));
  return result;
}
