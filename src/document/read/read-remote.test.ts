import { expect, test } from 'vitest';
import { CounterproofError } from '../../errors.js';
import type { JsonObject } from '../../text/value.js';
import { documentFromObject, embeddedFiles, readDocument } from '../index.js';

const document = (...references: string[]): JsonObject => ({
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  paths: {},
  components: { schemas: Object.fromEntries(references.map(($ref, index) => [`S${index}`, { $ref }])) },
});

interface Page {
  readonly status?: number;
  readonly location?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** Hosts that exist only here, and what was asked of them. */
function web(pages: Record<string, Page>) {
  const asked: string[] = [];
  const send = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = String(input);
    asked.push(url);
    expect(init?.redirect).toBe('manual');
    const page = pages[url];
    if (page === undefined) throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') });
    const { status = 200, location, body = null } = page;
    return new Response(body, { status, headers: location ? { location } : {} });
  };
  return { asked, fetch: send as typeof fetch };
}

async function refusal(root: JsonObject, options: Parameters<typeof readDocument>[1]): Promise<string> {
  const error = await readDocument(root, { ...options, strict: true }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CounterproofError);
  return `${(error as CounterproofError).code} ${(error as CounterproofError).message}`;
}

test('another host is asked nothing unless it is allowed, and the message names the flag', async () => {
  const { asked, fetch } = web({});
  expect(
    await refusal(document('https://example.com/a.yaml', 'http://other.example:8080/b'), { fetch }),
  ).toMatchInlineSnapshot(`
    "REFERENCE_FORBIDDEN document:1:1 at /components/schemas/S0/$ref: https://example.com/a.yaml is on the host example.com, which is not allowed (found "https://example.com/a.yaml")
      Allow it with --allow-remote example.com, or save the file here and give its path.
    document:1:1 at /components/schemas/S1/$ref: http://other.example:8080/b is on the host other.example:8080, which is not allowed (found "http://other.example:8080/b")
      Allow it with --allow-remote other.example:8080, or save the file here and give its path."
  `);
  expect(asked).toEqual([]);
});

test.each([
  'https://example.com.evil.example/a.yaml',
  'https://example.com@evil.example/a.yaml',
  'https://evil.example/?example.com',
  'https://evil.example#@example.com',
  'ftp://example.com/a.yaml',
  'data:application/json,{}',
])('%s is not the host example.com', async (reference) => {
  const { asked, fetch } = web({});
  const message = await refusal(document(reference), { fetch, allowRemote: ['example.com'] });
  expect(message).not.toMatch(/cannot be fetched/);
  expect(asked).toEqual([]);
});

