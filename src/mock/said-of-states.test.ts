import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const named = { 200: answer(ref('Order')), 404: { description: 'None' } };
const acting = (responses: JsonObject = {}): JsonObject => ({ post: { responses: { ...named, ...responses } } });

const shop = (status: JsonObject, pay: JsonObject) =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    components: {
      schemas: {
        Order: { ...object({ id: count, note: text, status }), properties: { id: count, note: text, status } },
      },
    },
    paths: {
      '/orders': {
        get: { responses: { 200: answer(list(ref('Order'))) } },
        post: { requestBody: json(object({ note: text })), responses: { 201: answer(ref('Order')) } },
      },
      '/orders/{id}': {
        parameters: [inPath('id', count)],
        get: { responses: named },
        delete: { responses: { 204: { description: 'Gone' }, 404: { description: 'None' } } },
      },
      '/orders/{id}/pay': { parameters: [inPath('id', count)], ...pay },
      '/orders/{id}/ship': {
        parameters: [inPath('id', count)],
        ...acting({ 409: { description: 'A cancelled order cannot be shipped' } }),
      },
      '/orders/{id}/restore': { parameters: [inPath('id', count)], ...acting() },
    },
  });

const status = { type: 'string', enum: ['pending', 'paid', 'shipped', 'cancelled'], readOnly: true };

test('an action is refused in a state in which the document says that it cannot be taken', () => {
  const mock = shop(status, acting({ 409: { description: 'Only a pending order can be paid' } }));
  const { id } = mock.read('POST', '/orders', { note: 'New' });
  expect(mock.read('GET', `/orders/${id}`).status).toBe('pending');
  expect(mock.read('POST', `/orders/${id}/pay`).status).toBe('paid');
  const again = mock.ask('POST', `/orders/${id}/pay`);
  expect(again.status).toBe(409);
  expect(mock.read('GET', `/orders/${id}`).status).toBe('paid');
  expect(mock.read('POST', `/orders/${id}/ship`).status).toBe('shipped');
});

test('an action is refused where the answer says that its thing is in a state already, or in none that it must be in', () => {
  for (const said of ['The order is not a pending one', 'It is paid already', 'Already paid or was shipped']) {
    const mock = shop(status, acting({ 409: { description: said } }));
    const { id } = mock.read('POST', '/orders', { note: 'New' });
    expect(mock.read('POST', `/orders/${id}/pay`).status).toBe('paid');
    expect(mock.ask('POST', `/orders/${id}/pay`).status).toBe(409);
  }
  const mock = shop(status, acting({ 409: { description: 'A paid order with this number exists already' } }));
  const { id } = mock.read('POST', '/orders', { note: 'New' });
  mock.ask('POST', `/orders/${id}/pay`);
  expect(mock.ask('POST', `/orders/${id}/pay`).status).toBe(200);
});

const tasks = (said: { complete: string; reopen: string; taken: string }) =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Tasks', version: '1' },
    components: {
      schemas: {
        Order: object({
          type: { const: 'tasks' },
          id: text,
          attributes: object({ name: text, completed: { type: 'boolean', readOnly: true, default: false } }),
        }),
      },
    },
    paths: {
      '/tasks': {
        get: { responses: { 200: answer(list(ref('Order'))) } },
        post: {
          requestBody: json(object({ type: { const: 'tasks' }, attributes: object({ name: text }) })),
          responses: { 201: answer(ref('Order')), 409: { description: said.taken } },
        },
      },
      '/tasks/{id}': { parameters: [inPath('id', text)], get: { responses: named } },
      '/tasks/{id}/complete': {
        parameters: [inPath('id', text)],
        ...acting({ 409: { description: said.complete } }),
      },
      '/tasks/{id}/reopen': { parameters: [inPath('id', text)], ...acting({ 409: { description: said.reopen } }) },
    },
  });

test('what is said by yes or no is a state as well', () => {
  const complete = 'The task is already completed';
  const mock = tasks({ complete, reopen: 'The task is not completed', taken: 'Conflict' });
  const made = mock.read('POST', '/tasks', { type: 'tasks', attributes: { name: 'One' } });
  const done = () => (mock.read('GET', `/tasks/${made.id}`).attributes as JsonObject).completed;
  expect(mock.ask('POST', `/tasks/${made.id}/reopen`).status).toBe(409);
  expect(mock.ask('POST', `/tasks/${made.id}/complete`).status).toBe(200);
  expect(mock.ask('POST', `/tasks/${made.id}/complete`).status).toBe(409);
  expect(done()).toBe(true);
  expect(mock.ask('POST', `/tasks/${made.id}/reopen`).status).toBe(200);
  expect(done()).toBe(false);
});

