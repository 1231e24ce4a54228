import { expect, test } from 'vitest';
import { readArguments } from './arguments.js';
import { commands } from './commands.js';
import { type Flag, flags } from './flags/index.js';

const read = (...args: string[]) => readArguments('mock', args, 1, {});
const complaint = (...args: string[]) => {
  try {
    read(...args);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no complaint';
};

test('what is not given has its default, or is undefined', () => {
  expect(read()).toMatchInlineSnapshot(`
    {
      "flags": {
        "allow-callbacks": [],
        "allow-remote": [],
        "api-key": undefined,
        "compat": undefined,
        "config": undefined,
        "console": true,
        "control-token": undefined,
        "cors": true,
        "dynamic": false,
        "errors": false,
        "fault": [],
        "fixtures": undefined,
        "handlers": undefined,
        "help": false,
        "host": undefined,
        "ignore-examples": false,
        "json": false,
        "locale": undefined,
        "max-body": undefined,
        "max-depth": undefined,
        "max-document": 67108864,
        "max-header": undefined,
        "max-members": undefined,
        "max-parts": undefined,
        "now": undefined,
        "open": false,
        "open-control": false,
        "optional": undefined,
        "overlay": [],
        "port": undefined,
        "prefix": [],
        "quiet": false,
        "replay": undefined,
        "request-timeout": undefined,
        "root": undefined,
        "rows": undefined,
        "seed": 1,
        "state": undefined,
        "state-expiry": undefined,
        "stream-endless": false,
        "stream-interval": undefined,
        "stream-items": undefined,
        "tls-cert": undefined,
        "tls-key": undefined,
        "unknown-ids": "made",
        "version": false,
        "watch": undefined,
        "workers": 1,
      },
      "positionals": [],
    }
  `);
});

test('flags and the document may stand in any order', () => {
  const { positionals, flags: given } = read('--port', '0', 'api.yaml', '--seed=7', '-q', '--no-cors', '--watch');
  expect(positionals).toEqual(['api.yaml']);
  expect(given).toMatchObject({ port: 0, seed: 7, quiet: true, cors: false, watch: true });
});

test('a flag that may be repeated is a list; of another the last one counts', () => {
  const { flags: given } = read(
    '--allow-remote',
    'a.example',
    '--allow-remote',
    'b.example',
    '--seed',
    '1',
    '--seed',
    '2',
  );
  expect(given).toMatchObject({ 'allow-remote': ['a.example', 'b.example'], seed: 2 });
});

test('after -- everything is an argument', () => {
  expect(read('--', '--odd.yaml').positionals).toEqual(['--odd.yaml']);
});

test('every mistake gets one line that says what to do', () => {
  const mistakes = [
    ['--prot', '3000'],
    ['--zzzzzz'],
    ['--port', 'abc'],
    ['--port', '70000'],
    ['--port', '-1'],
    ['--port', '1e3'],
    ['--port', ''],
    ['--port'],
    ['--port', '--seed', '1'],
    ['--seed', 'x'],
    ['--no-seed'],
    ['--no-watsh'],
    ['--quiet=yes'],
    ['--no-cors=1'],
    ['--api-key='],
    ['-x'],
    ['a.yaml', 'b.yaml'],
  ];
  expect(mistakes.map((args) => complaint(...args))).toMatchInlineSnapshot(`
    [
      "counterproof mock: unknown flag --prot; did you mean "--port"? (see counterproof mock --help)",
      "counterproof mock: unknown flag --zzzzzz (see counterproof mock --help)",
      "counterproof mock: --port expects a whole number from 0 to 65535, found "abc" (see counterproof mock --help)",
      "counterproof mock: --port expects a whole number from 0 to 65535, found "70000" (see counterproof mock --help)",
      "counterproof mock: --port expects a whole number from 0 to 65535, found "-1" (see counterproof mock --help)",
      "counterproof mock: --port expects a whole number from 0 to 65535, found "1e3" (see counterproof mock --help)",
      "counterproof mock: --port expects a whole number from 0 to 65535, found "" (see counterproof mock --help)",
      "counterproof mock: --port needs a value: --port PORT (see counterproof mock --help)",
      "counterproof mock: --port needs a value: --port PORT (see counterproof mock --help)",
      "counterproof mock: --seed expects a whole number from 0 to 4294967295, found "x" (see counterproof mock --help)",
      "counterproof mock: unknown flag --no-seed; did you mean "--seed"? (see counterproof mock --help)",
      "counterproof mock: unknown flag --no-watsh; did you mean "--no-watch"? (see counterproof mock --help)",
      "counterproof mock: --quiet takes no value (see counterproof mock --help)",
      "counterproof mock: --no-cors takes no value (see counterproof mock --help)",
      "counterproof mock: --api-key expects a text that is not empty, found "" (see counterproof mock --help)",
      "counterproof mock: unknown flag -x (see counterproof mock --help)",
      "counterproof mock: takes one document, and not "b.yaml" too: run it once for each (see counterproof mock --help)",
    ]
  `);
});

test('a key comes from the environment when no flag gives one', () => {
  const environment = { COUNTERPROOF_API_KEY: 'from-environment' };
  expect(readArguments('mock', [], 1, environment).flags['api-key']).toBe('from-environment');
  expect(readArguments('mock', ['--api-key', 'given'], 1, environment).flags['api-key']).toBe('given');
  expect(readArguments('mock', [], 1, { COUNTERPROOF_API_KEY: '' }).flags['api-key']).toBeUndefined();
});

test('every row of the table names commands that exist, and a value for what takes one', () => {
  for (const [name, flag] of Object.entries<Flag>(flags)) {
    expect(name).toMatch(/^[a-z]+\d?(-[a-z]+)*$/);
    expect(name).not.toMatch(/^no-/);
    expect(flag.kind === undefined, name).toBe(flag.value === undefined);
    for (const command of flag.commands) expect([...Object.keys(commands), '*']).toContain(command);
    if (flag.default !== undefined && flag.kind !== undefined) {
      expect(flag.kind.parse(String(flag.default)), name).toEqual(flag.default);
    }
  }
});
