import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Send } from '../types.js';
import { answer } from './library/answer.js';
import { violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1 };
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const within = (name: string) => [{ name, in: 'path', required: true, schema: text }];
const list = (items: JsonObject): JsonObject => ({ type: 'array', items });

/** Notes that are made and listed under a shelf, and read by their own keys. */
function operationsOf(note: JsonObject, sent: JsonObject, made: JsonObject) {
  const shelf = { type: 'object', required: ['id'], properties: { id: text } };
  const paths = {
    '/shelves': { get: { responses: { 200: json(list(shelf)) } } },
    '/shelves/{shelf_id}': { parameters: within('shelf_id'), get: { responses: { 200: json(shelf) } } },
    '/shelves/{shelf_id}/notes': {
      parameters: within('shelf_id'),
      get: { responses: { 200: json(list(note)) } },
      post: { requestBody: json(sent), responses: { 201: made } },
    },
    '/notes/{note_id}': {
      parameters: within('note_id'),
      get: { responses: { 200: json(note), 404: { description: 'x' } } },
      delete: { responses: { 204: { description: 'x' }, 404: { description: 'x' } } },
    },
  };
  return createOperations(documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }));
}

interface Note {
  readonly id: string;
  readonly shelf: { readonly id: string };
  readonly name: string;
}

/** Keeps notes under the shelf that the path names, or the body, where that is what counts. */
function server(isBodyRight: boolean, isShown: boolean): Send {
  const rows = new Map<string, Note>();
  const made = (key: string, body: Uint8Array | null) => {
    const sent = body && body.length > 0 ? JSON.parse(new TextDecoder().decode(body)) : {};
    const shelf = (isBodyRight ? sent.shelf : undefined) ?? key;
    const row = { id: `n${rows.size + 1}`, shelf: { id: shelf }, name: sent.name ?? 'x' };
    rows.set(row.id, row);
    return isShown ? answer(201, row as unknown as JsonObject) : answer(201);
  };
  const listed = (key: string) => [...rows.values()].filter(({ shelf }) => shelf.id === key) as unknown as JsonObject[];
  return async ({ method, target, body }) => {
    const [, collection, segment = '', below] = new URL(target, 'http://t').pathname.split('/');
    const key = decodeURIComponent(segment);
    if (below === 'notes') return method === 'POST' ? made(key, body) : answer(200, listed(key));
    if (collection === 'shelves') return answer(200, key === '' ? [{ id: 'a' }, { id: 'b' }] : { id: key });
    const row = rows.get(key);
    if (row === undefined) return answer(404);
    if (method === 'DELETE') rows.delete(key);
    return method === 'DELETE' ? answer(204) : answer(200, row as unknown as JsonObject);
  };
}

const note = {
  type: 'object',
  required: ['id', 'shelf', 'name'],
  properties: { id: text, shelf: { type: 'object', required: ['id'], properties: { id: text } }, name: text },
};

it('a create that shows nothing makes its thing where the list is then looked at', async () => {
  const { shelf: _, ...properties } = note.properties;
  const plain = { type: 'object', required: ['id', 'name'], properties };
  const operations = operationsOf(plain, { type: 'object', properties: { name: text } }, { description: 'x' });
  expect(await violatedBy(server(false, false), { operations, allowWrites: true })).toEqual([]);
});

it('where a thing is whose body and path say two things is not known', async () => {
  const sent = { type: 'object', properties: { name: text, shelf: text } };
  const operations = operationsOf(note, sent, json(note));
  expect(await violatedBy(server(true, true), { operations, allowWrites: true })).toEqual([]);
});
