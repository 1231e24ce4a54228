import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, json, object, ref, text } from './library/document.js';

const Post = object({ id: count, title: text, kind: { enum: ['news', 'note'] }, comments_count: count });
const Comment = object({ id: count, body: text });
const list = (name: string) => answer({ type: 'array', items: ref(name) });
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: count });
const kind = { parameters: [{ name: 'kind', in: 'query', schema: { enum: ['news', 'note'] } }] };

const blog = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Blog', version: '1' },
    components: { schemas: { Post, Comment } },
    paths: {
      '/posts': {
        get: { ...kind, responses: { 200: list('Post') } },
        post: {
          requestBody: json(object({ title: text, kind: { enum: ['news', 'note'] } })),
          responses: { 201: answer(ref('Post')) },
        },
      },
      '/posts/count': { get: { ...kind, responses: { 200: answer(object({ count })) } } },
      '/posts/$count': {
        get: { responses: { 200: { description: 'OK', content: { 'text/plain': { schema: count } } } } },
      },
      '/posts/{id}': {
        parameters: [inPath('id')],
        get: { responses: { 200: answer(ref('Post')) } },
        delete: { responses: { 204: { description: 'Gone' } } },
      },
      '/posts/{post_id}/comments': {
        parameters: [inPath('post_id')],
        get: { responses: { 200: list('Comment') } },
        post: { requestBody: json(object({ body: text })), responses: { 201: answer(ref('Comment')) } },
      },
      '/posts/{post_id}/comments/{id}': {
        parameters: [inPath('post_id'), inPath('id')],
        get: { responses: { 200: answer(ref('Comment')) } },
        delete: { responses: { 204: { description: 'Gone' } } },
      },
    },
  });

test('what counts a list counts the rows that it has', () => {
  const mock = blog();
  const news = mock.read('GET', '/posts?kind=news').length;
  expect(mock.read('GET', '/posts/count')).toEqual({ count: 25 });
  expect(mock.read('GET', '/posts/count?kind=news')).toEqual({ count: news });
  const { id } = mock.read('POST', '/posts', { title: 'New', kind: 'news' });
  expect(mock.read('GET', '/posts/count?kind=news')).toEqual({ count: news + 1 });
  expect(mock.ask('GET', '/posts/$count').body).toBe('26');
  mock.ask('DELETE', `/posts/${id}`);
  expect(mock.read('GET', '/posts/count')).toEqual({ count: 25 });
});

test('what a row says of how many stand under it is how many their list has', () => {
  const mock = blog();
  const [post] = mock.read('GET', '/posts');
  const comments = `/posts/${post.id}/comments`;
  const shown = () => mock.read('GET', `/posts/${post.id}`).comments_count;
  expect(post.comments_count).toBe(mock.read('GET', comments).length);
  const { id } = mock.read('POST', comments, { body: 'Nice' });
  expect(shown()).toBe(post.comments_count + 1);
  expect(mock.read('GET', '/posts')[0].comments_count).toBe(post.comments_count + 1);
  for (const key of [id, mock.read('GET', comments)[3].id]) mock.ask('DELETE', `${comments}/${key}`);
  expect(shown()).toBe(post.comments_count - 1);
});

test('nothing stands under what a request has made but what is made there, also after a restart', () => {
  const mock = blog();
  const { id, comments_count: atFirst } = mock.read('POST', '/posts', { title: 'New', kind: 'news' });
  const comments = `/posts/${id}/comments`;
  expect([atFirst, mock.read('GET', comments)]).toEqual([0, []]);
  const made = mock.read('POST', comments, { body: 'Nice' });
  mock.restart();
  expect(mock.read('GET', comments)).toEqual([made]);
  expect(mock.read('GET', `${comments}/${made.id}`)).toEqual(made);
  expect(mock.read('GET', '/posts').find((post: JsonObject) => post.id === id)?.comments_count).toBe(1);
  mock.ask('DELETE', `${comments}/${made.id}`);
  expect(mock.read('GET', comments)).toEqual([]);
});

test('what a request has made under one thing is not found under another', () => {
  const mock = blog();
  const [first, second] = mock.read('GET', '/posts');
  const { id } = mock.read('POST', `/posts/${first.id}/comments`, { body: 'Nice' });
  const others = mock.read('GET', `/posts/${second.id}/comments`).map((comment: JsonObject) => comment.id);
  expect(others).not.toContain(id);
  expect(mock.ask('GET', `/posts/${second.id}/comments/${id}`).status).toBe(404);
  expect(mock.ask('DELETE', `/posts/${second.id}/comments/${id}`).status).toBe(404);
  expect(mock.ask('GET', `/posts/${second.id}/comments/${id + 100000}`).status).toBe(200);
  expect(mock.ask('GET', `/posts/${first.id}/comments/${id}`).status).toBe(200);
});

