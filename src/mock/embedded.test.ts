import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { count, inPath, json, list, object, ref, text } from './library/document.js';

const answer = (schema: JsonObject, more: JsonObject = {}) => ({
  description: 'OK',
  content: { 'application/json': { schema, ...more } },
});
const gone = { 204: { description: 'Gone' } };
const serving = (paths: JsonObject, schemas: JsonObject) =>
  asking({ openapi: '3.1.0', info: { title: 'T', version: '1' }, components: { schemas }, paths });

const Line = object({ id: text, sku: text, quantity: count, price: { type: 'number' } });
const Cart = object({ currency: text, items: list(ref('Line')), total: { type: 'number' } });

test('what there is only one of shows the things below its path', () => {
  const mock = serving(
    {
      '/cart': { get: { responses: { 200: answer(ref('Cart')) } } },
      '/cart/items': {
        get: { responses: { 200: answer(list(ref('Line'))) } },
        post: {
          requestBody: json(object({ sku: text, quantity: count, price: { type: 'number' } })),
          responses: { 201: answer(ref('Line')) },
        },
      },
      '/cart/items/{id}': { parameters: [inPath('id')], delete: { responses: gone } },
    },
    { Line, Cart },
  );
  const before = mock.read('GET', '/cart');
  expect(mock.read('GET', '/cart/items')).toEqual(before.items);
  const made = mock.read('POST', '/cart/items', { sku: 'a', quantity: 2, price: 10 });
  const after = mock.read('GET', '/cart');
  expect(after.items).toContainEqual(made);
  expect(after.total).toBeCloseTo(before.total + 20, 2);
  for (const { id } of after.items) mock.ask('DELETE', `/cart/items/${id}`);
  expect(mock.read('GET', '/cart').items).toEqual([]);
});

test('what the author shows of a row, the path below it shows', () => {
  const Post = object({ id: count, comments: list(object({ id: count, body: text })) });
  const example = {
    id: 7,
    comments: [
      { id: 70, body: 'First' },
      { id: 71, body: 'Second' },
    ],
  };
  const mock = serving(
    {
      '/posts': { get: { responses: { 200: answer(list(ref('Post'))) } } },
      '/posts/{id}': {
        parameters: [inPath('id', count)],
        get: { responses: { 200: answer(ref('Post'), { example }) } },
      },
      '/posts/{id}/comments': {
        parameters: [inPath('id', count)],
        get: { responses: { 200: answer(list(ref('Comment'))) } },
      },
      '/posts/{id}/comments/{comment_id}': {
        parameters: [inPath('id', count), inPath('comment_id', count)],
        delete: { responses: gone },
      },
    },
    { Post, Comment: object({ id: count, body: text, likes: count }) },
  );
  const below = () => mock.read('GET', '/posts/7/comments').map(({ likes: _, ...shown }: JsonObject) => shown);
  expect(mock.read('GET', '/posts/7')).toEqual(example);
  expect(below()).toEqual(example.comments);
  mock.ask('DELETE', '/posts/7/comments/70');
  expect(mock.read('GET', '/posts/7').comments).toEqual(below());
  expect(below()).toEqual(example.comments.slice(1));
});

const Song = object({ id: count, title: text, album_id: { type: ['integer', 'null'] } });
const Album = object({ id: count, title: text, songs: list(ref('Song')) });

const albums = () =>
  serving(
    {
      '/albums': { get: { responses: { 200: answer(list(ref('Album'))) } } },
      '/albums/{album_id}': {
        parameters: [inPath('album_id', count)],
        get: { responses: { 200: answer(ref('Album')) } },
        patch: {
          requestBody: json(object({ songs: list(object({ id: count, title: text }, [])) }, [])),
          responses: { 200: answer(ref('Album')) },
        },
      },
      '/albums/{album_id}/songs': {
        parameters: [inPath('album_id', count)],
        get: { responses: { 200: answer(list(ref('Song'))) } },
      },
      '/songs': {
        get: { responses: { 200: answer(list(ref('Song'))) } },
        post: {
          requestBody: json(object({ title: text, album_id: count })),
          responses: { 201: answer(ref('Song')) },
        },
      },
      '/songs/{id}': {
        parameters: [inPath('id', count)],
        get: { responses: { 200: answer(ref('Song')) } },
        delete: { responses: gone },
      },
    },
    { Song, Album },
  );