test('an allowed host is read, with what it refers to', async () => {
  const { asked, fetch } = web({
    'https://example.com/schemas/a.yaml': { body: 'properties: {b: {$ref: b.json#/x}, self: {$ref: "#"}}' },
    'https://example.com/schemas/b.json': { body: '{"x": {"type": "string"}}' },
  });
  const read = await readDocument(
    document('https://example.com/schemas/a.yaml', 'HTTPS://Example.com/schemas/b.json#/x'),
    {
      fetch,
      allowRemote: ['EXAMPLE.com'],
    },
  );
  expect(asked.toSorted()).toEqual(['https://example.com/schemas/a.yaml', 'https://example.com/schemas/b.json']);
  expect(Object.keys(read.root[embeddedFiles] as JsonObject).toSorted()).toEqual(asked.toSorted());
  expect(JSON.stringify(read.root).match(/"\$ref":"[^#]/g)).toBeNull();
  const { pointer } = read.resolve({ $ref: '#/components/schemas/S1' }, '');
  expect(read.locate(pointer)).toMatchObject({ file: 'https://example.com/schemas/b.json', pointer: '/x' });
});

test('a host with a port is allowed by name, or by name and port', async () => {
  const { fetch } = web({ 'http://localhost:8080/a': { body: '{"type": "string"}' } });
  for (const host of ['localhost', 'localhost:8080']) {
    await expect(
      readDocument(document('http://localhost:8080/a'), { fetch, allowRemote: [host], strict: true }),
    ).resolves.toBeDefined();
  }
  expect(await refusal(document('http://localhost:8080/a'), { fetch, allowRemote: ['localhost:80'] })).toMatch(
    /^REFERENCE_FORBIDDEN/,
  );
});

test('a redirect is followed only to a host that is allowed, and relative references start where it ends', async () => {
  const { asked, fetch } = web({
    'https://example.com/latest': { status: 302, location: '/v2/a.yaml' },
    'https://example.com/v2/a.yaml': { body: 'items: {$ref: b.yaml}' },
    'https://example.com/v2/b.yaml': { body: 'type: string' },
    'https://example.com/away': { status: 301, location: 'http://evil.example/a.yaml' },
    'https://example.com/round': { status: 307, location: '/round' },
    'https://example.com/file': { status: 302, location: 'file:///etc/passwd' },
  });
  const options = { fetch, allowRemote: ['example.com'] };
  const read = await readDocument(document('https://example.com/latest'), options);
  expect(read.at('/x-counterproof-files/https:~1~1example.com~1latest/items')).toEqual({
    $ref: '#/x-counterproof-files/https:~1~1example.com~1v2~1b.yaml',
  });
  expect(
    await refusal(
      document('https://example.com/away', 'https://example.com/round', 'https://example.com/file'),
      options,
    ),
  ).toMatchInlineSnapshot(`
    "REFERENCE_FORBIDDEN document:1:1 at /components/schemas/S0/$ref: http://evil.example/a.yaml is on the host evil.example, which is not allowed (found "https://example.com/away")
      Allow it with --allow-remote evil.example, or save the file here and give its path.
    document:1:1 at /components/schemas/S1/$ref: https://example.com/round redirects more than 5 times (found "https://example.com/round")
      Try again, or save the file here and give its path.
    document:1:1 at /components/schemas/S2/$ref: file:///etc/passwd is none of http or https, and is not read (found "https://example.com/file")
      Save the file here and give its path."
  `);
  expect(asked.filter((url) => !url.startsWith('https://example.com/'))).toEqual([]);
});

test('what a host answers instead of a file is a problem of the reference', async () => {
  const { fetch } = web({
    'https://example.com/missing': { status: 404 },
    'https://example.com/html': { body: '<!doctype html><p>' },
    'https://example.com/bytes': { body: new Uint8Array([0xff, 0x00]) },
    'https://example.com/local': { body: 'items: {$ref: "file:///etc/passwd"}' },
  });
  const references = ['missing', 'html', 'bytes', 'local', 'nobody'].map((name) => `https://example.com/${name}`);
  expect(await refusal(document(...references), { fetch, allowRemote: ['example.com'] })).toMatchInlineSnapshot(`
    "REFERENCE_FORBIDDEN document:1:1 at /components/schemas/S0/$ref: https://example.com/missing answers 404 (found "https://example.com/missing")
      Try again, or save the file here and give its path.
    document:1:1 at /components/schemas/S4/$ref: https://example.com/nobody cannot be fetched: getaddrinfo ENOTFOUND (found "https://example.com/nobody")
      Try again, or save the file here and give its path.
    https://example.com/local:1:9 at /items/$ref: A file of another host refers to a file on this machine (found "file:///etc/passwd")
      Let it refer to a file beside it.
    https://example.com/html:1:1: Not an OpenAPI document (expected an OpenAPI document in YAML or JSON, found HTML or XML)
      Give what a page about an API is made from: its source names it, such as /openapi.json.
    https://example.com/bytes:1:1: The file is not text in UTF-8 (expected YAML or JSON in UTF-8, found bytes that are not UTF-8)
      Save it as UTF-8, or give another file."
  `);
});

test('what is not read from a file has no files beside it', async () => {
  const root = document('a.yaml', '../b.yaml');
  const message = await refusal(root, {});
  expect(message).toMatchInlineSnapshot(`
    "DOCUMENT_INVALID document:1:1 at /components/schemas/S0/$ref: The reference leads to another file, but the document was not read from a file (found "a.yaml")
      Give the path of the document instead, or put what it refers to into it.
    document:1:1 at /components/schemas/S1/$ref: The reference leads to another file, but the document was not read from a file (found "../b.yaml")
      Give the path of the document instead, or put what it refers to into it."
  `);
  expect(() => documentFromObject(root, { strict: true })).toThrow(message.replace('DOCUMENT_INVALID ', ''));
});

test('the document itself may be on a host that is allowed', async () => {
  const { asked, fetch } = web({
    'https://example.com/api/openapi.json': { body: JSON.stringify(document('schemas/a.yaml', 'file:///etc/passwd')) },
    'https://example.com/api/good.json': { body: JSON.stringify(document('schemas/a.yaml')) },
    'https://example.com/api/schemas/a.yaml': { body: 'type: string' },
  });
  const options = { fetch, allowRemote: ['example.com'] };
  const good = await readDocument('https://example.com/api/good.json', options);
  expect(good.name).toBe('https://example.com/api/good.json');
  expect(good.at('/components/schemas/S0')).toEqual({
    $ref: '#/x-counterproof-files/https:~1~1example.com~1api~1schemas~1a.yaml',
  });
  const refused = async (uri: string) =>
    readDocument(uri, { ...options, strict: true }).catch(
      (error: CounterproofError) => `${error.code} ${error.message.split('\n')[0]}`,
    );
  expect(await refused('https://example.com/api/openapi.json')).toBe(
    'REFERENCE_FORBIDDEN https://example.com/api/openapi.json:1:128 at /components/schemas/S1/$ref: ' +
      'A file of another host refers to a file on this machine (found "file:///etc/passwd")',
  );
  expect(await refused('https://other.example/openapi.json')).toMatch(/^REFERENCE_FORBIDDEN .*the host other.example/);
  expect(await refused('https://example.com/nothing')).toMatch(/^DOCUMENT_UNREADABLE .*cannot be fetched/);
  expect(asked.some((url) => url.includes('other'))).toBe(false);
});
