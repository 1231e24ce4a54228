import { expect, test } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { findResources } from './finding.js';

const json = (schema: JsonObject) => ({ description: 'done', content: { 'application/json': { schema } } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const id = { name: 'ownerId', in: 'path', required: true, schema: { type: 'integer' } };
const owner = { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, name: { type: 'string' } } };

/** The members that name things, of the body that an operation takes. */
function sent(schemas: JsonObject, body: JsonObject = json(ref('Order')), more: JsonObject = {}): readonly string[] {
  const paths = {
    ...more,
    '/owners': { get: { responses: { 200: json({ type: 'array', items: ref('Owner') }) } } },
    '/owners/{ownerId}': { parameters: [id], get: { responses: { 200: json(ref('Owner')) } } },
    '/orders': { post: { operationId: 'order', requestBody: body, responses: { 201: json({}) } } },
  };
  const info = { title: 'Orders', version: '1' };
  const document = { openapi: '3.1.0', info, paths, components: { schemas: { Owner: owner, ...schemas } } };
  const operations = createOperations(documentFromObject(document));
  const entry = operations.find('order');
  return entry === undefined
    ? []
    : findResources(operations)
        .sent(entry)
        .map(({ member }) => member.join('.'));
}

test('one schema under two members names things in both', () => {
  const place = { type: 'object', properties: { ownerId: { type: 'integer' }, street: { type: 'string' } } };
  const properties = { from: ref('Place'), to: ref('Place'), lines: { type: 'array', items: ref('Place') } };
  expect(sent({ Order: { type: 'object', properties }, Place: place })).toEqual([
    'from.ownerId',
    'to.ownerId',
    'lines.ownerId',
  ]);
});

test('a number that is called as several things are says how many there are', () => {
  const number = { type: 'integer' };
  const properties = { owner: number, owners: number, open_owners: number, maxOwners: number };
  expect(sent({ Order: { type: 'object', properties } })).toEqual(['owner']);
});

test('of schemas that know each other only so many are named', () => {
  const names = ['Order', ...Array.from({ length: 24 }, (_, index) => `Node${index}`)];
  const links = Object.fromEntries(names.map((name) => [`to${name}`, ref(name)]));
  const node = { type: 'object', properties: { ownerId: { type: 'integer' }, ...links } };
  const found = sent(Object.fromEntries(names.map((name) => [name, node])));
  expect(found.length).toBe(500);
  expect(found[0]).toBe('ownerId');
});

test('of the members of a row only so many are looked at', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => [`m${index}`, { type: 'string' }]);
  const named = (before: number) => ({
    type: 'object',
    properties: Object.fromEntries([...many(before), ['ownerId', { type: 'integer' }]]),
  });
  expect(sent({ Order: named(999) })).toEqual(['ownerId']);
  expect(sent({ Order: named(1000) })).toEqual([]);
});

test('a plain text that is described as the key of something names it, also in a form', () => {
  const text = (description: string) => ({ type: 'string', description });
  const order = { type: 'object', properties: { owner: text('ID of the owner'), note: text('An ID of yours') } };
  const form = { content: { 'application/x-www-form-urlencoded': { schema: order } } };
  const keyed = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } };
  expect(sent({ Owner: keyed }, form)).toEqual(['owner']);
  const plain = { type: 'object', properties: { owner: text('Who has it') } };
  expect(sent({ Owner: keyed, Order: plain })).toEqual([]);
});

test('a text that is described as the slug of something names it', () => {
  const text = { type: 'string' };
  const places = {
    '/shelves': { get: { responses: { 200: json({ type: 'array', items: ref('Shelf') }) } } },
    '/shelves/{slug}': {
      parameters: [{ name: 'slug', in: 'path', required: true, schema: text }],
      get: { responses: { 200: json(ref('Shelf')) } },
    },
  };
  const properties = {
    shelf: { ...text, description: 'Slug of an existing shelf.' },
    otherShelf: { ...text, description: 'What it is called, not the slug' },
  };
  const shelf = { type: 'object', required: ['slug'], properties: { slug: text, name: text } };
  expect(sent({ Order: { type: 'object', properties }, Shelf: shelf }, json(ref('Order')), places)).toEqual(['shelf']);
});

