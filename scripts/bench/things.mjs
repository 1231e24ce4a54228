import { jsonFile } from './command.mjs';
import { startMock } from './mock.mjs';

const thing = {
  type: 'object',
  required: ['id', 'name', 'state', 'price', 'createdAt'],
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string', minLength: 1, maxLength: 100 },
    state: { type: 'string', enum: ['open', 'closed', 'paused'] },
    price: { type: 'number', minimum: 0 },
    note: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } },
    createdAt: { type: 'string', format: 'date-time', readOnly: true },
  },
};
const json = (schema) => ({ content: { 'application/json': { schema } } });
/** A collection as applications have them. */
const document = {
  openapi: '3.1.0',
  info: { title: 'Things', version: '1' },
  paths: {
    '/things': {
      get: {
        parameters: ['limit', 'offset'].map((name) => ({ name, in: 'query', schema: { type: 'integer', minimum: 0 } })),
        responses: { 200: { description: 'A page', ...json({ type: 'array', items: thing }) } },
      },
      post: { requestBody: json(thing), responses: { 201: { description: 'Made', ...json(thing) } } },
    },
    '/things/{thingId}': {
      parameters: [{ name: 'thingId', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { responses: { 200: { description: 'One', ...json(thing) } } },
      delete: { responses: { 204: { description: 'Gone' } } },
    },
  },
};

/** What a client would post; the name and the note tell one from another. */
export function thingOf(index) {
  const name = `Thing number ${index}`;
  return { name, state: 'open', price: index / 100, note: `What is to be said of it: ${index}`, tags: ['one', 'two'] };
}

/** The document of things as a file, to be removed at the end. */
export const thingsFile = () => jsonFile('things.json', document);

/** A mock of things on a port, without anything that others see of it. */
export const startThings = (...flags) => start(thingsFile(), flags);

/** A mock of so many collections like that of things. */
export function startCollections(count) {
  const named = (index) =>
    Object.entries(document.paths).map(([path, item]) => [path.replace('/things', `/things${index}`), item]);
  const paths = Object.fromEntries(Array.from({ length: count }, (_, index) => named(index)).flat());
  return start(jsonFile('collections.json', { ...document, paths }), []);
}

async function start({ file, remove }, flags) {
  const mock = await startMock(file, '--quiet', ...flags);
  const stop = async () => {
    await mock.stop();
    remove();
  };
  return { ...mock, file, stop };
}
