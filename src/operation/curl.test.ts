import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curlCommand, shellWord } from './curl.js';
import type { HttpRequest } from './http.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const request = (over: Partial<HttpRequest>): HttpRequest => ({
  method: 'GET',
  target: '/api/user/installations?provider=github',
  headers: { accept: '*/*' },
  body: null,
  ...over,
});

/** What a POSIX shell makes of a command: curl's words, and what comes to it through a pipe. */
function inShell(command: string, environment: Record<string, string> = {}): { words: string[]; input: Buffer } {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; printf '\\0\\0'; case "$*" in *@-*) cat;; esac; }\n${command}`;
  const output = execFileSync('/bin/sh', ['-c', script], { env: environment });
  const end = output.indexOf('\0\0\0');
  return { words: output.subarray(0, end).toString().split('\0'), input: output.subarray(end + 3) };
}

describe('curlCommand', () => {
  it('reads like something a person would type', () => {
    const get = request({ headers: { accept: '*/*', 'x-session-api-key': '$API_KEY_HEADER' } });
    expect(curlCommand(get, 'http://localhost:3000/', ['$API_KEY_HEADER'])).toMatchInlineSnapshot(
      `"curl -sS -i -g --path-as-is -H 'accept: */*' -H 'x-session-api-key: '"$API_KEY_HEADER" 'http://localhost:3000/api/user/installations?provider=github'"`,
    );
    const post = request({
      method: 'POST',
      target: '/cats',
      headers: { accept: '*/*', 'content-type': 'application/json' },
      body: bytes('{"name":"O\'Malley"}'),
    });
    expect(curlCommand(post, 'http://localhost:3000')).toMatchInlineSnapshot(
      `"curl -sS -i -g --path-as-is -X POST -H 'accept: */*' -H 'content-type: application/json' --data-binary '{"name":"O'\\''Malley"}' http://localhost:3000/cats"`,
    );
    expect(curlCommand(request({ method: 'HEAD', target: '/' }), 'http://localhost')).toContain(' --head ');
  });

  it('lets the shell fill in credentials, and nothing else', () => {
    const { words } = inShell(
      curlCommand(
        request({
          target: '/a?key=$MY_KEY&note=%24HOME',
          headers: {
            'x-key': 'Bearer $MY_KEY',
            'x-note': '$(id) `id` $home "\'',
            'x-other': '$OTHER $MY_KEY_ID',
            'content-type': 'text/plain',
          },
          body: bytes('$MY_KEY'),
        }),
        'http://localhost',
        ['$MY_KEY'],
      ),
      { MY_KEY: "a b'c", OTHER: 'expanded', MY_KEY_ID: 'expanded' },
    );
    expect(words).toContain("x-key: Bearer a b'c");
    expect(words).toContain('x-other: $OTHER $MY_KEY_ID');
    expect(words).toContain('x-note: $(id) `id` $home "\'');
    expect(words).toContain('$MY_KEY');
    expect(words.at(-1)).toBe("http://localhost/a?key=a b'c&note=%24HOME");
  });

  it('makes of any text without NUL a word that a shell takes for that text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('$HOME', '$(id)', '`id`', "'", '"', '\\', '!!', '~', '*', '\n', '\t', '#', ';', '$NAME', '-n'),
    );
    const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('').replaceAll('\0', ''));
    fc.assert(
      // A shell takes longer to start than to read many words.
      fc.property(fc.array(text, { minLength: 20, maxLength: 20 }), (given) => {
        const script = `printf '%s\\0' ${given.map((one) => shellWord(one)).join(' ')}`;
        expect(execFileSync('/bin/sh', ['-c', script]).toString().split('\0')).toEqual([...given, '']);
      }),
      { numRuns: 10 },
    );
  });

  it('adds no field that was not sent, and keeps empty ones', () => {
    const { words } = inShell(
      curlCommand(request({ method: 'POST', headers: { 'x-empty': '' }, body: bytes('x') }), 'http://l'),
    );
    expect(words).toEqual(expect.arrayContaining(['Accept:', 'Content-Type:', 'x-empty;']));
  });

  it('sends the bytes of any body, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.string({ minLength: 1 }).map(bytes)),
        (body) => {
          const { words, input } = inShell(curlCommand(request({ method: 'PUT', body }), 'http://localhost'));
          const data = words[words.indexOf('--data-binary') + 1];
          const sent = data === '@-' ? input : Buffer.from(data ?? '');
          expect(sent.equals(Buffer.from(body))).toBe(true);
        },
      ),
      { numRuns: 20, examples: [[new Uint8Array([0x2d, 0])], [new Uint8Array([0x2d, 0x2d, 0xff])]] },
    );
  });

  it('sends any target and any field value as it is', () => {
    const visible = fc.stringMatching(/^[!-~]([ -~]*[!-~])?$/);
    fc.assert(
      fc.property(visible, visible, (path, value) => {
        const { words } = inShell(
          curlCommand(request({ target: `/${path}`, headers: { 'x-a': value } }), 'http://localhost'),
        );
        expect(words.at(-1)).toBe(`http://localhost/${path}`);
        expect(words).toContain(`x-a: ${value}`);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a body that nobody would paste', () => {
  const post = (body: string) =>
    curlCommand(
      {
        method: 'POST',
        target: '/a',
        headers: { 'content-type': 'application/json' },
        body: new TextEncoder().encode(body),
      },
      'http://localhost:1',
    );

  it.each([
    ['arrays', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['a long text', `{"name":"${'a'.repeat(10_000)}"}`],
  ])('is made into a file first: %s', (_what, body) => {
    const command = post(body);
    expect(command.length).toBeLessThan(500);
    const [make = ''] = command.split(' && curl');
    const made = execFileSync('sh', ['-c', `cd "$(mktemp -d)" && ${make} && cat body.txt`], { maxBuffer: 1e7 });
    expect(made.toString() === body).toBe(true);
    expect(command).toContain('--data-binary @body.txt');
  });

  it('of a long value in the target or in a field is made by a short command', () => {
    const long = request({
      target: `/a?q='${'a'.repeat(10_000)}&b=1`,
      headers: { 'x-long': `-${'é='.repeat(4_000)}$KEY` },
    });
    const command = curlCommand(long, 'http://localhost:3000', ['$KEY']);
    expect(command.length).toBeLessThan(400);
    const { words } = inShell(command, { KEY: 'secret', PATH: process.env.PATH ?? '' });
    expect(words).toContain(`http://localhost:3000/a?q='${'a'.repeat(10_000)}&b=1`);
    expect(words).toContain(`x-long: -${'é='.repeat(4_000)}secret`);
  });

  it('is looked at only as far as a short command could come from it', () => {
    const body = `{${Array.from({ length: 1_000_000 }, (_, index) => `"${index.toString(16)}":0`).join()}}`;
    const began = process.cpuUsage();
    expect(post(body)).not.toContain('body.txt');
    const { user } = process.cpuUsage(began);
    expect(user / 1000).toBeLessThan(3500);
  });
});
