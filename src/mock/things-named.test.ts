import { expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const text = { type: 'string' };
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (schema: JsonObject) => ({ description: 'OK', ...json(schema) });
const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const keys = { type: 'array', uniqueItems: true, items: text };
const id = { name: 'id', in: 'path', required: true, schema: text };

interface Role {
  readonly id: string;
  readonly policyIds: readonly string[];
  readonly policies: readonly { readonly id: string }[];
}

/** Roles that have policies, shown by their keys and as they are. */
const roles = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Roles', version: '1' },
    components: {
      schemas: {
        Policy: {
          type: 'object',
          required: ['id', 'label'],
          properties: { id: text, label: text, actions: { type: 'array', items: text } },
        },
        Role: {
          type: 'object',
          required: ['id', 'label', 'policyIds', 'policies'],
          properties: { id: text, label: text, policyIds: keys, policies: { type: 'array', items: to('Policy') } },
        },
        NewRole: { type: 'object', properties: { label: text, policyIds: keys } },
      },
    },
    paths: {
      '/policies': { get: { responses: { 200: answer({ type: 'array', items: to('Policy') }) } } },
      '/policies/{id}': { parameters: [id], get: { responses: { 200: answer(to('Policy')) } } },
      '/roles': {
        get: { responses: { 200: answer({ type: 'array', items: to('Role') }) } },
        post: { requestBody: json(to('NewRole')), responses: { 201: answer(to('Role')) } },
      },
      '/roles/{id}': {
        parameters: [id],
        get: { responses: { 200: answer(to('Role')) } },
        patch: { requestBody: json(to('NewRole')), responses: { 200: answer(to('Role')) } },
      },
    },
  });

it('things in a list of a row are those that have these keys, and the keys beside them are theirs', () => {
  const { read } = roles();
  const rows = read('GET', '/roles') as unknown as Role[];
  expect(rows.some(({ policies }) => policies.length > 0)).toBe(true);
  for (const { policies, policyIds } of rows) {
    expect(policyIds).toEqual(policies.map((policy) => policy.id));
    for (const policy of policies) expect(read('GET', `/policies/${policy.id}`)).toEqual(policy);
  }
});

it('what is sent by its keys is shown as the things that have them', () => {
  const { read } = roles();
  const policies = read('GET', '/policies') as unknown as { id: string }[];
  const [one, other, third] = policies as [{ id: string }, { id: string }, { id: string }];
  const made = read('POST', '/roles', { label: 'mine', policyIds: [one.id, other.id] });
  expect(made).toMatchObject({ label: 'mine', policyIds: [one.id, other.id], policies: [one, other] });
  const changed = read('PATCH', `/roles/${made.id}`, { policyIds: [third.id] });
  expect(changed).toEqual({ ...made, policyIds: [third.id], policies: [third] });
  expect(read('GET', `/roles/${made.id}`)).toEqual(changed);
});

it('a key that is sent where a thing is shown is that thing, by whichever name its key has', () => {
  const milestone = {
    type: 'object',
    required: ['id', 'number', 'title'],
    properties: { id: { type: 'integer' }, number: { type: 'integer' }, title: text },
  };
  const sent = { type: 'object', properties: { title: text, milestone: { type: 'integer' } } };
  const number = { name: 'number', in: 'path', required: true, schema: { type: 'integer' } };
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Issues', version: '1' },
    components: {
      schemas: {
        Milestone: milestone,
        Issue: {
          type: 'object',
          required: ['number', 'title', 'milestone'],
          properties: { number: { type: 'integer' }, title: text, milestone: to('Milestone') },
        },
      },
    },
    paths: {
      '/milestones': {
        get: { responses: { 200: answer({ type: 'array', items: to('Milestone') }) } },
        post: {
          requestBody: json({ type: 'object', properties: { title: text } }),
          responses: { 201: answer(to('Milestone')) },
        },
      },
      '/milestones/{number}': { parameters: [number], get: { responses: { 200: answer(to('Milestone')) } } },
      '/issues': {
        get: { responses: { 200: answer({ type: 'array', items: to('Issue') }) } },
        post: { requestBody: json(sent), responses: { 201: answer(to('Issue')) } },
      },
      '/issues/{number}': {
        parameters: [number],
        get: { responses: { 200: answer(to('Issue')) } },
        patch: { requestBody: json(sent), responses: { 200: answer(to('Issue')) } },
      },
    },
  });
  const made = read('POST', '/milestones', { title: 'v9' });
  expect(read('POST', '/issues', { title: 'a', milestone: made.number })).toMatchObject({ milestone: made });
  const [other] = read('GET', '/milestones') as unknown as [{ number: number }];
  expect(read('PATCH', '/issues/3', { milestone: other.number })).toMatchObject({ milestone: other });
});
