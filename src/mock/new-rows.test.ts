import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';
import { answer, count, inPath, json, list, object, ref, text } from './library/document.js';

const servers = (schema: JsonObject) => ({ ...schema, readOnly: true });
const moment = { type: 'string', format: 'date-time' };
const maybeMoment = servers({ ...moment, type: ['string', 'null'] });

const enrolments = asking({
  openapi: '3.1.0',
  info: { title: 'Enrolments', version: '1' },
  components: {
    schemas: {
      Enrolment: object({
        type: { const: 'enrolments' },
        id: servers(text),
        attributes: object({
          status: servers({ type: 'string', enum: ['active', 'completed', 'withdrawn'] }),
          progress: servers({ type: 'integer', minimum: 0, maximum: 100 }),
          published: servers({ type: 'boolean' }),
          publishedAt: maybeMoment,
          enrolledAt: servers(moment),
          completedAt: maybeMoment,
        }),
        meta: object({ course: text }),
      }),
      Plan: object({
        id: servers(count),
        name: text,
        trial_ends_at: servers(moment),
        period_start: servers(moment),
        period_end: servers(moment),
        created_at: servers(moment),
      }),
    },
  },
  paths: {
    '/enrolments': {
      get: { responses: { 200: answer(object({ data: list(ref('Enrolment')) })) } },
      post: {
        requestBody: json(object({ data: object({ type: { const: 'enrolments' }, meta: object({ course: text }) }) })),
        responses: { 201: answer(object({ data: ref('Enrolment') })) },
      },
    },
    '/enrolments/{id}': {
      parameters: [inPath('id')],
      get: { responses: { 200: answer(object({ data: ref('Enrolment') })) } },
    },
    '/plans': {
      get: { responses: { 200: answer(list(ref('Plan'))) } },
      post: { requestBody: json(object({ name: text })), responses: { 201: answer(ref('Plan')) } },
    },
    '/plans/{id}': { parameters: [inPath('id', count)], get: { responses: { 200: answer(ref('Plan')) } } },
  },
});

interface Shown {
  readonly attributes: {
    readonly status: string;
    readonly progress: number;
    readonly published: boolean;
    readonly publishedAt: string | null;
    readonly completedAt: string | null;
    readonly enrolledAt: string;
  };
}

test('what a resource object says in its attributes agrees with its state', () => {
  for (const { attributes: each } of enrolments.read('GET', '/enrolments').data as Shown[]) {
    expect([each.published, each.status === 'completed']).toEqual([
      each.publishedAt !== null,
      each.completedAt !== null,
    ]);
    if (each.status === 'completed') expect(each.progress).toBe(100);
  }
});

test('a new thing has no past, also where nothing is sent of its attributes', () => {
  const before: Shown[] = enrolments.read('GET', '/enrolments').data;
  for (const _ of before.slice(0, 5)) {
    const body = { data: { type: 'enrolments', meta: { course: 'c' } } };
    const { attributes }: Shown = enrolments.read('POST', '/enrolments', body).data;
    const fresh = { status: 'active', progress: 0, published: false, publishedAt: null, completedAt: null };
    expect(attributes).toMatchObject(fresh);
    expect(before.every((one) => one.attributes.enrolledAt < attributes.enrolledAt)).toBe(true);
  }
});

test('what goes on from when a thing is made, or ends after that, is not before it', () => {
  const old: JsonObject[] = enrolments.read('GET', '/plans');
  expect(old.length).toBeGreaterThan(5);
  for (const _ of old.slice(0, 5)) {
    const { trial_ends_at, period_start, period_end, created_at } = enrolments.read('POST', '/plans', { name: 'New' });
    expect([trial_ends_at, period_start].every((date) => date >= created_at)).toBe(true);
    expect(period_end > period_start).toBe(true);
  }
});