test('what names the row that it belongs to stands in the list of that row', () => {
  const mock = albums();
  const shown = () => mock.read('GET', '/albums/3').songs;
  const check = () => expect(mock.read('GET', '/albums/3/songs')).toEqual(shown());
  check();
  const made = mock.read('POST', '/songs', { title: 'New', album_id: 3 });
  check();
  expect(shown()).toContainEqual(made);
  mock.ask('DELETE', `/songs/${made.id}`);
  check();
  expect(shown()).not.toContainEqual(made);
});

test('what a row takes into its list belongs to it, and what it leaves out no longer does', () => {
  const mock = albums();
  const other = mock.read('GET', '/songs').find((song: JsonObject) => song.album_id !== 3);
  const before = mock.read('GET', '/albums/3').songs;
  const { songs } = mock.read('PATCH', '/albums/3', { songs: [{ id: other.id }, { title: 'New' }] });
  expect(songs).toEqual([
    { ...other, album_id: 3 },
    { id: expect.any(Number), title: 'New', album_id: 3 },
  ]);
  expect(mock.read('GET', '/songs')).toContainEqual(songs[1]);
  expect(mock.read('GET', `/songs/${other.id}`)).toEqual(songs[0]);
  for (const song of before) expect(mock.read('GET', `/songs/${song.id}`).album_id).toBeNull();
});

test('what stands below a thing in a list is the same there too', () => {
  const Option = object({ key: text, label: text });
  const Question = object({ id: { ...text, readOnly: true }, text, options: list(ref('Option')) });
  const Survey = object({ theme: text, questions: list(ref('Question')) });
  const sent = list(object({ text, options: list(Option) }));
  const mock = serving(
    {
      '/survey': {
        get: { responses: { 200: answer(ref('Survey')) } },
        patch: { requestBody: json(object({ questions: sent })), responses: { 200: answer(ref('Survey')) } },
      },
      '/survey/questions': { get: { responses: { 200: answer(list(ref('Question'))) } } },
      '/survey/questions/{id}': { parameters: [inPath('id')], delete: { responses: gone } },
      '/survey/questions/{id}/options': {
        parameters: [inPath('id')],
        get: { responses: { 200: answer(list(ref('Option'))) } },
        post: { requestBody: json(Option), responses: { 201: answer(ref('Option')) } },
      },
    },
    { Option, Question, Survey },
  );
  const check = () => {
    const { questions } = mock.read('GET', '/survey');
    expect(mock.read('GET', '/survey/questions')).toEqual(questions);
    for (const { id, options } of questions) {
      const below = mock.read('GET', `/survey/questions/${id}/options`);
      expect(below).toHaveLength(options.length);
      expect(below).toEqual(expect.arrayContaining(options));
    }
    return questions;
  };
  const [{ id }] = check();
  mock.read('POST', `/survey/questions/${id}/options`, { key: 'b', label: 'B' });
  expect(check()[0].options).toContainEqual({ key: 'b', label: 'B' });
  const options = [
    { key: 'x', label: 'X' },
    { key: 'y', label: 'Y' },
  ];
  const questions = [{ text: 'Only', options }];
  expect(mock.read('PATCH', '/survey', { questions }).questions).toMatchObject(questions);
  expect(check()).toMatchObject(questions);
});

