import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type OperationEntry } from '../../operation/index.js';
import { findResources, type Role } from '../../resource/index.js';
import { createSchemas } from '../../schema/schemas.js';
import { viewOf } from '../../schema/view.js';
import type { Json, JsonObject } from '../../text/value.js';
import { differencesOf, withShownKeys } from './differences.js';
import { type Member, membersAt, shownBy } from './members.js';

it('asks of no answer to show what its schema does not let it', () => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: {},
    components: {
      schemas: {
        Day: { type: 'string', format: 'date' },
        Moment: { type: 'string', format: 'date-time' },
        Name: { type: 'string' },
      },
    },
  } as never);
  const member = (name: string, schema: string) => ({
    name,
    parts: viewOf(document).certain(`/components/schemas/${schema}`),
    isRequired: false,
  });
  const differences = differencesOf(
    { born: '2024-03-12', name: 'Ann' },
    { born: '1994-09-07T00:34:58Z', name: 'Bob' },
    [member('born', 'Day'), member('name', 'Name')],
    [member('born', 'Moment'), member('name', 'Name')],
    new Set(),
    createSchemas(document),
  );
  expect(differences.map(({ name }) => name)).toEqual(['name']);
});

it('leaves what an answer has as readOnly to the server, also where a request takes a member of that name', () => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: {},
    components: { schemas: { Sent: { type: 'string' }, Shown: { type: 'string', readOnly: true } } },
  } as never);
  const member = (schema: string) => ({
    name: 'name',
    parts: viewOf(document).certain(`/components/schemas/${schema}`),
    isRequired: false,
  });
  const of = (shown: string) =>
    differencesOf(
      { name: 'Ann' },
      { name: 'Bob' },
      [member('Sent')],
      [member(shown)],
      new Set(),
      createSchemas(document),
    );
  expect([of('Sent').length, of('Shown').length]).toEqual([1, 0]);
});

it('asks of no answer to show what a base lets none of its children have', () => {
  const named = { type: 'object', properties: { name: { type: 'string' }, size: { type: 'integer' } } };
  const base = { type: 'object', properties: { name: { type: 'object' }, size: { type: 'integer' } } };
  const content = { 'application/json': { schema: { allOf: [base], ...named } } };
  const get = { responses: { 200: { description: 'd', content } } };
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: { '/things': { get } },
  } as never);
  const operations = createOperations(document);
  const [entry] = operations.entries;
  if (entry === undefined) throw new Error('there is one');
  const operation = operations.compile(entry);
  const members = membersAt(operation, operation.responses[0]?.content[0], []);
  const differences = differencesOf(
    { name: 'Ann', size: 1 },
    { size: 2 },
    members,
    members,
    new Set(),
    operation.schemas,
  );
  expect(differences.map(({ name }) => name)).toEqual(['size']);
});

it('holds no list against the one object that was sent, where the answer declares neither', () => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: {},
    components: { schemas: { Cells: { type: 'object' } } },
  } as never);
  const cells = {
    name: 'cells',
    parts: viewOf(document).certain('/components/schemas/Cells'),
    isRequired: false,
  };
  const of = (shown: Json, declared: Member[] = []) =>
    differencesOf({ cells: { x: 1 } }, { cells: shown }, [cells], declared, new Set(), createSchemas(document)).length;
  expect([of([{ x: 2 }]), of({ x: 2 }), of(null), of([{ x: 2 }], [cells])]).toEqual([0, 1, 1, 1]);
});

it('asks of an answer of several kinds only what one of them can show', () => {
  const text = { type: 'string' };
  const balance = { type: 'object', required: ['amount'], properties: { amount: { type: 'integer' } } };
  const whole = { type: 'object', required: ['id'], properties: { id: text, name: text, balance, note: text } };
  const gone = { type: 'object', required: ['id', 'deleted'], properties: { id: text, deleted: { type: 'boolean' } } };
  const content = { 'application/json': { schema: { anyOf: [whole, gone] } } };
  const sent = { type: 'object', properties: { name: text, balance: { type: 'object' }, note: text } };
  const post = {
    requestBody: { content: { 'application/json': { schema: sent } } },
    responses: { 200: { description: 'd', content } },
  };
  const operations = createOperations(
    documentFromObject({ openapi: '3.1.0', info: { title: '', version: '' }, paths: { '/things': { post } } } as never),
  );
  const operation = operations.compile(operations.entries[0] as OperationEntry);
  const taken = membersAt(operation, operation.requestBody?.content[0], []);
  const answer = { response: '200', mediaType: 'application/json', path: [], inside: [], isKeyed: false };
  const differences = differencesOf(
    { name: 'Ann', balance: { mode: 'manual' }, note: 'x' },
    { id: '1', name: 'Bob', balance: { amount: 1 } },
    taken,
    shownBy(operation, { answer } as unknown as Role),
    new Set(),
    operation.schemas,
  );
  expect(differences.map(({ name }) => name)).toEqual(['name']);
});

