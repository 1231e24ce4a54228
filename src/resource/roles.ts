import type { At } from '../schema/view.js';
import { findRow, findRows, sameThing } from './answer.js';
import type { Outline } from './outline.js';
import type { PathNode } from './path.js';
import type { Shapes } from './shapes.js';
import type { List, Site } from './sites.js';
import type { AnswerPlace, ItemRole } from './types.js';
import { wordsOf } from './words.js';

/** What an operation does with the things of a site, or a sentence that says why it does nothing known. */
export type Verdict =
  | { readonly kind: 'list'; readonly list: Pick<List, 'path' | 'item'> }
  | (Pick<ItemRole, 'kind' | 'answer' | 'body'> & { readonly namesOne: boolean })
  | string;

/** Judges operations by where they stand from a site, by method, and by what they take and answer with. */
export class Judge {
  readonly #shapes: Shapes;

  constructor(shapes: Shapes) {
    this.#shapes = shapes;
  }

  /** An operation on the path of one thing. */
  onItem(outline: Outline, site: Site, canCreate: boolean): Verdict {
    const { method } = outline.entry;
    const namesOne = !site.isSingleton;
    const whole = { namesOne, answer: this.#answer(outline, site), body: this.#body(outline, site) };
    const none = { ...whole, body: null };
    if (method === 'GET') {
      return whole.answer === null && outline.answer !== null
        ? 'It answers with something other than the thing that its path names'
        : { ...none, kind: 'read' };
    }
    if (method === 'HEAD') return { ...none, kind: 'exists' };
    if (method === 'DELETE') return { ...none, kind: 'delete' };
    if (method === 'PUT') {
      const isUpsert = outline.succeedsWith(/^201$/) || (!canCreate && !site.isSingleton);
      return { ...whole, kind: isUpsert ? 'upsert' : 'replace' };
    }
    if (method === 'PATCH') return { ...whole, ...this.#patch(outline, site) };
    if (method !== 'POST') return `${method} says nothing of a thing`;
    if (site.isSingleton) return { ...whole, kind: 'create' };
    if (whole.body !== null) return { ...whole, kind: 'merge' };
    return this.#answersWithRow(outline, site)
      ? { ...none, kind: 'action' }
      : 'It sends nothing, and does not answer with the thing that its path names';
  }

  /** An operation on the path of a collection, or of a list of its things that stands elsewhere. */
  onCollection(outline: Outline, site: Site, node: PathNode, refusal: string | undefined): Verdict {
    const { method } = outline.entry;
    const list = site.lists.find((each) => each.outline === outline);
    if (list !== undefined) return { kind: 'list', list };
    if (method === 'GET') return refusal ?? 'It answers with nothing that could be listed';
    const whole = { namesOne: false, answer: this.#answer(outline, site), body: this.#body(outline, site) };
    if (method === 'POST') return this.#create(outline, site, whole);
    if (method === 'DELETE') {
      return node === site.collection
        ? { ...whole, kind: 'delete-many' }
        : 'It removes from a list that stands elsewhere, which need not remove a thing';
    }
    if (method === 'PUT' || method === 'PATCH') {
      if (!this.#takesRow(outline, site)) return 'It changes a whole list';
      const kind = method === 'PATCH' ? this.#patch(outline, site) : ({ kind: 'replace' } as const);
      return { ...whole, ...kind };
    }
    return `${method} says nothing of a thing`;
  }

  #create(
    outline: Outline,
    site: Site,
    whole: Pick<ItemRole, 'answer' | 'body'> & { readonly namesOne: boolean },
  ): Verdict {
    const [body] = outline.bodies;
    if (body && this.#shapes.item(body.schema) !== undefined) return 'It takes several things at once';
    const { answer } = outline;
    if (answer && this.#shapes.item(answer.schema) !== undefined) return 'It answers with a list';
    const isLike = this.#takesRow(outline, site) || this.#answersWithRow(outline, site);
    const isMade = outline.succeedsWith(/^20[124]$/) || answer === null;
    if (isLike || isMade) return { ...whole, kind: 'create' };
    return 'It neither takes nor answers with such a thing';
  }

  /** An operation on a path below that of one thing: `/orders/{id}/cancel`. */
  belowItem(outline: Outline, site: Site, words: readonly string[]): Verdict | null {
    const { method } = outline.entry;
    const word = words.join('-');
    if (method !== 'POST' && method !== 'PUT' && method !== 'PATCH' && method !== 'DELETE') return null;
    if (/\b(?:copy|clone|duplicate|fork)\b/i.test(wordsOf(word).join(' '))) return 'It makes another thing of one';
    const answer = this.#answer(outline, site);
    if (method === 'POST' && words.length === 1 && removing.test(word) && !this.#answersWithRow(outline, site)) {
      return { kind: 'delete', namesOne: true, answer: null, body: null };
    }
    if (!this.#answersWithRow(outline, site)) return null;
    return { kind: 'action', namesOne: true, answer, body: this.#body(outline, site) };
  }

  /** An operation on a path below that of a collection: `/pets/search`, `/pets/bulk-delete`. */
  belowCollection(outline: Outline, site: Site, words: readonly string[]): Verdict | null {
    const { method } = outline.entry;
    const said = wordsOf(words.join('-'));
    if (words.length !== 1 || (method !== 'POST' && method !== 'DELETE')) return null;
    if (said.some((word) => removing.test(word))) {
      return { kind: 'delete-many', namesOne: false, answer: null, body: this.#body(outline, site) };
    }
    if (method !== 'POST') return null;
    if (said.some((word) => searching.has(word)) && outline.answer) {
      const hints = { noun: site.noun, endsInParameter: false, isCollection: true, isPaged: true, row: site.row };
      const rows = findRows(this.#shapes, outline.answer.schema, hints);
      if (typeof rows !== 'string' && this.#shapes.likeness(rows.item, site.row) >= sameThing)
        return { kind: 'list', list: rows };
    }
    const [body] = outline.bodies;
    const takesMany = body !== undefined && this.#shapes.item(body.schema) !== undefined;
    if (
      said.some((word) => making.has(word)) &&
      !takesMany &&
      (this.#takesRow(outline, site) || this.#answersWithRow(outline, site))
    ) {
      return { kind: 'create', namesOne: false, answer: this.#answer(outline, site), body: this.#body(outline, site) };
    }
    return null;
  }

  #patch(outline: Outline, site: Site): Pick<ItemRole, 'kind' | 'body'> {
    const isPatch = ({ mediaType, schema }: Outline['bodies'][number]) => {
      const item = this.#shapes.item(schema);
      const members = item === undefined ? undefined : this.#shapes.members(item);
      return /json-patch\+/i.test(mediaType) || (members?.has('op') && members.has('path')) === true;
    };
    const merged = outline.bodies.filter((body) => !isPatch(body));
    const preferred = merged.find(({ mediaType }) => /merge-patch\+/i.test(mediaType)) ?? merged[0];
    const [first] = outline.bodies;
    if (preferred === undefined && first !== undefined)
      return { kind: 'patch', body: { mediaType: first.mediaType, path: [] } };
    return { kind: 'merge', body: preferred ? this.#bodyOf(preferred, site) : null };
  }

  #answer(outline: Outline, site: Site): AnswerPlace | null {
    const { answer } = outline;
    if (answer === null) return null;
    const path = findRow(this.#shapes, answer.schema, site.row, site.noun);
    if (path === null) return null;
    const shown = this.#shapes.at(answer.schema, path);
    // What has not one member of the thing is about something else.
    return shown && this.#shares(shown, site.row)
      ? { response: answer.response, mediaType: answer.mediaType, path }
      : null;
  }

  #shares(shown: At, row: At): boolean {
    const members = [...this.#shapes.members(shown).keys()];
    const known = this.#shapes.members(row);
    const shared = members.filter((name) => known.has(name)).length;
    return shared > 0 && shared >= members.length / 2;
  }

  #body(outline: Outline, site: Site): ItemRole['body'] {
    const body = outline.bodies.find(({ schema }) => this.#shapes.item(schema) === undefined);
    return body ? this.#bodyOf(body, site) : null;
  }

  #bodyOf({ mediaType, schema }: Outline['bodies'][number], site: Site): ItemRole['body'] {
    return { mediaType, path: findRow(this.#shapes, schema, site.row, site.noun) ?? [] };
  }

  #answersWithRow({ answer }: Outline, site: Site): boolean {
    return answer !== null && this.#isRow(answer.schema, site);
  }

  #takesRow({ bodies }: Outline, site: Site): boolean {
    const [body] = bodies;
    return body !== undefined && this.#shapes.item(body.schema) === undefined && this.#isRow(body.schema, site);
  }

  #isRow(schema: At, { row, noun }: Site): boolean {
    const path = findRow(this.#shapes, schema, row, noun);
    const at = path && this.#shapes.at(schema, path);
    return at !== null && at !== undefined && this.#shapes.likeness(at, row) >= sameThing;
  }
}

const removing = /^(?:delete|remove|destroy|purge|bulkdelete|batchdelete|deletes|deletion)$/i;
const searching = new Set(['search', 'query', 'find', 'filter', 'list', 'lookup', 'get', 'browse']);
const making = new Set(['create', 'new', 'add', 'register', 'insert', 'signup']);