test('a row shows few of the things that stand elsewhere too, and what is made below it', () => {
  const mock = serving(
    {
      '/groups': { get: { responses: { 200: answer(list(ref('Group'))) } } },
      '/groups/{id}': { parameters: [inPath('id')], get: { responses: { 200: answer(ref('Group')) } } },
      '/groups/{id}/members': {
        parameters: [inPath('id')],
        get: { responses: { 200: answer(list(ref('Person'))) } },
        post: { requestBody: json(object({ name: text })), responses: { 201: answer(ref('Person')) } },
      },
      '/groups/{id}/{person}': {
        parameters: [inPath('id'), inPath('person')],
        get: { responses: { 200: answer(ref('Person')) } },
      },
    },
    { Person: object({ id: text, name: text }), Group: object({ id: text, members: list(ref('Person')) }) },
  );
  const [{ id, members }] = mock.read('GET', '/groups');
  const path = `/groups/${id}/members`;
  expect(mock.read('GET', path).length).toBeGreaterThan(10);
  expect(members.length).toBeLessThan(5);
  expect(mock.read('GET', path)).toEqual(expect.arrayContaining(members));
  const made = mock.read('POST', path, { name: 'Ann' });
  const [first] = mock.read('GET', '/groups');
  expect(first.members).toEqual(expect.arrayContaining([...members, made]));
});

test('a row keeps its own list where the things of the path below it are those of another kind of row', () => {
  const Field = object({ key: text, value: text });
  const Person = object({ id: { ...text, readOnly: true }, fields: list(Field) });
  const below = { get: { responses: { 200: answer(list(Field)) } } };
  const mock = serving(
    {
      '/customers': { get: { responses: { 200: answer(list(object({ id: text, city: text }))) } } },
      '/customers/{id}': {
        parameters: [inPath('id')],
        get: { responses: { 200: answer(object({ id: text, city: text })) } },
      },
      '/customers/{id}/fields': { parameters: [inPath('id')], ...below },
      '/customers/{id}/fields/{key}': {
        parameters: [inPath('id'), inPath('key')],
        get: { responses: { 200: answer(Field) } },
      },
      '/persons': {
        get: { responses: { 200: answer(list(Person)) } },
        post: { requestBody: json(Person), responses: { 201: answer(Person) } },
      },
      '/persons/{id}': { parameters: [inPath('id')], get: { responses: { 200: answer(Person) } } },
      '/persons/{id}/fields': { parameters: [inPath('id')], ...below },
    },
    {},
  );
  const fields = [{ key: 'a', value: 'b' }];
  const made = mock.read('POST', '/persons', { fields });
  expect(made.fields).toEqual(fields);
  expect(mock.read('GET', `/persons/${made.id}`).fields).toEqual(fields);
  expect(mock.read('GET', `/persons/${made.id}/fields`)).toEqual(fields);
});

test('a row keeps what it shows of things that the list of them may not show', () => {
  const closed = (properties: JsonObject) => ({ ...object(properties), additionalProperties: false });
  const Alert = object({ id: text, files: list(object({ id: text, content: text })) });
  const mock = serving(
    {
      '/alerts': {
        get: { responses: { 200: answer(list(ref('Alert'))) } },
        post: {
          requestBody: json(object({ files: list(object({ id: text, content: text })) })),
          responses: { 201: answer(ref('Alert')) },
        },
      },
      '/alerts/{id}': { parameters: [inPath('id')], get: { responses: { 200: answer(ref('Alert')) } } },
      '/alerts/{id}/files': {
        parameters: [inPath('id')],
        get: { responses: { 200: answer(list(closed({ id: text }))) } },
      },
      '/alerts/{id}/files/{file_id}': {
        parameters: [inPath('id'), inPath('file_id')],
        get: { responses: { 200: answer(closed({ id: text })) } },
      },
    },
    { Alert },
  );
  const files = [{ id: 'a', content: 'What is in it' }];
  const { id } = mock.read('POST', '/alerts', { files });
  expect(mock.read('GET', `/alerts/${id}`).files).toEqual(files);
});

