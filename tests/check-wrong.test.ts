import { describe, expect, test } from 'vitest';
import {
  type Asked,
  type Implementation,
  json,
  type OnWire,
  type Reply,
  replyBytes,
} from './contract/implementation.js';
import { installations, invalid } from './contract/installations.js';
import { check, type SuiteOptions } from './contract/suite.js';
import { things } from './contract/things.js';

/** One wrong implementation: which check has to catch it, and how it differs from the right one. */
type Row = readonly [name: string, caughtBy: string, implementation: Implementation, options?: SuiteOptions];

/** The right implementation of the built-in document, with another reply where `when` holds. */
function wrong(when: (reply: Reply, asked: Asked) => boolean, change: (reply: Reply, asked: Asked) => Reply | OnWire) {
  return (asked: Asked) => {
    const reply = installations()(asked);
    return when(reply, asked) ? change(reply, asked) : reply;
  };
}

const success = ({ status }: Reply, { method }: Asked) => status === 200 && method === 'GET';
const refusal = ({ status }: Reply) => status === 422;
const body =
  (value: unknown) =>
  (reply: Reply): Reply => ({ ...reply, body: JSON.stringify(value) });
const bytes =
  (value: string | Uint8Array) =>
  (reply: Reply): Reply => ({ ...reply, body: value });
const header =
  (name: string, value: string | null) =>
  (reply: Reply): Reply => {
    const { [name]: _old, ...rest } = reply.headers;
    return { ...reply, headers: value === null ? rest : { ...rest, [name]: value } };
  };
const provider = (asked: Asked) => asked.parameters.get('provider');
/** Reads the parameter as this says, and then answers as the right one does. */
const reading =
  (read: (value: string | null) => string | null): Implementation =>
  (asked) => {
    const value = read(provider(asked));
    const parameters = new URLSearchParams(value === null ? {} : { provider: value });
    return installations()({ ...asked, parameters, query: '' });
  };
const withKey =
  (take: (asked: Asked) => string | undefined): Implementation =>
  (asked) =>
    installations('right')({ ...asked, headers: { ...asked.headers, 'x-session-api-key': take(asked) } });
const key = { key: 'right' };
const onWire = (write: OnWire) => wrong(success, () => write);

const status: Row[] = [
  ['another 2xx', 'status-documented', wrong(success, (reply) => ({ ...reply, status: 202 }))],
  ['204 and empty', 'status-documented', wrong(success, () => ({ status: 204, headers: {}, body: null }))],
  ['500', 'no-server-error', wrong(success, () => json(500, { detail: 'oops' }))],
  ['404 always', 'accepts-valid', () => json(404, { detail: 'Not Found' })],
  ['400 instead of the declared 422', 'status-documented', wrong(refusal, (reply) => ({ ...reply, status: 400 }))],
  [
    'a redirect to a login page',
    'accepts-valid',
    wrong(success, () => ({ status: 302, headers: { Location: '/login' }, body: null })),
  ],
  ['an error body with 200', 'response-schema', wrong(success, () => json(200, { detail: 'Not authenticated' }))],
  ['200 for what is invalid', 'rejects-invalid', wrong(refusal, () => json(200, []))],
];

const mediaType: Row[] = [
  ['text/html with JSON inside', 'media-type', wrong(success, header('Content-Type', 'text/html'))],
  ['none', 'media-type', wrong(success, header('Content-Type', null))],
  ['octet-stream', 'media-type', wrong(success, header('Content-Type', 'application/octet-stream'))],
  ['an error as text/plain', 'media-type', wrong(refusal, header('Content-Type', 'text/plain'))],
  [
    'an HTML error page',
    'media-type',
    wrong(refusal, () => ({ status: 422, headers: { 'Content-Type': 'text/html' }, body: '<h1>no</h1>' })),
  ],
];

const shapes: Row[] = (
  [
    ['a wrapper object', { installations: ['1'] }],
    ['null', null],
    ['nested once more', [['1']]],
    ['a string', '1'],
    ['an object for each item', [{ id: '1' }]],
    ['numbers for strings', [1, 2]],
    ['one wrong item at the end', ['1', '2', '3', '4', 5]],
    ['one null item', ['1', null]],
  ] as const
).map(([name, value]) => [name, 'response-schema', wrong(success, body(value))]);

