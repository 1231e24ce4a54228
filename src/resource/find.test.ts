import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { findResources } from './finding.js';

const json = (schema: JsonObject) => ({ description: 'done', content: { 'application/json': { schema } } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const path = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });

function find(paths: JsonObject, schemas: JsonObject = {}) {
  const document = { openapi: '3.1.0', info: { title: 'Things', version: '1' }, paths, components: { schemas } };
  return findResources(createOperations(documentFromObject(document)));
}

const pet = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'integer' }, name: { type: 'string' }, status: { type: 'string' } },
};

describe('resources', () => {
  it('are at home where they stand under the fewest things that the path of a list does not name', () => {
    const members = { id: { type: 'integer' }, name: { type: 'string' }, size: { type: 'integer' } };
    const whole = { type: 'object', required: ['id', 'name'], properties: { ...members, topics: { type: 'string' } } };
    const repo = { type: 'object', required: ['id', 'name'], properties: members };
    const owner = ['owner', 'repo'].map(path);
    const list = { get: { responses: { 200: json({ type: 'array', items: ref('Repo') }) } } };
    const found = find(
      {
        '/teams/{team}/repos/{owner}/{repo}': {
          parameters: [path('team'), ...owner],
          get: { responses: { 200: json(ref('TeamRepo')) } },
        },
        '/repos/{owner}/{repo}': { parameters: owner, get: { responses: { 200: json(ref('WholeRepo')) } } },
        '/user/repos': list,
        '/orgs/{org}/repos': { parameters: [path('org')], ...list },
      },
      { Repo: repo, WholeRepo: whole, TeamRepo: { ...whole, required: ['id', 'name', 'topics'] } },
    );
    const repos = found.all.find(({ item }) => item === '/repos/{owner}/{repo}');
    expect(repos?.roles.flatMap(({ kind, path: at }) => (kind === 'list' ? at : []))).toEqual([
      '/user/repos',
      '/orgs/{org}/repos',
    ]);
  });

  it('are found from the paths, with what each operation does', () => {
    const found = find(
      {
        '/pets': {
          get: { responses: { 200: json({ type: 'array', items: ref('Pet') }) } },
          post: { requestBody: json(ref('NewPet')), responses: { 201: json(ref('Pet')) } },
        },
        '/pets/{petId}': {
          parameters: [path('petId')],
          get: { responses: { 200: json(ref('Pet')) } },
          put: { requestBody: json(ref('NewPet')), responses: { 200: json(ref('Pet')) } },
          delete: { responses: { 204: { description: 'gone' } } },
        },
        '/pets/{petId}/adopt': { parameters: [path('petId')], post: { responses: { 200: json(ref('Pet')) } } },
        '/pets/findByStatus': { get: { responses: { 200: json({ type: 'array', items: ref('Pet') }) } } },
        '/health': { get: { responses: { 200: { description: 'alive' } } } },
      },
      { Pet: pet, NewPet: { ...pet, required: ['name'] } },
    );
    const [pets] = found.all;
    expect(found.all).toHaveLength(1);
    expect(pets).toMatchObject({
      name: 'pets',
      collection: '/pets',
      item: '/pets/{petId}',
      key: { member: ['id'], parameter: 'petId', by: 'name' },
      schema: '/components/schemas/Pet',
    });
    expect(pets?.roles.map(({ kind, entry, keyParameter }) => [kind, entry.id, keyParameter])).toEqual([
      ['list', 'GET /pets', null],
      ['create', 'POST /pets', null],
      ['read', 'GET /pets/{petId}', 'petId'],
      ['replace', 'PUT /pets/{petId}', 'petId'],
      ['delete', 'DELETE /pets/{petId}', 'petId'],
      ['action', 'POST /pets/{petId}/adopt', 'petId'],
      ['list', 'GET /pets/findByStatus', null],
    ]);
    expect(found.unplaced.map(({ entry, reason }) => [entry.id, reason])).toEqual([
      ['GET /health', 'Its answer has no schema'],
    ]);
  });

  it('have no operation that says neither by its path nor by what it takes which of them it is about', () => {
    const change = { type: 'object', properties: { name: { type: 'string' }, status: { type: 'string' } } };
    const found = find(
      {
        '/pets': {
          get: { responses: { 200: json({ type: 'array', items: ref('Pet') }) } },
          put: { requestBody: json(change), responses: { 200: json(ref('Pet')) } },
          patch: { requestBody: json(ref('Pet')), responses: { 200: json(ref('Pet')) } },
        },
        '/pets/{petId}': { parameters: [path('petId')], get: { responses: { 200: json(ref('Pet')) } } },
      },
      { Pet: pet },
    );
    expect(found.all[0]?.roles.map(({ kind, entry }) => [kind, entry.id])).toEqual([
      ['list', 'GET /pets'],
      ['merge', 'PATCH /pets'],
      ['read', 'GET /pets/{petId}'],
    ]);
    expect(found.unplaced.map(({ entry }) => entry.id)).toEqual(['PUT /pets']);
  });

  it('are not named by a parameter that they stand below, though it is called like them', () => {
    const widget = { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } };
    const found = find(
      {
        '/widgets/{widgetKey}': {
          parameters: [path('widgetKey')],
          get: { responses: { 200: json({ type: 'array', items: ref('Widget') }) } },
        },
        '/widgets/{widgetKey}/{widgetId}': {
          parameters: [path('widgetKey'), path('widgetId')],
          get: { responses: { 200: json(ref('Widget')) } },
        },
      },
      { Widget: widget },
    );
    expect(found.all.map(({ name, key, scope }) => [name, key?.member, scope[0]?.resource, scope[0]?.member])).toEqual([
      ['widgets', ['id'], null, null],
    ]);
  });
});
