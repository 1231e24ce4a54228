import { expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const text = { type: 'string' };
const json = (schema: JsonObject, example?: JsonObject) => ({
  description: 'd',
  content: { 'application/json': { schema, ...(example && { example }) } },
});
const asked = (name: string, schema: JsonObject) => ({ name, in: 'query', schema });
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: text });
const team = { type: 'object', required: ['id', 'name'], properties: { id: text, name: text } };
const device = {
  type: 'object',
  required: ['mac'],
  properties: { mac: text, status: { enum: ['up', 'down'] }, power: { type: 'integer' } },
};
const page = {
  type: 'object',
  required: ['results', 'limit', 'total'],
  properties: {
    results: { type: 'array', items: device, minItems: 1, uniqueItems: true },
    limit: { type: 'integer' },
    total: { type: 'integer' },
  },
};
const example = {
  results: [
    { mac: 'a1', status: 'down', power: 1 },
    { mac: 'b2', status: 'down', power: 2 },
  ],
  limit: 0,
  total: 7,
};
const { read } = asking({
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/teams': {
      post: { requestBody: { content: json(team).content }, responses: { 201: json(team) } },
      get: { responses: { 200: json({ type: 'array', items: team }) } },
    },
    '/teams/{team}': { get: { parameters: [inPath('team')], responses: { 200: json(team) } } },
    '/teams/{team}/devices': {
      get: {
        parameters: [
          inPath('team'),
          asked('status', { enum: ['up', 'down'] }),
          asked('mac', text),
          asked('limit', { type: 'integer', default: 100 }),
          asked('start', { type: 'integer', default: 0 }),
        ],
        responses: { 200: json(page, example) },
      },
    },
    '/teams/{team}/devices/{mac}': {
      get: { parameters: [inPath('team'), inPath('mac')], responses: { 200: json(device) } },
    },
  },
} as JsonObject);

it('heeds what is asked for also where a list may not be empty and nothing is there', () => {
  const { id } = read('POST', '/teams', { id: 'new', name: 'New' });
  const of = (query: string) => read('GET', `/teams/${id}/devices${query}`);
  expect(of('')).toEqual({ ...example, limit: 100, total: 2 });
  expect(of('?limit=100&start=0')).toEqual(of(''));
  expect(of('?status=up').results).toMatchObject([{ status: 'up' }, { status: 'up' }]);
  expect(of('?limit=1')).toEqual({ results: [example.results[0]], limit: 1, total: 2 });
  expect(of('?limit=1&start=1')).toEqual({ results: [example.results[1]], limit: 1, total: 2 });
  expect(of('?limit=1&start=9').results).toHaveLength(1);
  expect(of('?mac=b2').results).toEqual([expect.objectContaining({ mac: 'b2' })]);
});