const errorBodies: Row[] = (
  [
    ['detail is a string', { detail: 'no' }],
    ['detail is an object', { detail: { msg: 'no' } }],
    ['loc is missing', { detail: [{ type: 'enum', msg: 'no' }] }],
    ['loc is of objects', { detail: [{ type: 'enum', msg: 'no', loc: [{ in: 'query' }] }] }],
    ['msg is missing', { detail: [{ type: 'enum', loc: ['query', 'provider'] }] }],
  ] as const
).map(([name, value]) => [name, 'response-schema', wrong(refusal, body(value))]);

const encoding: Row[] = [
  ['truncated JSON', 'well-formed', wrong(success, bytes('["1", "2'))],
  ['invalid UTF-8', 'well-formed', wrong(success, bytes(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d])))],
  ['a byte order mark', 'well-formed', wrong(success, bytes('\ufeff["1"]'))],
  ['two JSON texts', 'well-formed', wrong(success, bytes('["1"]\n["2"]'))],
  ['single quotes', 'well-formed', wrong(success, bytes("['1']"))],
  ['gzip that is not', 'well-formed', wrong(success, header('Content-Encoding', 'gzip'))],
  ['Content-Length too long', 'well-formed', wrong(success, header('Content-Length', '500')), { timeout: 200 }],
  ['Content-Length too short', 'well-formed', wrong(success, header('Content-Length', '5'))],
  ['an empty body', 'well-formed', wrong(success, bytes(''))],
  ['the same name twice', 'well-formed', wrong(refusal, bytes('{"detail": [], "detail": []}'))],
  ['NaN', 'well-formed', wrong(success, bytes('[NaN]'))],
];

const authentication: Row[] = [
  ['none needed', 'auth-required', (asked) => installations()({ ...asked, headers: { 'x-session-api-key': 'x' } })],
  ['any key', 'auth-required', installations(), key],
  ['an empty key', 'auth-required', withKey(({ headers }) => String(headers['x-session-api-key'] || 'right')), key],
  [
    'the key taken from the query',
    'auth-required',
    withKey(({ headers, parameters }) =>
      String(headers['x-session-api-key'] ?? parameters.get('X-Session-API-Key') ?? ''),
    ),
    key,
  ],
  ['the right key refused', 'accepts-valid', installations('another'), key],
  [
    'a bearer token instead of the key',
    'auth-required',
    withKey(({ headers }) => String(headers['x-session-api-key'] ?? headers.authorization?.replace('Bearer ', ''))),
    key,
  ],
  [
    'a prefix of the key',
    'auth-required',
    withKey(({ headers }) => {
      const given = String(headers['x-session-api-key'] ?? '');
      return given !== '' && given.startsWith('right') ? 'right' : given;
    }),
    key,
  ],
  [
    'the data with the refusal',
    'auth-required',
    (asked) => {
      const reply = installations()(asked);
      return reply.status === 401 ? json(401, ['github-1', 'github-2']) : reply;
    },
  ],
];

const servedAs =
  (method: string): Implementation =>
  (asked) =>
    installations()(asked.method === method ? { ...asked, method: 'GET' } : asked);
const methods: Row[] = [
  ['POST served as GET', 'method-not-allowed', servedAs('POST')],
  ['DELETE served as GET', 'method-not-allowed', servedAs('DELETE')],
  [
    'PUT fails with 500',
    'no-server-error',
    wrong(
      (_reply, { method }) => method === 'PUT',
      () => json(500, {}),
    ),
  ],
  ['405 without Allow', 'method-not-allowed', wrong(({ status }) => status === 405, header('Allow', null))],
  [
    'HEAD with a body',
    'no-body',
    wrong(
      (_reply, { method }) => method === 'HEAD',
      (reply) => (socket) => socket.write(replyBytes(reply, 'GET')),
    ),
  ],
];

