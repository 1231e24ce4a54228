import { expect, it } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: JsonObject) => ({ 'application/json': { schema } });
const answer = (schema: JsonObject) => ({ description: 'd', content: json(schema) });
const kind = (properties: JsonObject) => ({
  allOf: [ref('Pet'), { type: 'object', required: Object.keys(properties), properties }],
});

/** A base with a discriminator, and two that extend it (OpenAPI 3.0, 4.7.25): nothing says which there are but their `allOf`. */
const document = {
  openapi: '3.0.3',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/pets': {
      get: { responses: { 200: answer({ type: 'array', items: ref('Pet') }) } },
      post: { requestBody: { required: true, content: json(ref('Pet')) }, responses: { 201: answer(ref('Pet')) } },
    },
    '/pets/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { responses: { 200: answer(ref('Pet')) } },
      patch: { requestBody: { required: true, content: json(ref('Pet')) }, responses: { 200: answer(ref('Pet')) } },
    },
  },
  components: {
    schemas: {
      Pet: {
        type: 'object',
        discriminator: { propertyName: 'petType' },
        required: ['petType', 'id'],
        properties: {
          id: { type: 'integer', readOnly: true },
          petType: { type: 'string' },
          name: { type: 'string' },
        },
      },
      Cat: kind({ lives: { type: 'integer', minimum: 1, maximum: 9 } }),
      Dog: kind({ bark: { type: 'string', enum: ['loud', 'soft'] } }),
    },
  },
} as unknown as JsonObject;

it('shows of each row what its kind has, in lists and by itself', () => {
  const { read } = asking(document);
  const pets: JsonObject[] = read('GET', '/pets');
  expect(pets.length).toBeGreaterThan(10);
  expect(new Set(pets.map(({ petType }) => petType))).toEqual(new Set(['Cat', 'Dog']));
  for (const { petType, ...pet } of pets) {
    expect(Object.keys(pet)).toContain(petType === 'Cat' ? 'lives' : 'bark');
    expect(Object.keys(pet)).not.toContain(petType === 'Cat' ? 'bark' : 'lives');
  }
  expect(read('GET', `/pets/${pets.at(-1)?.id}`)).toEqual(pets.at(-1));
});

it('keeps what was sent of a kind', () => {
  const { read } = asking(document);
  const cat = read('POST', '/pets', { petType: 'Cat', name: 'Tom', lives: 9 });
  const dog = read('POST', '/pets', { petType: 'Dog', name: 'Rex', bark: 'loud' });
  expect(cat).toEqual({ id: expect.any(Number), petType: 'Cat', name: 'Tom', lives: 9 });
  expect(dog).toEqual({ id: expect.any(Number), petType: 'Dog', name: 'Rex', bark: 'loud' });
  expect(read('PATCH', `/pets/${dog.id}`, { petType: 'Dog', bark: 'soft' })).toEqual({ ...dog, bark: 'soft' });
  expect(read('GET', '/pets')).toEqual(expect.arrayContaining([cat, { ...dog, bark: 'soft' }]));
});

it('makes a thing of the kind that was sent, though no other one there is is of it', () => {
  const type = (name: string, needed: string) => ({
    type: 'object',
    required: ['id', 'type', needed],
    properties: {
      id: { type: 'string' },
      name: { type: 'string' },
      type: { enum: [name] },
      [needed]: { type: 'string' },
    },
    additionalProperties: false,
  });
  const source = { oneOf: [type('http', 'url'), type('s3', 'bucket'), type('gcs', 'email')] };
  const sent = {
    type: 'object',
    required: ['type'],
    properties: {
      type: { type: 'string', enum: ['http', 's3', 'gcs'] },
      name: { type: 'string' },
      bucket: { type: 'string' },
    },
  };
  const { read } = asking({
    openapi: '3.0.3',
    info: { title: 'Sources', version: '1' },
    paths: {
      '/sources': {
        get: { responses: { 200: answer({ type: 'array', items: source }) } },
        post: { requestBody: { required: true, content: json(sent) }, responses: { 201: answer(source) } },
      },
    },
  } as unknown as JsonObject);
  for (const kind of ['http', 's3', 'gcs', 'http', 's3', 'gcs'])
    expect(read('POST', '/sources', { type: kind, name: 'Mine', bucket: 'b' })).toMatchObject({
      type: kind,
      name: 'Mine',
    });
});

it('shows of rows of several kinds other values in each, also of what one kind has alone', () => {
  const number = { type: 'number', minimum: 0, maximum: 1000 };
  const branch = (kind: string, more: JsonObject) => ({
    type: 'object',
    required: ['kind', ...Object.keys(more)],
    properties: { kind: { const: kind }, ...more },
  });
  const { read } = asking({
    ...document,
    components: {
      schemas: {
        Pet: {
          type: 'object',
          required: ['id'],
          properties: { id: { type: 'integer' } },
          oneOf: [branch('bird', { wings: number, weight: number }), branch('fish', { fins: number, weight: number })],
        },
      },
    },
  } as unknown as JsonObject);
  const pets: JsonObject[] = read('GET', '/pets');
  const values = (name: string) => pets.flatMap((pet) => (pet[name] === undefined ? [] : [pet[name]]));
  expect(pets.every((pet) => Object.keys(pet).length === 4)).toBe(true);
  for (const name of ['wings', 'fins', 'weight']) expect(new Set(values(name)).size).toBe(values(name).length);
});
