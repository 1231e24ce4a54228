import type { HttpRequest, Operations, RequestValues } from '../../../operation/index.js';
import { checkRequest, checkSecurity } from '../../../operation/index.js';
import type { Json, JsonObject } from '../../../text/value.js';
import type { Received, Send } from '../../types.js';
import type { Defect } from './defects.js';
import { type Style, versioned } from './document.js';
import { createList } from './list.js';

interface Book {
  key: Json;
  row: JsonObject;
  first: JsonObject;
  revision: number;
  isGone: boolean;
  seenFrom: number;
  readonly reviews: { readonly id: number; row: JsonObject }[];
}

const genres = ['novel', 'essay', 'poem'];
export const rightKey = 'the-key-of-the-library';
export const secondKey = 'the-key-of-another-reader';

/** A library with a few books, which keeps its document but for one defect. */
export function library(operations: Operations, style: Style, defect: Defect | null, seeds = 5): Send {
  const books: Book[] = [];
  const answers = new Map<string, Received>();
  const is = (one: Defect) => one === defect;
  const list = createList(style, is);
  let [count, clock, reviewCount] = [0, 0, 0];
  const keyFor = (number: number): Json => {
    if (style.keys === 'uuid') return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    return style.keys === 'text of digits' ? String(number) : number;
  };
  const normalised = (row: JsonObject): JsonObject =>
    style.isNormalising
      ? {
          ...row,
          ...(typeof row.title === 'string' && { title: row.title.trim() }),
          ...(typeof row.author === 'string' && { author: row.author.toLowerCase() }),
          ...(typeof row.price === 'number' && { price: Math.round(row.price * 100) / 100 }),
        }
      : row;
  const otherDefaults = is('default-differs') ? { genre: 'poem' } : {};
  const withDefaults = (row: JsonObject): JsonObject => ({
    shelf: 'A1',
    genre: 'novel',
    lent: false,
    ...versioned(style).first,
    ...row,
    ...(is('lent-dropped') && { lent: false }),
  });

  function add(sent: JsonObject): Book {
    if (!(is('key-reused') && count % 2 === 1)) count++;
    const key = style.keys === 'slug' ? slugOf(sent.title) : keyFor(count);
    const { id: _id, createdAt, shelf: _shelf, version: _version, ...rest } = sent;
    const created = `2026-03-0${(count % 9) + 1}T10:00:00Z`;
    const row = normalised(
      withDefaults({
        ...otherDefaults,
        ...rest,
        id: key,
        createdAt: is('read-only-taken') && createdAt ? createdAt : created,
      }),
    );
    const stored = is('create-alters') && row.price !== undefined ? { ...row, price: Number(row.price) * 2 + 5 } : row;
    if (is('create-drops')) delete stored.note;
    const book = {
      key,
      row: stored,
      first: stored,
      revision: 1,
      isGone: false,
      seenFrom: clock + (style.delay ?? 0),
      reviews: (style.hasReviews ? [1, 2, 3] : []).map((id) => ({ id, row: { id, text: 'yet to be written' } })),
    };
    if (!is('create-forgets')) {
      const known = books.findIndex((each) => each.key === key);
      if (known >= 0) books.splice(known, 1, book);
      else if (style.isNewestFirst) books.unshift(book);
      else books.push(book);
    }
    return book;
  }
  for (let index = 0; index < seeds; index++) {
    const author = ['Ada', 'Bede', 'Cato'][index % 3] as string;
    const title = `Book ${['of hours', 'alpha', 'zeta', 'miles', 'gamma'][index % 5]} ${index}`;
    add({ title, author, genre: genres[index % 3] as string, pages: 100 + ((index * 37) % 90), price: 5 + index });
  }
  const seedCount = books.length;

  return async (request) => {
    clock++;
    const answer = respond(request);
    const none = new Uint8Array();
    return request.method === 'HEAD' ? { ...answer, raw: none, body: none } : answer;
  };

  function respond(request: HttpRequest): Received {
    if (style.limit && clock % style.limit === 0) return made(429, { message: 'slow down' }, [['Retry-After', '0']]);
    const match = operations.match(request.method, request.target, request.headers);
    if (match.kind === 'not-found') return made(404, { message: 'no such path' });
    if (match.kind === 'method-not-allowed') return made(405, { message: 'no' }, [['Allow', match.allow.join(', ')]]);
    const operation = operations.compile(match.entry);
    const isSecond = request.headers['x-key'] === secondKey;
    if (style.isSecured && !isSecond && checkSecurity(operation, request, { apiKey: rightKey }).length > 0) {
      return made(401, { message: 'who are you?' });
    }
    const { violations, values } = checkRequest(operation, request, match.pathParameters);
    const isMedia = violations.some((violation) => violation.in === 'content-type');
    if (violations.length > 0) return made(isMedia ? 415 : 400, { message: 'invalid' });
    return toValid(request, operation.id, values, isSecond);
  }

  function toValid(request: HttpRequest, how: string, values: RequestValues, isSecond: boolean): Received {
    const body = values.body as JsonObject;
    if (how === 'listBooks') return listed(values.query as Record<string, Json>, isSecond);
    if (how === 'createBook') return created(body, request.headers);
    const book = bookAt(String(values.path.bookId), how);
    if (how === 'deleteBook' && is('delete-again-500') && book?.isGone) return made(500, { message: 'oops' });
    const isSeen = book !== undefined && (!book.isGone || (isKept(how) && request.method === 'GET'));
    const status = book?.isGone && style.isSoft && !isSecond ? 410 : 404;
    if (!isSeen || (isSecond && !(is('owner-ignored') && how === 'readBook')))
      return made(status, { message: 'no such book' });
    return ofBook(book, how, request.headers, Number(values.path.reviewId), body);
  }

  function isKept(how: string): boolean {
    return is('delete-keeps') || is('delete-reads') || (is('orphans') && how === 'readReview');
  }

  function bookAt(key: string, how: string): Book | undefined {
    const found = books.find((each) => String(each.key) === key && each.seenFrom <= clock);
    return is('read-other') && how === 'readBook' && found ? books[0] : found;
  }

  function tagOf({ revision, row }: Book): string {
    if (is('tag-of-title')) return `"${encodeURIComponent(String(row.title))}"`;
    return `"${is('tag-frozen') ? 1 : revision}"`;
  }

  function ofBook(
    book: Book,
    how: string,
    headers: HttpRequest['headers'],
    review: number,
    body: JsonObject,
  ): Received {
    const tag = tagOf(book);
    if (how === 'readBook') {
      const isKnown = headers['if-none-match'] === tag;
      const row = is('read-flaps') && clock % 2 === 0 ? { ...book.row, shelf: 'B2' } : seen(book.row);
      return made(isKnown ? 304 : 200, isKnown ? null : row, [['ETag', tag]]);
    }
    if (how === 'changeBook' || how === 'replaceBook') return changed(book, body, how, headers['if-match'], tag);
    if (how === 'lendBook') return lent(book);
    if (how !== 'deleteBook') return reviewed(book, how, review, body);
    book.isGone = true;
    const other = books.findLast((each) => !each.isGone && books.indexOf(each) >= seedCount);
    if (is('delete-more') && other) other.isGone = true;
    return made(204, null);
  }

  function created(body: JsonObject, headers: HttpRequest['headers']): Received {
    const retry = headers['idempotency-key'];
    const before = answers.get(String(retry));
    if (retry !== undefined && before !== undefined && !is('retry-twice')) return before;
    const answer = createdAnew(body, is('retry-twice') && before !== undefined);
    answers.set(String(retry), answer);
    return answer;
  }

  function createdAnew(body: JsonObject, mayBeTwice: boolean): Received {
    if (!mayBeTwice && books.some((each) => !each.isGone && each.row.title === body.title))
      return made(409, { message: 'there is such a title' });
    if (is('create-twice')) add(body);
    const book = add(body);
    const next = keyFor(count + 1);
    const location = is('location-wrong') ? `/book/${book.key}` : `/books/${is('location-next') ? next : book.key}`;
    const status = style.delay && !style.isSilent ? 202 : style.answers === 'thing with 200' ? 200 : 201;
    const isEmpty = style.answers === 'nothing' || is('body-missing');
    const shown = is('create-answers-other') ? { ...book.row, title: 'untitled' } : book.row;
    return made(status, isEmpty ? null : shown, [['Location', location]]);
  }

  function changed(book: Book, sent: JsonObject, how: string, match: unknown, tag: string): Received {
    const { version, ...body } = sent;
    const isStale = style.isVersioned && version !== book.revision && !is('version-ignored');
    if (isStale) return made(409, { message: 'that is no longer its version' });
    if (match !== undefined && match !== tag && !is('match-ignored')) return made(412, { message: 'it has changed' });
    book.revision++;
    const after = how === 'changeBook' ? changedInPart(book, body) : replacedWhole(book, body);
    if (style.isVersioned) book.row = { ...book.row, version: book.revision };
    if (style.isVersioned) return made(200, book.row);
    const tags: [string, string][] = [['ETag', is('tag-before') ? tag : tagOf(book)]];
    if (style.keys !== 'slug') return style.answers === 'nothing' ? made(204, null) : made(200, after, tags);
    book.key = slugOf(book.row.title);
    book.row = { ...book.row, id: book.key };
    return made(200, book.row);
  }

  function changedInPart(book: Book, body: JsonObject): JsonObject {
    const after = patched(book.row, body);
    if (!is('patch-forgets')) book.row = after;
    if (is('patch-more')) for (const each of books) each.row = { ...each.row, note: 'changed' };
    return after;
  }

  function replacedWhole(book: Book, body: JsonObject): JsonObject {
    const after = replaced(book.row, body);
    if (!is('put-forgets')) book.row = after;
    if (is('put-second')) add(body);
    if (is('put-rekeys')) {
      const key = keyFor(++count);
      books.splice(books.indexOf(book), 1, { ...book, key, row: { ...after, id: key } });
    }
    return is('put-answers-key') ? { ...after, id: keyFor(count + 40) } : after;
  }

  function patched(before: JsonObject, body: JsonObject): JsonObject {
    const { id: _id, createdAt, shelf: _shelf, ...sent } = body;
    if (is('patch-forgets-price')) delete sent.price;
    if (is('patch-wipes')) return rewritten(before, sent);
    const taken = is('patch-takes-created') && createdAt ? { createdAt } : {};
    return { ...before, ...normalised(sent), ...taken };
  }

  function replaced(before: JsonObject, body: JsonObject): JsonObject {
    const { id: _id, createdAt: _createdAt, shelf: _shelf, ...sent } = body;
    if (is('put-merges')) return { ...before, ...normalised(sent) };
    return { ...rewritten(before, sent), ...(is('put-remakes') && { createdAt: '2026-07-01T10:00:00Z' }) };
  }

  function rewritten({ title, pages, id, createdAt }: JsonObject, sent: JsonObject): JsonObject {
    return withDefaults(normalised({ title, pages, ...sent, id, createdAt } as JsonObject));
  }

  function lent(book: Book): Received {
    const row = { ...book.row, lent: true };
    if (!is('action-forgets')) book.row = row;
    if (is('action-on-all')) for (const each of books) each.row = { ...each.row, lent: true };
    return made(200, row);
  }

  function reviewed(book: Book, how: string, id: number, body: JsonObject): Received {
    const all = is('child-anywhere') ? books.flatMap((each) => each.reviews) : book.reviews;
    if (how === 'listReviews')
      return made(
        200,
        all.map(({ row }) => row),
      );
    if (how === 'createReview') {
      const key = style.hasReviews ? Number(body.id) : ++reviewCount;
      const row = { ...body, id: key };
      const known = book.reviews.findIndex((each) => each.id === key);
      book.reviews.splice(known < 0 ? book.reviews.length : known, 1, { id: key, row });
      return made(201, row);
    }
    const review = all.find((each) => each.id === id);
    if (review === undefined) return made(404, { message: 'no such review' });
    if (how === 'readReview') return made(200, review.row);
    for (const each of books) {
      const at = each.reviews.indexOf(review);
      if (at >= 0) each.reviews.splice(at, 1);
    }
    return made(204, null);
  }

  function seen(row: JsonObject): JsonObject {
    return style.isGoingOn ? { ...row, shelf: `A${clock}` } : row;
  }

  function isListed({ isGone, seenFrom }: Book, index: number): boolean {
    if (seenFrom > clock || (is('create-unlisted') && index >= seedCount)) return false;
    return !isGone || is('delete-keeps') || is('delete-lists');
  }

  function listed(query: Record<string, Json>, isSecond: boolean): Received {
    const all = books.filter(isListed).map(({ row, first }) => (is('list-stale') ? first : seen(row)));
    const body = list(all, isSecond ? [] : all, query);
    return body === null ? made(404, { message: 'no such page' }) : made(200, body);
  }
}

function slugOf(title: Json | undefined): string {
  return String(title)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function made(status: number, body: Json, headers: [string, string][] = []): Received {
  const bytes = new TextEncoder().encode(body === null ? '' : JSON.stringify(body));
  const type: [string, string][] = body === null ? [] : [['Content-Type', 'application/json']];
  return { status, headers: [...type, ...headers], raw: bytes, body: bytes, problems: [], duration: 1 };
}
