import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documentFromObject, documentFromText } from '../../document/index.js';
import { createMock, type Mock } from '../../mock/index.js';
import { createOperations } from '../../operation/index.js';
import { draftRequest } from '../draft.js';
import { createControl, createControlApi } from './index.js';

const count = 3000;
const description = 'What it is good for. '.repeat(100);
const document = documentFromObject({
  openapi: '3.1.0',
  info: { title: 'Large', version: '1' },
  paths: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `/things${index}`,
      {
        get: {
          operationId: `list${index}`,
          description,
          parameters: [{ name: 'kind', in: 'query', schema: { enum: ['a', 'b'] } }],
          responses: { 200: { description: 'ok' } },
        },
      },
    ]),
  ),
});
const operations = createOperations(document);
const mock = createMock({ operations });
const handle = apiOf(mock);
test.each(['/coverage', '/document'])('%s of a large document is answered in slices', async (path) => {
  let turns = 0;
  let isOver = false;
  const count = () => {
    if (isOver) return;
    turns += 1;
    setImmediate(count);
  };
  setImmediate(count);
  const asked = { method: 'GET', target: `/api${path}`, headers: { host: 'localhost' }, body: null };
  // What it takes to read the description of the API is no matter here.
  await handle({ ...asked, target: '/api/health' });
  turns = 0;
  const { status, body } = await handle(asked);
  isOver = true;
  expect(status).toBe(200);
  expect(JSON.parse(Buffer.from(body).toString())).toMatchObject(
    path === '/coverage' ? { operations: { length: 3000 } } : { tree: { paths: expect.anything() } },
  );
  expect(turns).toBeGreaterThan(0);
});

test.each(['/collections', '/collections/things/rows'])('%s waits until the things are found', async (path) => {
  const done: string[] = [];
  const handle = apiOf({
    ...mock,
    async ready() {
      await Promise.resolve();
      done.push('found');
    },
    get rows() {
      done.push('looked at');
      return mock.rows;
    },
  });
  await handle({ method: 'GET', target: `/api${path}`, headers: { host: 'localhost' }, body: null });
  expect(done.slice(0, 2)).toEqual(['found', 'looked at']);
});

function apiOf(served: Mock): ReturnType<typeof createControlApi> {
  return createControlApi({
    control: createControl({ mock: () => served }),
    description: createOperations(
      documentFromText(readFileSync(new URL('../../../spec/counterproof-control.yaml', import.meta.url), 'utf8'), {
        name: 'control.yaml',
      }),
    ),
    basePath: '/api',
    version: '1',
    files: async () => [],
    drafts: async () => ({ draft: draftRequest }),
  });
}
