import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, inPath, json, list, object, ref, text } from './library/document.js';

const time = { type: 'string', format: 'date-time' };
const query = (name: string) => ({ name, in: 'query', schema: text });
const serving = (schemas: object, paths: object) =>
  asking({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    components: { schemas },
    paths,
  } as Parameters<typeof asking>[0]);

test('what JSON:API keeps in attributes is filtered by one of its list, and says when it was changed', () => {
  const linked = object({ data: list(object({ type: { const: 'comments' }, id: text })) });
  const Comment = object({ type: { const: 'comments' }, id: text, attributes: object({ body: text }) });
  const Article = object({
    type: { const: 'articles' },
    id: text,
    attributes: object({ title: text, tags: list(text), updatedAt: time }),
    relationships: object({ comments: linked }),
  });
  const sent = json(object({ data: object({ type: text, attributes: object({ title: text }) }, ['attributes']) }));
  const { read } = serving(
    { Article, Comment },
    {
      '/articles': {
        get: {
          parameters: [query('filter[tag]')],
          responses: { 200: answer(object({ data: list(ref('Article')) })) },
        },
        post: { requestBody: sent, responses: { 201: answer(object({ data: ref('Article') })) } },
      },
      '/articles/{id}': {
        parameters: [inPath('id')],
        get: { responses: { 200: answer(object({ data: ref('Article') })) } },
        patch: { requestBody: sent, responses: { 200: answer(object({ data: ref('Article') })) } },
      },
      '/comments': { get: { responses: { 200: answer(object({ data: list(ref('Comment')) })) } } },
      '/comments/{id}': {
        parameters: [inPath('id')],
        get: { responses: { 200: answer(object({ data: ref('Comment') })) } },
      },
    },
  );
  const all: { id: string; attributes: { tags: string[]; updatedAt: string } }[] = read('GET', '/articles').data;
  const [first = expect.fail()] = all;
  const [tag = ''] = first.attributes.tags;
  expect(read('GET', `/articles?filter[tag]=${tag}`).data).toEqual(
    all.filter(({ attributes }) => attributes.tags.includes(tag)),
  );
  const changed = read('PATCH', `/articles/${first.id}`, { data: { attributes: { title: 'New' } } }).data;
  expect(changed.attributes.updatedAt > first.attributes.updatedAt).toBe(true);
  const made = read('POST', '/articles', { data: { attributes: { title: 'Newer' } } }).data;
  expect(made.relationships.comments.data).toEqual([]);
});

test('a name beside createTime is a resource name, and what no mask names is as it was', () => {
  const Book = object({ name: text, title: text, createTime: time, updateTime: time });
  const { read } = serving(
    { Book },
    {
      '/v1/shelves/{shelf}/books': {
        parameters: [inPath('shelf')],
        get: { responses: { 200: answer(object({ books: list(ref('Book')) })) } },
      },
      '/v1/shelves/{shelf}/books/{book}': {
        parameters: [inPath('shelf'), inPath('book')],
        get: { responses: { 200: answer(ref('Book')) } },
        patch: {
          parameters: [query('updateMask')],
          requestBody: json(ref('Book')),
          responses: { 200: answer(ref('Book')) },
        },
      },
    },
  );
  const [book] = read('GET', '/v1/shelves/7/books').books;
  expect(book.name).toMatch(/^shelves\/7\/books\/[^/]+$/);
  expect(read('GET', `/v1/${book.name}`)).toEqual(book);
  const changed = read('PATCH', `/v1/${book.name}?updateMask=title`, { ...book, title: 'New' });
  expect(changed.title).toBe('New');
  expect(changed.updateTime > book.updateTime).toBe(true);
});

test('a thing is named by its key or shown whole, as a request asks, and a search says what members are', () => {
  const Customer = object({ id: text, email: text });
  const Invoice = object({
    id: text,
    customer: { anyOf: [text, ref('Customer')] },
    status: { enum: ['draft', 'paid'] },
    total: { type: 'integer' },
  });
  const { read } = serving(
    { Customer, Invoice },
    {
      '/customers': { get: { responses: { 200: answer(list(ref('Customer'))) } } },
      '/customers/{id}': { parameters: [inPath('id')], get: { responses: { 200: answer(ref('Customer')) } } },
      '/invoices': {
        get: {
          parameters: [query('customer'), { name: 'expand[]', in: 'query', schema: list(text) }],
          responses: { 200: answer(object({ data: list(ref('Invoice')) })) },
        },
      },
      '/invoices/search': {
        get: { parameters: [query('query')], responses: { 200: answer(object({ data: list(ref('Invoice')) })) } },
      },
      '/invoices/{id}': { parameters: [inPath('id')], get: { responses: { 200: answer(ref('Invoice')) } } },
    },
  );
  const all: { customer: string; status: string; total: number }[] = read('GET', '/invoices').data;
  const keys = read('GET', '/customers').map(({ id }: { id: string }) => id);
  expect(keys).toEqual(expect.arrayContaining(all.map(({ customer }) => customer)));
  const [first = expect.fail()] = all;
  expect(read('GET', `/invoices?customer=${first.customer}`).data).toEqual(
    all.filter(({ customer }) => customer === first.customer),
  );
  expect(read('GET', '/invoices?expand[]=data.customer').data[0].customer).toEqual(
    read('GET', `/customers/${first.customer}`),
  );
  const paid = all.filter(({ status, total }) => status === 'paid' && total > first.total);
  const asked = encodeURIComponent(`status:'paid' AND total>${first.total}`);
  expect(read('GET', `/invoices/search?query=${asked}`).data).toEqual(paid);
});

test('one row that is sent is made where the answer lists what was made', () => {
  const Todo = object({ id: { type: 'integer' }, title: text }, ['id', 'title']);
  const { read } = serving(
    { Todo },
    {
      '/todos': {
        get: { parameters: [query('id')], responses: { 200: answer(list(ref('Todo'))) } },
        post: { requestBody: json(ref('Todo')), responses: { 201: answer(list(ref('Todo'))) } },
      },
    },
  );
  const made = [{ id: 500, title: 'New' }];
  expect(read('POST', '/todos', made[0])).toEqual(made);
  expect(read('GET', '/todos?id=eq.500')).toEqual(made);
});
