import { checkRequest, type HttpRequest, type Operations, type RequestValues } from '../../../operation/index.js';
import { isObject, type Json, type JsonObject } from '../../../text/value.js';
import type { Received, Send } from '../../types.js';
import { answer } from './answer.js';
import { keyOfStyle, type Style } from './calls-document.js';

/** Ways in which contacts may be wrong: the check that notices, and what is wrong. */
export const defects = {
  'create-forgets': ['create-stored', 'a create answers, and nothing is stored'],
  'create-alters': ['values-kept', 'an age is stored with another value'],
  'create-drops': ['values-kept', 'a company is not stored'],
  'create-twice': ['listed', 'a create stores two contacts'],
  'create-unlisted': ['listed', 'the list does not show new ones'],
  'key-reused': ['keys-differ', 'two creates in a row get one key'],
  'read-other': ['create-stored', 'reading gives the first one, whatever the key'],
  'read-flaps': ['read-again-same', 'every second reading shows another company'],
  'read-stale': ['change-kept', 'reading shows what was read first'],
  'update-forgets': ['change-kept', 'a change answers, and is not stored'],
  'update-forgets-one': ['change-kept', 'a change forgets the company'],
  'update-wipes': ['others-kept', 'a change takes away what it does not name'],
  'update-others': ['others-kept', 'a change is one of all contacts'],
  'update-wrong': ['change-kept', 'a change is one of the first contact'],
  'update-rekeys': ['key-stays', 'a change gives another key'],
  'delete-keeps': ['deleted-gone', 'what was deleted can be read and listed'],
  'delete-reads': ['deleted-gone', 'what was deleted can be read'],
  'delete-lists': ['listed', 'what was deleted is listed'],
  'delete-more': ['others-kept', 'another one is deleted too'],
  'filter-ignored': ['filter-holds', 'the company is not looked at'],
  'filter-inverted': ['filter-holds', 'those of other companies are shown'],
  'sort-ignored': ['sorted', 'the order is not looked at'],
  'sort-inverted': ['sorted', 'the order is the other way'],
  'size-ignored': ['page-size', 'the limit is not looked at'],
  'page-ignored': ['pages-whole', 'every page is the first'],
  'page-overlaps': ['pages-whole', 'pages begin with the last one of the page before'],
  'page-skips': ['pages-whole', 'pages behind the first one lack their first'],
  'item-twice': ['items-once', 'the first one is listed twice'],
  'total-more': ['total-right', 'the total is one too many'],
  'total-unfiltered': ['filter-holds', 'the total of a filtered list is that of all'],
} as const satisfies Record<string, readonly [string, string]>;
export type Defect = keyof typeof defects;

const seeds = 7;

interface Contact extends JsonObject {
  id: string;
}

