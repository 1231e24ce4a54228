import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findHandlers, importedFiles, readHandlers } from './handlers.js';

const root = mkdtempSync(join(tmpdir(), 'handlers-'));
afterAll(() => rmSync(root, { recursive: true }));

function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(root, name, 'handlers');
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

const context = {} as Parameters<Awaited<ReturnType<typeof readHandlers>>['handlers'][string]>[0];

it('are read from all modules of a folder, of TypeScript too, with the place of each', async () => {
  const folder = folderOf('both', {
    'a.ts': `import type { Handlers } from 'counterproof';\nimport { word } from './lib.ts';\n\nexport default {\n  getUser: (): { body: string } => ({ body: word as string }),\n} satisfies Handlers;\n`,
    'lib.ts': 'export const word: string = "from lib";\nexport default {};\n',
    'b.mjs': `/** @type {import('counterproof').Handlers} */\nexport default {\n  async 'GET /users/{id}'() { return { status: 404 }; },\n};\n`,
    'b.test.ts': 'throw new Error("a test is no handler")',
    'notes.md': '# counterproof',
  });
  const { handlers, handlerPlaces, files } = await readHandlers(folder, false);
  expect(await handlers.getUser?.(context)).toEqual({ body: 'from lib' });
  expect(await handlers['GET /users/{id}']?.(context)).toEqual({ status: 404 });
  expect(handlerPlaces.get('getUser')).toMatchObject({ file: join(folder, 'a.ts'), line: 5, column: 3 });
  expect(handlerPlaces.get('GET /users/{id}')).toMatchObject({ file: join(folder, 'b.mjs'), line: 3, column: 9 });
  expect(files).toEqual(expect.arrayContaining([folder, join(folder, 'lib.ts')]));
});

it('are followed with all that they import, wherever it stands, also in a circle', async () => {
  const file = join(
    folderOf('imports', { 'a.mjs': "import { one } from '../outer.mjs';\nexport default { getUser: () => one };" }),
    'a.mjs',
  );
  const [outer, inner, data] = ['outer.mjs', 'inner.mjs', 'data.json'].map((name) => join(root, 'imports', name));
  writeFileSync(
    outer as string,
    "import './inner.mjs';\nexport const one = 1;\n// import('./data.json') import './gone.mjs'",
  );
  writeFileSync(inner as string, "export { one } from './outer.mjs';");
  writeFileSync(data as string, '{}');
  expect(new Set((await readHandlers(file, true)).files)).toEqual(new Set([file, outer, inner, data]));
  expect(importedFiles(join(root, 'none.mjs'))).toEqual([join(root, 'none.mjs')]);
});

it('are read anew each time', async () => {
  const folder = folderOf('again', { 'a.mjs': 'export default { getUser: () => ({ body: 1 }) };' });
  const before = await readHandlers(folder, true);
  writeFileSync(join(folder, 'a.mjs'), 'export default { getUser: () => ({ body: 2 }) };');
  const after = await readHandlers(folder, true);
  expect([await before.handlers.getUser?.(context), await after.handlers.getUser?.(context)]).toEqual([
    { body: 1 },
    { body: 2 },
  ]);
});

it('are looked for beside the fixtures, and code that names nothing of this package is let alone', () => {
  folderOf('foreign', { 'server.js': 'throw new Error("not ours");' });
  folderOf('own', { 'a.js': "import 'counterproof';\nexport default {};" });
  expect(findHandlers(join(root, 'foreign/openapi.yaml'), null)).toBeNull();
  expect(findHandlers(join(root, 'own/openapi.yaml'), null)).toBe(join(root, 'own/handlers'));
  expect(findHandlers(join(root, 'openapi.yaml'), join(root, 'own/openapi.fixtures.yaml'))).toBe(
    join(root, 'own/handlers'),
  );
});

it.each([
  ['export const a = 1;', 'exports no handlers'],
  ['export default {', 'cannot be loaded: '],
  ['throw new Error("no seats")', 'cannot be loaded: Error: no seats'],
])('are refused with their file: %s', async (text, reason) => {
  const folder = folderOf(`wrong-${text.length}`, { 'a.mjs': text });
  await expect(readHandlers(folder, true)).rejects.toThrow(reason);
});

it('are refused where there are two for one name, or none at all', async () => {
  const text = 'export default {\n  getUser() {},\n};';
  const folder = folderOf('twice', { 'a.mjs': text, 'b.mjs': text });
  await expect(readHandlers(folder, true)).rejects.toThrow(/b\.mjs:2:3.*another handler for "getUser" at .*a\.mjs:2/);
  await expect(readHandlers(join(root, 'nothing.js'), true)).rejects.toThrow('there is no such file');
});
