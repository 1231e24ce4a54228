import { afterEach, expect, test, vi } from 'vitest';
import { MadeRows } from '../world/made-rows.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const missing = { 404: { description: 'None' } };
const get = (shown: object) => ({ get: { responses: { 200: answer(shown as never), ...missing } } });
const done = { responses: { 204: { description: 'Done' }, ...missing } };
const id = inPath('id');

const User = object({
  id: text,
  name: text,
  followersCount: count,
  followingCount: count,
  following: { type: 'boolean' },
});
const Post = object({ id: text, authorId: text, text, hashtags: list(text) }, ['id', 'authorId', 'text', 'hashtags']);
const Place = object({ id: text, name: text, childrenCount: count });
const Employee = object({ id: count, name: text, managerId: { type: ['integer', 'null'] }, reportsCount: count });

const social = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Social', version: '1' },
    components: { schemas: { User, Post, Place, Employee } },
    paths: {
      '/users': get(list(ref('User'))),
      '/users/me': get(ref('User')),
      '/users/{id}': { parameters: [id], ...get(ref('User')) },
      '/users/{id}/followers': { parameters: [id], ...get(list(ref('User'))) },
      '/users/{id}/following': { parameters: [id], ...get(list(ref('User'))) },
      '/users/{id}/follow': { parameters: [id], post: done, delete: done },
      '/users/{id}/posts': { parameters: [id], ...get(list(ref('Post'))) },
      '/posts': {
        ...get(list(ref('Post'))),
        post: {
          requestBody: json(object({ text, hashtags: list(text) }, ['text'])),
          responses: { 201: answer(ref('Post')) },
        },
      },
      '/posts/{id}': { parameters: [id], ...get(ref('Post')) },
      '/hashtags/{tag}/posts': { parameters: [inPath('tag')], ...get(list(ref('Post'))) },
      '/places': {
        ...get(list(ref('Place'))),
        post: { requestBody: json(ref('Place')), responses: { 201: answer(ref('Place')) } },
      },
      '/places/{id}': { parameters: [id], ...get(ref('Place')) },
      '/places/{id}/children': { parameters: [id], ...get(list(ref('Place'))) },
      '/employees': get(list(ref('Employee'))),
      '/employees/{id}': {
        parameters: [inPath('id', count)],
        ...get(ref('Employee')),
        patch: {
          requestBody: json(object({ managerId: count })),
          responses: { 200: answer(ref('Employee')) },
        },
      },
      '/employees/{id}/reports': { parameters: [inPath('id', count)], ...get(list(ref('Employee'))) },
    },
  });

afterEach(() => void vi.restoreAllMocks());

type Thing = Record<string, string | number | boolean | string[]>;
const keys = (things: Thing[]) => things.map((one) => one.id);

test('what a thing is to others of its kind is some of them, never itself, and the same from both sides', () => {
  const { read } = social();
  const users: Thing[] = read('GET', '/users');
  for (const { id: own, followersCount, followingCount } of users) {
    const followers: Thing[] = read('GET', `/users/${own}/followers`);
    const following: Thing[] = read('GET', `/users/${own}/following`);
    expect(keys(followers)).not.toContain(own);
    expect([followers.length, following.length]).toEqual([followersCount, followingCount]);
    for (const { id: other } of followers) expect(keys(read('GET', `/users/${other}/following`))).toContain(own);
  }
  expect(users.some(({ followersCount }) => Number(followersCount) > 0)).toBe(true);
});

test('whoever asks follows from the request on, and no longer after it was taken back', () => {
  const { read, ask } = social();
  const me: Thing = read('GET', '/users/me');
  const users: Thing[] = read('GET', '/users');
  for (const { id: own, following } of users)
    expect(keys(read('GET', `/users/${me.id}/following`)).includes(own as string)).toBe(following);
  const other = users.find(({ id: own, following }) => own !== me.id && following === false);
  const count = Number(other?.followersCount);
  expect(ask('POST', `/users/${other?.id}/follow`).status).toBe(204);
  expect(read('GET', `/users/${other?.id}`)).toMatchObject({ following: true, followersCount: count + 1 });
  expect(keys(read('GET', `/users/${other?.id}/followers`))).toContain(me.id);
  expect(read('GET', '/users/me').followingCount).toBe(Number(me.followingCount) + 1);
  ask('DELETE', `/users/${other?.id}/follow`);
  expect(read('GET', `/users/${other?.id}`)).toMatchObject({ following: false, followersCount: count });
  expect(keys(read('GET', `/users/${other?.id}/followers`))).not.toContain(me.id);
});

test('children of one kind that say nothing of what they stand below make a tree, and a new one stands nowhere', () => {
  const { read } = social();
  const places: Thing[] = read('GET', '/places');
  const all = places.flatMap(({ id: own, childrenCount }) => {
    const children: Thing[] = read('GET', `/places/${own}/children`);
    expect(children.length).toBe(childrenCount);
    return keys(children);
  });
  expect(all.length).toBeGreaterThan(5);
  expect(new Set(all).size).toBe(all.length);
  const made: Thing = read('POST', '/places', { id: 'x', name: 'New', childrenCount: 0 });
  expect(read('GET', `/places/${made.id}/children`)).toEqual([]);
  expect(read('GET', `/places/${places[0]?.id}`).childrenCount).toBe(places[0]?.childrenCount);
});

test('those that a manager has are of the same kind, and counted, also where there are users besides', () => {
  const { read } = social();
  const [first, second]: Thing[] = read('GET', '/employees');
  const reports: Thing[] = read('GET', `/employees/${first?.id}/reports`);
  expect(reports.length).toBe(first?.reportsCount);
  expect(reports.every(({ managerId }) => managerId === first?.id)).toBe(true);
  const moved = read('PATCH', `/employees/${second?.id}`, { managerId: 7 });
  expect(keys(read('GET', '/employees/7/reports'))).toContain(moved.id);
});

test('what stands below somebody is what says that it is theirs', () => {
  const { read } = social();
  const posts: Thing[] = read('GET', '/posts');
  const author = posts[0]?.authorId;
  expect(keys(read('GET', `/users/${author}/posts`))).toEqual(keys(posts.filter((one) => one.authorId === author)));
});

test('below a tag stands what has it', () => {
  const { read } = social();
  const posts: Thing[] = read('GET', '/posts');
  const [tag = ''] = (posts[0]?.hashtags ?? []) as string[];
  const tagged = posts.filter(({ hashtags }) => (hashtags as string[]).includes(tag));
  expect(read('GET', `/hashtags/${tag}/posts`)).toEqual(tagged);
  expect(read('GET', '/hashtags/unheard-of/posts')).toEqual([]);
  const made = read('POST', '/posts', { text: 'New', hashtags: ['unheard-of'] });
  expect(read('GET', '/hashtags/unheard-of/posts')).toEqual([made]);
});

test('who asks is known by the key alone: no whole row of it is made for another one', () => {
  const id = (social().read('GET', '/users') as Thing[])[3]?.id;
  const made = vi.spyOn(MadeRows.prototype, 'of');
  expect(social().read('GET', `/users/${id}`)).toMatchObject({ id });
  const names = made.mock.calls.map(([name]) => name);
  expect(names).toContain('1 users row 3');
  expect(names).not.toContain('1 users row 0');
});
