import { expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const text = { type: 'string' };
const moment = { type: 'string', format: 'date-time' };
const object = (properties: JsonObject) => ({ type: 'object', required: Object.keys(properties), properties });
const content = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answers = (schema: JsonObject) => ({ responses: { 200: { description: 'd', ...content(schema) } } });
const path = (name: string) => [{ name, in: 'path', required: true, schema: text }];

/** A user of SCIM (RFC 7643, 4.1). */
const user = {
  type: 'object',
  properties: {
    id: { ...text, readOnly: true },
    userName: text,
    displayName: text,
    name: object({ formatted: text, familyName: text, givenName: text }),
    emails: { type: 'array', minItems: 2, items: object({ value: { ...text, format: 'email' }, type: text }) },
    meta: { ...object({ created: moment, lastModified: moment }), readOnly: true },
  },
};

it('what a server says of a thing in an object of its own says when it was made and changed', () => {
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/Users': {
        get: answers({ type: 'array', items: user }),
        post: { requestBody: content(user), ...answers(user) },
      },
      '/Users/{id}': { parameters: path('id'), patch: { requestBody: content(user), ...answers(user) } },
    },
  });
  const made = read('POST', '/Users', { userName: 'ann' });
  expect(made.meta).toEqual({ created: '2025-01-15T09:30:00Z', lastModified: '2025-01-15T09:30:00Z' });
  const changed = read('PATCH', `/Users/${made.id}`, { displayName: 'Ann' });
  expect(changed.meta).toEqual({ created: '2025-01-15T09:30:00Z', lastModified: '2025-01-15T09:30:01Z' });
});

it('a person is one in parts of the name, in user name and in each address', () => {
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/Users': {
        get: {
          parameters: [{ name: 'userName', in: 'query', schema: text }],
          ...answers({ type: 'array', items: user }),
        },
      },
    },
  });
  for (const { name, displayName, userName, emails } of read('GET', '/Users')) {
    const last = name.familyName.toLowerCase().replaceAll(/[^a-z]/g, '');
    expect(name.formatted).toBe(`${name.givenName} ${name.familyName}`);
    expect(displayName).toBe(name.formatted);
    expect(userName).toContain(last);
    for (const { value } of emails) expect(value).toContain(last);
    expect(new Set(emails.map(({ value }: { value: string }) => value)).size).toBe(emails.length);
  }
});

it('nothing that is listed was deleted by its metadata, and what shows the thing again below it is that thing', () => {
  const pod = {
    type: 'object',
    properties: {
      metadata: { type: 'object', properties: { name: text, deletionTimestamp: moment } },
      spec: object({ node: text }),
      status: object({ phase: text, containerStatuses: { type: 'array', items: object({ name: text, image: text }) } }),
    },
  };
  const schema = { $ref: '#/components/schemas/Pod' };
  const { ask, read } = asking({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    components: { schemas: { Pod: pod } },
    paths: {
      '/pods': {
        get: answers(object({ items: { type: 'array', items: schema } })),
        post: { requestBody: content(schema), ...answers(schema) },
      },
      '/pods/{name}': { parameters: path('name'), get: answers(schema) },
      '/pods/{name}/status': { parameters: path('name'), get: answers(schema) },
    },
  });
  for (const { metadata } of read('GET', '/pods').items) expect(metadata).not.toHaveProperty('deletionTimestamp');
  ask('POST', '/pods', { metadata: { name: 'mine' }, spec: { node: 'a' } });
  expect(read('GET', '/pods/mine/status')).toEqual(read('GET', '/pods/mine'));
});
