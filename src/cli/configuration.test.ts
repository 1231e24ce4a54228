import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readArguments } from './arguments.js';
import { commands } from './commands.js';
import { findConfiguration, readConfiguration } from './configuration.js';
import { withDocument } from './configuration-file.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'configuration-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | object): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function problemsOf(content: object): Promise<string> {
  const file = write('counterproof.config.json', JSON.stringify(content, null, 2));
  const error = await readConfiguration(file, 'mock').catch((reason: Error) => reason);
  return String((error as Error).message)
    .replaceAll(file, 'FILE')
    .replaceAll(relative('', file), 'FILE');
}

test('it is found in the folder or around it, and not outside of the project', () => {
  const inside = join(folder, 'project', 'packages', 'page');
  mkdirSync(inside, { recursive: true });
  const outside = write('counterproof.config.json', {});
  mkdirSync(join(folder, 'project', '.git'));
  expect(findConfiguration(inside)).toBeNull();
  const own = write('project/counterproof.config.mjs', '');
  expect(findConfiguration(inside)).toBe(own);
  const nearest = write('project/packages/counterproof.config.ts', '');
  expect(findConfiguration(inside)).toBe(nearest);
  expect(findConfiguration(folder)).toBe(outside);
});

test('what it says counts for the commands that take it, the command line and the environment outrank it', async () => {
  const file = write('counterproof.config.json', {
    document: 'api/openapi.yaml',
    seed: 7,
    overlay: 'mend.yaml',
    fixtures: 'none',
    mock: { port: 8080, apiKey: 'configured', maxBody: '1MB', fault: ['reset:0.5'], state: false, console: false },
    check: { target: 'http://localhost:8080', report: ['html=report.html', 'json=-'] },
  });
  const configured = await readConfiguration(file, 'mock');
  const environment = { COUNTERPROOF_API_KEY: 'from the environment' };
  const { flags } = readArguments('mock', ['--port', '1'], 1, environment, configured.flags);
  expect(flags).toMatchObject({ port: 1, seed: 7, 'api-key': 'from the environment', 'max-body': 1_000_000 });
  expect(flags).toMatchObject({
    state: false,
    console: false,
    fault: [{ fault: 'reset', probability: 0.5 }],
    rows: undefined,
  });
  expect(flags.overlay).toEqual([join(folder, 'mend.yaml')]);
  expect(flags.fixtures).toBe('none');
  expect(configured.documents).toEqual([join(folder, 'api/openapi.yaml')]);
  const { flags: check } = await readConfiguration(file, 'check');
  expect(Object.fromEntries(check)).toEqual({
    seed: 7,
    fixtures: 'none',
    overlay: [join(folder, 'mend.yaml')],
    target: 'http://localhost:8080',
    report: [
      { format: 'html', file: join(folder, 'report.html') },
      { format: 'json', file: '-' },
    ],
  });
});

test('the document stands where a command names none', () => {
  expect(withDocument({ positionals: [], flags: {} }, 'mock', commands.mock, ['a.yaml'])).toEqual(['a.yaml']);
  expect(withDocument({ positionals: ['b.yaml'], flags: {} }, 'mock', commands.mock, ['a.yaml'])).toEqual(['b.yaml']);
  expect(withDocument({ positionals: ['http://localhost:1'], flags: {} }, 'proxy', commands.proxy, ['a.yaml'])).toEqual(
    ['a.yaml', 'http://localhost:1'],
  );
  expect(
    withDocument({ positionals: ['sent'], flags: { to: 'http://localhost' } }, 'webhook', commands.webhook, ['a.yaml']),
  ).toEqual(['a.yaml', 'sent']);
  expect(withDocument({ positionals: [], flags: {} }, 'diff', commands.diff, ['a.yaml'])).toEqual([]);
});

test('a module may be asynchronous in what it imports, and TypeScript', async () => {
  write('port.mjs', 'export const port = await Promise.resolve(8081);');
  const file = write(
    'counterproof.config.ts',
    "import { port } from './port.mjs';\nconst configuration: object = { mock: { port } };\nexport default configuration;\n",
  );
  expect([...(await readConfiguration(file, 'mock')).flags]).toEqual([['port', 8081]]);
});

test('what is not known, or no value, is refused with its place and the nearest', async () => {
  expect(
    await problemsOf({ documnt: 'a.yaml', mock: { prot: 1, watch: 'yes', port: 'x' }, chck: {} }),
  ).toMatchInlineSnapshot(`
    "FILE:2:3: "documnt" is not known here (expected "document")
    FILE:4:5: "prot" is not known here (expected "port")
    FILE:5:5: watch is "yes" (expected true or false)
    FILE:6:5: port is "x" (expected a whole number from 0 to 65535)
    FILE:8:3: "chck" is not known here (expected "check")"
  `);
  expect(await problemsOf({ mock: 3, document: '' })).toMatchInlineSnapshot(`
    "FILE:2:3: mock has no flags (expected an object)
    FILE:3:3: document is no file or address (expected a text, or a list of these)"
  `);
  expect(await problemsOf([])).toMatchInlineSnapshot(
    `"FILE:1:1: This exports no configuration (expected an object, such as export default { document: "openapi.yaml" })"`,
  );
});

test('what cannot be read is one line', async () => {
  const broken = write('counterproof.config.json', '{ "seed": ');
  await expect(readConfiguration(broken, 'mock')).rejects.toThrow(
    'counterproof.config.json:1:11: Not JSON: expected a value, but the file ends',
  );
  await expect(readConfiguration(join(folder, 'absent.json'), 'mock')).rejects.toThrow(
    /There is no configuration file/,
  );
  await expect(readConfiguration(folder, 'mock')).rejects.toThrow(
    / is a folder\n {2}Name a file: .ts, .js, .mjs or .json/,
  );
  const failing = write('counterproof.config.mjs', 'throw new RangeError("no");');
  await expect(readConfiguration(failing, 'mock')).rejects.toThrow(/cannot be loaded: RangeError: no/);
  const unspeakable = write('counterproof.config.mjs', 'throw { toString() { throw 1; } };');
  await expect(readConfiguration(unspeakable, 'mock')).rejects.toThrow(/cannot be loaded: it throws what cannot be/);
  const getter = write('counterproof.config.mjs', 'export default { get document() { throw new Error("no"); } };');
  await expect(readConfiguration(getter, 'mock')).rejects.toThrow(/What this exports cannot be read: no/);
  for (const kind of ['ts', 'mjs']) {
    const lacking = write(`counterproof.config.${kind}`, "import '@not/there/inside';\nexport default {};");
    await expect(readConfiguration(lacking, 'mock')).rejects.toThrow(
      /cannot be loaded: it imports "@not\/there", which is not installed here\n {2}Install it: npm install --save-dev @not\/there$/,
    );
    const astray = write(`astray.config.${kind}`, "import './absent.mjs';\nexport default {};");
    await expect(readConfiguration(astray, 'mock')).rejects.toThrow(
      /cannot be loaded: Error: Cannot find module[^\n]*$/,
    );
  }
});
