import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { createOperations } from '../operation/index.js';
import type { Json, JsonObject } from '../text/value.js';
import type { Ground } from './ground.js';
import { overlaid } from './overlay.js';
import { type RowPlace, shapeAt } from './shape.js';

const note = { type: 'object', properties: { id: { type: 'integer' }, text: { type: 'string' } } };
const reference = { $ref: '#/components/schemas/Note' };

/** The shapes of the rows of a list and of what is read by itself. */
function shapesOf(items: Json, item: Json) {
  const get = (schema: Json): Json => ({
    get: { responses: { 200: { description: 'd', content: { 'application/json': { schema } } } } },
  });
  const operations = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: { '/notes': get({ type: 'array', items }), '/notes/{id}': get(item) },
      components: { schemas: { Note: note, Named: { ...reference, description: 'Called otherwise' } } },
    } as JsonObject),
  );
  return operations.entries.map((entry) => {
    const content = operations.compile(entry).responses[0]?.content[0];
    if (content === undefined) throw new Error('there is an answer');
    const place: RowPlace = { path: [], list: entry.path === '/notes' ? 'array' : null, inside: [] };
    return shapeAt(content, place, 'response', { operations } as Ground);
  });
}

it.each<[string, Json, Json, boolean]>([
  ['refers to one schema', reference, { ...reference, description: 'One of them' }, true],
  ['leads to one schema over others', reference, { $ref: '#/components/schemas/Named' }, true],
  ['says the same word for word', note, { ...note }, true],
  ['says more', reference, { ...reference, required: ['text'] }, false],
])('what %s: has one shape where it is the same, so that a row is looked at once', (_, items, item, isOne) => {
  const [list, one] = shapesOf(items, item);
  expect(list === one).toBe(isOne);
  expect([list, one]).not.toContain(null);
});

it('shows what was sent in another form in its own', () => {
  const string = { type: 'string' };
  const role = { type: 'object', required: ['id', 'label'], properties: { id: { type: 'integer' }, label: string } };
  const keys = { type: 'array', items: { type: 'integer' } };
  const properties = {
    to: string,
    tags: { type: 'array', items: string },
    role,
    owner: { type: 'integer' },
    watchers: keys,
  };
  const [, shape] = shapesOf(note, { type: 'object', properties });
  const base = { to: 'x', tags: ['x'], role: { id: 1, label: 'guest' }, owner: 1, watchers: [3] };
  const ada = { id: 7, name: 'Ada' };
  const sent = { to: ['a', 'b'], tags: 'a', role: 2, owner: ada, watchers: [ada, { id: 8 }] };
  expect(shape && overlaid(base, sent, shape.schema)).toEqual({
    to: 'a',
    tags: ['a'],
    role: { id: 2, label: 'guest' },
    owner: 7,
    watchers: [7, 8],
  });
});

it('shows null where it may be, also beside what may not stand as it is', () => {
  const properties = { reason: { type: ['string', 'null'] }, head: { type: 'object', required: ['repo'] } };
  const [, shape] = shapesOf(note, { type: 'object', required: ['reason', 'head'], properties });
  const base = { reason: 'too heated', head: { repo: {} } };
  expect(shape && overlaid(base, { reason: null, head: null }, shape.schema)).toEqual({ ...base, reason: null });
});
