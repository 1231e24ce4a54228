import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { fixturesFromText } from '../fixture/index.js';
import { createOperations } from '../operation/index.js';
import { learntFile, learntText } from './learnt-file.js';

it('what a run learnt is a fixture file that the next one can load', () => {
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
  const text = learntText({ 'read: it': { parameters: { id: '# 7' }, body: { a: [1] } } }, 'http://t');
  const fixtures = fixturesFromText(text, 'learnt.yaml', operations);
  expect(fixtures.for('read: it').contract).toEqual({ parameters: { id: '# 7' }, body: { a: [1] } });
});

it('a file that is there stays as it is', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'learn-')), 'fixtures.yaml');
  writeFileSync(file, '# by hand\n');
  expect(() => learntFile(file)).toThrow('there is a file already');
});
