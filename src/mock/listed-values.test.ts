import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const text = { type: 'string' };

// The name of a type in the place of an example shows nothing.
test.each([text, { ...text, example: 'string' }])(
  'what a filter lists is what there is of a member that may be any text: %j',
  (provider) => {
    const Scan = {
      type: 'object',
      required: ['id', 'provider', 'state', 'label'],
      properties: { id: { type: 'integer' }, provider, state: { enum: ['open', 'closed'] }, label: text },
    };
    const query = (name: string, values?: readonly string[]) => ({
      name,
      in: 'query',
      schema: values ? { type: 'string', enum: [...values] } : text,
    });
    const providers = ['aws', 'azure', 'all'];
    const mock = asking({
      openapi: '3.1.0',
      info: { title: 'Scans', version: '1' },
      paths: {
        '/scans': {
          parameters: [query('provider', providers), query('state', ['open']), query('label')],
          get: { responses: { 200: { description: 'OK', ...json({ type: 'array', items: Scan }) } } },
        },
      },
    });
    const scans: Record<string, string>[] = mock.read('GET', '/scans');
    expect(new Set(scans.map(({ provider }) => provider))).toEqual(new Set(['aws', 'azure']));
    expect(new Set(scans.map(({ state }) => state))).toEqual(new Set(['open', 'closed']));
    const aws = mock.read('GET', '/scans?provider=aws');
    expect(aws.length).toBeGreaterThan(0);
    expect(aws).toEqual(scans.filter(({ provider }) => provider === 'aws'));
  },
);
