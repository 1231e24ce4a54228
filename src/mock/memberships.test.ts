import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const missing = { 404: { description: 'None' } };
const done = { 204: { description: 'Done' }, ...missing };
const get = (shown: object) => ({ get: { responses: { 200: answer(shown as never), ...missing } } });
const id = inPath('id', count);

const User = object({ id: count, name: text });
const Team = object({ id: count, name: text, members_count: count });
const Label = object({ id: text, name: text });
const Contact = object({ id: text, email: text, labels: list(ref('Label')) });

const crew = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Crew', version: '1' },
    components: { schemas: { User, Team, Label, Contact } },
    paths: {
      '/users': get(list(ref('User'))),
      '/users/{id}': {
        parameters: [id],
        ...get(ref('User')),
        patch: { requestBody: json(object({ name: text })), responses: { 200: answer(ref('User')) } },
        delete: { responses: done },
      },
      '/users/{id}/teams': { parameters: [id], ...get(list(ref('Team'))) },
      '/teams': get(list(ref('Team'))),
      '/teams/{id}': { parameters: [id], ...get(ref('Team')) },
      '/teams/{id}/members': {
        parameters: [id],
        ...get(list(ref('User'))),
        post: { requestBody: json(object({ ids: list(count) }, [])), responses: done },
      },
      '/teams/{id}/members/{user_id}': {
        parameters: [id, inPath('user_id', count)],
        put: { responses: done },
        delete: { responses: done },
      },
      '/labels': get(list(ref('Label'))),
      '/labels/{id}': { parameters: [inPath('id')], ...get(ref('Label')) },
      '/labels/{id}/contacts': {
        parameters: [inPath('id')],
        ...get(list(ref('Contact'))),
        post: { requestBody: json(object({ contact_ids: list(text) })), responses: done },
      },
      '/contacts': {
        ...get(list(ref('Contact'))),
        post: {
          requestBody: json(
            object({ email: text, label_ids: list(text), labels: list(object({ name: text })) }, ['email']),
          ),
          responses: { 201: answer(ref('Contact')) },
        },
      },
      '/contacts/{id}': { parameters: [inPath('id')], ...get(ref('Contact')) },
      '/contacts/{id}/labels': {
        parameters: [inPath('id')],
        ...get(list(ref('Label'))),
        post: { requestBody: json(object({ ids: list(text) })), responses: { 200: answer(list(ref('Label'))) } },
      },
      '/contacts/{id}/labels/{label_id}': {
        parameters: [inPath('id'), inPath('label_id')],
        delete: { responses: done },
      },
    },
  });

type Row = { readonly id: number | string };
const idsOf = (rows: readonly Row[]) => rows.map((row) => row.id);

test('who is in a team is some of the users, known from both sides, counted, and changed by keys alone', () => {
  const mock = crew();
  const users: Row[] = mock.read('GET', '/users');
  const [team] = mock.read('GET', '/teams');
  const members = (): Row[] => mock.read('GET', `/teams/${team.id}/members`);
  const isHeld = () => {
    const inTeam = idsOf(members());
    expect(mock.read('GET', `/teams/${team.id}`).members_count).toBe(inTeam.length);
    for (const user of mock.read('GET', '/users') as Row[]) {
      const teams = idsOf(mock.read('GET', `/users/${user.id}/teams`));
      expect(teams.includes(team.id)).toBe(inTeam.includes(user.id));
    }
  };
  const before = members();
  expect(before.length).toBeLessThan(users.length);
  for (const member of before) expect(users).toContainEqual(member);
  isHeld();

  const [first, second, third] = users.filter((user) => !idsOf(before).includes(user.id));
  expect(mock.ask('PUT', `/teams/${team.id}/members/${first?.id}`).status).toBe(204);
  mock.ask('PUT', `/teams/${team.id}/members/${first?.id}`);
  expect(members()).toEqual([first, ...before]);
  mock.ask('POST', `/teams/${team.id}/members`, { ids: [second?.id, third?.id, second?.id] as never });
  expect(idsOf(members()).toSorted()).toEqual(idsOf([...before, first, second, third] as Row[]).toSorted());
  const count = members().length;
  mock.ask('POST', `/teams/${team.id}/members`, {});
  expect(members()).toHaveLength(count + 1);
  mock.ask('DELETE', `/teams/${team.id}/members/${members()[0]?.id}`);
  expect(mock.read('GET', '/users')).toEqual(users);
  isHeld();

  mock.ask('PATCH', `/users/${first?.id}`, { name: 'Renamed' });
  expect(members()).toContainEqual({ id: first?.id, name: 'Renamed' });
  mock.ask('DELETE', `/teams/${team.id}/members/${first?.id}`);
  expect(mock.ask('GET', `/users/${first?.id}`).status).toBe(200);
  mock.ask('DELETE', `/users/${second?.id}`);
  expect(idsOf(members()).toSorted()).toEqual(idsOf([...before, third] as Row[]).toSorted());
  isHeld();
});

