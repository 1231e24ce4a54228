import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const moment = { type: 'string', format: 'date-time' };
const Profile = object({ username: text, bio: text, following: { type: 'boolean' } });
const User = object({ username: text, email: { type: 'string', format: 'email' }, bio: text, token: text });
const Article = object({
  slug: text,
  title: text,
  tagList: list(text),
  favorited: { type: 'boolean' },
  createdAt: moment,
  author: ref('Profile'),
});
const said = (name: string, description: string) => ({ name, in: 'query', description, schema: text });
const sent = (name: string, properties: JsonObject) => json(object({ [name]: object(properties) }));
const one = (name: string, schema: JsonObject) => answer(object({ [name]: schema }));
const several = answer(object({ articles: list(ref('Article')), articlesCount: count }));

const blog = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Blog', version: '1' },
    components: { schemas: { Profile, User, Article } },
    paths: {
      '/users': {
        post: {
          requestBody: sent('user', { username: text, email: text, password: text }),
          responses: { 201: one('user', ref('User')) },
        },
      },
      '/users/login': {
        post: {
          requestBody: sent('user', { email: text, password: text }),
          responses: { 200: one('user', ref('User')) },
        },
      },
      '/user': { get: { responses: { 200: one('user', ref('User')) } } },
      '/profiles/{username}': {
        parameters: [inPath('username')],
        get: { responses: { 200: one('profile', ref('Profile')) } },
      },
      '/articles/feed': { get: { responses: { 200: several } } },
      '/articles': {
        get: {
          parameters: [
            said('tag', 'Filter by tag'),
            said('favorited', 'Filter by favorites of a user (username)'),
            said('author', 'Filter by author (username)'),
          ],
          responses: { 200: several },
        },
        post: {
          requestBody: sent('article', { title: text, tagList: list(text) }),
          responses: { 201: one('article', ref('Article')) },
        },
      },
      '/articles/{slug}': {
        parameters: [inPath('slug')],
        get: { responses: { 200: one('article', ref('Article')) } },
      },
    },
  });

test('who has signed up or in is shown as the one that asks, and has written what that one writes', () => {
  const mock = blog();
  const ann = { username: 'ann', email: 'ann@example.org' };
  expect(mock.read('POST', '/users', { user: { ...ann, password: 'x' } }).user).toMatchObject(ann);
  expect(mock.read('GET', '/user').user).toMatchObject(ann);
  const later = { email: 'ann@example.com', password: 'x' };
  expect(mock.read('POST', '/users/login', { user: later }).user).toMatchObject({ ...ann, email: later.email });
  const me = mock.read('GET', '/user').user;
  const { article } = mock.read('POST', '/articles', { article: { title: 'Of dragons', tagList: ['dragons'] } });
  expect(article).toMatchObject({ slug: 'of-dragons', author: { username: 'ann', bio: me.bio } });
  expect(mock.read('GET', '/articles?author=ann')).toEqual({ articles: [article], articlesCount: 1 });
});

test('rows of lists that count them are found by a tag, and not by whose they are where the row says only whether', () => {
  const mock = blog();
  const { article } = mock.read('POST', '/articles', { article: { title: 'Of dragons', tagList: ['dragons', 'x'] } });
  expect(mock.read('GET', '/articles?tag=dragons')).toEqual({ articles: [article], articlesCount: 1 });
  expect(mock.read('GET', '/articles?author=nobody')).toEqual({ articles: [], articlesCount: 0 });
  const all = mock.read('GET', '/articles');
  expect(all.articlesCount).toBe(26);
  expect(mock.read('GET', '/articles?favorited=ann')).toEqual(all);
  expect(mock.read('GET', '/articles/feed')).toEqual(all);
  for (const { slug, title } of all.articles) expect(title.toLowerCase().replaceAll(/[^a-z]+/g, '-')).toBe(slug);
});

test('a new thing is of the one that asks where that is one of those that it names, unless it says of whom it is', () => {
  const Person = object({ id: count, name: text });
  const Note = object({ id: count, body: text, author_id: count, reviewer_id: count });
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    components: { schemas: { Person, Note } },
    paths: {
      '/users': { get: { responses: { 200: answer(list(ref('Person'))) } } },
      '/users/me': { get: { responses: { 200: answer(ref('Person')) } } },
      '/users/{id}': { parameters: [inPath('id')], get: { responses: { 200: answer(ref('Person')) } } },
      '/notes': {
        get: { responses: { 200: answer(list(ref('Note'))) } },
        post: {
          requestBody: json(object({ body: text, author_id: count }, ['body'])),
          responses: { 201: answer(ref('Note')) },
        },
      },
    },
  });
  const me = mock.read('GET', '/users/me');
  const others = Array.from({ length: 5 }, () => mock.read('POST', '/notes', { body: 'x' }));
  for (const note of others) expect(note.author_id).toBe(me.id);
  expect(new Set(others.map((note) => note.reviewer_id)).size).toBeGreaterThan(1);
  expect(mock.read('POST', '/notes', { body: 'x', author_id: 7 }).author_id).toBe(7);
});
