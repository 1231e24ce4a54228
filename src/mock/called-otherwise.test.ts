import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const missing = { 404: { description: 'None' } };
const Page = object({ id: count, slug: text, title: text, version: count });
const shown = { responses: { 200: answer(ref('Page')), ...missing } };
const sent = object({ title: text, slug: text }, ['title']);

const pages = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Pages', version: '1' },
    components: { schemas: { Page } },
    paths: {
      '/pages': {
        get: { responses: { 200: answer(list(ref('Page'))) } },
        post: {
          requestBody: json(sent),
          responses: { 201: answer(ref('Page')), 409: { description: 'The slug is taken' } },
        },
      },
      '/pages/by-slug/{slug}': {
        parameters: [inPath('slug')],
        get: shown,
        patch: { requestBody: json(object({ title: text })), ...shown },
      },
      '/pages/{id}': {
        parameters: [inPath('id', count)],
        get: shown,
        delete: { responses: { 204: { description: 'Done' }, ...missing } },
      },
    },
  });

test('a thing that another path names by another member is the same thing', () => {
  const mock = pages();
  const rows = mock.read('GET', '/pages');
  expect(mock.read('GET', `/pages/by-slug/${rows[3].slug}`)).toEqual(rows[3]);
  const made = mock.read('POST', '/pages', { title: 'About us' });
  expect(made.slug).toBe('about-us');
  expect(mock.read('GET', '/pages/by-slug/about-us')).toEqual(made);
  expect(mock.ask('POST', '/pages', { title: 'Other', slug: 'about-us' }).status).toBe(409);
  const changed = mock.read('PATCH', '/pages/by-slug/about-us', { title: 'About' });
  expect(changed).toEqual({ ...made, title: 'About', version: made.version + 1 });
  expect(mock.read('GET', `/pages/${made.id}`)).toEqual(changed);
  mock.ask('DELETE', `/pages/${made.id}`);
  expect(mock.ask('GET', '/pages/by-slug/about-us').status).toBe(404);
  expect(mock.read('GET', '/pages/by-slug/never-made').slug).toBe('never-made');
});

test('a thing that a path names by several members side by side is the same thing, and no other of which one is the same', () => {
  const Gene = object({ id: count, symbol: text, species: count, title: text });
  const read = { responses: { 200: answer(ref('Gene')), ...missing } };
  const genes = { get: { responses: { 200: answer(list(ref('Gene'))) } } };
  const mock = asking({
    openapi: '3.1.0',
    info: { title: 'Genes', version: '1' },
    components: { schemas: { Gene } },
    paths: {
      '/genes/{id}': { parameters: [inPath('id', count)], get: read },
      '/genes/{symbol}/{species}': { parameters: [inPath('symbol'), inPath('species', count)], get: read },
      '/genes/{from}/{to}/{map}': {
        parameters: [inPath('from', count), inPath('to', count), inPath('map', count)],
        ...genes,
      },
    },
  });
  const rows = mock.read('GET', '/genes/1/100/7');
  expect(new Set(rows.map(({ id }: { id: number }) => id)).size).toBe(rows.length);
  const { id, symbol, species } = rows[2];
  expect(mock.read('GET', `/genes/${id}`)).toEqual(rows[2]);
  expect(mock.read('GET', `/genes/${encodeURIComponent(symbol)}/${species}`)).toEqual(rows[2]);
  expect(mock.read('GET', '/genes/BRCA/9')).toMatchObject({ symbol: 'BRCA', species: 9 });
});
