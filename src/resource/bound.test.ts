import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { boundScope } from './bound.js';
import { findResources } from './index.js';

const text = { type: 'string' };
const json = (schema: JsonObject) => ({
  responses: { 200: { description: 'd', content: { 'application/json': { schema } } } },
});
const object = (...names: string[]) => ({
  type: 'object',
  required: names,
  properties: Object.fromEntries(names.map((name) => [name, text])),
});
const below = (...names: string[]) => ({
  parameters: names.map((name) => ({ name, in: 'path', required: true, schema: text })),
});
const list = (items: JsonObject) => json({ type: 'array', items });

it('does not take what a row says it is of for what it stands under', () => {
  const wlan = object('id', 'site_id', 'org_id');
  const document = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/orgs': { get: list(object('id')) },
      '/orgs/{org_id}': { ...below('org_id'), get: json(object('id')) },
      '/sites': { get: list(object('id')) },
      '/sites/{site_id}': { ...below('site_id'), get: json(object('id')) },
      '/sites/{site_id}/wlans': { ...below('site_id'), get: list({ $ref: '#/components/schemas/Wlan' }) },
      '/sites/{site_id}/wlans/{wlan_id}': {
        ...below('site_id', 'wlan_id'),
        get: json({ $ref: '#/components/schemas/Wlan' }),
      },
      '/orgs/{org_id}/wlans': {
        ...below('org_id'),
        get: { operationId: 'ofOrg', ...list({ $ref: '#/components/schemas/Wlan' }) },
      },
    },
    components: { schemas: { Wlan: wlan } },
  } as unknown as JsonObject;
  const role = findResources(createOperations(documentFromObject(document))).roleOf('ofOrg');
  expect(role?.resource.name).toBe('sites.wlans');
  expect(role && boundScope(role)).toEqual([-1]);
});
