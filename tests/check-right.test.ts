import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type Asked, type Implementation, json, type Reply } from './contract/implementation.js';
import { installations } from './contract/installations.js';
import { check, violationsOf } from './contract/suite.js';
import { things } from './contract/things.js';

/** A right implementation whose replies are told in another way. */
function retold(change: (reply: Reply, asked: Asked) => Reply): Implementation {
  return (asked) => {
    const right = asked.path.startsWith('/things') ? things(asked) : installations()(asked);
    return change(right, asked);
  };
}

const withHeaders = (more: Record<string, string>) =>
  retold((reply) => ({ ...reply, headers: { ...reply.headers, ...more } }));

function renamed(reply: Reply, name: (header: string) => string): Reply {
  return {
    ...reply,
    headers: Object.fromEntries(Object.entries(reply.headers).map(([key, value]) => [name(key), value])),
  };
}

function chunked(text: string): string {
  const pieces = [...text].map((character) => `${Buffer.byteLength(character).toString(16)};x=1\r\n${character}\r\n`);
  return `${pieces.join('')}0\r\nX-Trailer: 1\r\n\r\n`;
}

function asked406(): Implementation {
  return (asked) => {
    const accept = asked.headers.accept ?? '*/*';
    if (!/application\/(json|\*|problem\+json)|\*\/\*/.test(accept)) return json(406, { detail: 'Not Acceptable' });
    return asked.path.startsWith('/things') ? things(asked) : installations()(asked);
  };
}

let limited = 0;

