import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const Post = object({ id: count, title: text });
const Comment = object({ id: count, body: text });
const Category = object({ id: count, name: text });
const Product = object({ id: count, name: text, category_id: count });

const crud = (name: string, sent: JsonObject, deleting: JsonObject): JsonObject => ({
  [`/${name}`]: {
    get: { responses: { 200: answer(list(ref(sent.title as string))) } },
    post: { requestBody: json(sent.body as JsonObject), responses: { 201: answer(ref(sent.title as string)) } },
  },
  [`/${name}/{id}`]: {
    parameters: [inPath('id', count)],
    get: { responses: { 200: answer(ref(sent.title as string)), 404: { description: 'None' } } },
    delete: deleting,
  },
});

const post = { title: 'Post', body: object({ title: text }) };

const shop = (deleting: JsonObject, ofCategory: JsonObject = { responses: { 204: { description: 'Gone' } } }) =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Blog', version: '1' },
    components: { schemas: { Post, Comment, Category, Product } },
    paths: {
      ...crud('posts', post, deleting),
      '/posts/{post_id}/comments': {
        parameters: [inPath('post_id', count)],
        get: { responses: { 200: answer(list(ref('Comment'))) } },
        post: { requestBody: json(object({ body: text })), responses: { 201: answer(ref('Comment')) } },
      },
      '/posts/{post_id}/comments/{id}': {
        parameters: [inPath('post_id', count), inPath('id', count)],
        get: { responses: { 200: answer(ref('Comment')) } },
        delete: { responses: { 204: { description: 'Gone' } } },
      },
      ...crud('categories', { title: 'Category', body: object({ name: text }) }, ofCategory),
      ...crud(
        'products',
        { title: 'Product', body: object({ name: text, category_id: count }) },
        { responses: { 204: { description: 'Gone' } } },
      ),
    },
  });

const refusing = (description: string, more: JsonObject = {}) => ({
  ...more,
  responses: { 204: { description: 'Gone' }, 409: { description } },
});

test.each([
  'The post still has comments',
  'Posts with comments cannot be deleted.',
  'Refused while any comments exist',
  'There are comments on the post',
  'The post is in use',
])('what has things below it is kept until they are gone, where the document says so: %s', (said) => {
  const mock = shop(refusing(said));
  const { id } = mock.read('POST', '/posts', { title: 'New' });
  const comment = mock.read('POST', `/posts/${id}/comments`, { body: 'Nice' });
  expect(mock.ask('DELETE', `/posts/${id}`).status).toBe(409);
  expect(mock.ask('GET', `/posts/${id}`).status).toBe(200);
  mock.restart();
  expect(mock.ask('DELETE', `/posts/${id}`).status).toBe(409);
  mock.ask('DELETE', `/posts/${id}/comments/${comment.id}`);
  expect(mock.ask('DELETE', `/posts/${id}`).status).toBe(204);
  expect(mock.ask('GET', `/posts/${id}`).status).toBe(404);
});

test('so is what others name, and what stood there from the beginning', () => {
  const mock = shop(
    refusing('Gone wrong'),
    refusing('Deletes it', { description: 'Fails with 409 if it is used by products.' }),
  );
  const { id } = mock.read('POST', '/categories', { name: 'New' });
  const product = mock.read('POST', '/products', { name: 'Cup', category_id: id });
  expect(mock.ask('DELETE', `/categories/${id}`).status).toBe(409);
  mock.ask('DELETE', `/products/${product.id}`);
  expect(mock.ask('DELETE', `/categories/${id}`).status).toBe(204);
  const named = mock.read('GET', '/products')[0].category_id;
  expect(mock.ask('DELETE', `/categories/${named}`).status).toBe(409);
});

test.each([
  { responses: { 204: { description: 'Gone' } }, description: 'Deletes the post with its comments.' },
  refusing('Someone else has changed it'),
  refusing('The post is locked, and so are its comments'),
  refusing('Changed meanwhile', { description: 'Deletes the post with its comments.' }),
])('where nothing is said it goes: %j', (deleting) => {
  const mock = shop(deleting);
  const [{ id }] = mock.read('GET', '/posts');
  expect(mock.read('GET', `/posts/${id}/comments`).length).toBeGreaterThan(0);
  expect(mock.ask('DELETE', `/posts/${id}`).status).toBe(204);
});

test('who says that what depends on it goes too is heeded', () => {
  const force = { name: 'force', in: 'query', schema: { type: 'boolean' } };
  const mock = shop(refusing('The post has comments', { parameters: [force] }));
  const [{ id }] = mock.read('GET', '/posts');
  expect(mock.ask('DELETE', `/posts/${id}?force=false`).status).toBe(409);
  expect(mock.ask('DELETE', `/posts/${id}?force=true`).status).toBe(204);
});
