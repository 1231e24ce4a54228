import { expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import type { Received } from '../types.js';
import { violatedBy } from './library/violated.js';

const string = { type: 'string' };
const app = { type: 'object', required: ['name'], properties: { name: string, title: string } };
const owned = { ...app, properties: { ...app.properties, owner: { type: 'object', properties: { name: string } } } };
const parameter = (name: string) => ({ name, in: 'path', required: true, schema: string });

/** Apps are known by their name and their owner's, and a group lists those of several owners. */
function operationsOf(row: JsonObject) {
  const answers = (schema: JsonObject) => ({
    responses: { 200: { description: 'x', content: { 'application/json': { schema } } }, 404: { description: 'x' } },
  });
  return createOperations(
    documentFromObject({
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      paths: {
        '/apps/{owner_name}/{app_name}': {
          get: { parameters: [parameter('owner_name'), parameter('app_name')], ...answers(row) },
        },
        '/orgs/{org}/groups/{group}/apps': {
          get: {
            parameters: [
              parameter('org'),
              parameter('group'),
              { name: 'limit', in: 'query', schema: { type: 'integer' } },
              { name: 'offset', in: 'query', schema: { type: 'integer' } },
            ],
            ...answers({ type: 'array', items: row }),
          },
        },
      },
    } as JsonObject),
  );
}

const apps = ['ann', 'bob', 'cleo'].flatMap((owner) => ['mail', 'notes'].map((name) => ({ name, title: name, owner })));

function reply(target: string, rows: typeof apps, says: boolean): Received {
  const { pathname, searchParams } = new URL(target, 'http://t');
  const shown = ({ name, title, owner }: (typeof apps)[number]) => ({
    name,
    title,
    ...(says && { owner: { name: owner } }),
  });
  const [, first, owner, name] = pathname.split('/');
  const one = apps.find((each) => each.owner === owner && each.name === name);
  const offset = Number(searchParams.get('offset') ?? 0);
  const page = rows.slice(offset, offset + Number(searchParams.get('limit') ?? 100));
  const body = first === 'orgs' ? page.map(shown) : one && shown(one);
  const bytes = new TextEncoder().encode(body ? JSON.stringify(body) : '');
  const headers: [string, string][] = body ? [['Content-Type', 'application/json']] : [];
  return { status: body ? 200 : 404, headers, raw: bytes, body: bytes, problems: [], duration: 1 };
}

it.each([
  { says: true, rows: apps, broken: [] },
  // Nothing tells which of two things with one name an item is.
  { says: false, rows: apps, broken: [] },
  { says: true, rows: [...apps, ...apps.slice(0, 1)], broken: ['items-once', 'pages-whole'] },
])('a name that several owners use is no thing twice: $says $broken', async ({ says, rows, broken }) => {
  const operations = operationsOf(says ? owned : app);
  const send = async ({ target }: { readonly target: string }) => reply(target, rows, says);
  expect([...new Set(await violatedBy(send, { operations }))]).toEqual(broken);
});
