import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { answer } from './library/answer.js';
import { foundOf, violatedBy } from './library/violated.js';

const text = { type: 'string', minLength: 1, maxLength: 20 };
const id = { type: 'integer' };
const object = (properties: JsonObject, ...required: string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
});
const json = (schema: JsonObject) => ({ description: 'x', content: { 'application/json': { schema } } });
const list = (items: JsonObject): JsonObject => ({ type: 'array', items, minItems: 1, maxItems: 9 });
const course = object({ id, name: text }, 'id', 'name');
const lesson = object({ id, topic: text }, 'id', 'topic');
const at = (name: string) => ({ name, in: 'path', required: true, schema: id });
const missing = { 404: { description: 'Nothing is there' } };

/** Lessons are made several at once, and never one alone. */
const paths: JsonObject = {
  '/courses': {
    get: { responses: { 200: json({ type: 'array', items: course }) } },
    post: { requestBody: json(object({ name: text }, 'name')), responses: { 201: json(course) } },
  },
  '/courses/{courseId}': {
    parameters: [at('courseId')],
    get: { responses: { 200: json(course), ...missing } },
  },
  '/courses/{courseId}/lessons': {
    parameters: [at('courseId')],
    get: { responses: { 200: json({ type: 'array', items: lesson }), ...missing } },
    post: {
      requestBody: { required: true, ...json(list(object({ topic: text }, 'topic'))) },
      responses: { 201: json(list(lesson)), ...missing },
    },
  },
  '/courses/{courseId}/lessons/{lessonId}': {
    parameters: [at('courseId'), at('lessonId')],
    get: { responses: { 200: json(lesson), ...missing } },
    delete: { responses: { 204: { description: 'x' }, ...missing } },
  },
};
const documentWith = (some: JsonObject) =>
  createOperations(documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: some }));
const operations = documentWith(paths);

function serverOf(defect: string) {
  const courses = new Map<number, JsonObject>();
  const lessons = new Map<number, { readonly of: number; readonly row: JsonObject }>();
  let next = 1;
  const add = (of: number, sent: JsonObject, isFirst: boolean): JsonObject => {
    const row = { id: next++, ...sent };
    const kept = defect === 'one topic' ? { ...row, topic: 'Lesson' } : row;
    if (isFirst || defect !== 'first alone') lessons.set(row.id, { of, row: kept });
    return row;
  };
  const below = (of: number, key: string | undefined, { method }: HttpRequest, sent: Json): Received => {
    if (!courses.has(of) && defect !== 'any course') return answer(404, {});
    if (method === 'POST')
      return answer(
        201,
        (sent as JsonObject[]).map((each, index) => add(of, each, index === 0)),
      );
    const isIn = (each: { readonly of: number }) => each.of === of || defect === 'of all';
    if (key === undefined)
      return answer(
        200,
        [...lessons.values()].filter(isIn).map(({ row }) => row),
      );
    const found = lessons.get(Number(key));
    if (found === undefined || !isIn(found)) return answer(404, {});
    if (method === 'DELETE' && defect !== 'stays') lessons.delete(Number(key));
    return method === 'DELETE' ? answer(204) : answer(200, found.row);
  };
  const send = async (request: HttpRequest): Promise<Received> => {
    const { method, target, body } = request;
    const sent = body === null || body.length === 0 ? {} : (JSON.parse(new TextDecoder().decode(body)) as Json);
    const [, , key, inner, lessonKey] = target.split('/');
    if (inner !== undefined) return below(Number(key), lessonKey, request, sent);
    if (key === undefined && method === 'GET') return answer(200, [...courses.values()]);
    const row = key === undefined ? { id: next++, ...(sent as JsonObject) } : courses.get(Number(key));
    if (row === undefined) return answer(404, {});
    courses.set(Number(row.id), row);
    return answer(method === 'POST' ? 201 : 200, row);
  };
  return { send, lessons };
}

it.each([
  ['nothing', []],
  ['first alone', ['create-stored']],
  ['one topic', ['values-kept']],
  ['of all', ['under-parent-only']],
  ['stays', ['deleted-gone']],
])('what is only made with others is followed too: %s', async (defect, checks) => {
  const { send } = serverOf(defect);
  expect(await violatedBy(send, { operations, allowWrites: true })).toEqual(expect.arrayContaining(checks));
  if (checks.length === 0) expect(await violatedBy(send, { operations, allowWrites: true })).toEqual([]);
});

it('is not followed where nobody knows what it stands below', async () => {
  const below = Object.fromEntries(Object.entries(paths).filter(([path]) => path.includes('/lessons')));
  const { send } = serverOf('any course');
  expect(await violatedBy(send, { operations: documentWith(below), allowWrites: true })).toEqual([]);
});

it('and is removed at the end, whoever made it', async () => {
  const { send, lessons } = serverOf('nothing');
  await foundOf(send, { operations, allowWrites: true, aspects: ['accepted', 'life'] });
  expect([...lessons.values()]).toEqual([]);
});