test('what only one may have is refused a second time, also in attributes and by a code with a sentence', () => {
  for (const taken of ['name_taken', 'Another task has this name', 'A task with this name exists']) {
    const mock = tasks({ complete: 'Conflict', reopen: 'Conflict', taken });
    const make = (name: string) => mock.ask('POST', '/tasks', { type: 'tasks', attributes: { name } }).status;
    expect([make('One'), make('One'), make('Two')]).toEqual([201, 409, 201]);
  }
});

test('nobody is refused where the document has no status for it, or says nothing of states', () => {
  const silent = { ...acting(), description: 'Only a pending order can be paid.' };
  for (const pay of [silent, acting({ 409: { description: 'Conflict' } })]) {
    const mock = shop(status, pay);
    const { id } = mock.read('POST', '/orders', { note: 'New' });
    mock.ask('POST', `/orders/${id}/pay`);
    expect(mock.ask('POST', `/orders/${id}/pay`).status).toBe(200);
  }
});

test('what is restored is as it was when it was deleted', () => {
  const kinds = { type: 'string', enum: ['draft', 'published', 'archived'], default: 'draft' };
  const mock = shop(kinds, acting());
  const rows = mock.read('GET', '/orders') as unknown as { id: number; status: string }[];
  expect(new Set(rows.map((row) => row.status)).size).toBeGreaterThan(1);
  for (const { id, status: was } of rows) {
    mock.ask('DELETE', `/orders/${id}`);
    mock.ask('POST', `/orders/${id}/restore`);
    expect(mock.read('GET', `/orders/${id}`).status).toBe(was);
  }
});

const Contact = object({
  type: { const: 'contacts' },
  id: text,
  attributes: object({ name: text, archived: { type: 'boolean', readOnly: true } }),
  relationships: object({
    firm: object({
      data: {
        ...object({ type: { const: 'firms' }, id: { type: 'string', format: 'uuid' } }),
        type: ['object', 'null'],
      },
    }),
  }),
});
const Firm = object({
  type: { const: 'firms' },
  id: { type: 'string', format: 'uuid' },
  attributes: object({ name: text }),
});
const data = (schema: JsonObject) => answer(object({ data: schema }));

/** With a first thing that belongs to nothing. */
const shownFirst = (response: JsonObject): JsonObject => {
  const attributes = { name: 'Ann', archived: false };
  const example = { data: [{ type: 'contacts', id: 'c1', attributes, relationships: { firm: { data: null } } }] };
  const content = response.content as JsonObject;
  return { ...response, content: { 'application/json': { ...(content['application/json'] as JsonObject), example } } };
};

const contacts = asking({
  openapi: '3.1.0',
  info: { title: 'Contacts', version: '1' },
  components: { schemas: { Contact, Firm } },
  paths: {
    '/firms': { get: { responses: { 200: data(list(ref('Firm'))) } } },
    '/firms/{firmId}': { parameters: [inPath('firmId', text)], get: { responses: { 200: data(ref('Firm')) } } },
    '/firms/{firmId}/contacts': {
      parameters: [inPath('firmId', text)],
      get: { responses: { 200: data(list(ref('Contact'))) } },
    },
    '/contacts': { get: { responses: { 200: shownFirst(data(list(ref('Contact')))) } } },
    '/contacts/{contactId}': {
      parameters: [inPath('contactId', text)],
      get: { responses: { 200: data(ref('Contact')) } },
    },
    '/contacts/{contactId}/archive': {
      parameters: [inPath('contactId', text)],
      post: { responses: { 200: data(ref('Contact')) } },
    },
  },
});

interface Resource {
  readonly id: string;
  readonly attributes: { readonly archived: boolean };
  readonly relationships: { readonly firm: { readonly data: { readonly id: string } | null } };
}

test('an action says in the attributes of a resource object that it was done', () => {
  for (const { id } of contacts.read('GET', '/contacts').data as unknown as Resource[]) {
    contacts.ask('POST', `/contacts/${id}/archive`);
    expect((contacts.read('GET', `/contacts/${id}`).data as unknown as Resource).attributes.archived).toBe(true);
  }
});

test('a list below something shows what belongs to it, also where the first thing of all belongs to nothing', () => {
  const all = contacts.read('GET', '/contacts').data as unknown as Resource[];
  const ofFirm = (firm: string) => all.filter((each) => each.relationships.firm.data?.id === firm).map(({ id }) => id);
  const firms = (contacts.read('GET', '/firms').data as unknown as Resource[]).map(({ id }) => id);
  for (const firm of firms) {
    const shown = contacts.read('GET', `/firms/${firm}/contacts`).data as unknown as Resource[];
    expect(shown.map(({ id }) => id)).toEqual(ofFirm(firm));
  }
});

const Invoice = object({
  id: count,
  title: text,
  status: { type: 'string', enum: ['draft', 'sent'], readOnly: true },
});

