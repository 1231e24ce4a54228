import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const text = { type: 'string' };
const integer = { type: 'integer' };
const object = (properties: JsonObject, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});
const array = (items: JsonObject) => ({ type: 'array', items });
const parameters = (...names: string[]) =>
  names.map((name) => ({ name, in: 'path', required: true, schema: name === 'id' ? integer : text }));

const Department = object({ id: integer, name: text });
const Employee = object({ id: integer, departmentId: integer, departmentName: text });
const Blog = object({ id: integer, slug: text, title: text });
const Post = object({ id: integer, blog_id: integer, body: text });
const Article = object({ id: integer, slug: text, title: text });
const Comment = object({ id: integer, post_id: integer, body: text });
const Org = object({ id: { type: 'string', format: 'uuid' }, slug: text });

const mock = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Names', version: '1' },
    paths: {
      '/departments': { get: { responses: { 200: answer(array(Department)) } } },
      '/departments/{id}': {
        parameters: parameters('id'),
        get: { responses: { 200: answer(Department) } },
        patch: { requestBody: json(object({ name: text }, [])), responses: { 200: answer(Department) } },
      },
      '/employees': {
        get: { responses: { 200: answer(array(Employee)) } },
        post: { requestBody: json(object({ departmentId: integer })), responses: { 201: answer(Employee) } },
      },
      '/employees/{id}': { parameters: parameters('id'), get: { responses: { 200: answer(Employee) } } },
      '/blogs': {
        get: { responses: { 200: answer(array(Blog)) } },
        post: { requestBody: json(object({ title: text })), responses: { 201: answer(Blog) } },
      },
      '/blogs/{blog_slug}': { parameters: parameters('blog_slug'), get: { responses: { 200: answer(Blog) } } },
      '/blogs/{blog_slug}/posts': {
        parameters: parameters('blog_slug'),
        get: { responses: { 200: answer(array(Post)) } },
        post: { requestBody: json(object({ body: text })), responses: { 201: answer(Post) } },
      },
      '/posts/{slug}': { parameters: parameters('slug'), get: { responses: { 200: answer(Article) } } },
      '/posts': {
        get: { responses: { 200: answer(array(Article)) } },
        post: { requestBody: json(object({ title: text })), responses: { 201: answer(Article) } },
      },
      '/posts/{slug}/comments': {
        parameters: parameters('slug'),
        get: { responses: { 200: answer(array(Comment)) } },
        post: { requestBody: json(object({ body: text })), responses: { 201: answer(Comment) } },
      },
      '/comments/{id}': { parameters: parameters('id'), get: { responses: { 200: answer(Comment) } } },
      '/orgs/{org}': { parameters: parameters('org'), get: { responses: { 200: answer(Org) } } },
    },
  });

test('A row says of another thing what that says of itself, also after that has changed', () => {
  const { read } = mock();
  const departments = read('GET', '/departments') as { id: number; name: string }[];
  const named = (id: number) => departments.find((one) => one.id === id)?.name;
  const employees = read('GET', '/employees') as { id: number; departmentId: number; departmentName: string }[];
  for (const { departmentId, departmentName } of employees) expect(departmentName).toBe(named(departmentId));
  const { departmentId, id } = employees[0] as (typeof employees)[number];
  read('PATCH', `/departments/${departmentId}`, { name: 'Air' });
  expect(read('GET', `/employees/${id}`).departmentName).toBe('Air');
  expect(read('POST', '/employees', { departmentId })).toMatchObject({ departmentId, departmentName: 'Air' });
});

test('What stands under a thing that its path calls by a slug says the id of it', () => {
  const { read } = mock();
  const [blog] = read('GET', '/blogs') as { id: number; slug: string }[];
  for (const post of read('GET', `/blogs/${blog?.slug}/posts`)) expect(post.blog_id).toBe(blog?.id);
  const made = read('POST', '/blogs', { title: 'My first blog' });
  expect(made.slug).toBe('my-first-blog');
  expect(read('POST', '/blogs', { title: 'My first blog' }).slug).toBe('my-first-blog-2');
  expect(read('POST', '/blogs/my-first-blog/posts', { body: 'x' }).blog_id).toBe(made.id);
});

