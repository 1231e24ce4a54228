import { findRow, findRows, sameThing } from './answer.js';
import type { Outline, OutlinedBody } from './outline.js';
import type { PathNode } from './path.js';
import type { Shape } from './shape.js';
import type { List, Site } from './sites.js';
import type { AnswerPlace, ItemRole } from './types.js';
import { wordsOf } from './words.js';

/** What an operation does with the things of a site, or a sentence that says why it does nothing known. */
export type Verdict =
  | { readonly kind: 'list'; readonly rows: Pick<List, 'path' | 'item'> }
  | (Pick<ItemRole, 'kind' | 'answer' | 'body'> & {
      /** Whether the last parameter of its path names the row. */
      readonly namesOne: boolean;
    })
  | string;

/** An operation on the path of one thing. */
export function judgeOnItem(outline: Outline, site: Site): Verdict {
  const { method } = outline.entry;
  const rows = new RowsOf(outline, site);
  const namesOne = !site.isSingleton;
  const none = { namesOne, answer: rows.answer, body: null };
  const whole = { ...none, body: rows.body };
  switch (method) {
    case 'GET':
      if (rows.answer === null && outline.answer !== null)
        return 'It answers with something other than what its path names';
      return { ...none, kind: 'read' };
    case 'HEAD':
      return { ...none, kind: 'exists' };
    case 'DELETE':
      return { ...none, kind: 'delete' };
    case 'PUT': {
      const creates = site.collection?.entries.some((entry) => entry.method === 'POST') ?? false;
      return { ...whole, kind: outline.answers(/^201$/) || (namesOne && !creates) ? 'upsert' : 'replace' };
    }
    case 'PATCH':
      return { ...none, ...patchOf(outline, site) };
    case 'POST':
      if (rows.body !== null && (namesOne || rows.takesRow)) return { ...whole, kind: 'merge' };
      if (rows.answersWithRow) return { ...none, kind: 'action' };
      return 'It neither takes nor answers with the thing that its path names';
    default:
      return `${method} says nothing of a thing`;
  }
}

/** An operation on the path of a collection, or of a list of its things that stands elsewhere. */
export function judgeOnCollection(outline: Outline, site: Site, node: PathNode, refusal: string | undefined): Verdict {
  const { method } = outline.entry;
  const list = site.lists.find((each) => each.outline === outline);
  if (list !== undefined) return { kind: 'list', rows: list };
  const rows = new RowsOf(outline, site);
  const whole = { namesOne: false, answer: rows.answer, body: rows.body };
  switch (method) {
    case 'GET':
      return refusal ?? 'It answers with nothing that could be listed';
    case 'POST':
      if (rows.takesMany) return 'It takes several things at once';
      if (outline.answer?.shape.item) return 'It answers with a list';
      if (rows.takesRow || rows.answersWithRow || rows.answersWithKey) return { ...whole, kind: 'create' };
      if (outline.answers(/^20[124]$/) || outline.answer === null) return { ...whole, kind: 'create' };
      return 'It neither takes nor answers with such a thing';
    case 'DELETE':
      if (node === site.collection) return { ...whole, kind: 'delete-many' };
      return 'It removes from a list that stands elsewhere, which need not remove a thing';
    case 'PUT':
    case 'PATCH':
      if (!rows.takesRow) return 'It changes a whole list';
      return method === 'PATCH' ? { ...whole, ...patchOf(outline, site) } : { ...whole, kind: 'replace' };
    default:
      return `${method} says nothing of a thing`;
  }
}