const parameters: Row[] = [
  ['a missing one accepted', 'rejects-invalid', reading((value) => value ?? 'github')],
  ['another case accepted', 'rejects-invalid', reading((value) => value?.toLowerCase() ?? null)],
  ['blanks accepted', 'rejects-invalid', reading((value) => value?.trim() ?? null)],
  [
    'a prefix accepted',
    'rejects-invalid',
    reading((value) => (value && 'github'.startsWith(value) ? 'github' : value)),
  ],
  ['a suffix accepted', 'rejects-invalid', reading((value) => (value?.startsWith('github') ? 'github' : value))],
  ['an empty one accepted', 'rejects-invalid', reading((value) => (value === '' ? 'github' : value))],
  ['an unknown one accepted', 'rejects-invalid', reading((value) => (value === null ? null : 'github'))],
  [
    'one enum value refused with 422',
    'accepts-valid',
    wrong(
      (_reply, asked) => provider(asked) === 'enterprise_sso',
      () => invalid('enum', 'no', 'enterprise_sso'),
    ),
  ],
  [
    'one enum value refused with 400',
    'accepts-valid',
    wrong(
      (_reply, asked) => provider(asked) === 'gitlab',
      () => json(400, { detail: 'no installations' }),
    ),
  ],
  ['ignored', 'answers-differ', wrong(success, body(['1', '2']))],
];

const failsOn = (when: (asked: Asked) => boolean) =>
  wrong(
    (_reply, asked) => when(asked),
    () => json(500, { detail: 'oops' }),
  );
const robustness: Row[] = [
  ['500 on an array', 'no-server-error', failsOn(({ parameters }) => parameters.getAll('provider').length > 1)],
  ['500 on a long value', 'no-server-error', failsOn(({ query }) => query.length > 5000)],
  ['500 on NUL', 'no-server-error', failsOn((asked) => provider(asked)?.includes('\0') ?? false)],
  ['500 on non-ASCII', 'no-server-error', failsOn((asked) => /[^\0-\x7f]/.test(provider(asked) ?? ''))],
  ['500 on broken percent-encoding', 'no-server-error', failsOn(({ query }) => /%(?![0-9a-f]{2})/i.test(query))],
];

const timing: Row[] = [
  ['a hang', 'well-formed', onWire(() => {}), { timeout: 150 }],
  ['a slow drip', 'well-formed', onWire(drip), { timeout: 150 }],
  ['a reset before the answer', 'well-formed', onWire((socket) => void socket.resetAndDestroy())],
  [
    'a reset in the middle',
    'well-formed',
    onWire((socket) => void socket.end('HTTP/1.1 200 OK\r\nContent-Type: applic')),
  ],
  ['a reset on invalid input', 'well-formed', wrong(refusal, () => (socket) => void socket.resetAndDestroy())],
  [
    'every fourth request fails',
    'no-server-error',
    wrong(
      (_reply, { number }) => number % 4 === 3,
      () => json(500, {}),
    ),
  ],
  [
    'every fourth request is reset',
    'well-formed',
    wrong(
      (_reply, { number }) => number % 4 === 3,
      () => (socket) => void socket.resetAndDestroy(),
    ),
  ],
  [
    'a redirect to itself',
    'accepts-valid',
    wrong(success, ({ headers }) => ({
      status: 307,
      headers: { ...headers, Location: '/api/user/installations' },
      body: null,
    })),
  ],
];

function drip(socket: Parameters<OnWire>[0]): void {
  const text = replyBytes(json(200, ['1']), 'GET').toString();
  let at = 0;
  const timer = setInterval(() => {
    if (at === text.length || socket.destroyed) clearInterval(timer);
    else socket.write(text.charAt(at++));
  }, 10);
}

const families = {
  status,
  mediaType,
  shapes,
  errorBodies,
  encoding,
  authentication,
  methods,
  parameters,
  robustness,
  timing,
};

for (const [family, rows] of Object.entries(families)) {
  describe(family, () => {
    for (const [name, caughtBy, implementation, options] of rows) {
      test.concurrent(`${name} is caught by ${caughtBy}`, async () => {
        const result = await check('installations', implementation, options);
        const severity = caughtBy === 'answers-differ' ? 'information' : 'violation';
        const caught = result.findings.filter((finding) => finding.severity === severity);
        expect(caught.map((finding) => finding.check)).toContain(caughtBy);
        expect(result.verdict).toBe(severity === 'violation' ? 'broken' : 'kept');
      });
    }
  });
}