/** Each is right, and differs in one way of what must never be complained about. */
const variants: Record<string, Implementation> = {
  'as it is': retold((reply) => reply),
  'with a charset in Content-Type': retold((reply) =>
    reply.body === null
      ? reply
      : { ...reply, headers: { ...reply.headers, 'Content-Type': `${reply.headers['Content-Type']}; charset=utf-8` } },
  ),
  'with an upper-case media type': retold((reply) =>
    reply.body === null
      ? reply
      : {
          ...reply,
          headers: { ...reply.headers, 'Content-Type': String(reply.headers['Content-Type']).toUpperCase() },
        },
  ),
  'with headers in lower case': retold((reply) => renamed(reply, (name) => name.toLowerCase())),
  'with headers in upper case': retold((reply) => renamed(reply, (name) => name.toUpperCase())),
  'with headers in another order': retold((reply) => ({
    ...reply,
    headers: Object.fromEntries(Object.entries({ Date: new Date().toUTCString(), ...reply.headers }).reverse()),
  })),
  'in chunks': retold((reply, { method }) =>
    reply.body === null || method === 'HEAD'
      ? reply
      : { ...reply, headers: { ...reply.headers, 'Transfer-Encoding': 'chunked' }, body: chunked(String(reply.body)) },
  ),
  'with blanks in JSON': retold((reply) =>
    reply.body === null
      ? reply
      : { ...reply, body: `\n ${JSON.stringify(JSON.parse(String(reply.body)), null, 4)}\r\n` },
  ),
  'with non-ASCII escaped': retold((reply) =>
    reply.body === null ? reply : { ...reply, body: String(reply.body).replace(/thing/, '\\u0074hing') },
  ),
  'with headers that nobody declared': withHeaders({
    'X-Powered-By': 'x',
    Server: 'y',
    Vary: 'Origin',
    'Cache-Control': 'no-store',
  }),
  'with cookies': withHeaders({ 'Set-Cookie': 'session=1; HttpOnly; Path=/' }),
  'with an ETag': withHeaders({ ETag: '"abc"', 'Last-Modified': new Date(0).toUTCString() }),
  'with Connection: close': (asked) => (socket) => {
    const reply = asked.path.startsWith('/things') ? things(asked) : installations()(asked);
    const isBodiless = asked.method === 'HEAD' || reply.body === null;
    const lines = Object.entries(reply.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(
      `HTTP/1.1 ${reply.status} OK\r\n${lines.join('')}Connection: close\r\n\r\n${isBodiless ? '' : String(reply.body)}`,
    );
  },
  'with HTTP/1.0': (asked) => (socket) => {
    const reply = asked.path.startsWith('/things') ? things(asked) : installations()(asked);
    const lines = Object.entries(reply.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(
      `HTTP/1.0 ${reply.status} OK\r\n${lines.join('')}\r\n${asked.method === 'HEAD' ? '' : (reply.body ?? '')}`,
    );
  },
  'with 403 for 401': retold((reply) => (reply.status === 401 ? { ...reply, status: 403 } : reply)),
  'with 404 for HEAD and OPTIONS unknown': retold((reply, { method }) =>
    method === 'HEAD' || method === 'OPTIONS'
      ? { ...reply, status: 405, headers: { Allow: 'GET' }, body: null }
      : reply,
  ),
  'with 200 for OPTIONS': retold((reply, { method }) =>
    method === 'OPTIONS' ? { status: 200, headers: { Allow: 'GET, HEAD, POST, DELETE, OPTIONS' }, body: null } : reply,
  ),
  'with 501 for methods that it does not know': retold((reply) =>
    reply.status === 405 ? { status: 501, headers: {}, body: null } : reply,
  ),
  'with gzip when it is asked for': retold((reply, { headers, method }) =>
    reply.body !== null && /gzip/.test(String(headers['accept-encoding'])) && method !== 'HEAD'
      ? { ...reply, headers: { ...reply.headers, 'Content-Encoding': 'gzip' }, body: gzipSync(String(reply.body)) }
      : reply,
  ),
  'with brotli always': retold((reply, { method }) =>
    reply.body !== null && method !== 'HEAD'
      ? {
          ...reply,
          headers: { ...reply.headers, 'Content-Encoding': 'br' },
          body: brotliCompressSync(String(reply.body)),
        }
      : reply,
  ),
  'with a list that is empty for one value': retold((reply, { parameters }) =>
    reply.status === 200 && (parameters.get('provider') === 'gitlab' || parameters.get('kind') === 'large')
      ? { ...reply, body: '[]' }
      : reply,
  ),
  'with 406 for what it cannot say': asked406(),
  'slow, but in time': async (asked) => {
    await new Promise((resolve) => setTimeout(resolve, 60));
    return asked.path.startsWith('/things') ? things(asked) : installations()(asked);
  },
  'with one 429 that says when to try again': (asked) => {
    if (asked.number === 7 && limited++ === 0) return json(429, { detail: 'slow down' }, { 'Retry-After': '1' });
    return asked.path.startsWith('/things') ? things(asked) : installations()(asked);
  },
  'with extra members in an error body': retold((reply) =>
    reply.status >= 400 && reply.body !== null
      ? { ...reply, body: JSON.stringify({ ...JSON.parse(String(reply.body)), request_id: 'x' }) }
      : reply,
  ),
};

for (const [name, implementation] of Object.entries(variants)) {
  test(`nothing is said of a right implementation ${name}`, async () => {
    limited = 0;
    for (const document of ['installations', 'things'] as const) {
      const result = await check(document, implementation);
      expect(violationsOf(result)).toEqual([]);
      expect(result.verdict).toBe('kept');
      expect(result.counts.warnings).toBe(0);
      expect(result.counts.cases).toBeGreaterThan(30);
      limited = 0;
    }
  });
}

test('a right implementation with a known key is kept, and wrong keys are tried', async () => {
  const result = await check('installations', installations('the-right-key'), { key: 'the-right-key' });
  expect(violationsOf(result)).toEqual([]);
  expect(result.notSent).toEqual([]);
});

test('other seeds find nothing else to say', async () => {
  for (let seed = 2; seed <= 6; seed++) {
    expect(violationsOf(await check('installations', installations(), { seed }))).toEqual([]);
    expect(violationsOf(await check('things', things, { seed }))).toEqual([]);
  }
});

test('nothing is said of an implementation that remembers: what is not there is 404, what was deleted is gone', async () => {
  const known = '0b1f7e9c-55a5-4f0e-9a54-1f9c9a1d0001';
  for (const values of [undefined, { id: known }]) {
    const stored = new Set([known]);
    let reads = 0;
    const result = await check(
      'things',
      (asked) => {
        const reply = things(asked);
        const id = decodeURIComponent(asked.path.match(/^\/things\/([^%/]+)$/)?.[1] ?? '').toLowerCase();
        if (id === '' || reply.status >= 400) return reply;
        if (!stored.has(id))
          return json(404, { title: 'gone', status: 404 }, { 'Content-Type': 'application/problem+json' });
        if (asked.method === 'GET') reads++;
        if (asked.method === 'DELETE') stored.delete(id);
        return reply;
      },
      values && { values },
    );
    expect(violationsOf(result)).toEqual([]);
    expect(result.verdict).toBe('kept');
    // An id that a list shows is as good as one that is given.
    expect(reads).toBeGreaterThan(0);
  }
});
