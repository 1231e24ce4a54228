import { expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const text = { type: 'string' };
const level = { type: 'integer', enum: [1, 2, 3] };
const user = {
  type: 'object',
  required: ['id', 'type', 'tier', 'zone'],
  properties: { id: text, type: level, tier: level, zone: text },
};
const sent = { type: 'object', properties: { type: level, tier: { ...level, default: 2 }, zone: text } };
const meeting = {
  type: 'object',
  required: ['id', 'type', 'tier', 'zone'],
  properties: { id: text, ...sent.properties },
};
const json = (schema: JsonObject) => ({ description: 'd', content: { 'application/json': { schema } } });
const path = (name: string) => [{ name, in: 'path', required: true, schema: text }];

it('gives what is made below a thing of another kind no member of that which has a documented default', () => {
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/users': { get: { responses: { 200: json({ type: 'array', items: user }) } } },
      '/users/{user}': { get: { parameters: path('user'), responses: { 200: json(user) } } },
      '/users/{user}/meetings': {
        get: { parameters: path('user'), responses: { 200: json({ type: 'array', items: meeting }) } },
        post: {
          parameters: path('user'),
          requestBody: { content: json(sent).content },
          responses: { 201: json(meeting) },
        },
      },
      '/meetings/{id}': { get: { parameters: path('id'), responses: { 200: json(meeting) } } },
    },
  } as JsonObject);
  for (const { id, zone } of read('GET', '/users').slice(0, 8))
    expect(read('POST', `/users/${id}/meetings`, {})).toMatchObject({ tier: 2, zone });
});