test('what a link names that no row has keeps what stands under it when it is changed', () => {
  const mock = blog();
  const before = mock.read('GET', '/posts/90001/comments');
  mock.read('POST', '/posts/90001/comments', { body: 'Nice' });
  expect(mock.read('GET', '/posts/90001/comments')).toHaveLength(before.length + 1);
});

test('a count among other numbers, a total of what is called so, and a count of those in a state say what the list has', () => {
  const Task = object({
    id: count,
    title: text,
    state: { enum: ['opened', 'closed'] },
    is_urgent: { type: 'boolean' },
  });
  const Project = object({
    id: count,
    name: text,
    open_tasks_count: count,
    urgent_tasks_count: count,
    shared_tasks_count: count,
    stats: object({ tasks: count, views: count }),
    tasks: object({ total: count }),
  });
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Projects', version: '1' },
    components: { schemas: { Project, Task } },
    paths: {
      '/projects': {
        get: { responses: { 200: list('Project') } },
        post: { requestBody: json(object({ name: text })), responses: { 201: answer(ref('Project')) } },
      },
      '/projects/{id}': { parameters: [inPath('id')], get: { responses: { 200: answer(ref('Project')) } } },
      '/projects/{id}/tasks': {
        parameters: [inPath('id')],
        get: { responses: { 200: list('Task') } },
        post: {
          requestBody: json(object({ title: text, is_urgent: { type: 'boolean' } }, ['title'])),
          responses: { 201: answer(ref('Task')) },
        },
      },
      '/projects/{id}/tasks/{task_id}': {
        parameters: [inPath('id'), inPath('task_id')],
        get: { responses: { 200: answer(ref('Task')) } },
        patch: {
          requestBody: json(object({ state: { enum: ['opened', 'closed'] } })),
          responses: { 200: answer(ref('Task')) },
        },
      },
    },
  });
  const isRight = (id: number) => {
    const tasks: { state: string; is_urgent: boolean }[] = mock.read('GET', `/projects/${id}/tasks`);
    const project = mock.read('GET', `/projects/${id}`);
    expect(project).toMatchObject({
      open_tasks_count: tasks.filter(({ state }) => state === 'opened').length,
      urgent_tasks_count: tasks.filter((task) => task.is_urgent).length,
      stats: { tasks: tasks.length },
      tasks: { total: tasks.length },
    });
    expect(mock.read('GET', '/projects').find((one: JsonObject) => one.id === id)).toEqual(project);
  };
  const [project] = mock.read('GET', '/projects');
  isRight(project.id);
  const tasks = `/projects/${project.id}/tasks`;
  const { id } = mock.read('GET', `${tasks}`).find((task: JsonObject) => task.state === 'opened');
  mock.ask('PATCH', `${tasks}/${id}`, { state: 'closed' });
  isRight(project.id);
  expect(mock.read('GET', `/projects/${project.id}`).shared_tasks_count).toBe(project.shared_tasks_count);

  const fresh = mock.read('POST', '/projects', { name: 'New' });
  expect(fresh).toMatchObject({ open_tasks_count: 0, stats: { tasks: 0, views: 0 }, tasks: { total: 0 } });
  mock.ask('POST', `/projects/${fresh.id}/tasks`, { title: 'First', is_urgent: true });
  expect(mock.read('GET', `/projects/${fresh.id}`)).toMatchObject({ urgent_tasks_count: 1, tasks: { total: 1 } });
  isRight(fresh.id);
});

test('what a client may send, and has not, is what is documented for it, and no count of a list beside it', () => {
  const tags = { type: 'array', items: { type: 'string' } };
  const volume = {
    type: 'object',
    required: ['id', 'label', 'size', 'tags'],
    properties: { id: { type: 'integer', readOnly: true }, label: { type: 'string' }, size: { type: 'integer' }, tags },
  };
  const sent = {
    type: 'object',
    required: ['label'],
    properties: { label: { type: 'string' }, size: { type: 'integer', default: 20 }, tags },
  };
  const { read } = asking({
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    paths: {
      '/volumes': {
        get: { responses: { 200: answer({ type: 'array', items: volume }) } },
        post: {
          requestBody: { content: { 'application/json': { schema: sent } } },
          responses: { 201: answer(volume) },
        },
      },
      '/volumes/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: answer(volume) } },
      },
    },
  } as JsonObject);
  expect(read('POST', '/volumes', { label: 'new' })).toMatchObject({ size: 20, tags: [] });
  expect(read('POST', '/volumes', { label: 'newer', size: 30 })).toMatchObject({ size: 30 });
});