test('what a row shows in a list and others show from their side is one thing, and nothing is there twice', () => {
  const mock = crew();
  const labels: Row[] = mock.read('GET', '/labels');
  const [contact, other]: Row[] = mock.read('GET', '/contacts');
  const at = `/contacts/${contact?.id}`;
  const shown = () => idsOf(mock.read('GET', at).labels);
  const free = labels.find((label) => !shown().includes(label.id));
  const before = shown();
  expect(labels).toEqual(expect.arrayContaining(mock.read('GET', at).labels));
  expect(idsOf(mock.read('GET', `/labels/${free?.id}/contacts`))).not.toContain(contact?.id);

  const added = mock.read('POST', `${at}/labels`, { ids: [free?.id, free?.id] as never });
  expect(idsOf(added)).toEqual([...before, free?.id]);
  expect(shown().toSorted()).toEqual([...before, free?.id].toSorted());
  expect(idsOf(mock.read('GET', `${at}/labels`)).toSorted()).toEqual(shown().toSorted());
  expect(idsOf(mock.read('GET', `/labels/${free?.id}/contacts`))).toContain(contact?.id);

  mock.ask('POST', `/labels/${free?.id}/contacts`, { contact_ids: [other?.id, other?.id] as never });
  expect(idsOf(mock.read('GET', `/contacts/${other?.id}`).labels)).toContain(free?.id);
  expect(mock.read('GET', '/contacts')).toHaveLength(25);

  mock.ask('DELETE', `${at}/labels/${free?.id}`);
  expect(shown()).toEqual(before);
  expect(mock.ask('GET', `/labels/${free?.id}`).status).toBe(200);

  const made = mock.read('POST', '/contacts', {
    email: 'a@b.example',
    label_ids: [labels[1]?.id, labels[1]?.id] as never,
  });
  expect(made.labels).toEqual([labels[1]]);
  const own = mock.read('POST', '/contacts', { email: 'b@b.example', labels: [{ name: 'Nowhere else' }] });
  expect(own.labels).toMatchObject([{ name: 'Nowhere else' }]);
  expect(mock.read('GET', `/contacts/${own.id}`)).toEqual(own);
});

test('where no request body is declared anywhere, what is made below a thing is a thing of its own', () => {
  const Hook = object({ uuid: text, url: text }, ['uuid', 'url']);
  const Repository = object({ name: text, size: count });
  const made = { 201: { ...answer(ref('Hook')), headers: { Location: { schema: text } } } };
  const parameters = [inPath('workspace')];
  const below = [...parameters, inPath('repository')];
  const uuid = inPath('uuid');
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Hooks', version: '1' },
    components: { schemas: { Hook, Repository } },
    paths: {
      '/repositories/{workspace}': { parameters, ...get(list(ref('Repository'))) },
      '/repositories/{workspace}/{repository}': { parameters: below, ...get(ref('Repository')) },
      '/workspaces/{workspace}/hooks': { parameters, ...get(list(ref('Hook'))), post: { responses: made } },
      '/workspaces/{workspace}/hooks/{uuid}': { parameters: [...parameters, uuid], ...get(ref('Hook')) },
      '/repositories/{workspace}/{repository}/hooks': {
        parameters: below,
        ...get(list(ref('Hook'))),
        post: { responses: made },
      },
      '/repositories/{workspace}/{repository}/hooks/{uuid}': { parameters: [...below, uuid], ...get(ref('Hook')) },
    },
  });
  for (let time = 0; time < 12; time += 1) {
    const { headers, body } = mock.ask('POST', '/repositories/acme/site/hooks');
    const hook = JSON.parse(String(body));
    expect(headers).toMatchObject({ Location: `/repositories/acme/site/hooks/${hook.uuid}` });
    expect(mock.read('GET', `/repositories/acme/site/hooks/${hook.uuid}`)).toEqual(hook);
  }
});

