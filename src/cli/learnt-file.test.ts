import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { fixturesFromText } from '../fixture/index.js';
import { createOperations } from '../operation/index.js';
import { learntFile, merger } from './learnt-file.js';

it('what a run learnt is a fixture file that the next one can load', async () => {
  const content = { 'application/json': { schema: { type: 'object' } } };
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
  const put = {
    operationId: 'read: it',
    parameters,
    requestBody: { content },
    responses: { 200: { description: 'x' } },
  };
  const operations = createOperations(
    documentFromObject({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/pets/{id}': { put } } }),
  );
  const learnt = { 'read: it': { parameters: { id: '# 7' }, body: { a: [1] } } };
  const text = (await merger())('', learnt, 'http://t') ?? expect.fail();
  expect(text).toContain('# What http://t took');
  const fixtures = fixturesFromText(text, 'learnt.yaml', operations);
  expect(fixtures.for('read: it').contract).toEqual({ parameters: { id: '# 7' }, body: { a: [1] } });
});

it('what a file says already stays, with its comments, and what is new stands beside it', async () => {
  const merge = await merger();
  const text = [
    '# by hand',
    'operations:',
    '  readPet:',
    '    contract: { parameters: { id: 3 } } # the old cat',
    '    cases: []',
    '  broken: 7',
    '',
  ].join('\n');
  const learnt = {
    readPet: { parameters: { id: 8, shop: 'a' }, body: { name: 'Tom' } },
    broken: { body: 1 },
    listPets: { parameters: { shop: 'a' } },
  };
  expect(merge(text, learnt, 'http://t')).toMatchInlineSnapshot(`
    "# by hand
    operations:
      readPet:
        contract: { parameters: { id: 3, shop: a }, body: { name: Tom } } # the old cat
        cases: []
      broken: 7
      listPets:
        contract:
          parameters:
            shop: a
    "
  `);
});

it('a file that is no fixture file is refused before the run', async () => {
  for (const text of ['- a list', 'operations: []', 'a: [']) {
    const file = join(mkdtempSync(join(tmpdir(), 'learn-')), 'fixtures.yaml');
    writeFileSync(file, text);
    await expect(learntFile(file)).rejects.toThrow('no fixture file');
  }
});