/** Contacts that are called, which keep their document but for one defect. */
export function contacts(operations: Operations, style: Style, defect: Defect | null) {
  const rows: Contact[] = [];
  const gone = new Set<Contact>();
  const unlisted = new Set<Contact>();
  const first = new Map<string, JsonObject>();
  const is = (one: Defect) => one === defect;
  let [count, clock] = [0, 0];

  function add(sent: JsonObject): Contact {
    if (!(is('key-reused') && count > seeds && count % 2 === 1)) count++;
    const defaults = { company: null, age: null, starred: false };
    const row = { id: `C${100 + count}`, name: '', ...defaults, ...sent, created: 1_700_000_000 + count } as Contact;
    if (is('create-alters') && typeof sent.age === 'number') row.age = sent.age + 1;
    if (is('create-drops')) row.company = null;
    if (!is('create-forgets') || count <= seeds) rows.push(row);
    if (is('create-unlisted') && count > seeds) unlisted.add(row);
    if (is('create-twice') && count > seeds) rows.push({ ...row, id: `C${100 + ++count}` });
    return row;
  }
  for (const [index, name] of ['Zed', 'Ann', 'Max', 'Bea', 'Liz', 'Cid', 'Tom'].entries())
    add({ name, company: ['Acme', 'Blue', 'Cobalt'][index % 3] ?? '', age: 20 + ((index * 7) % 30) });

  function there(key: Json | undefined, isRead: boolean): Contact | undefined {
    const row = rows.find(({ id }) => id === key);
    if (row === undefined || (gone.has(row) && !is('delete-keeps') && !(is('delete-reads') && isRead)))
      return undefined;
    return is('read-other') && isRead ? rows[0] : row;
  }

  function read(key: Json | undefined): JsonObject | undefined {
    const row = there(key, true);
    if (row === undefined) return undefined;
    if (is('read-flaps') && clock++ % 2 === 1) return { ...row, company: 'Flip' };
    if (!is('read-stale')) return row;
    if (!first.has(row.id)) first.set(row.id, { ...row });
    return first.get(row.id);
  }

  function update(key: Json | undefined, { ...sent }: JsonObject): JsonObject | undefined {
    const row = there(key, false);
    if (row === undefined) return undefined;
    if (is('update-forgets')) return { ...row, ...sent };
    if (is('update-forgets-one')) delete sent.company;
    if (is('update-wipes')) Object.assign(row, { company: null, age: null });
    if (is('update-others')) for (const each of rows) Object.assign(each, sent);
    if (is('update-rekeys')) row.id = `C${100 + ++count}`;
    if (is('update-wrong')) return { ...row, ...Object.assign(rows[0] as Contact, sent), id: row.id };
    return Object.assign(row, sent);
  }

  function remove(key: Json | undefined): boolean {
    const row = rows.find(({ id }) => id === key);
    if (row === undefined || gone.has(row)) return false;
    gone.add(row);
    const other = rows.findLast((each) => !gone.has(each) && rows.indexOf(each) >= seeds);
    if (is('delete-more') && other) gone.add(other);
    return true;
  }

  const filtered = (all: Contact[], company: Json | undefined): Contact[] =>
    company === undefined || is('filter-ignored')
      ? [...all]
      : all.filter((row) => (row.company === company) !== is('filter-inverted'));

  function sorted(all: Contact[], sort: Json | undefined): Contact[] {
    if (typeof sort !== 'string' || is('sort-ignored')) return all;
    const [way, name] = [sort.startsWith('-') === is('sort-inverted') ? 1 : -1, sort.replace('-', '')];
    return all.sort((a, b) => ((a[name] ?? '') < (b[name] ?? '') ? -way : way));
  }

  function list({ limit, cursor, company, sort }: JsonObject): JsonObject {
    const isKept = is('delete-keeps') || is('delete-lists');
    const all = rows.filter((row) => (isKept || !gone.has(row)) && !unlisted.has(row));
    const found = sorted(filtered(all, company), sort);
    const size = Number(limit ?? 20);
    const from = is('page-ignored') ? 0 : Number(cursor ?? 0);
    const start = from > 0 ? from + Number(is('page-skips')) - Number(is('page-overlaps')) : from;
    const items = found.slice(start, is('size-ignored') ? undefined : from + size);
    const total = (is('total-unfiltered') ? all.length : found.length) + Number(is('total-more'));
    const next = Number(cursor ?? 0) + size;
    return {
      contacts: is('item-twice') && items[0] ? [items[0], ...items] : items,
      total,
      next_cursor: next < found.length ? String(next) : null,
    };
  }

  const refuse = (status: number, error: string): Received =>
    style === 'ok' ? answer(200, { ok: false, error }) : answer(status, { message: error });
  const show = (value: JsonObject | undefined): Received =>
    value === undefined
      ? refuse(404, 'contact_not_found')
      : answer(200, style === 'ok' ? { ok: true, ...value } : value);

  function respond(request: HttpRequest): Received {
    const match = operations.match(request.method, request.target, request.headers);
    if (match.kind === 'not-found') return answer(404, { message: 'no such path' });
    if (match.kind === 'method-not-allowed') return answer(405, { message: 'no' }, ['Allow', match.allow.join(', ')]);
    const operation = operations.compile(match.entry);
    const { violations, values } = checkRequest(operation, request, match.pathParameters);
    if (violations.some((each) => each.in === 'content-type')) return answer(415, { message: 'no JSON' });
    if (violations.length > 0) return refuse(400, 'invalid_arguments');
    return called(operation.id, values);
  }

  function called(id: string, values: RequestValues): Received {
    const sent = { ...(values.query as JsonObject), ...(isObject(values.body) ? values.body : {}) } as JsonObject;
    const inside = style === 'wrapped' && isObject(sent.contact) ? sent.contact : sent;
    const { [keyOfStyle(style)]: key, ...members } = inside;
    if (id === 'list') return /\D/.test(String(sent.cursor ?? '')) ? refuse(400, 'invalid_cursor') : show(list(sent));
    if (id === 'create') return show({ contact: { ...add(members) } });
    if (id === 'remove') return show(remove(key) ? {} : undefined);
    const row = id === 'read' ? read(key) : update(key, members);
    return show(row && { contact: { ...row } });
  }

  const send: Send = async (request) => {
    const got = respond(request);
    const none = new Uint8Array();
    return request.method === 'HEAD' ? { ...got, raw: none, body: none } : got;
  };
  return { send, left: () => rows.filter((row) => !gone.has(row)).length - seeds };
}
