import { expect, test } from 'vitest';
import type { JsonObject } from '../text/value.js';
import { asking } from './library/asking.js';

const text = { type: 'string' };
const integer = { type: 'integer' };
const object = (properties: JsonObject) => ({ type: 'object', properties });
const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const list = (items: JsonObject) => ({ type: 'array', items });
const Employees = object({ Status: text, Employees: list({ $ref: '#/components/schemas/Employee' }) });
const answer = (schema: JsonObject) => ({ responses: { 200: { description: 'OK', ...json(schema) } } });
const inPath = (name: string) => [{ name, in: 'path', required: true, schema: text }];

const mock = () =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Payroll', version: '1' },
    components: { schemas: { Employee: object({ EmployeeID: text, FirstName: text, Team: text }) } },
    paths: {
      '/Employees': { get: answer(Employees) },
      '/Employees/{EmployeeID}': {
        parameters: inPath('EmployeeID'),
        get: answer(Employees),
        post: { requestBody: json(list({ $ref: '#/components/schemas/Employee' })), ...answer(Employees) },
        delete: answer(Employees),
      },
      '/Teams/{Team}/Employees': { parameters: inPath('Team'), get: answer(Employees) },
    },
  });

test('one thing that its path answers with as a list of it alone is that one, and what is sent in such a list changes it', () => {
  const { read, ask } = mock();
  const { Employees: all } = read('GET', '/Employees');
  expect(all).toHaveLength(25);
  const [, second] = all;
  const path = `/Employees/${second.EmployeeID}`;
  expect(read('GET', path).Employees).toEqual([second]);
  // Every key exists.
  expect(read('GET', '/Employees/unheard').Employees).toMatchObject([{ EmployeeID: 'unheard' }]);

  const changed = { ...second, FirstName: 'Rex' };
  expect(read('POST', path, [{ FirstName: 'Rex' }] as unknown as JsonObject).Employees).toEqual([changed]);
  expect(read('GET', path).Employees).toEqual([changed]);
  expect(read('GET', '/Employees').Employees[1]).toEqual(changed);

  ask('DELETE', path);
  expect(ask('GET', path).status).toBe(404);
  expect(read('GET', '/Employees').Employees).toHaveLength(24);
});

test('a path that names what several things share lists all of these', () => {
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    paths: {
      '/products': { get: answer(object({ products: list(object({ id: integer, category: { enum: ['a', 'b'] } })) })) },
      '/products/{category}': {
        parameters: [{ name: 'category', in: 'path', required: true, schema: { enum: ['a', 'b'] } }],
        get: answer(object({ products: list(object({ id: integer, category: { enum: ['a', 'b'] } })) })),
      },
    },
  });
  const { products } = read('GET', '/products');
  const own = products.filter(({ category }: { category: string }) => category === 'b');
  expect(own.length).toBeGreaterThan(1);
  expect(read('GET', '/products/b').products).toEqual(own);
});

test('beside pages `from` and `to` say which rows are shown, and elsewhere from when to when', () => {
  const row = object({ id: integer });
  const meta = object({ current_page: integer, per_page: integer, total: integer, from: integer, to: integer });
  const query = [{ name: 'page', in: 'query', schema: integer }];
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Pages', version: '1' },
    paths: {
      '/users': { get: { parameters: query, ...answer(object({ data: list(row), meta })) } },
      '/visits': { get: { parameters: query, ...answer(object({ data: list(row), from: text, to: text })) } },
    },
  });
  expect(read('GET', '/users?page=2').meta).toMatchObject({
    current_page: 2,
    per_page: 10,
    total: 25,
    from: 11,
    to: 20,
  });
  expect(read('GET', '/users?page=9').meta).not.toHaveProperty('from', 81);
  expect(read('GET', '/visits').from).toEqual(expect.any(String));
});

test('what stands in the answers of lists too says nothing of one thing: its path answers with a page of it alone', () => {
  const paging = object({ max: integer, total: integer, currentUrl: text });
  const wrapped = { $ref: '#/components/schemas/Wrapped' };
  const query = ['max', 'offset'].map((name) => ({ name, in: 'query', schema: integer }));
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Campaigns', version: '1' },
    components: {
      schemas: {
        Wrapped: object({
          callback: text,
          meta: object({ pagination: paging }),
          results: list(object({ id: integer, name: text, endDate: text })),
        }),
      },
    },
    paths: {
      '/campaigns.json': { get: { parameters: query, ...answer(wrapped) } },
      '/campaigns/{id}.json': { parameters: inPath('id'), get: answer(wrapped) },
    },
  });
  const { results, meta } = read('GET', '/campaigns.json?max=9');
  expect(results).toHaveLength(9);
  expect(meta.pagination).toEqual({ max: 9, total: 25, currentUrl: '/campaigns.json?max=9' });
  expect(read('GET', `/campaigns/${results[3].id}.json`).results).toEqual([results[3]]);
});

test('a path that takes several keys shows the one of a single key, in the list of its answer', () => {
  const groups = answer(object({ data: list(object({ id: integer, name: text })) }));
  const several = { name: 'id', in: 'path', required: true, schema: list(integer), style: 'simple' };
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Groups', version: '1' },
    paths: { '/groups': { get: groups }, '/groups/{id}': { parameters: [several], get: groups } },
  });
  const [, second] = read('GET', '/groups').data;
  expect(read('GET', `/groups/${second.id}`).data).toEqual([second]);
  expect(read('GET', '/groups/9616').data).toMatchObject([{ id: 9616 }]);
});

test('things that nothing tells apart are all shown, as many as their total says', () => {
  const { read } = asking({
    openapi: '3.1.0',
    info: { title: 'Votes', version: '1' },
    paths: {
      '/polls/{poll}/votes': {
        parameters: [...inPath('poll'), ...['limit', 'offset'].map((name) => ({ name, in: 'query', schema: integer }))],
        get: answer(
          object({
            total: integer,
            votes: list(object({ choice: { enum: ['yes', 'no'] }, isSure: { type: 'boolean' } })),
          }),
        ),
      },
    },
  });
  const { votes, total } = read('GET', '/polls/7/votes?limit=100');
  expect([votes.length, total]).toEqual([25, 25]);
});