test('what makes a thing says by its key which one it is to be, and by other members what else there is', () => {
  const key = { type: 'string' };
  const talk = { type: 'object', required: ['id'], properties: { id: key, title: { type: 'string' } } };
  const asked = { type: 'object', properties: { talk_id: key, parent_talk_id: key, title: { type: 'string' } } };
  const named = { name: 'talk_id', in: 'path', required: true, schema: key };
  const paths = {
    '/talks': {
      get: { responses: { 200: json({ type: 'array', items: ref('Talk') }) } },
      post: { operationId: 'make', requestBody: json(asked), responses: { 201: json(ref('Talk')) } },
    },
    '/talks/{talk_id}': { parameters: [named], get: { responses: { 200: json(ref('Talk')) } } },
  };
  const info = { title: 'Talks', version: '1' };
  const operations = createOperations(
    documentFromObject({ openapi: '3.1.0', info, paths, components: { schemas: { Talk: talk } } }),
  );
  const entry = operations.find('make') ?? expect.fail();
  const members = findResources(operations)
    .sent(entry)
    .map(({ member }) => member.join('.'));
  expect(members).not.toContain('talk_id');
});

test('a member is the key of the one kind of things that have a key of that name, unless many have', () => {
  const text = { type: 'string' };
  const things = (path: string, name: string) => {
    const schema = { type: 'object', required: [name], properties: { [name]: text, title: text } };
    const parameter = { name, in: 'path', required: true, schema: text };
    return {
      [path]: { get: { responses: { 200: json({ type: 'array', items: schema }) } } },
      [`${path}/{${name}}`]: { parameters: [parameter], get: { responses: { 200: json(schema) } } },
    };
  };
  const line = { type: 'object', required: ['sku'], properties: { sku: text, code: text, note: text } };
  const order = { type: 'object', properties: { lines: { type: 'array', items: line }, isbn: text } };
  const paths = {
    ...things('/products', 'sku'),
    ...things('/vouchers', 'code'),
    ...things('/books', 'isbn'),
    ...things('/loans', 'isbn'),
    '/orders': { post: { operationId: 'order', requestBody: json(order), responses: { 201: json({}) } } },
  };
  const info = { title: 'Orders', version: '1' };
  const operations = createOperations(documentFromObject({ openapi: '3.1.0', info, paths }));
  const entry = operations.find('order') ?? expect.fail();
  const found = findResources(operations).sent(entry);
  expect(found.map(({ member, resource }) => `${member.join('.')} of ${resource.name}`)).toEqual([
    'lines.sku of products',
  ]);
});

test('what is uploaded as a file is the contents of the one that is made, and names none', () => {
  const text = { type: 'string' };
  const File = { type: 'object', properties: { id: text, name: text } };
  const json = { 200: { description: 'OK', content: { 'application/json': { schema: File } } } };
  const parameters = [{ name: 'file', in: 'path', required: true, schema: text }];
  const sentAs = (mediaType: string) => {
    const content = { [mediaType]: { schema: { type: 'object', properties: { file: text } } } };
    const operations = createOperations(
      documentFromObject({
        openapi: '3.1.0',
        info: { title: 'Files', version: '1' },
        paths: {
          '/files': { post: { operationId: 'send', requestBody: { content }, responses: json } },
          '/files/{file}': { parameters, get: { responses: json } },
        },
      }),
    );
    return findResources(operations).sent(operations.find('send') ?? expect.fail());
  };
  expect(sentAs('multipart/form-data')).toEqual([]);
  expect(sentAs('application/json')).toHaveLength(1);
});

test('what is called after taking a thing away makes none, by whatever method', () => {
  const Payment = { type: 'object', properties: { id: { type: 'string' }, state: { type: 'string' } } };
  const body = { content: { 'application/json': { schema: Payment } } };
  const responses = { 200: { description: 'OK', ...body } };
  const roleOf = (operationId: string) =>
    findResources(
      createOperations(
        documentFromObject({
          openapi: '3.1.0',
          info: { title: 'Payments', version: '1' },
          paths: {
            '/payments': { post: { operationId, requestBody: body, responses } },
            '/payments/{id}': {
              parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
              get: { responses },
            },
          },
        }),
      ),
    ).roleOf(operationId)?.kind;
  expect(roleOf('addPayment')).toBe('create');
  expect(roleOf('deletePayment')).toBeUndefined();
});
