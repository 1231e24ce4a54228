import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../document/index.js';
import { formats } from './formats.js';
import { createSchemas } from './schemas.js';

const schemas = createSchemas(documentFromObject({ openapi: '3.1.0', info: { title: '', version: '' }, paths: {} }));

/** What is and what is not of a format. The JSON Schema test suite has many more: see schema.suite.test.ts. */
const table: Record<string, { right: unknown[]; wrong: unknown[] }> = {
  date: {
    right: ['2024-02-29', '1985-04-12'],
    wrong: ['2023-02-29', '2024-13-01', '2024-1-1', '20240101', '\u0968024-01-01'],
  },
  time: {
    right: ['23:59:59Z', '23:59:60Z', '08:30:06.283+02:00', '01:29:60+01:30'],
    wrong: ['12:00:00', '24:00:00Z', '12:00:60Z', '12:00:00+2'],
  },
  'date-time': {
    right: ['1990-12-31T23:59:60Z', '1985-04-12t00:59:59.999999999999999z'],
    wrong: ['1990-12-31 00:00:00Z', '1990-12-31T00:00:00', '1990-02-31T00:00:00Z', '2016-12-31T24:59:60+01:00', 'T'],
  },
  duration: {
    right: ['P4Y', 'PT0S', 'P1Y2M3DT4H5M6S', 'P4W'],
    wrong: ['P', 'PT', 'P1YT', 'P1D2H', 'PT1H2S', 'P1Y2W', '4D'],
  },
  email: {
    right: ['a.b+c@example.org', '"a b"@example.org', 'a@[IPv6:::1]'],
    wrong: ['a', '.a@b.c', 'a..b@c.d', 'a@-b', 'a@', '@a'],
  },
  'idn-email': { right: ['\uc2e4\ub840@\uc2e4\ub840.\ud14c\uc2a4\ud2b8'], wrong: ['2962', 'a@'] },
  hostname: {
    right: ['example.org', 'a', '1.a', 'xn--nxasmq6b'],
    wrong: ['', '-a', 'a-', 'a_b', 'a.', `${'a'.repeat(64)}.b`, 'xn--X'],
  },
  'idn-hostname': {
    right: ['\uc2e4\ub840.\ud14c\uc2a4\ud2b8', 'l\u00b7l', 'example'],
    wrong: ['\u302ea', 'a\u00b7l', '-\uc2e4', 'A\u200db', ''],
  },
  ipv4: {
    right: ['127.0.0.1', '255.255.255.255'],
    wrong: ['256.0.0.1', '1.2.3', '01.2.3.4', '1.2.3.4 ', '0x7f.1.1.1'],
  },
  ipv6: {
    right: ['::', '::1', '1:2:3:4:5:6:7:8', '::ffff:192.168.0.1', '1::8'],
    wrong: [':', ':::', '1:2', '12345::', '1::2::3', '::1%eth0', '1:2:3:4:5:6:7:8:9', '::1.2.3'],
  },
  uri: {
    right: ['http://a/b?c#d', 'urn:x:y', 'http://[::1]:80/', 'mailto:a@b.c'],
    wrong: ['/a', 'http:// a', 'http://a:b/', 'http://[::1/', 'a b', '\\\\x', ':'],
  },
  'uri-reference': { right: ['/a', '', '#f', 'a/b:c', '//host/x'], wrong: ['\\a', 'a b', '1:b', '#a\\b', '/%zz'] },
  iri: { right: ['http://\u0192\u00f8\u00f8.\u00df\u00e5r/?\u2202\u00e9#\u03c0'], wrong: ['/abc', 'http://a b'] },
  'iri-reference': { right: ['/\u00e2\u03c0\u03c0', '\u00e2'], wrong: ['\\\\a', '#a\\b'] },
  'uri-template': { right: ['/a/{b}', '{+a,b*}{?c:3}', "a'b", '{a.b}'], wrong: ['{', '{a', '{a b}', '{a:0}', '<'] },
  uuid: {
    right: ['2eb8aa08-aa98-11ea-b4aa-73b441d16380', '00000000-0000-0000-0000-000000000000'],
    wrong: ['2eb8aa08', '2eb8aa08aa9811eab4aa73b441d16380', 'urn:uuid:2eb8aa08-aa98-11ea-b4aa-73b441d16380'],
  },
  'json-pointer': { right: ['', '/a~1b/~0'], wrong: ['a', '/~2', '#/a'] },
  'relative-json-pointer': { right: ['0', '1/a', '2#'], wrong: ['/a', '01', '-1'] },
  regex: { right: ['^a+$', '\\p{L}'], wrong: ['(', '\\a', '[z-a]'] },
  int32: { right: [0, -(2 ** 31), 2 ** 31 - 1, 'not a number'], wrong: [2 ** 31, 0.5] },
  int64: { right: [0, Number.MAX_SAFE_INTEGER, -(2 ** 63)], wrong: [0.5, 1e20] },
  float: { right: [1.5], wrong: [] },
  double: { right: [1.5], wrong: [] },
  byte: { right: ['', 'YQ==', 'YWI=', 'YWJj'], wrong: ['YQ', 'Y?==', 'YQ==\n'] },
  binary: { right: ['\u0000anything'], wrong: [] },
  password: { right: ['anything'], wrong: [] },
};

describe.each(Object.entries(table))('the format %s', (format, { right, wrong }) => {
  const schema = schemas.inline({ format }, '', 'response');

  it('takes what is right', () => {
    expect(right.filter((value) => !schema.accepts(value))).toEqual([]);
  });

  if (wrong.length > 0) {
    it('refuses what is wrong', () => {
      expect(wrong.filter((value) => schema.accepts(value))).toEqual([]);
    });
  }
});

describe('the formats', () => {
  it('are all in the table above', () => {
    expect(Object.keys(table).sort()).toEqual(Object.keys(formats).sort());
  });

  it('take no time that grows faster than a hostile text', () => {
    const texts = ['a', '.', '1:', '"', '-', '{a,', '%', 'P1', '\u0300', 'xn--a', '/~'].map((piece) =>
      piece.repeat(200_000),
    );
    for (const format of Object.keys(formats)) {
      const schema = schemas.inline({ format }, '/hostile', 'response');
      for (const text of texts) expect(schema.accepts(`${text}\n`)).toBeTypeOf('boolean');
    }
  });
});

it('is asserted or ignored as the documentation says', () => {
  const page = readFileSync(new URL('../../docs/mock.md', import.meta.url), 'utf8');
  const [, rows = ''] = /\| `format` \| \|\n\| --- \| --- \|\n((?:\|.*\n)+)/.exec(page) ?? [];
  const said = rows.split('\n').flatMap((row) => {
    const [, names = '', words = ''] = row.split('|');
    return [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => [name, !/ignored/.test(words)] as const);
  });
  expect(said.map(([name]) => name)).toEqual(
    expect.arrayContaining(['byte', 'binary', 'decimal', 'int32', 'int64', 'float', 'double', 'duration']),
  );
  for (const [name, isAsserted] of said) expect([name, (formats[name] ?? true) !== true]).toEqual([name, isAsserted]);
});