test('so it is where they are listed below the row alone, and read elsewhere', () => {
  const Room = object({ id: count, name: text, bookings_count: count });
  const Booking = object({ id: count, room_id: count, notes: text });
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Rooms', version: '1' },
    components: { schemas: { Room, Booking } },
    paths: {
      '/rooms': { get: { responses: { 200: list('Room') } } },
      '/rooms/{roomId}': {
        parameters: [inPath('roomId')],
        get: { responses: { 200: answer(ref('Room')) } },
      },
      '/rooms/{roomId}/bookings': {
        parameters: [inPath('roomId')],
        get: { responses: { 200: list('Booking') } },
        post: { requestBody: json(object({ notes: text })), responses: { 201: answer(ref('Booking')) } },
      },
      '/bookings/{bookingId}': {
        parameters: [inPath('bookingId')],
        get: { responses: { 200: answer(ref('Booking')) } },
        delete: { responses: { 204: { description: 'Gone' } } },
      },
    },
  });
  const rooms: readonly JsonObject[] = mock.read('GET', '/rooms');
  const listed = ({ id }: JsonObject): readonly JsonObject[] => mock.read('GET', `/rooms/${id}/bookings`);
  expect(rooms.map((room) => room.bookings_count)).toEqual(rooms.map((room) => listed(room).length));
  const [room = {}] = rooms;
  const { id } = mock.read('POST', `/rooms/${room.id}/bookings`, { notes: 'By the window' });
  expect(mock.read('GET', `/rooms/${room.id}`).bookings_count).toBe(Number(room.bookings_count) + 1);
  mock.ask('DELETE', `/bookings/${id}`);
  expect(mock.read('GET', `/rooms/${room.id}`)).toEqual(room);
});

test('what there is one of says how many there are, in all and in a state', () => {
  const User = object({ id: count, name: text, status: { enum: ['active', 'suspended'] } });
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Users', version: '1' },
    components: { schemas: { User } },
    paths: {
      '/users': {
        get: { responses: { 200: list('User') } },
        post: { requestBody: json(object({ name: text })), responses: { 201: answer(ref('User')) } },
      },
      '/users/{id}': {
        parameters: [inPath('id')],
        get: { responses: { 200: answer(ref('User')) } },
        delete: { responses: { 204: { description: 'Gone' } } },
      },
      '/stats': {
        get: {
          responses: { 200: answer(object({ total_users: count, suspended_users: count, users_suspended: count })) },
        },
      },
    },
  });
  const counted = () => {
    const users: { id: number; status: string }[] = read('GET', '/users');
    const suspended = users.filter(({ status }) => status === 'suspended').length;
    return { total_users: users.length, suspended_users: suspended, users_suspended: suspended };
  };
  expect(counted().total_users).toBe(25);
  expect(read('GET', '/stats')).toEqual(counted());
  read('POST', '/users', { name: 'Ann' });
  read('DELETE', `/users/${read('GET', '/users')[3].id}`);
  read('DELETE', `/users/${read('GET', '/users')[5].id}`);
  expect(read('GET', '/stats')).toEqual(counted());
});

test('a list that may show nothing twice counts what no key tells apart as often as it shows it', () => {
  const Rule = object({ kind: text }, ['kind']);
  const values = { type: 'array', uniqueItems: true, items: ref('Rule') };
  const { ask, read } = asking({
    openapi: '3.1.0',
    info: { title: 'Rules', version: '1' },
    components: { schemas: { Rule } },
    paths: {
      '/repositories/{slug}/rules': {
        parameters: [{ name: 'slug', in: 'path', required: true, schema: text }],
        get: {
          parameters: ['page', 'pagelen'].map((name) => ({ name, in: 'query', schema: { ...count, minimum: 1 } })),
          responses: { 200: answer(object({ total: count, values })) },
        },
        post: { requestBody: json(ref('Rule')), responses: { 201: answer(ref('Rule')) } },
      },
    },
  });
  const target = '/repositories/one/rules?pagelen=50';
  const before = read('GET', target);
  expect(before.total).toBe(before.values.length);
  for (const kind of ['push', 'push', 'force', 'push']) ask('POST', target, { kind });
  const { total, values: rows } = read('GET', target);
  expect(rows.slice(0, 2)).toEqual([{ kind: 'push' }, { kind: 'force' }]);
  expect(total).toBe(rows.length);
  expect(read('GET', '/repositories/one/rules?pagelen=1&page=2')).toEqual({ total, values: [{ kind: 'force' }] });
});

test('what was changed is all that a change adds, removes and changes', () => {
  const Change = object({ id: count, title: text, changed_files: count, removed_files: count });
  const File = object({ id: count, name: text, status: { enum: ['added', 'removed', 'modified', 'changed'] } });
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Review', version: '1' },
    components: { schemas: { Change, File } },
    paths: {
      '/changes': { get: { responses: { 200: list('Change') } } },
      '/changes/{id}': { parameters: [inPath('id')], get: { responses: { 200: answer(ref('Change')) } } },
      '/changes/{id}/files': { parameters: [inPath('id')], get: { responses: { 200: list('File') } } },
    },
  });
  const [change] = mock.read('GET', '/changes');
  const files = mock.read('GET', `/changes/${change.id}/files`);
  expect(change.changed_files).toBe(files.length);
  expect(change.removed_files).toBe(files.filter(({ status }: { status: string }) => status === 'removed').length);
});