test('what is sent in a new row of things with numbers is none of those that there are', () => {
  const Option = object({ id: count, title: text, sku: text }, ['title']);
  const Product = object({ sku: text, options: list(ref('Option')) }, ['sku']);
  const sku = inPath('sku');
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    components: { schemas: { Option, Product } },
    paths: {
      '/options': { ...get(list(ref('Option'))), post: { requestBody: json(ref('Option')), responses: done } },
      '/options/{id}': { parameters: [id], ...get(ref('Option')) },
      '/products': {
        ...get(list(ref('Product'))),
        post: { requestBody: json(ref('Product')), responses: { 201: answer(ref('Product')) } },
      },
      '/products/{sku}': { parameters: [sku], ...get(ref('Product')) },
      '/products/{sku}/options': { parameters: [sku], ...get(list(ref('Option'))) },
      '/products/{sku}/options/{id}': { parameters: [sku, id], ...get(ref('Option')), delete: { responses: done } },
    },
  });
  mock.ask('POST', '/products', { sku: 'one', options: [{ title: 'Size' }, { title: 'Colour' }] });
  expect(mock.read('GET', '/products/one').options).toMatchObject([{ title: 'Size' }, { title: 'Colour' }]);
});

test('a text that can be no key of a thing names none, and one more is there all the same', () => {
  const Person = object({ email: { type: 'string', format: 'email' }, name: text });
  const path = '/groups/{id}/learners';
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Courses', version: '1' },
    components: { schemas: { Person } },
    paths: {
      '/people': get(list(ref('Person'))),
      '/people/{email}': { parameters: [inPath('email')], ...get(ref('Person')) },
      [path]: {
        parameters: [inPath('id')],
        ...get(list(ref('Person'))),
        post: { requestBody: json(object({ email: text })), responses: { 201: answer(ref('Person')) } },
      },
      [`${path}/{email}`]: { parameters: [inPath('id'), inPath('email')], delete: { responses: done } },
    },
  });
  const learners = () => mock.read('GET', '/groups/a/learners') as { readonly email: string }[];
  const before = learners();
  const { email } = mock.read('POST', '/groups/a/learners', { email: 'nobody' }) as { readonly email: string };
  expect(email).toContain('@');
  expect(learners().map((one) => one.email)).toEqual(
    expect.arrayContaining([email, ...before.map((one) => one.email)]),
  );
  expect(learners()).toHaveLength(before.length + 1);
});

test('what is sent of a thing in a list is said of it also where it is kept elsewhere', () => {
  const Option = object({ id: count, title: text });
  const Product = object({ id: count, name: text, options: list(ref('Option')) });
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    components: { schemas: { Option, Product } },
    paths: {
      '/options': {
        ...get(list(ref('Option'))),
        post: { requestBody: json(ref('Option')), responses: { 201: answer(ref('Option')) } },
      },
      '/options/{id}': { parameters: [id], ...get(ref('Option')) },
      '/products': get(list(ref('Product'))),
      '/products/{id}': {
        parameters: [id],
        ...get(ref('Product')),
        put: { requestBody: json(ref('Product')), responses: { 200: answer(ref('Product')) } },
      },
      '/products/{id}/options': { parameters: [id], ...get(list(ref('Option'))) },
      '/products/{id}/options/{option}': { parameters: [id, inPath('option', count)], ...get(ref('Option')) },
    },
  });
  const [product] = mock.read('GET', '/products');
  const [there] = mock.read('GET', '/options');
  const made = mock.read('POST', '/options', { id: 9001, title: 'Made before' });
  const options = [
    { id: there.id, title: 'Size' },
    { id: made.id, title: 'Colour' },
  ];
  const path = `/products/${product.id}`;
  expect(mock.read('PUT', path, { ...product, options })).toEqual({ ...product, options });
  expect(mock.read('GET', path)).toEqual({ ...product, options });
  expect(mock.read('GET', '/options/9001')).toEqual(options[1]);
  expect(mock.read('GET', `${path}/options/${there.id}`)).toEqual(options[0]);
});