test('A path may call a thing by a name where its key is none that could be written there', () => {
  expect(mock().read('GET', '/orgs/acme')).toMatchObject({ slug: 'acme' });
});

test('What is made below a thing that its path calls by a slug says the id of it, and stands below no other', () => {
  const { read } = mock();
  const [one, other] = ['One', 'Other'].map((title) => read('POST', '/posts', { title }));
  const comment = read('POST', `/posts/${one.slug}/comments`, { body: 'x' });
  expect(comment.post_id).toBe(one.id);
  expect(read('GET', `/posts/${one.slug}/comments`)).toEqual([comment]);
  expect(read('GET', `/posts/${other.slug}/comments`)).toEqual([]);
  expect(read('GET', `/comments/${comment.id}`)).toEqual(comment);
  const [listed] = read('GET', '/posts');
  const made = read('POST', `/posts/${listed.slug}/comments`, { body: 'y' });
  expect(read('GET', `/posts/${listed.slug}/comments`)[0]).toEqual(made);
  expect(read('GET', `/posts/${one.slug}/comments`)).toEqual([comment]);
});

test('what stands beside the key of another thing, and is called so, shows that thing', () => {
  const User = object({ user_id: text, display_name: text, bio: text, city: text });
  const Author = object({ user_id: text, display_name: text, avatar: text }, ['user_id', 'display_name']);
  const Note = object({ id: integer, body: text, author_id: text, author: Author });
  const sent = object({ body: text, author_id: text }, []);
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    paths: {
      '/users': { get: { responses: { 200: answer(array(User)) } } },
      '/users/{user_id}': { parameters: parameters('user_id'), get: { responses: { 200: answer(User) } } },
      '/notes': {
        get: { responses: { 200: answer(array(Note)) } },
        post: { requestBody: json(sent), responses: { 201: answer(Note) } },
      },
      '/notes/{id}': {
        parameters: parameters('id'),
        patch: { requestBody: json(sent), responses: { 200: answer(Note) } },
      },
    },
  });
  const users: { user_id: string; display_name: string }[] = read('GET', '/users');
  const isTold = ({ author_id, author }: { author_id: string; author: { user_id: string; display_name: string } }) => {
    const user = users.find(({ user_id }) => user_id === author_id);
    expect(author).toMatchObject({ user_id: author_id, display_name: user?.display_name });
  };
  for (const note of read('GET', '/notes')) isTold(note);
  const made = read('POST', '/notes', { body: 'x', author_id: users[3]?.user_id as string });
  isTold(made);
  expect(made.author_id).toBe(users[3]?.user_id);
  isTold(read('PATCH', `/notes/${made.id}`, { author_id: users[5]?.user_id as string }));
});

test('Of things that take long to be made few are told of, and of others as many as there are', () => {
  const members = Object.fromEntries(Array.from({ length: 60 }, (_, place) => [`member${place}`, text]));
  const named = (more: JsonObject) => {
    const Department = object({ id: integer, name: text, ...more });
    const { read } = asking({
      openapi: '3.1.0',
      info: { title: 'Names', version: '1' },
      paths: {
        '/departments': { get: { responses: { 200: answer(array(Department)) } } },
        '/departments/{id}': { parameters: parameters('id'), get: { responses: { 200: answer(Department) } } },
        '/employees': { get: { responses: { 200: answer(array(Employee)) } } },
        '/employees/{id}': { parameters: parameters('id'), get: { responses: { 200: answer(Employee) } } },
      },
    });
    const employees = read('GET', '/employees') as { departmentId: number; departmentName: string }[];
    for (const { departmentId, departmentName } of employees)
      expect(read('GET', `/departments/${departmentId}`).name).toBe(departmentName);
    return new Set(employees.map(({ departmentId }) => departmentId)).size;
  };
  expect(named(members)).toBeLessThanOrEqual(3);
  expect(named({})).toBeGreaterThan(3);
});
