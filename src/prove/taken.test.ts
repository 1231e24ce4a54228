import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { faults } from '../fault/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { prove } from './index.js';

const ok = (schema: JsonObject) => ({ description: 'ok', content: { 'application/json': { schema } } });
const refused = (description: string) => ({ description });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const sku = { type: 'string', pattern: '^[A-Z0-9-]{3,20}$', example: 'TEA-001' };
const product = { $ref: '#/components/schemas/Product' };
const order = { $ref: '#/components/schemas/Order' };
const body = (schema: JsonObject) => ({ required: true, content: { 'application/json': { schema } } });

const document = documentFromObject({
  openapi: '3.1.0',
  info: { title: 'Shop', version: '1' },
  security: [{ key: [] }],
  paths: {
    '/products': {
      get: { responses: { 200: ok({ type: 'array', items: product }), 401: refused('Unauthorized') } },
      post: {
        operationId: 'createProduct',
        requestBody: body({
          type: 'object',
          required: ['sku', 'name'],
          properties: { sku, name: { type: 'string', minLength: 1, maxLength: 50 } },
        }),
        responses: { 201: ok(product), 401: refused('Unauthorized'), 409: refused('A product with this sku exists') },
      },
    },
    '/products/{id}': { get: { parameters: [id], responses: { 200: ok(product), 404: refused('Not found') } } },
    '/orders': {
      get: { responses: { 200: ok({ type: 'array', items: order }), 401: refused('Unauthorized') } },
      post: {
        requestBody: body({ type: 'object', required: ['email'], properties: { email: { type: 'string' } } }),
        responses: { 201: ok(order), 401: refused('Unauthorized') },
      },
    },
    '/orders/{id}': { get: { parameters: [id], responses: { 200: ok(order), 404: refused('Not found') } } },
    '/orders/{id}/pay': {
      post: {
        operationId: 'payOrder',
        description: 'Pays a pending order.',
        parameters: [id],
        responses: {
          200: ok(order),
          401: refused('Unauthorized'),
          404: refused('Not found'),
          409: refused('Only a pending order can be paid'),
        },
      },
    },
  },
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    schemas: {
      Product: {
        type: 'object',
        required: ['id', 'sku', 'name'],
        properties: {
          id: { type: 'integer', readOnly: true },
          sku,
          name: { type: 'string', minLength: 1, maxLength: 50 },
        },
      },
      Order: {
        type: 'object',
        required: ['id', 'email', 'status'],
        properties: {
          id: { type: 'integer', readOnly: true },
          email: { type: 'string' },
          status: {
            type: 'string',
            enum: ['shipped', 'cancelled', 'paid', 'pending'],
            default: 'pending',
            readOnly: true,
          },
        },
      },
    },
  },
});

/** What was not caught, of faults of these families in one operation. */
async function survivorsIn(operationId: string, families: readonly string[]) {
  const { trials, falseAlarms } = await prove({
    operations: createOperations(document),
    faults: faults.filter(({ family }) => families.includes(family)),
    only: ({ id }) => id === operationId,
    maxSites: 3,
  });
  expect(falseAlarms).toEqual([]);
  const of = (kind: string) => trials.filter(({ outcome }) => outcome.kind === kind).map(({ fault }) => fault);
  expect(of('killed').length).toBeGreaterThan(10);
  return { survived: of('survived'), notTried: of('not-tried') };
}

const nothing = { survived: [], notTried: [] };

describe('a valid request that the mock refuses for what it has', () => {
  it('is sent with names of its own where the example of a create is there already', async () => {
    expect(await survivorsIn('createProduct', ['auth', 'parameters'])).toEqual(nothing);
  });

  it('is sent to a thing in the state that an action asks for', async () => {
    expect(await survivorsIn('payOrder', ['auth', 'shape', 'required'])).toEqual(nothing);
  });
});