test('a list below a key shows the rows of that key, also where the key is called after the thing', () => {
  const Batch = object({ batch_id: text });
  const Sending = object({ batch_id: text, status: text });
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Mail', version: '1' },
    components: { schemas: { Batch, Sending: { allOf: [ref('Batch'), Sending] } } },
    paths: {
      '/batch': { post: { responses: { 201: answer(ref('Batch')) } } },
      '/batch/{batch_id}': { parameters: [inPath('batch_id')], ...get(ref('Batch')) },
      '/sendings': get(list(ref('Sending'))),
      '/sendings/{batch_id}': { parameters: [inPath('batch_id')], ...get(list(ref('Sending'))) },
    },
  });
  const [sending] = mock.read('GET', '/sendings');
  expect(mock.read('GET', `/sendings/${sending.batch_id}`)).toEqual([sending]);
  expect(mock.read('GET', '/sendings/none-there')).toEqual([]);
});

test('a list below several things in one segment is filtered as others are', () => {
  const Status = object({ id: text, severity: { type: 'string', enum: ['low', 'high'] } });
  const ids = inPath('ids', list(text));
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Lines', version: '1' },
    paths: {
      '/lines/{ids}/status': {
        parameters: [ids, { name: 'severity', in: 'query', schema: text }],
        ...get(list(Status)),
      },
    },
  });
  const all = mock.read('GET', '/lines/red,blue/status');
  const high = all.filter(({ severity }: { severity: string }) => severity === 'high');
  expect(new Set(all.map(({ severity }: { severity: string }) => severity)).size).toBe(2);
  expect(mock.read('GET', '/lines/red,blue/status?severity=high')).toEqual(high);
});

test('who is put among others for the first time is answered with 201 where that is declared', () => {
  const declared = { 200: answer(ref('User')), 201: answer(ref('User')), ...missing };
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Crew', version: '1' },
    components: { schemas: { User, Team } },
    paths: {
      '/users': get(list(ref('User'))),
      '/users/{id}': { parameters: [id], ...get(ref('User')) },
      '/teams': get(list(ref('Team'))),
      '/teams/{id}': { parameters: [id], ...get(ref('Team')) },
      '/teams/{id}/members': { parameters: [id], ...get(list(ref('User'))) },
      '/teams/{id}/members/{user_id}': {
        parameters: [id, inPath('user_id', count)],
        put: { responses: declared },
        delete: { responses: done },
      },
    },
  });
  const [{ id: team }] = mock.read('GET', '/teams');
  const members = `/teams/${team}/members`;
  const [{ id: member }] = mock.read('GET', members);
  expect(mock.ask('PUT', `${members}/${member}`).status).toBe(200);
  mock.ask('DELETE', `${members}/${member}`);
  expect(mock.ask('PUT', `${members}/${member}`).status).toBe(201);
  expect(mock.ask('PUT', `${members}/${member}`).status).toBe(200);
});

test('who was put into one team is not read below another one that nobody has put them into', () => {
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Crew', version: '1' },
    components: { schemas: { User, Team } },
    paths: {
      '/users': get(list(ref('User'))),
      '/users/{id}': { parameters: [id], ...get(ref('User')) },
      '/teams': { ...get(list(ref('Team'))), post: { responses: { 201: answer(ref('Team')) } } },
      '/teams/{id}': { parameters: [id], ...get(ref('Team')) },
      '/teams/{id}/members/{user_id}': {
        parameters: [id, inPath('user_id', count)],
        ...get(ref('User')),
        put: { responses: { 200: answer(ref('User')), ...missing } },
      },
    },
  });
  const [one, other] = [mock.read('POST', '/teams').id, mock.read('POST', '/teams').id];
  for (const key of [mock.read('GET', '/users')[3].id, 987_123]) {
    expect(mock.ask('GET', `/teams/${other}/members/${key}`).status).toBe(200);
    expect(mock.ask('PUT', `/teams/${one}/members/${key}`).status).toBe(200);
    expect(mock.ask('GET', `/teams/${one}/members/${key}`).status).toBe(200);
    expect(mock.ask('GET', `/teams/${other}/members/${key}`).status).toBe(404);
    expect(mock.ask('PUT', `/teams/${other}/members/${key}`).status).toBe(200);
    expect(mock.ask('GET', `/teams/${other}/members/${key}`).status).toBe(200);
  }
});