/** An operation on a path below that of one thing (`/orders/{id}/cancel`); null where it is about something else. */
export function judgeBelowItem(outline: Outline, site: Site, words: readonly string[]): Verdict | null {
  const { method } = outline.entry;
  if (!['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) return null;
  const said = wordsOf(words.join('-'));
  if (said.some((word) => copying.has(word))) return 'It makes another thing of one';
  const rows = new RowsOf(outline, site);
  if (rows.answersWithRow) return { kind: 'action', namesOne: true, answer: rows.answer, body: rows.body };
  if (method !== 'POST' || words.length !== 1 || said.length !== 1) return null;
  return removing.has(said[0] ?? '') ? { kind: 'delete', namesOne: true, answer: null, body: null } : null;
}

/** An operation on a path below that of a collection: `/pets/search`, `/pets/bulk-delete`; null as above. */
export function judgeBelowCollection(outline: Outline, site: Site, words: readonly string[]): Verdict | null {
  const { method, path } = outline.entry;
  const said = wordsOf(words.join('-'));
  if (words.length !== 1 || path.endsWith('}') || (method !== 'POST' && method !== 'DELETE')) return null;
  const rows = new RowsOf(outline, site);
  if (said.some((word) => removing.has(word)))
    return { kind: 'delete-many', namesOne: false, answer: null, body: rows.body };
  if (method !== 'POST') return null;
  if (said.some((word) => searching.has(word)) && outline.answer) {
    const hints = { noun: site.noun, endsInParameter: false, isCollection: true, isPaged: true, row: site.row };
    const found = findRows(outline.answer.shape, hints);
    if (typeof found !== 'string' && found.item.likeness(site.row) >= sameThing) return { kind: 'list', rows: found };
  }
  const creates = said.some((word) => making.has(word)) && !rows.takesMany;
  if (!creates || !(rows.takesRow || rows.answersWithRow)) return null;
  return { kind: 'create', namesOne: false, answer: rows.answer, body: rows.body };
}

const removing = new Set(['delete', 'remove', 'destroy', 'purge']);
const searching = new Set(['search', 'query', 'find', 'filter', 'list', 'lookup', 'get', 'browse']);
const making = new Set(['create', 'new', 'add', 'register', 'insert', 'signup']);
const copying = new Set(['copy', 'clone', 'duplicate', 'fork']);

/** By media type: JSON Patch (RFC 6902), or else Merge Patch (RFC 7396), which JSON of no known kind is taken for. */
function patchOf(outline: Outline, site: Site): Pick<ItemRole, 'kind' | 'body'> {
  const isPatch = ({ mediaType, shape }: OutlinedBody) => {
    const members = shape.item?.members;
    return /json-patch\+/i.test(mediaType) || (members?.has('op') && members.has('path')) === true;
  };
  const merged = outline.bodies.filter((body) => !isPatch(body));
  const body = merged.find(({ mediaType }) => /merge-patch\+/i.test(mediaType)) ?? merged[0];
  if (body !== undefined) return { kind: 'merge', body: placeIn(body, site) };
  const [first] = outline.bodies;
  return first ? { kind: 'patch', body: { mediaType: first.mediaType, path: [] } } : { kind: 'merge', body: null };
}

function placeIn({ mediaType, shape }: OutlinedBody, { row, noun }: Site): NonNullable<ItemRole['body']> {
  return { mediaType, path: findRow(shape, row, noun) ?? [] };
}

/** Where the row of a site stands in what an operation takes and answers with. */
class RowsOf {
  readonly #outline: Outline;
  readonly #site: Site;

  constructor(outline: Outline, site: Site) {
    this.#outline = outline;
    this.#site = site;
  }

  /** null where what is shown has its key no more than half of its members. */
  get answer(): AnswerPlace | null {
    const { answer } = this.#outline;
    const path = answer && findRow(answer.shape, this.#site.row, this.#site.noun);
    const shown = path && answer.shape.at(path);
    if (!shown) return null;
    const members = [...shown.members.keys()];
    const shared = members.filter((name) => this.#site.row.members.has(name)).length;
    if ((shared === 0 || shared < members.length / 2) && !this.#hasKey(shown)) return null;
    return { response: answer.response, mediaType: answer.mediaType, path };
  }

  get body(): ItemRole['body'] {
    const body = this.#outline.bodies.find(({ shape }) => shape.item === undefined);
    return body ? placeIn(body, this.#site) : null;
  }

  get answersWithRow(): boolean {
    return this.#isRow(this.#outline.answer?.shape);
  }

  /** Whether it answers with an object that tells the key of what was made. */
  get answersWithKey(): boolean {
    const shape = this.#outline.answer?.shape;
    const path = shape && findRow(shape, this.#site.row, this.#site.noun);
    const shown = path && shape.at(path);
    return Boolean(shown && this.#hasKey(shown));
  }

  get takesRow(): boolean {
    return !this.takesMany && this.#isRow(this.#outline.bodies[0]?.shape);
  }

  get takesMany(): boolean {
    return this.#outline.bodies[0]?.shape.item !== undefined;
  }

  #hasKey(shape: Shape): boolean {
    const { key } = this.#site;
    return key !== null && shape.at(key.member) !== undefined;
  }

  #isRow(shape: Shape | undefined): boolean {
    const path = shape && findRow(shape, this.#site.row, this.#site.noun);
    const found = path && shape.at(path);
    return Boolean(found && found.likeness(this.#site.row) >= sameThing);
  }
}