describe('what the built-in document does not have', () => {
  const onThing =
    (change: (thing: Record<string, unknown>) => unknown): Implementation =>
    (asked) => {
      const reply = things(asked);
      if (reply.status !== 200 || asked.method !== 'GET') return reply;
      const value = JSON.parse(String(reply.body));
      return { ...reply, body: JSON.stringify(Array.isArray(value) ? value.map(change) : change(value)) };
    };
  const set = (member: string, value: unknown) => onThing((thing) => ({ ...thing, [member]: value }));
  const rows: Row[] = [
    ['an undeclared enum value', 'response-schema', set('kind', 'huge')],
    ['below minimum', 'response-schema', set('count', -1)],
    ['above maximum', 'response-schema', set('count', 11)],
    ['above maxLength', 'response-schema', set('name', 'x'.repeat(21))],
    ['duplicates under uniqueItems', 'response-schema', set('tags', ['a', 'a'])],
    ['a bad date-time', 'response-schema', set('created', '2026-11-23 12:00')],
    ['a bad uuid', 'response-schema', set('id', '123')],
    ['a bad email', 'response-schema', set('owner', 'nobody')],
    ['"1" for 1', 'response-schema', set('count', '1')],
    ['an extra member where that is forbidden', 'response-schema', set('secret', true)],
    ...['id', 'name', 'kind', 'created', 'tags'].map(
      (member): Row => [`${member} dropped`, 'response-schema', set(member, undefined)],
    ),
    ['a required header dropped', 'response-headers', (asked) => header('X-Total', null)(things(asked))],
    [
      'a header of the wrong type',
      'response-headers',
      (asked) => {
        const reply = things(asked);
        return reply.headers['X-Total'] ? header('X-Total', 'many')(reply) : reply;
      },
    ],
    [
      '204 with a body',
      'no-body',
      (asked) => {
        const reply = things(asked);
        return reply.status === 204 ? (socket) => void socket.write('HTTP/1.1 204 No Content\r\n\r\n{}') : reply;
      },
    ],
    [
      'a body that is not checked',
      'rejects-invalid',
      (asked) =>
        asked.method === 'POST' ? { ...things({ ...asked, body: Buffer.from('{"name":"x"}') }) } : things(asked),
    ],
    [
      'any media type taken',
      'rejects-invalid',
      (asked) => things({ ...asked, headers: { ...asked.headers, 'content-type': 'application/json' } }),
    ],
    [
      '500 on deep nesting',
      'no-server-error',
      (asked) => (/^[[{]{50}/.test(asked.body.toString().replace(/"[^"]*":/g, '')) ? json(500, {}) : things(asked)),
    ],
  ];
  for (const [name, caughtBy, implementation] of rows) {
    test.concurrent(`${name} is caught by ${caughtBy}`, async () => {
      const { findings } = await check('things', implementation);
      const caught = findings.filter(({ severity }) => severity === 'violation');
      expect(caught.map((finding) => finding.check)).toContain(caughtBy);
    });
  }
});

test('an implementation that fails now and then is flaky, and one that always fails is not', async () => {
  // Every fourth request that it has not met before: the same one again gets what is right.
  const met = new Set<string>();
  const sometimes = await check(
    'installations',
    wrong(
      (_reply, { method, path, query, headers, body }) => {
        const request = JSON.stringify([method, path, query, headers, body.toString('base64')]);
        return !met.has(request) && met.add(request).size % 4 === 0;
      },
      () => json(500, {}),
    ),
  );
  const always = await check(
    'installations',
    wrong(success, () => json(500, {})),
  );
  const failures = (result: typeof always) => result.findings.filter(({ check }) => check === 'no-server-error');
  expect(sometimes.counts.violations).toBeGreaterThan(5);
  expect(sometimes.counts.flaky).toBe(sometimes.counts.violations);
  expect(failures(sometimes).every(({ flaky }) => flaky)).toBe(true);
  expect(failures(always).length).toBeGreaterThan(0);
  expect(failures(always).some(({ flaky }) => flaky)).toBe(false);
  expect(always.counts.flaky).toBe(0);
});
