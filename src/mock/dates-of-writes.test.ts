import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock, State } from './index.js';
import { asking } from './library/asking.js';

const time = { type: 'string', format: 'date-time' };
const task = {
  type: 'object',
  required: ['id', 'created_at', 'completed_at', 'subject'],
  properties: { id: { type: 'integer' }, created_at: time, completed_at: time, subject: { type: 'string' } },
};
const versioned = {
  type: 'object',
  required: ['id', 'version', 'subject'],
  properties: { id: { type: 'integer' }, version: { type: 'integer' }, subject: { type: 'string' } },
};
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const sent = json({ type: 'object', required: ['subject'], properties: { subject: { type: 'string' } } });

it('a row was created when it was, whatever else is dated, and however often it is replaced', () => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Tasks', version: '1' },
    paths: {
      '/tasks': {
        get: { responses: { 200: json({ type: 'array', items: task }) } },
        post: { requestBody: sent, responses: { 201: json(task) } },
      },
      '/tasks/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        put: { requestBody: sent, responses: { 200: json(task) } },
      },
    },
  });
  const mock = createMock({ operations: createOperations(document) });
  let state = State.empty;
  const write = (method: string, target: string) => {
    const body = new TextEncoder().encode('{"subject":"a"}');
    const request = { method, target, headers: { 'content-type': 'application/json' }, body };
    const answer = mock.answer(request, undefined, state);
    state = answer.next?.state ?? state;
    return JSON.parse(String(answer.body)) as { id: number; created_at: string; completed_at: string };
  };
  for (let count = 0; count < 5; count++) {
    const { id, created_at, completed_at } = write('POST', '/tasks');
    expect(created_at).toMatch(/^2025-01-15T09:30/);
    expect(completed_at >= created_at).toBe(true);
    expect(write('PUT', `/tasks/${id}`)).toMatchObject({ created_at, completed_at });
  }
});

it('a version that the server counts is the first of a new row, and the next after each change', () => {
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Tasks', version: '1' },
    paths: {
      '/tasks': { post: { requestBody: sent, responses: { 201: json(versioned) } } },
      '/tasks/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        get: { responses: { 200: json(versioned) } },
        put: { requestBody: sent, responses: { 200: json(versioned) } },
        patch: { requestBody: sent, responses: { 200: json(versioned) } },
      },
    },
  });
  const { id, version } = read('POST', '/tasks', { subject: 'a' });
  expect(version).toBe(1);
  expect(read('PUT', `/tasks/${id}`, { subject: 'b' }).version).toBe(2);
  expect(read('PATCH', `/tasks/${id}`, { subject: 'c' }).version).toBe(3);
  expect(read('GET', `/tasks/${id}`)).toMatchObject({ subject: 'c', version: 3 });
});

it('what is new was neither edited nor pinned nor seen, and is edited when it is changed', () => {
  const date = { type: ['string', 'null'], format: 'date-time' };
  const note = {
    type: 'object',
    required: ['id', 'subject', 'created_at', 'edited_at', 'last_seen_at', 'is_pinned'],
    properties: {
      id: { type: 'integer' },
      subject: { type: 'string' },
      created_at: time,
      edited_at: date,
      last_seen_at: date,
      is_pinned: { type: 'boolean' },
    },
  };
  const change = { type: 'object', properties: { subject: { type: 'string' } } };
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Notes', version: '1' },
    paths: {
      '/notes': {
        get: { responses: { 200: json({ type: 'array', items: note }) } },
        post: { requestBody: json(change), responses: { 201: json(note) } },
      },
      '/notes/{id}': {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        patch: { requestBody: json(change), responses: { 200: json(note) } },
      },
    },
  });
  for (let count = 0; count < 5; count++) {
    const made = read('POST', '/notes', { subject: 'a' });
    expect(made).toMatchObject({ edited_at: null, last_seen_at: null, is_pinned: false });
    const edited = read('PATCH', `/notes/${made.id}`, { subject: 'c' });
    expect(edited).toMatchObject({ subject: 'c', created_at: made.created_at, last_seen_at: null });
    expect(edited.edited_at > made.created_at).toBe(true);
  }
});
