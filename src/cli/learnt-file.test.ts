import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { fixturesFromText } from '../fixture/index.js';
import { createOperations } from '../operation/index.js';
import { learntFile, withLearnt } from './learnt-file.js';

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
  const text = await withLearnt('', learnt, 'http://t');
  expect(text).toContain('# What http://t took');
  const fixtures = fixturesFromText(text, 'learnt.yaml', operations);
  expect(fixtures.for('read: it').contract).toEqual({ parameters: { id: '# 7' }, body: { a: [1] } });
});

it('what a file says already stays, with its comments, and what is new stands beside it', async () => {
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
  expect(await withLearnt(text, learnt, 'http://t')).toMatchInlineSnapshot(`
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

const folder = mkdtempSync(join(tmpdir(), 'learn-'));

it('a file that is no fixture file is refused before the run', async () => {
  const file = join(folder, 'fixtures.yaml');
  const reasons: string[] = [];
  const deep = (levels: number) => `operations: { a: ${'['.repeat(levels)}${']'.repeat(levels)} }`;
  const long = (length: number) => `# ${'a'.repeat(length - 3)}\n`;
  const texts = [
    '- a list',
    'operations: []',
    'a: [',
    deep(600),
    deep(500_000),
    '['.repeat(500_000),
    long(2 ** 20 + 1),
  ];
  for (const text of texts) {
    writeFileSync(file, text);
    await learntFile(file).catch(({ message }: Error) => reasons.push(message.replaceAll(file, 'FILE')));
    expect(readFileSync(file, 'utf8') === text).toBe(true);
  }
  expect(reasons.join('\n')).toMatchInlineSnapshot(`
    "counterproof check: --learn FILE: nothing can be added to the file that is there; name another one (it is no fixture file) (see counterproof check --help)
    counterproof check: --learn FILE: nothing can be added to the file that is there; name another one (it is no fixture file) (see counterproof check --help)
    counterproof check: --learn FILE: nothing can be added to the file that is there; name another one (not YAML: unexpected end of the stream within a flow collection) (see counterproof check --help)
    counterproof check: --learn FILE: nothing can be added to the file that is there; name another one (not YAML: nested more than 500 levels deep) (see counterproof check --help)
    counterproof check: --learn FILE: nothing can be added to the file that is there; name another one (not YAML: nested more than 500 levels deep) (see counterproof check --help)
    counterproof check: --learn FILE: nothing can be added to the file that is there; name another one (not JSON: nested more than 500 levels deep) (see counterproof check --help)
    counterproof check: --learn FILE: nothing can be added to the file that is there; name another one (it is longer than 1 MiB, which is all that is changed of one) (see counterproof check --help)"
  `);
  for (const text of [deep(400), long(2 ** 20)]) {
    writeFileSync(file, text);
    await learntFile(file);
  }
});

it.skipIf(process.platform === 'win32')('what is no file is neither waited for nor read', async () => {
  await expect(learntFile(folder)).rejects.toThrow(`--learn ${folder} cannot be read: it is a folder`);
  const pipe = join(folder, 'pipe');
  execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
  for (const file of [pipe, '/dev/zero']) {
    await expect(learntFile(file)).rejects.toThrow(
      `--learn ${file} cannot be read: it is no file that something can be added to`,
    );
  }
});

it.skipIf(process.platform === 'win32')(
  'what was learnt goes where a link leads, and is read by nobody else',
  async () => {
    const file = join(folder, 'mine.yaml');
    const link = join(folder, 'link.yaml');
    writeFileSync(file, '# mine\noperations: {}\n');
    chmodSync(file, 0o600);
    symlinkSync(file, link);
    const write = await learntFile(link);
    const learnt = { listPets: { parameters: { shop: 'a' } } };
    await write({ learnt, target: 'http://t' } as unknown as Parameters<typeof write>[0]);
    expect(readFileSync(file, 'utf8')).toMatch(/^# mine\noperations: .*listPets/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  },
);

it('a file that is none any more after the run is an error, and stays', async () => {
  const file = join(folder, 'spoilt.yaml');
  const write = await learntFile(file);
  writeFileSync(file, '- spoilt');
  const learnt = { listPets: { parameters: { shop: 'a' } } };
  await expect(write({ learnt, target: 'http://t' } as unknown as Parameters<typeof write>[0])).rejects.toThrow(
    'nothing can be added to the file that is there, so what was learnt is not written (it is no fixture file)',
  );
  expect(readFileSync(file, 'utf8')).toBe('- spoilt');
});