test('what somebody has written into a row stays what it shows where the same things stand elsewhere too', () => {
  const Field = object({ fieldId: text, name: text });
  const Fields = object({ listFields: list(ref('Field')), textFields: list(ref('TextField')) });
  const TextField = object({ fieldId: text, value: text });
  const envelope = object({ subject: text, fields: ref('Fields') });
  const below = (path: string, parameters: JsonObject[]) => ({
    [`${path}/fields`]: {
      parameters,
      get: { responses: { 200: answer(ref('Fields')) } },
      post: { requestBody: json(ref('Fields')), responses: { 201: answer(ref('Fields')) } },
    },
  });
  const [account, envelopeId] = [inPath('accountId'), inPath('envelopeId')];
  const mock = serving(
    {
      ...below('/accounts/{accountId}', [account]),
      '/accounts/{accountId}/fields/{customFieldId}': {
        parameters: [account, inPath('customFieldId')],
        delete: { responses: gone },
      },
      '/accounts/{accountId}/envelopes': {
        parameters: [account],
        get: { responses: { 200: answer(list(ref('Envelope'))) } },
        post: { requestBody: json(envelope), responses: { 201: answer(ref('Envelope')) } },
      },
      '/accounts/{accountId}/envelopes/{envelopeId}': {
        parameters: [account, envelopeId],
        get: { responses: { 200: answer(ref('Envelope')) } },
        put: { requestBody: json(envelope), responses: { 200: answer(ref('Envelope')) } },
      },
      ...below('/accounts/{accountId}/envelopes/{envelopeId}', [account, envelopeId]),
    },
    {
      Field,
      Fields,
      TextField,
      Envelope: { ...envelope, properties: { envelopeId: text, ...(envelope.properties as JsonObject) } },
    },
  );
  const [first] = mock.read('GET', '/accounts/1/envelopes');
  const sent = { subject: 'a', fields: { listFields: [{ fieldId: 'own', name: 'b' }], textFields: [] } };
  const made = mock.read('POST', '/accounts/1/envelopes', sent);
  const own = `/accounts/1/envelopes/${made.envelopeId}`;
  expect(mock.read('GET', own).fields).toMatchObject(sent.fields);
  const changed = { ...sent.fields, listFields: [...sent.fields.listFields, { fieldId: 'other', name: 'c' }] };
  mock.read('PUT', own, { ...sent, fields: changed });
  expect(mock.read('GET', own).fields).toEqual(changed);
  expect(mock.read('GET', `/accounts/1/envelopes/${first.envelopeId}`).fields.listFields.length).toBeGreaterThan(0);
});

test('the address that is sent of a thing in a list stays, and one that nobody has sent leads to the thing', () => {
  const url = { type: 'string', description: 'Where it is in the API', format: 'uri' };
  const Image = object({ id: text, url, alt: text });
  const Product = object({ id: text, title: text, images: list(ref('Image')) });
  const sent = object({ title: text, images: list(object({ id: text, url, alt: text }, ['id'])) });
  const one = { parameters: [inPath('id'), inPath('image_id')], get: { responses: { 200: answer(ref('Image')) } } };
  const mock = serving(
    {
      '/products': {
        get: { responses: { 200: answer(list(ref('Product'))) } },
        post: { requestBody: json(sent), responses: { 201: answer(ref('Product')) } },
      },
      '/products/{id}': { parameters: [inPath('id')], get: { responses: { 200: answer(ref('Product')) } } },
      '/products/{id}/images': { parameters: [inPath('id')], get: { responses: { 200: answer(list(ref('Image'))) } } },
      '/products/{id}/images/{image_id}': one,
    },
    { Image, Product },
  );
  const own = 'https://images.example.org/a.png';
  const made = mock.read('POST', '/products', { title: 'A', images: [{ id: 'a', url: own }, { id: 'b' }] });
  const below = `/products/${made.id}/images`;
  expect(made.images).toMatchObject([{ id: 'a', url: own }, { id: 'b' }]);
  expect(new URL(made.images[1].url).pathname).toBe(`${below}/b`);
  expect(mock.read('GET', below)).toEqual(made.images);
});
