import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const object = (properties: JsonObject) => ({ type: 'object', properties });
const text = { type: 'string' };
const integer = { type: 'integer' };
const number = { type: 'number' };
const mark = { type: 'boolean' };
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const answer = (properties: JsonObject) => ({ responses: { 200: { description: 'OK', ...json(object(properties)) } } });
const failing = {
  400: { description: 'Refused', ...json(object({ success: mark, message: text, statusText: text })) },
};
const body = json(object({ wait: integer }));

const { ask, read } = asking({
  openapi: '3.1.0',
  info: { title: 'Outcomes', version: '1' },
  paths: {
    '/ping': {
      post: { requestBody: body, responses: { ...answer({ success: mark, message: text }).responses, ...failing } },
    },
    '/run': {
      post: answer({
        ok: mark,
        error: text,
        errorCode: integer,
        errors: { type: 'array', items: text },
        status: number,
      }),
    },
    '/shown': { post: answer({ success: { ...mark, default: false }, message: { ...text, example: 'It is done' } }) },
    '/parts': {
      get: answer({ status: object({ code: integer, message: text }), values: { type: 'array', items: text } }),
    },
    '/checks/last': { get: answer({ id: integer, success: mark, errorMessage: text }) },
    '/units': {
      get: answer({
        isSuccess: mark,
        retCode: text,
        errMsg: text,
        data: { type: 'array', items: object({ id: integer, name: text }) },
      }),
    },
    '/units/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: integer }],
      get: answer({ isSuccess: mark, retCode: text, errMsg: text, data: object({ id: integer, name: text }) }),
    },
  },
});

test('an answer to what is right says that it went well, and one to what is wrong that it did not', () => {
  expect(read('POST', '/ping', {})).toEqual({ success: true, message: 'OK' });
  expect(ask('POST', '/ping', { wait: 'long' }).body).toMatchInlineSnapshot(
    `"{"success":false,"message":"body /wait: must be an integer, not a string","statusText":"Bad Request"}"`,
  );
  expect(read('POST', '/run')).toEqual({ ok: true, errorCode: 0, status: 200 });
  expect(read('GET', '/parts')).toMatchObject({ status: { code: 200, message: 'OK' } });
});

test('what an author shows is shown, but for a default', () => {
  expect(read('POST', '/shown')).toEqual({ success: true, message: 'It is done' });
});

test('a thing may say of itself how it went', () => {
  expect(read('GET', '/checks/last')).toHaveProperty('errorMessage', expect.any(String));
});

test('what says how an answer went stands beside what was asked for, and is nothing of it', () => {
  const { data, ...around } = read('GET', '/units');
  expect(around).toEqual({ isSuccess: true, retCode: '0' });
  const [first] = data;
  expect(read('GET', `/units/${first.id}`)).toEqual({ isSuccess: true, retCode: '0', data: first });
});
