import { afterEach, expect, test, vi } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { JsonObject } from '../text/value.js';
import { createMock, type MockOptions } from './create-mock.js';
import type { Aside } from './types.js';

afterEach(() => void vi.restoreAllMocks());

const json = (schema: JsonObject) => ({ 'application/json': { schema } });
const to = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
const resource = (path: string, name: string) => ({
  [path]: {
    get: { responses: { 200: { description: '', content: json({ type: 'array', items: to(name) }) } } },
    post: {
      requestBody: { required: true, content: json(to(name)) },
      responses: { 201: { description: '', content: json(to(name)) } },
    },
  },
  [`${path}/{id}`]: {
    parameters,
    get: { responses: { 200: { description: '', content: json(to(name)) } } },
    delete: { responses: { 204: { description: '' } } },
  },
});
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`member${at}`, { type: 'integer' }]));
const row = (more: JsonObject): JsonObject => ({
  type: 'object',
  required: ['id', ...Object.keys(more)],
  properties: { id: { type: 'integer' }, ...more },
});
const document = documentFromObject({
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: { ...resource('/users', 'User'), ...resource('/tasks', 'Task'), ...resource('/books', 'Book') },
  components: {
    schemas: {
      User: row({ name: { type: 'string' } }),
      Task: row({ title: { type: 'string' }, user: row({ name: { type: 'string' } }) }),
      Book: row(many(600)),
    },
  },
} as never);
const mockWith = (aside?: Aside, more: Partial<MockOptions> = {}) =>
  createMock({ operations: createOperations(document), ...(aside && { aside }), ...more });
const get = (target: string) => ({ method: 'GET', target, headers: {}, body: null });

/** As if all took its time: each look at the clock is later than a slice. */
function slowly(): void {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 30));
}

test('an answer with rows that are long in the making is made in slices where others wait, with the same bytes', async () => {
  for (const target of ['/tasks', '/tasks/3', '/tasks?limit=2', '/users']) {
    slowly();
    const mock = mockWith(() => null);
    const answered = mock.respond(get(target));
    expect(answered).toBeInstanceOf(Promise);
    let turns = 0;
    const turn = () => {
      turns += 1;
      others = setImmediate(turn);
    };
    let others = setImmediate(turn);
    const { body } = await answered;
    clearImmediate(others);
    expect(turns).toBeGreaterThan(0);
    vi.restoreAllMocks();
    expect(body).toEqual(mockWith().answer(get(target)).body);
    expect(mock.respond(get(target))).not.toBeInstanceOf(Promise);
  }
});

test('where nobody waits it is made at once', () => {
  slowly();
  expect(mockWith().respond(get('/tasks'))).not.toBeInstanceOf(Promise);
});

test('what is changed in slices holds only where nobody has changed what was read', async () => {
  slowly();
  const mock = mockWith(() => null);
  const { next } = await mock.respond({ ...get('/tasks/3'), method: 'DELETE' });
  const other = mock.answer({ ...get('/books/4'), method: 'DELETE' });
  const same = mock.answer({ ...get('/tasks/3'), method: 'DELETE' });
  expect(next?.changes).toHaveLength(1);
  expect(other.next && next?.holdsIn?.(other.next.state)).toBe(true);
  expect(same.next && next?.holdsIn?.(same.next.state)).toBe(false);
});

test('what needs a row that is long in the making by itself is answered aside, also where little is said of the operation', async () => {
  const asked: boolean[] = [];
  const mock = mockWith((_, here, isHeavy) => {
    asked.push(isHeavy);
    return isHeavy ? Promise.resolve({ answer: here(), read: null }) : null;
  });
  const removal = { ...get('/books/3'), method: 'DELETE' };
  expect((await mock.respond(removal)).status).toBe(204);
  expect(asked).toEqual([false, true]);
  await mock.respond({ ...removal, target: '/books/4' });
  expect(asked).toEqual([false, true, true]);
});

test('where nothing can be answered aside it is made here', async () => {
  const mock = mockWith(() => null);
  expect((await mock.respond(get('/books/3'))).body).toEqual(mockWith().answer(get('/books/3')).body);
});

/** Five switches under so many clauses of three of them each: which of them hold together has to be tried. */
function clauses(count: number): JsonObject {
  let last = 9;
  const draw = (below: number) => {
    last = (last * 1103515245 + 12345) & 0x7fffffff;
    return Math.floor((last / 0x7fffffff) * below);
  };
  const literal = () => ({ properties: { [`x${draw(5)}`]: { const: draw(2) === 1 } } });
  const names = ['x0', 'x1', 'x2', 'x3', 'x4'];
  return {
    type: 'object',
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, { type: 'boolean' }])),
    allOf: Array.from({ length: count }, () => ({ anyOf: [literal(), literal(), literal()] })),
  };
}

test('what is searched for long is made aside, where nothing of it says beforehand that it is large', async () => {
  const hard = (count: number) =>
    createOperations(
      documentFromObject({
        openapi: '3.1.0',
        info: { title: 'T', version: '1' },
        paths: { '/switches': { get: { responses: { 200: { description: '', content: json(clauses(count)) } } } } },
      } as never),
    );
  const asked: boolean[] = [];
  const aside: Aside = (_, here, isHeavy) => {
    asked.push(isHeavy);
    return isHeavy ? Promise.resolve({ answer: here(), read: null }) : null;
  };
  const mock = createMock({ operations: hard(15), aside });
  slowly();
  const { body } = await mock.respond(get('/switches'));
  vi.restoreAllMocks();
  expect(asked).toEqual([false, true]);
  expect(body).toEqual(createMock({ operations: hard(15) }).answer(get('/switches')).body);
  // What is found soon is not, however slow the machine.
  asked.length = 0;
  slowly();
  await createMock({ operations: hard(2), aside }).respond(get('/switches'));
  expect(asked).toEqual([false]);
});
