import { describe, expect, it } from 'vitest';
import { documentOf } from '../contract/life/library/document.js';
import { documentFromObject } from '../document/index.js';
import { faults } from '../fault/index.js';
import { createOperations } from '../operation/index.js';
import { setAt } from '../resource/index.js';
import type { JsonObject } from '../text/value.js';
import { prove } from './index.js';

const object = (properties: JsonObject) => ({ type: 'object', required: Object.keys(properties), properties });
const list = (items: JsonObject) => ({ type: 'array', items });
const body = (schema: JsonObject) => ({ required: true, content: { 'application/json': { schema } } });
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });

describe('the proof of sequences', () => {
  it('catches what is done to several things, counted, or not shown at all, and is not done', async () => {
    const [integer, text] = [{ type: 'integer' }, { type: 'string', minLength: 1 }];
    const sent = { type: 'object', required: ['title'], properties: { title: text } };
    const status = { type: 'string', enum: ['open', 'closed'], readOnly: true };
    const ticket = object({ id: { ...integer, readOnly: true }, title: text, status });
    const nothing = { 204: { description: 'x' }, 404: json({}) };
    const parameters = [{ name: 'id', in: 'path', required: true, schema: integer }];
    const operations = createOperations(
      documentFromObject({
        openapi: '3.1.0',
        info: { title: 'T', version: '1' },
        paths: {
          '/tickets': {
            get: { responses: { 200: json(list(ticket)) } },
            post: { requestBody: body(sent), responses: { 201: json(ticket) } },
          },
          '/tickets/count': { get: { responses: { 200: json(object({ count: integer })) } } },
          '/tickets/bulk': { post: { requestBody: body(list(sent)), responses: { 201: json(list(ticket)) } } },
          '/tickets/bulk-delete': {
            post: { requestBody: body(object({ ids: list(integer) })), responses: { 204: { description: 'x' } } },
          },
          '/tickets/{id}': {
            parameters,
            get: { responses: { 200: json(ticket), 404: json({}) } },
            delete: { responses: nothing },
          },
          '/tickets/{id}/close': { post: { parameters, responses: nothing } },
        },
      } as JsonObject),
    );
    const ids = ['action-forgets', 'many-forgets-last', 'many-keeps-last', 'count-frozen'];
    const some = faults.filter(({ id }) => ids.includes(id));
    const { trials, falseAlarms, unusable } = await prove({ operations, faults: some, exhaustive: true });
    expect([falseAlarms, unusable]).toEqual([[], []]);
    const outcomes = trials.map(({ fault, outcome }) => [fault, outcome.kind === 'killed' ? outcome.by : outcome]);
    expect(Object.fromEntries(outcomes)).toEqual({
      'action-forgets': ['change-kept'],
      'many-forgets-last': expect.arrayContaining(['create-stored']),
      'many-keeps-last': expect.arrayContaining(['deleted-gone']),
      'count-frozen': ['total-right'],
    });
  });

  it('catches what null does not take away, a replacement that says 201, and a list that leads nowhere', async () => {
    const [integer, text] = [
      { type: 'integer', minimum: 1 },
      { type: 'string', minLength: 1 },
    ];
    const members = { title: text, note: { type: ['string', 'null'], minLength: 1 } };
    const page = { type: 'object', required: ['id', 'title'], properties: { id: text, ...members } };
    const sent = { type: 'object', required: ['title'], properties: members };
    const merge = { type: 'object', properties: members };
    const query = (name: string) => ({ name, in: 'query', schema: integer });
    const link = { Link: { description: 'The next page (rel="next").', schema: { type: 'string' } } };
    const missing = { 404: json({}) };
    const operations = createOperations(
      documentFromObject({
        openapi: '3.1.0',
        info: { title: 'T', version: '1' },
        paths: {
          '/wiki': {
            get: {
              parameters: [query('page'), query('per_page')],
              responses: { 200: { ...json(list(page)), headers: link } },
            },
          },
          '/wiki/{id}': {
            parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
            get: { responses: { 200: json(page), ...missing } },
            put: { requestBody: body(sent), responses: { 200: json(page), 201: json(page) } },
            patch: {
              requestBody: { required: true, content: { 'application/merge-patch+json': { schema: merge } } },
              responses: { 200: json(page), ...missing },
            },
          },
        },
      } as JsonObject),
    );
    const ids = ['null-ignored', 'put-creates', 'link-missing', 'harmless-links'];
    const some = faults.filter(({ id }) => ids.includes(id));
    const { trials, falseAlarms, unusable } = await prove({ operations, faults: some, exhaustive: true });
    expect([falseAlarms, unusable]).toEqual([[], []]);
    const outcomes = trials.map(({ fault, outcome }) => [fault, outcome.kind === 'killed' ? outcome.by : outcome.kind]);
    expect(Object.fromEntries(outcomes)).toEqual({
      'null-ignored': ['change-kept'],
      'put-creates': ['replaced'],
      'link-missing': ['total-right'],
    });
  });

  it('accuses none for headers that nobody declared, where the ETag is one that is', async () => {
    const [integer, text] = [{ type: 'integer' }, { type: 'string', minLength: 1 }];
    const note = object({ id: { ...integer, readOnly: true }, title: text });
    const sent = { type: 'object', required: ['title'], properties: { title: text } };
    const shown = { ...json(note), headers: { ETag: { required: true, schema: { type: 'string' } } } };
    const operations = createOperations(
      documentFromObject({
        openapi: '3.1.0',
        info: { title: 'T', version: '1' },
        paths: {
          '/notes': { post: { requestBody: body(sent), responses: { 201: json(note) } } },
          '/notes/{id}': {
            parameters: [{ name: 'id', in: 'path', required: true, schema: integer }],
            get: { responses: { 200: shown, 404: json({}) } },
            put: { requestBody: body(sent), responses: { 200: shown, 404: json({}) } },
          },
        },
      } as JsonObject),
    );
    const { falseAlarms, unusable } = await prove({ operations, faults: [] });
    expect([falseAlarms, unusable]).toEqual([[], []]);
  });

  it('accuses none that is seen late below what was made, nor one that says itself when a thing was changed', async () => {
    const [integer, text] = [{ type: 'integer' }, { type: 'string', minLength: 1 }];
    const meta = { type: 'object', properties: { lastUpdated: { type: 'string', format: 'date-time' } } };
    const order = object({ id: { ...integer, readOnly: true }, email: text, meta });
    const refund = object({ id: { ...integer, readOnly: true }, amount: integer });
    const parameters = [{ name: 'order_id', in: 'path', required: true, schema: integer }];
    const limit = [{ name: 'limit', in: 'query', schema: integer }];
    const operations = createOperations(
      documentFromObject({
        openapi: '3.1.0',
        info: { title: 'T', version: '1' },
        components: { schemas: { Order: order } },
        paths: {
          '/orders': {
            get: { responses: { 200: json(list({ $ref: '#/components/schemas/Order' })) } },
            post: {
              requestBody: body({ $ref: '#/components/schemas/Order' }),
              responses: { 201: json({ $ref: '#/components/schemas/Order' }) },
            },
          },
          '/orders/{order_id}': {
            parameters,
            get: { responses: { 200: json({ $ref: '#/components/schemas/Order' }) } },
          },
          '/orders/{order_id}/refunds': {
            parameters,
            get: { parameters: limit, responses: { 200: json(list(refund)) } },
            post: { requestBody: body(object({ amount: integer })), responses: { 201: json(refund) } },
          },
        },
      } as JsonObject),
    );
    const { falseAlarms } = await prove({ operations, faults: [], exhaustive: true });
    expect(falseAlarms).toEqual([]);
  });

  it('accuses none whose list has become longer since it said which page is the last', async () => {
    const [integer, text] = [{ type: 'integer' }, { type: 'string', minLength: 1 }];
    const address = { type: ['string', 'null'] };
    const pages = object({ self: text, first: text, prev: address, next: address, last: text });
    const group = object({ id: { type: 'string', format: 'uuid', readOnly: true }, name: text });
    const parameters = [{ name: 'group_id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }];
    const page = (name: string, more: JsonObject) => ({
      name,
      in: 'query',
      schema: { ...integer, minimum: 1, ...more },
    });
    const operations = createOperations(
      documentFromObject({
        openapi: '3.1.0',
        info: { title: 'T', version: '1' },
        paths: {
          '/groups': {
            get: {
              parameters: [page('page[number]', { default: 1 }), page('page[size]', { maximum: 100, default: 25 })],
              responses: { 200: json(object({ data: list(group), links: pages, meta: object({ total: integer }) })) },
            },
            post: { requestBody: body(object({ name: text })), responses: { 201: json(object({ data: group })) } },
          },
          '/groups/{group_id}': {
            parameters,
            get: { responses: { 200: json(object({ data: group })), 404: json({}) } },
            delete: { responses: { 204: { description: 'x' }, 404: json({}) } },
          },
        },
      } as JsonObject),
    );
    const { falseAlarms } = await prove({ operations, faults: [] });
    expect(falseAlarms).toEqual([]);
  });

  it('catches each fault that no single answer shows, and accuses no mock that is right', async () => {
    const operations = createOperations(documentFromObject(documentOf({})));
    const others = ['orphans', 'many-forgets-last', 'many-keeps-last', 'count-frozen', 'null-ignored', 'put-creates'];
    others.push('link-missing', 'kept-deleted');
    const lives = faults.filter(({ family, id }) => family === 'life' && !others.includes(id));
    const result = await prove({ operations, faults: lives, only: ({ path }) => path === '/books', exhaustive: true });
    expect(result.falseAlarms).toEqual([]);
    expect(result.unusable).toEqual([]);
    const outcomes = result.trials.map(({ fault, outcome }) => [fault, outcome.kind]);
    expect(Object.fromEntries(outcomes)).toEqual(Object.fromEntries(lives.map(({ id }) => [id, 'killed'])));
    for (const { fault, outcome } of result.trials) {
      const { caughtBy } = lives.find(({ id }) => id === fault) ?? expect.fail();
      expect(outcome.kind === 'killed' && outcome.by, fault).toEqual(expect.arrayContaining(caughtBy.slice(0, 1)));
    }
  });

  it('catches what is still shown under a deleted thing, and nothing where a list has an order, and keys a type, of their own', async () => {
    const either = { type: ['integer', 'string'], readOnly: true };
    const document = documentOf({});
    const withEither = setAt(document, ['components', 'schemas', 'Review', 'properties', 'id'], either) as JsonObject;
    const operations = createOperations(documentFromObject(withEither));
    const some = faults.filter(({ id }) => id === 'orphans' || id === 'location-wrong');
    const isReviews = ({ path }: { path: string }) => path.endsWith('/reviews');
    const { trials, falseAlarms } = await prove({ operations, faults: some, only: isReviews });
    expect(falseAlarms).toEqual([]);
    expect(trials).toMatchObject([
      { fault: 'location-wrong', outcome: { kind: 'not-applicable' } },
      { fault: 'orphans', outcome: { kind: 'killed', by: ['deleted-gone'] } },
    ]);
  });

  it('catches what says that it has deleted what the document says is kept', async () => {
    const [text, gone] = [
      { type: 'string', minLength: 1 },
      { 204: { description: 'x' }, 404: json({}) },
    ];
    const parameters = ['shelf', 'book'].map((name) => ({ name, in: 'path', required: true, schema: text }));
    const [shelf, book] = [object({ id: text, name: text }), object({ id: text, title: text })];
    const reading = (schema: JsonObject) => ({ get: { responses: { 200: json(schema), 404: json({}) } } });
    const making = (sent: JsonObject, made: JsonObject) => ({
      ...reading(list(made)),
      post: { requestBody: body(object(sent)), responses: { 201: json(made), 404: json({}) } },
    });
    const document = {
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/shelves': making({ name: text }, shelf),
        '/shelves/{shelf}': {
          parameters: parameters.slice(0, 1),
          ...reading(shelf),
          delete: { responses: { ...gone, 409: { description: 'The shelf still has books' } } },
        },
        '/shelves/{shelf}/books': { parameters: parameters.slice(0, 1), ...making({ title: text }, book) },
        '/shelves/{shelf}/books/{book}': { parameters, ...reading(book), delete: { responses: gone } },
      },
    } as unknown as JsonObject;
    const operations = createOperations(documentFromObject(document));
    const some = faults.filter(({ id }) => id === 'kept-deleted');
    const { trials, falseAlarms } = await prove({
      operations,
      faults: some,
      only: ({ path }) => path.endsWith('/books'),
    });
    expect(falseAlarms).toEqual([]);
    const told = trials.filter(({ outcome }) => outcome.kind !== 'not-applicable');
    expect(told).toMatchObject([{ fault: 'kept-deleted', outcome: { kind: 'killed', by: ['deleted-gone'] } }]);
  });

  it('says why of each fault that nothing can show: what only the server sets may change with all else', async () => {
    const [integer, text] = [{ type: 'integer' }, { type: 'string' }];
    const properties = { id: integer, title: text, note: text, labels: list(text) };
    const shown = { type: 'object', required: ['id', 'title'], properties };
    const operations = createOperations(
      documentFromObject({
        openapi: '3.1.0',
        info: { title: 'T', version: '1' },
        paths: {
          '/pulls': {
            get: { responses: { 200: json(list({ ...shown, required: ['id', 'title', 'note'] })) } },
            post: { requestBody: body(object({ title: text })), responses: { 201: json(shown) } },
          },
          '/pulls/{id}': {
            parameters: [{ name: 'id', in: 'path', required: true, schema: integer }],
            get: { responses: { 200: json(shown) } },
            patch: {
              requestBody: body({ type: 'object', properties: { title: text } }),
              responses: { 200: json(shown) },
            },
          },
        },
      } as JsonObject),
    );
    const some = faults.filter(({ id }) => ['patch-wipes', 'stale-read', 'put-merges', 'total-wrong'].includes(id));
    const { trials } = await prove({ operations, faults: some });
    const reasons = trials.map(({ fault, outcome }) => [fault, 'reason' in outcome ? outcome.reason : outcome.kind]);
    expect(Object.fromEntries(reasons)).toEqual({
      'stale-read': 'killed',
      'patch-wipes': 'no answer of its sequence gives it anything to spoil',
      'put-merges': 'the operation replaces nothing',
      'total-wrong': 'no member beside the items is a total',
    });
  });

  it('catches an operation that asks for no credential where the thing is there, and nowhere else', async () => {
    const operations = createOperations(documentFromObject(documentOf({ isSecured: true })));
    const open = faults.filter(({ id }) => id === 'auth-missing-with-real-id');
    const isRead = (each: { path: string; method: string }) => each.path === '/books/{bookId}' && each.method === 'GET';
    const { trials, falseAlarms } = await prove({ operations, faults: open, only: isRead });
    expect(falseAlarms).toEqual([]);
    expect(trials).toMatchObject([
      { fault: 'auth-missing-with-real-id', outcome: { kind: 'killed', by: ['auth-required'] } },
    ]);
  });

  it('catches a replacement that is forgotten where what was sent stands in the source of a document', async () => {
    const text = { type: 'string' };
    const Book = object({ title: text, author: text });
    const hit = object({ _index: text, _id: text, _source: Book });
    const written = object({ _id: text, result: { enum: ['created', 'updated'] } });
    const id = { name: 'id', in: 'path', required: true, schema: text };
    const { trials, falseAlarms } = await prove({
      operations: createOperations(
        documentFromObject({
          openapi: '3.1.0',
          info: { title: 'T', version: '1' },
          paths: {
            '/books/_search': { get: { responses: { 200: json(object({ hits: object({ hits: list(hit) }) })) } } },
            '/books/_doc': { post: { requestBody: body(Book), responses: { 201: json(written) } } },
            '/books/_doc/{id}': {
              parameters: [id],
              get: { responses: { 200: json(hit), 404: json({}) } },
              put: { requestBody: body(Book), responses: { 200: json(written), 201: json(written) } },
            },
          },
        }),
      ),
      faults: faults.filter(({ id: fault }) => fault === 'put-forgets'),
    });
    expect(falseAlarms).toEqual([]);
    expect(trials).toMatchObject([{ outcome: { kind: 'killed', by: ['change-kept'] } }]);
  });

  it('misses nothing in an order that the document does not promise', async () => {
    const Book = object({ id: { type: 'string', readOnly: true }, title: { type: 'string' } });
    const sort = { name: 'sort', in: 'query', schema: { type: 'string' } };
    const sorted = (parameter: JsonObject) =>
      prove({
        operations: createOperations(
          documentFromObject({
            openapi: '3.1.0',
            info: { title: 'T', version: '1' },
            paths: {
              '/books': {
                get: { parameters: [parameter], responses: { 200: json(list(Book)) } },
                post: { requestBody: body(Book), responses: { 201: json(Book) } },
              },
              '/books/{id}': {
                parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
                get: { responses: { 200: json(Book), 404: json({}) } },
              },
            },
          }),
        ),
        faults: faults.filter(({ id }) => id === 'sort-ignored'),
      });
    const unsaid = expect.stringContaining('the document promises nothing: The list is in the same order');
    expect((await sorted(sort)).trials).toMatchObject([{ outcome: { kind: 'not-applicable', reason: unsaid } }]);
    const { trials } = await sorted({ ...sort, description: 'A member, such as title' });
    expect(trials).toMatchObject([{ outcome: { kind: 'killed', by: ['sorted'] } }]);
  });
});