/** With a change, a deletion and comments below, of which an answer says so. */
const invoices = (said: { change?: string; remove?: string; below?: string }) => {
  const refused = (description: string | undefined) => (description ? { 409: { description } } : {});
  return asking({
    openapi: '3.1.0',
    info: { title: 'Invoices', version: '1' },
    components: { schemas: { Order: Invoice, Comment: object({ id: count, body: text }) } },
    paths: {
      '/invoices': {
        get: { responses: { 200: answer(list(ref('Order'))) } },
        post: { requestBody: json(object({ title: text })), responses: { 201: answer(ref('Order')) } },
      },
      '/invoices/{id}': {
        parameters: [inPath('id', count)],
        get: { responses: named },
        patch: {
          requestBody: json({ type: 'object', properties: { title: text, note: text } }),
          responses: { ...named, ...refused(said.change) },
        },
        delete: { responses: { 204: { description: 'Gone' }, ...refused(said.remove) } },
      },
      '/invoices/{id}/send': { parameters: [inPath('id', count)], ...acting() },
      '/invoices/{id}/comments': {
        parameters: [inPath('id', count)],
        get: { responses: { 200: answer(list(ref('Comment'))) } },
        post: {
          requestBody: json(object({ body: text })),
          responses: { 201: answer(ref('Comment')), ...refused(said.below) },
        },
      },
      '/invoices/{id}/comments/{commentId}': {
        parameters: [inPath('id', count), inPath('commentId', count)],
        get: { responses: { 200: answer(ref('Comment')) } },
      },
    },
  });
};

test('what cannot be changed or deleted in a state is refused then, and was done before', () => {
  const mock = invoices({
    change: 'Only drafts can be changed',
    remove: 'A sent invoice cannot be deleted',
    below: 'The invoice was sent',
  });
  const { id } = mock.read('POST', '/invoices', { title: 'One' });
  const ask = (method: string, path: string, body?: JsonObject) =>
    mock.ask(method, `/invoices/${id}${path}`, body).status;
  const all = () => [
    ask('PATCH', '', { title: 'Two' }),
    ask('POST', '/comments', { body: 'Yes' }),
    ask('GET', ''),
    ask('DELETE', ''),
  ];
  const other = mock.read('POST', '/invoices', { title: 'Other' });
  expect(mock.ask('DELETE', `/invoices/${other.id}`).status).toBe(204);
  expect(ask('PATCH', '', { title: 'Two' })).toBe(200);
  expect(ask('POST', '/comments', { body: 'Yes' })).toBe(201);
  expect(ask('POST', '/send')).toBe(200);
  expect(all()).toEqual([409, 409, 200, 409]);
  expect(mock.read('GET', `/invoices/${id}`).title).toBe('Two');
});

test('what is archived is changed by nobody, however that is said', () => {
  const Note = object({ id: count, title: text, archived: { type: 'boolean', readOnly: true } });
  const changed = { 200: answer(Note), 409: { description: 'The note is archived' } };
  const { read, ask } = asking({
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    paths: {
      '/notes': {
        get: { responses: { 200: answer(list(Note)) } },
        post: { requestBody: json(object({ title: text })), responses: { 201: answer(Note) } },
      },
      '/notes/{id}': {
        parameters: [inPath('id', count)],
        get: { responses: { 200: answer(Note) } },
        patch: { requestBody: json(object({ title: text }, [])), responses: changed },
      },
      '/notes/{id}/archive': { parameters: [inPath('id', count)], post: { responses: { 200: answer(Note) } } },
    },
  });
  const { id } = read('POST', '/notes', { title: 'One' });
  expect(ask('PATCH', `/notes/${id}`, { title: 'Two' }).status).toBe(200);
  ask('POST', `/notes/${id}/archive`);
  expect(ask('PATCH', `/notes/${id}`, { title: 'Three' }).status).toBe(409);
});

test('what is said of one member, of another thing or of something else that is done is not said of each change', () => {
  for (const change of [
    'The title cannot be changed once the invoice was sent',
    'A sent invoice cannot be reopened',
    'Conflict',
  ]) {
    const mock = invoices({
      change,
      remove: 'Only drafts can be changed',
      below: 'Only drafts of comments can be sent',
    });
    const { id } = mock.read('POST', '/invoices', { title: 'One' });
    mock.ask('POST', `/invoices/${id}/send`);
    expect(mock.ask('PATCH', `/invoices/${id}`, { note: 'x' }).status).toBe(200);
    const renamed = mock.ask('PATCH', `/invoices/${id}`, { title: 'Two' });
    expect(renamed.status).toBe(change.startsWith('The title') ? 409 : 200);
    expect(mock.ask('DELETE', `/invoices/${id}`).status).toBe(204);
  }
});