it('leaves it to the server which thing it is that others stand in', () => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: {},
    components: { schemas: { Lines: { type: 'array', items: { type: 'object' } } } },
  } as never);
  const lines = { name: 'lines', parts: viewOf(document).certain('/components/schemas/Lines'), isRequired: true };
  const of = (shown: Json) =>
    differencesOf(
      { lines: [{ orderId: 26, name: 'a' }] },
      { id: 7, lines: [shown] },
      [lines],
      [lines],
      new Set(),
      createSchemas(document),
      7,
    ).length;
  expect([of({ orderId: 7, name: 'a' }), of({ orderId: 8, name: 'a' }), of({ orderId: 7, name: 'b' })]).toEqual([
    0, 1, 1,
  ]);
});

it('leaves times of a last change to the server, also inside of what is sent', () => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: {},
    components: { schemas: { Any: true } },
  } as never);
  const member = (name: string) => ({
    name,
    parts: viewOf(document).certain('/components/schemas/Any'),
    isRequired: false,
  });
  const all = [member('meta'), member('modifiedAt'), member('due')];
  const [was, is] = ['2024-03-12T01:02:03Z', '2026-03-12T01:02:03Z'] as const;
  const said = (sent: JsonObject, shown: JsonObject) =>
    differencesOf(sent, shown, all, all, new Set(), createSchemas(document)).map(({ name }) => name);
  const moved = { meta: { lastUpdated: is, version: 1 }, modifiedAt: is, due: was };
  expect(said({ meta: { lastUpdated: was, version: 1 }, modifiedAt: was, due: was }, moved)).toEqual([]);
  expect(said({ meta: { lastUpdated: was, version: 2 }, modifiedAt: 'x', due: is }, moved)).toEqual([
    'meta',
    'modifiedAt',
    'due',
  ]);
});

it('asks of no answer to show what it does not declare inside of what it declares', () => {
  const object = (...names: string[]) => ({
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, {}])),
  });
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: '', version: '' },
    paths: {},
    components: {
      schemas: {
        Sent: { type: 'array', items: object('variant', 'name', 'price') },
        Other: { type: 'array', items: object('id', 'price') },
        Same: { type: 'array', items: object('id', 'name') },
      },
    },
  } as never);
  const member = (schema: string): Member => ({
    name: 'list',
    parts: viewOf(document).certain(`/components/schemas/${schema}`),
    isRequired: false,
  });
  const of = (sent: JsonObject, shown: JsonObject, as: string) =>
    differencesOf(
      { list: [sent] },
      { list: [shown] },
      [member('Sent')],
      [member(as)],
      new Set(),
      createSchemas(document),
    ).length;
  expect(of({ variant: { price: 3 } }, { id: 1 }, 'Other')).toBe(0);
  expect(of({ name: 'a', price: 3 }, { id: 1, price: 3 }, 'Other')).toBe(0);
  expect(of({ name: 'a', price: 3 }, { id: 1, price: 4 }, 'Other')).toBe(1);
  expect(of({ name: 'a' }, { id: 1 }, 'Same')).toBe(1);
});

it('takes the key of a thing inside of another one from the answer, where it has a path of its own', () => {
  const file = {
    type: 'object',
    required: ['id', 'name'],
    properties: { id: { type: 'string' }, name: { type: 'string' } },
  };
  const item = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' }, files: { type: 'array', items: file } },
  };
  const answer = (schema: JsonObject) => ({
    responses: { 200: { description: 'd', content: { 'application/json': { schema } } } },
  });
  const parameters = ['id', 'file_id'].map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const operations = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: '', version: '' },
      paths: {
        '/items': { get: answer({ type: 'array', items: item }) },
        '/items/{id}': { parameters: parameters.slice(0, 1), get: answer(item) },
        '/items/{id}/files': { parameters: parameters.slice(0, 1), get: answer({ type: 'array', items: file }) },
        '/items/{id}/files/{file_id}': { parameters, get: answer(file) },
      },
    } as never),
  );
  const items = findResources(operations).all.find(({ name }) => name === 'items') ?? expect.fail();
  const shown = { id: '1', files: [{ id: 'x', name: 'b' }] };
  expect(withShownKeys(items, { files: [{ id: 'mine', name: 'a' }] }, shown)).toEqual({
    files: [{ id: 'x', name: 'a' }],
  });
});
