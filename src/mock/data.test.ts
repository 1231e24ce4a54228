import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { documentFromObject, readDocument } from '../document/index.js';
import { dataDemands } from '../fake/index.js';
import { createOperations } from '../operation/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { createMock, type MockOptions } from './index.js';

const user: Json = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer' },
    name: { type: 'string' },
    avatar_url: { type: 'string', format: 'uri' },
    expires_at: { type: 'string', format: 'date-time' },
  },
};
const operations = createOperations(
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'test', version: '1' },
    paths: {
      '/users': {
        get: {
          responses: {
            200: {
              description: 'ok',
              content: { 'application/json': { schema: { type: 'array', items: user }, example: [{ id: 1 }] } },
            },
          },
        },
      },
    },
  }),
);

function ask(prefer: string | null, options: Partial<MockOptions> = {}, host = 'localhost:4010') {
  const mock = createMock({ operations, ...options });
  const headers = { host, ...(prefer !== null && { prefer }) };
  const answer = mock.answer({ method: 'GET', target: '/users', headers, body: null });
  return { ...answer, rows: JSON.parse(String(answer.body)) as JsonObject[] };
}

describe('Prefer: data', () => {
  it('gives the data that is asked for, also where the document has an example', () => {
    expect(ask(null).rows[0]).toEqual({ id: 1 });
    const { rows, headers } = ask('data=many');
    expect(rows).toHaveLength(100);
    expect(headers['Preference-Applied']).toBe('data=many');
    expect(ask('data=empty').rows).toEqual([]);
    for (const { name } of ask('data=rtl').rows) expect(name).toMatch(/[\u0590-\u06ff]/);
  });

  it('of an unknown kind is refused with those that there are', () => {
    const { status, body } = ask('data=huge');
    expect(status).toBe(422);
    for (const name of Object.keys(dataDemands)) expect(body).toContain(name);
  });

  it('can be set by the control API, which lists the same', async () => {
    const control = await readDocument(fileURLToPath(new URL('../../spec/counterproof-control.yaml', import.meta.url)));
    expect(control.at('/components/schemas/ActiveStep/properties/data/enum')).toEqual(Object.keys(dataDemands));
  });

  it('can be set by a host', () => {
    const mock = createMock({ operations });
    const request = { method: 'GET', target: '/users', headers: {}, body: null };
    expect(mock.answer(request, { data: 'empty' }).body).toBe('[]');
    expect(mock.answer(request).body).not.toBe('[]');
  });
});

describe('what a mock is made with', () => {
  it('says when it is, and how likely optional members are', () => {
    const [row] = ask('dynamic', { now: new Date('2040-01-01') }).rows;
    expect(String(row?.expires_at) > '2040').toBe(true);
    expect(ask('dynamic', { optional: 0 }).rows.flatMap((one) => Object.keys(one))).toEqual(
      ask('dynamic').rows.map(() => 'id'),
    );
  });

  it('says where pictures are: under the name by which it is asked, or in the address itself', () => {
    const picturePath = '/pictures';
    for (const host of ['localhost:4010', 'mock.example:80', 'localhost:4010']) {
      for (const prefer of ['dynamic', null]) {
        const { avatar_url } = ask(prefer, { picturePath }, host).rows.at(-1) ?? {};
        expect(avatar_url).toMatch(new RegExp(`^http://${host}/pictures/\\d+\\.svg$`));
      }
    }
    const mock = createMock({ operations, picturePath });
    const bodies = ['a:1', 'b:2', 'a:1'].map((host) => {
      const headers = { host, prefer: 'dynamic' };
      return String(mock.answer({ method: 'GET', target: '/users', headers, body: null }).body);
    });
    expect(bodies[1]).toContain('http://b:2/pictures/');
    expect(bodies[2]).toBe(bodies[0]);
    expect(ask('dynamic').rows[0]?.avatar_url).toMatch(/^data:image\/svg\+xml,/);
  });
});
