import type { Json, JsonObject } from '../../../text/value.js';
import type { Defect } from './defects.js';
import type { Style } from './document.js';

/** The body of an answer to a query of the list; null where there is no such page. `own`: what of all who asks may see. */
type List = (all: readonly JsonObject[], own: readonly JsonObject[], query: Record<string, Json>) => Json | null;

/** How the library lists its books: filtered, sorted, in pages. */
export function createList(style: Style, is: (defect: Defect) => boolean): List {
  return (all, own, query) => {
    const rows = sorted(filtered(own, query), query.sort);
    const { shown, next, more } = paged(rows, query);
    const isPast = style.lastPage !== undefined && shown.length === 0 && !is('next-always');
    if (isPast) return style.lastPage === 'refused' ? null : { items: [...rows], total: 1 };
    const brief = style.isBrief ? shown.map(briefly) : shown;
    const items = is('list-twice') ? [...brief.slice(0, 1), ...brief] : brief;
    if (style.isBare) return items as Json;
    const counted = is('total-unfiltered') ? all : rows;
    const total = is('total-page') ? items.length : counted.length + (is('total-more') ? 1 : 0);
    const isSaid = items.length > 0 || !style.isEmptyUnsaid;
    return { ...(isSaid && { items: [...items] }), total, ...(next !== null && { nextCursor: next }), ...more };
  };

  function filtered(
    all: readonly JsonObject[],
    { genre = style.isOfPoems ? 'poem' : undefined, author, minPages, q }: Partial<Record<string, Json>>,
  ): readonly JsonObject[] {
    const wanted = is('filter-empty') ? String(genre).toUpperCase() : genre;
    const isOfGenre = (row: JsonObject) => genre === undefined || (row.genre === wanted) !== is('filter-inverted');
    const isBy = (row: JsonObject) => author === undefined || is('filter-ignored') || row.author === author;
    const isLong = ({ pages }: JsonObject) => {
      if (minPages === undefined) return true;
      return is('filter-bound') ? Number(pages) <= Number(minPages) : Number(pages) >= Number(minPages);
    };
    const isFound = ({ title }: JsonObject) =>
      q === undefined || is('search-ignored') || String(title).includes(String(q));
    return all.filter((row) => isOfGenre(row) && isBy(row) && isLong(row) && isFound(row));
  }

  function sorted(rows: readonly JsonObject[], sort: Json | undefined): readonly JsonObject[] {
    if (sort === undefined || is('sort-ignored')) return rows;
    const name = String(sort).replace(/^-/, '');
    const falls = String(sort).startsWith('-') || is('sort-falling') ? -1 : 1;
    return rows.toSorted((a, b) => ((a[name] ?? '') < (b[name] ?? '') ? -1 : 1) * falls);
  }

  function paged(rows: readonly JsonObject[], query: Record<string, Json>) {
    const { paging = 'page' } = style;
    if (paging === 'none') return { shown: rows, next: null, more: {} };
    const wanted = Number(query.size ?? usualSize()) + (is('size-steps') ? 1 : 0);
    const asked = Math.min(wanted, style.largest ?? wanted);
    const size = is('size-ignored') ? 20 : asked + (is('size-more') ? 1 : 0);
    const from = is('page-ignored') ? 0 : startOf(query, asked);
    const isLast = from + size >= rows.length;
    const to = is('page-skips') && isLast && from > 0 ? rows.length - 1 : from + size;
    const next = paging === 'cursor' && !isLast ? String(from + asked) : null;
    const more = paging === 'page' ? moreOf(rows.length, asked, isLast, query) : {};
    return { shown: rows.slice(from, to), next, more };
  }

  function usualSize(): number {
    if (style.lastPage !== undefined) return 4;
    return is('size-default') ? 10 : 20;
  }

  function moreOf(total: number, size: number, isLast: boolean, { page = 1 }: Record<string, Json>): JsonObject {
    if (style.lastPage === 'never empty') return {};
    const next = `/books?page=${Number(page) + (is('next-skips') ? 2 : 1)}`;
    if (style.lastPage === 'refused') return { next: isLast && !is('next-always') ? null : next };
    const hasMore = is('more-always') || (!isLast && !is('more-never'));
    const isFirst = Number(page) === 1 || is('first-always');
    const isOver = is('last-always') || (isLast && !is('last-never'));
    return { hasMore, isFirst, isLast: isOver, pageCount: Math.ceil(total / size) + (is('page-count') ? 1 : 0) };
  }

  function startOf(query: Record<string, Json>, size: number): number {
    const { paging = 'page' } = style;
    const start = paging === 'page' ? (Number(query.page ?? 1) - 1) * size : Number(query[paging] ?? style.offset ?? 0);
    return start > 0 && is('page-overlaps') ? start - 1 : start;
  }
}

function briefly({ id, title, pages, genre, author }: JsonObject): JsonObject {
  return { id, title, pages, genre, ...(author !== undefined && { author }) } as JsonObject;
}
