import { concreteMediaType, formatOf } from '../operation/index.js';
import { findListOfOne, findRow, sameThing } from './answer.js';
import type { Outline, OutlinedBody } from './outline.js';
import type { Shape } from './shape.js';
import type { Site } from './site.js';
import type { AnswerPlace, ItemRole } from './types.js';
import { isSameName } from './words.js';

/** Where the row of a site stands in what an operation takes and answers with. */
export class RowsOf {
  readonly #outline: Outline;
  readonly #site: Site;
  #found: { readonly path: readonly string[]; readonly shown: Shape; readonly isInList: boolean } | null | undefined;
  #answer: AnswerPlace | null | undefined;
  #body: ItemRole['body'] | undefined;

  constructor(outline: Outline, site: Site) {
    this.#outline = outline;
    this.#site = site;
  }

  /** What is shown in the answer, and where. */
  get #shown() {
    if (this.#found === undefined) {
      const shape = this.#outline.answer?.shape;
      // Elsewhere than by its own path a list is one of several.
      const isOwn = this.#outline.path === this.#site.item?.path;
      const listed = shape && isOwn ? findListOfOne(shape, this.#site.row, this.#site.lists) : null;
      const path = listed ?? (shape ? findRow(shape, this.#site.row, this.#site.noun) : null);
      const there = path ? shape?.at(path) : undefined;
      const shown = listed === null ? there : there?.item;
      this.#found = path && shown ? { path, shown, isInList: listed !== null } : null;
    }
    return this.#found;
  }

  /** null where what is shown has neither its key nor half of its members in common with a row. */
  get answer(): AnswerPlace | null {
    if (this.#answer === undefined) this.#answer = this.#findAnswer();
    return this.#answer;
  }

  #findAnswer(): AnswerPlace | null {
    const { answer } = this.#outline;
    const found = this.#shown;
    if (answer === null || found === null) return null;
    const { members } = this.#site.row;
    const [key] = this.#hasOtherKey ? (this.#site.key?.member ?? []) : [];
    const names = [...found.shown.members.keys()];
    const shared = names.filter((name) => members.has(name) && name !== key).length;
    if ((shared === 0 || shared < names.length / 2) && !this.answersWithKey) return null;
    const { path, isInList } = found;
    const place = { response: answer.response, mediaType: answer.mediaType, path, inside: [], isKeyed: false };
    return isInList ? { ...place, isInList } : place;
  }

  get answersWithRow(): boolean {
    const found = this.#shown;
    return found !== null && found.shown.likeness(this.#site.row) >= sameThing;
  }

  /** Whether it answers with what has a key of its own, and says by another member of which thing it is: a draft with a `formId`. */
  get answersWithOwned(): boolean {
    const { key, row, noun } = this.#site;
    const own = key?.member.at(-1);
    const names = [...(this.#shown?.shown.members.keys() ?? [])];
    const isOwner = (name: string): boolean =>
      !row.members.has(name) && [key?.parameter ?? '', `${noun}Id`].some((one) => isSameName(name, one));
    return own !== undefined && names.includes(own) && names.some((name) => name !== own && isOwner(name));
  }

  /** Whether it answers with what things of a site are, by the same schema. */
  isExactly({ row }: Site): boolean {
    return this.#shown?.shown.core === row.core;
  }

  /** Whether it answers with an object that tells the key of what was made. */
  get answersWithKey(): boolean {
    const { key } = this.#site;
    return key !== null && this.#shown?.shown.at(key.member) !== undefined && !this.#hasOtherKey;
  }

  /** Whether what is shown has keys of another type, as another thing has. */
  get #hasOtherKey(): boolean {
    const { key, row } = this.#site;
    const [own, shown] = key === null ? [] : [row.at(key.member), this.#shown?.shown.at(key.member)];
    return own?.types != null && shown !== undefined && ![...own.types].some((type) => shown.may(type));
  }

  /** Of several bodies JSON that is no list of patches, and Merge Patch before others. */
  get body(): ItemRole['body'] {
    if (this.#body === undefined) this.#body = this.#findBody();
    return this.#body;
  }

  #findBody(): ItemRole['body'] {
    const { method } = this.#outline.entry;
    if (method === 'GET' || method === 'HEAD') return null;
    const bodies = this.#outline.bodies.filter(
      (body) => body.shape.item === undefined && !isJsonPatch(body) && hasMembers(body),
    );
    const body = bodies.find(({ mediaType }) => /merge-patch\+/i.test(mediaType)) ?? bodies[0];
    if (body !== undefined) return { mediaType: body.mediaType, path: this.#pathIn(body) };
    const patch = this.#outline.bodies.find(isJsonPatch);
    return patch && method === 'PATCH' ? { mediaType: patch.mediaType, path: [] } : this.#findListed();
  }

  /** What is sent of one thing by its own path as a list of it alone, as such a path answers. */
  #findListed(): ItemRole['body'] {
    const body = this.#outline.bodies.find(({ shape }) => (shape.item?.likeness(this.#site.row) ?? 0) >= sameThing);
    const isOwn = this.#outline.path === this.#site.item?.path && this.#shown?.isInList === true;
    return isOwn && body !== undefined ? { mediaType: body.mediaType, path: [], isInList: true } : null;
  }

  /** By media type: JSON Patch (RFC 6902), or else Merge Patch (RFC 7396), which JSON of no known kind is taken for. */
  get patch(): 'patch' | 'merge' {
    const { bodies } = this.#outline;
    return bodies.length > 0 && bodies.every(isJsonPatch) ? 'patch' : 'merge';
  }

  get takesRow(): boolean {
    const [body] = this.#outline.bodies;
    if (body === undefined || this.takesMany) return false;
    const found = body.shape.at(this.#pathIn(body));
    return found?.isObject === true && found.likeness(this.#site.row) >= sameThing;
  }

  /** Whether what it takes says anything of a row but its key. */
  get saysRow(): boolean {
    const [body] = this.#outline.bodies;
    const [key] = this.#site.key?.member ?? [];
    const sent = body?.shape.at(this.#pathIn(body)) ?? body?.shape;
    const said = sent?.item ?? sent;
    return [...(said?.members.keys() ?? [])].some((name) => name !== key && this.#site.row.members.has(name));
  }

  /** Whether it answers with a thing, and nothing is sent from which it could be known which: that makes one. */
  get makesUnasked(): boolean {
    return this.#outline.bodies.length === 0 && this.#outline.query.length === 0 && this.answersWithRow;
  }

  /** Whether what it takes says which thing it is about. */
  get takesKey(): boolean {
    const [body] = this.#outline.bodies;
    const { key } = this.#site;
    return body !== undefined && key !== null && body.shape.at([...this.#pathIn(body), ...key.member]) !== undefined;
  }

  /** Whether it takes several things: as a list, or beside what else answers of the same schema have. */
  get takesMany(): boolean {
    const shape = this.#outline.bodies[0]?.shape;
    return (
      shape?.item !== undefined ||
      (shape !== undefined && findListOfOne(shape, this.#site.row, this.#site.lists) !== null)
    );
  }

  #pathIn({ shape }: OutlinedBody): readonly string[] {
    return findRow(shape, this.#site.row, this.#site.noun) ?? [];
  }
}

/** Whether members can be read in it: bytes and plain text have none, whatever their schema says. */
function hasMembers({ mediaType }: OutlinedBody): boolean {
  return formatOf(concreteMediaType(mediaType)).isRead;
}

function isJsonPatch({ mediaType, shape }: OutlinedBody): boolean {
  const members = shape.item?.members;
  return /json-patch\+/i.test(mediaType) || (members?.has('op') === true && members.has('path'));
}
