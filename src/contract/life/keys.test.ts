import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import { virtualClock } from '../run/clock.js';
import { run } from '../run/run.js';
import { SmallServer } from '../things/library/server.js';
import type { Received } from '../types.js';

const text = { type: 'string', minLength: 1 };
const country = { type: 'string', enum: ['Peru'] };
const row = { type: 'object', required: ['country', 'note'], properties: { country, note: text } };
const answer = (status: number, schema: JsonObject) => ({
  [status]: { description: 'x', content: { 'application/json': { schema } } },
  404: { description: 'x' },
});

/** Settings of countries: the client says the key, under a name that is spelt otherwise in what it sends. */
const documentOf = (mediaType: string) =>
  documentFromObject({
    openapi: '3.1.0',
    info: { title: 'Settings', version: '1' },
    paths: {
      '/settings': {
        get: { responses: answer(200, { type: 'array', items: row }) },
        post: {
          requestBody: {
            required: true,
            content: {
              [mediaType]: {
                schema: { type: 'object', required: ['Country', 'Note'], properties: { Country: country, Note: text } },
              },
            },
          },
          responses: answer(201, row),
        },
      },
      '/settings/{country}': {
        get: {
          parameters: [{ name: 'country', in: 'path', required: true, schema: text }],
          responses: answer(200, row),
        },
      },
    },
  });

it('a list whose items show no key leaves open which things it shows', async () => {
  const thing = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'integer', readOnly: true }, note: text },
  };
  const operations = createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'Notes', version: '1' },
      paths: {
        '/notes': {
          get: { responses: answer(200, { type: 'array', items: { type: 'object', properties: { note: text } } }) },
          post: {
            requestBody: { required: true, content: { 'application/json': { schema: thing } } },
            responses: answer(201, thing),
          },
        },
        '/notes/{id}': {
          get: {
            parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
            responses: answer(200, thing),
          },
        },
      },
    }),
  );
  const notes: JsonObject[] = [];
  const result = await run({
    operations,
    target: 'http://notes',
    aspects: ['life'],
    ...{ clock: virtualClock() },
    allowWrites: true,
    async send({ method, target, body }): Promise<Received> {
      if (method === 'POST') {
        const { id: _id, ...sent } = JSON.parse(Buffer.from(body ?? []).toString());
        notes.push({ id: notes.length + 1, ...sent });
        return received(201, notes.at(-1) ?? null);
      }
      if (target === '/notes') return received(200, [{ note: 'the first' }, { note: 'the second' }]);
      const found = notes.find(({ id }) => target === `/notes/${id}`);
      return found ? received(200, found) : received(404, null);
    },
  });
  expect(notes.length).toBeGreaterThan(1);
  expect(result.findings).toEqual([]);
});

const form = 'application/x-www-form-urlencoded';
it.each(['application/json', form])(
  'a server gives no second key where the client has sent the same one, as %s',
  async (type) => {
    const rows = new Map<string, JsonObject>();
    const creates: Json[] = [];
    const result = await run({
      operations: createOperations(documentOf(type)),
      target: 'http://settings',
      aspects: ['life'],
      ...{ clock: virtualClock() },
      allowWrites: true,
      async send({ method, target, body }): Promise<Received> {
        if (method === 'POST') {
          const written = Buffer.from(body ?? []).toString();
          const sent = type === form ? Object.fromEntries(new URLSearchParams(written)) : JSON.parse(written);
          creates.push(sent.Country);
          rows.set(sent.Country, { country: sent.Country, note: sent.Note });
          return received(201, rows.get(sent.Country) ?? null);
        }
        if (target === '/settings') return received(200, [...rows.values()]);
        const found = rows.get(decodeURIComponent(target.slice('/settings/'.length)));
        return found ? received(200, found) : received(404, null);
      },
    });
    expect(creates.length).toBeGreaterThan(1);
    expect(result.findings).toEqual([]);
  },
);

function received(status: number, body: Json): Received {
  const bytes = Buffer.from(body === null ? '' : JSON.stringify(body));
  const headers: [string, string][] = body === null ? [] : [['Content-Type', 'application/json']];
  return { status, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
}

it.each([
  ['replaces what has it', true],
  ['is refused', false],
])('a create with a key that is taken %s', async (_what, isReplacing) => {
  const owners = { path: '/owners', parameter: 'slug', keys: 'chosen', key: 'slug' } as const;
  const server = new SmallServer([owners]);
  const result = await run({
    operations: server.operations,
    target: 'http://owners',
    aspects: ['life'],
    ...{ clock: virtualClock() },
    allowWrites: true,
    async send(request, options) {
      const { slug } = request.method === 'POST' ? JSON.parse(Buffer.from(request.body ?? []).toString()) : {};
      if (isReplacing && slug) server.rows('/owners').delete(`/owners/${slug}`);
      return server.send(request, options);
    },
  });
  const broken = result.findings.filter(({ severity }) => severity === 'violation').map(({ check }) => check);
  expect(broken).toEqual(isReplacing ? ['keys-differ'] : []);
});
