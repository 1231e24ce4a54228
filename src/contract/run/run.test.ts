import { describe, expect, it } from 'vitest';
import { documentFromObject } from '../../document/index.js';
import { createOperations, type HttpRequest } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { createCredentials } from '../credentials/credentials.js';
import type { Received, Send } from '../types.js';
import { virtualClock } from './clock.js';
import type { RunOptions } from './options.js';
import type { RunResult } from './result.js';
import { run } from './run.js';
import { selectOperations } from './select.js';
import { retryAfter } from './sender.js';
import { plannedCases } from './tasks.js';

const json = {
  'application/json': { schema: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } } },
};
const responses = { 200: { description: 'ok', content: json }, 400: { description: 'no' } };
const limit = { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 9 } };
const root: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'T', version: '1' },
  paths: {
    '/b': { get: { operationId: 'readB', parameters: [limit], responses } },
    '/a': {
      delete: { operationId: 'deleteA', responses },
      put: { operationId: 'changeA', responses },
      get: { operationId: 'readA', responses },
      post: { operationId: 'makeA', responses },
    },
  },
};
const operations = createOperations(documentFromObject(root));

function received(status: number, body = '{"a":"x"}', headers: [string, string][] = []): Received {
  const bytes = new TextEncoder().encode(body);
  const typed: [string, string][] = body === '' ? headers : [['Content-Type', 'application/json'], ...headers];
  return { status, headers: typed, raw: bytes, body: bytes, problems: [], duration: 1 };
}
const nothing = (kind: 'timeout' | 'refused' | 'reset'): Received => {
  const none = new Uint8Array(0);
  return { status: null, headers: [], raw: none, body: none, problems: [{ kind, message: kind }], duration: 1 };
};

/** Right in everything. */
const right = async ({ method, target }: HttpRequest): Promise<Received> => {
  const [path, query] = target.split('?');
  const declared = path === '/a' ? ['GET', 'POST', 'PUT', 'DELETE'] : ['GET'];
  if (method === 'HEAD') return received(200, '');
  if (!declared.includes(method)) return received(405, '', [['Allow', declared.join(', ')]]);
  return query === undefined || /^limit=[1-9]$/.test(query) ? received(200) : received(400, '');
};

const runWith = (send: Send, options: Partial<RunOptions> = {}): Promise<RunResult> =>
  run({ operations, send, target: 'http://t', allowWrites: true, allowDeletes: true, ...options });

const violations = ({ findings }: RunResult) => findings.filter(({ severity }) => severity === 'violation');

describe('a run', () => {
  it('finds nothing where there is nothing', async () => {
    const result = await runWith(right);
    expect(violations(result)).toEqual([]);
    expect(result).toMatchObject({
      verdict: 'kept',
      partial: null,
      counts: { operations: 5, operationsReached: 5, flaky: 0 },
    });
  });

  it('can be kept where no body of a media type can be written, and says so', async () => {
    const content = { 'application/x-protobuf': { schema: { type: 'object' } } };
    const post = { operationId: 'send', requestBody: { required: true, content }, responses };
    const both = documentFromObject({ ...root, paths: { ...(root.paths as JsonObject), '/c': { post } } });
    const result = await runWith(right, { operations: createOperations(both) });
    expect(result.verdict).toBe('kept');
    expect(result.notes).toContainEqual(
      expect.stringMatching(
        /^POST \/c could not be checked whole: No valid request .* a body of application\/x-protobuf/,
      ),
    );
  });

  it('reads first, then creates, changes, and deletes last', async () => {
    const first: string[] = [];
    await runWith(
      async (request) => {
        const own = `${request.method} ${request.target.split('?')[0]}`;
        if (['GET /b', 'GET /a', 'POST /a', 'PUT /a', 'DELETE /a'].includes(own) && !first.includes(own))
          first.push(own);
        return right(request);
      },
      { aspects: ['accepted'] },
    );
    expect(first).toEqual(['GET /b', 'GET /a', 'POST /a', 'PUT /a', 'DELETE /a']);
  });

  it('sends the base case of each operation once more at the end, with compression welcome', async () => {
    const encodings: unknown[] = [];
    const result = await runWith(
      async (request) => {
        if (request.headers['accept-encoding']) encodings.push(request.target);
        return right(request);
      },
      { operation: ['readB'] },
    );
    expect(encodings).toEqual(['/b']);
    expect(result.counts.cases).toBe([...plannedCases({ operations, operation: ['readB'] })].length + 1);
  });

  it('has one result, whichever answer comes first', async () => {
    const wrongs: Send = async (request) => {
      if (/limit=[5-9]/.test(request.target) || request.method === 'PUT') return received(500, '{"error":1}');
      return /limit/.test(request.target) ? received(200, '{"a":1}') : right(request);
    };
    const shuffled =
      (seed: number): Send =>
      async (request, options) => {
        let state = seed;
        for (const character of request.target + request.method) state = (state * 31 + character.charCodeAt(0)) % 9973;
        await new Promise((resolve) => setTimeout(resolve, state % 5));
        return wrongs(request, options);
      };
    const stable = (result: RunResult) => JSON.stringify({ ...result, startedAt: '', duration: 0 });
    const one = stable(await runWith(wrongs));
    expect(stable(await runWith(shuffled(1)))).toBe(one);
    expect(stable(await runWith(shuffled(2), { concurrency: 40 }))).toBe(one);
    expect(stable(await runWith(wrongs, { concurrency: 1 }))).toBe(one);
  });

  it('keeps what it lists within bounds, and counts the rest', async () => {
    let number = 0;
    const result = await runWith(async () => received(500, JSON.stringify({ [`member${number++}`]: 1 })));
    expect(result.findings.length).toBeLessThan(5 * 25 * 4);
    const listed = violations(result).reduce((sum, { cases }) => sum + cases, 0);
    expect(listed + result.findingsNotKept).toBeGreaterThanOrEqual(result.counts.violations);
  });

  it('says what it tries in part alone, since there is too much of it', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `key${index}`);
    const kind = {
      name: 'kind',
      in: 'query',
      schema: { enum: Array.from({ length: 1_001 }, (_, index) => `v${index}`) },
    };
    const many = createOperations(
      documentFromObject({
        ...root,
        paths: { '/b': { get: { parameters: [kind], security: names.map((name) => ({ [name]: [] })), responses } } },
        components: {
          securitySchemes: Object.fromEntries(names.map((name) => [name, { type: 'apiKey', in: 'header', name }])),
        },
      }),
    );
    const { notes } = await runWith(async () => received(200), { operations: many });
    expect(notes).toContain(
      'Not all that the document allows is tried: GET /b (1,000 of 1,001 values at /paths/~1b/get/parameters/0/schema/enum; 7 of 300 credentials)',
    );
    const { notes: none } = await runWith(right);
    expect(none.filter((note) => note.startsWith('Not all'))).toEqual([]);
  });

  it('hands the thread back while it derives, so that what else waits is heard', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort('a timer fired'), 0);
    // So many that they take longer to derive than one slice, on any machine.
    const paths = Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [`/b${index}`, { get: { parameters: [limit], responses } }]),
    );
    const many = createOperations(documentFromObject({ ...root, paths }));
    const result = await runWith(right, { operations: many, signal: stop.signal });
    expect(result.partial).toContain('a timer fired');
    expect(result.counts.operationsReached).toBeLessThan(400);
  });

  it('does not send what may change a target that is elsewhere, and says so', async () => {
    const methods = new Set<string>();
    const result = await runWith(
      async (request) => {
        methods.add(request.method);
        return right(request);
      },
      { allowWrites: false },
    );
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect(methods).not.toContain(method);
    expect(result.notSent).toEqual([
      { reason: 'unsafe-method', count: expect.any(Number), message: expect.stringContaining('--allow-writes') },
    ]);
    expect(result.operations.filter(({ state }) => state === 'not-sent').length).toBeGreaterThan(0);
    const planned = [...plannedCases({ operations })];
    const unsafe = planned.filter(({ request }) => /POST|PUT|PATCH|DELETE/.test(request.method));
    expect(result.notSent[0]?.count).toBe(unsafe.length);
  });

  it('of nothing that could be sent proves nothing', async () => {
    const result = await runWith(right, { allowWrites: false, operation: ['deleteA'], aspects: ['accepted'] });
    expect(result).toMatchObject({ verdict: 'incomplete', unproven: ['nothing was sent'] });
  });

  it('is divided into shards that are all of it, each case once', async () => {
    const idsOf = async (shard?: { index: number; count: number }) => {
      const ids: string[] = [];
      const listen = {
        id: 'listen',
        summary: '',
        run: ({ case: { id, title } }: { case: { id: string; title: string } }) => {
          if (!title.endsWith('again at the end of the run')) ids.push(id);
          return [];
        },
      };
      await runWith(right, { checks: [listen], createRunChecks: () => [], ...(shard && { shard }) });
      return ids;
    };
    const parts = await Promise.all([1, 2, 3, 4].map((index) => idsOf({ index, count: 4 })));
    expect(parts.flat().sort()).toEqual((await idsOf()).sort());
  });

  it('begins with the valid request in each shard', async () => {
    const [base] = plannedCases({ operations, operation: ['readB'] });
    for (const index of [1, 2, 3, 4]) {
      const sent: string[] = [];
      const listening = async (request: HttpRequest) => {
        sent.push(request.target);
        return right(request);
      };
      await runWith(listening, { operation: ['readB'], concurrency: 8, shard: { index, count: 4 } });
      expect(sent[0]).toBe(base?.request.target);
    }
  });
});

describe('what fails', () => {
  it('is sent again, and is flaky where it then holds', async () => {
    const seen = new Map<string, number>();
    const result = await runWith(async (request) => {
      const key = `${request.method} ${request.target} ${JSON.stringify(request.headers)}`;
      seen.set(key, (seen.get(key) ?? 0) + 1);
      return seen.get(key) === 1 && request.target === '/b?limit=9' ? received(500, '{}') : right(request);
    });
    expect(violations(result).length).toBeGreaterThan(0);
    expect(violations(result).every(({ flaky, curl }) => flaky && curl.includes('limit=9'))).toBe(true);
    expect(result.verdict).toBe('broken');
  });

  it('in another way when it is sent again is shown with the answer that broke', async () => {
    let bodies = 0;
    const result = await runWith(async (request) => {
      if (request.target !== '/b?limit=9') return right(request);
      return ++bodies === 1 ? received(500, '{}') : nothing('timeout');
    });
    const shown = violations(result).map(({ check, operations: [first] }) => [check, first?.exchange?.response]);
    expect(shown).toEqual([
      ['well-formed', expect.stringMatching(/^no answer/)],
      ['no-server-error', expect.stringMatching(/^500/)],
    ]);
  });

  it('always is not flaky', async () => {
    const result = await runWith(async (request) =>
      request.target === '/b?limit=9' ? received(500, '{}') : right(request),
    );
    expect(result.counts.flaky).toBe(0);
    expect(result.counts.sentAgain).toBe(2);
  });

  it('with a time-out is not waited for a hundred times', async () => {
    const result = await runWith(
      async (request) => (request.target.startsWith('/b') ? nothing('timeout') : right(request)),
      {
        concurrency: 1,
      },
    );
    const [readB] = result.operations;
    expect(readB?.requests).toBeLessThan(12);
    expect(result.notSent.map(({ reason }) => reason)).toEqual(['timeouts']);
    expect(result.verdict).toBe('broken');
  });

  it('since the target is gone ends the run', async () => {
    let requests = 0;
    const result = await runWith(async (request) => (++requests > 30 ? nothing('refused') : right(request)));
    expect(result.partial).toMatch(/^the target stopped answering: (?:a request|\d+ requests in a row) got nothing$/);
    expect(result.verdict).toBe('broken');
    expect(requests).toBeLessThan(80);
  });

  /** Ends at TRACE, with all that is on its way, and refuses so many connections until it is there again; at once, or a little later. */
  const endingAtTrace = (refusals: number, isLate = false): Send => {
    const closing = new Set<() => void>();
    let refused = 0;
    return async (request) => {
      if (refused > 0) {
        refused--;
        return nothing('refused');
      }
      if (request.method === 'TRACE') {
        const end = () => {
          for (const close of closing) close();
          refused = refusals;
        };
        if (isLate) setTimeout(end);
        else end();
        return nothing('reset');
      }
      return new Promise((resolve) => {
        const close = () => resolve(nothing('reset'));
        closing.add(close);
        setTimeout(() => {
          closing.delete(close);
          resolve(right(request));
        }, 2);
      });
    };
  };
  const path = (name: string) => [`/${name}`, { get: { operationId: name, responses } }] as const;
  const several = createOperations(
    documentFromObject({ ...root, paths: Object.fromEntries(['b', 'c', 'd', 'e', 'f'].map(path)) }),
  );

  it.each([
    ['other processes take connections meanwhile', 0, 'The connection was closed before the answer was whole'],
    ['it is back by itself soon', 9, 'One request ends the server'],
  ])(
    'since one request ends a process is said of that request alone where %s, and not asked for ever',
    async (_what, refusals, message) => {
      const result = await runWith(endingAtTrace(refusals), {
        operations: several,
        ...{ clock: virtualClock() },
        concurrency: 8,
      });
      expect(result.partial).toBeNull();
      expect(violations(result).map((finding) => [finding.message, finding.title, finding.otherTitles])).toEqual([
        [message, 'TRACE (not declared)', []],
      ]);
      expect(violations(result)[0]?.operations).toHaveLength(2);
      expect(result.notSent.find(({ reason }) => reason === 'ends-target')?.count).toBe(3);
      expect(result.counts.operationsReached).toBe(5);
    },
  );

  it('since the target ends a little after it closed a connection does not wait for ever', async () => {
    const send = endingAtTrace(9, true);
    const result = await runWith(send, { operations: several, ...{ clock: virtualClock() }, concurrency: 8 });
    expect(result.verdict).toBe('broken');
  });

  it('to be a message is left out, and counted', async () => {
    const { UnwritableRequest } = await import('../types.js');
    const result = await runWith(async (request) => {
      if (request.target.includes('limit=3')) throw new UnwritableRequest('no');
      return right(request);
    });
    expect(violations(result)).toEqual([]);
  });
});

describe('an answer that no check can look at', () => {
  it('is told, and neither ends the run nor passes as kept', async () => {
    const failing = {
      id: 'failing',
      summary: 'it fails itself',
      run({ request }: { request: HttpRequest }) {
        if (request.target === '/b?limit=9') throw new RangeError('Maximum call stack size exceeded');
        return [];
      },
    };
    const result = await runWith(right, { checks: [failing], createRunChecks: () => [] });
    expect(result.findings).toMatchObject([
      { check: 'failing', severity: 'warning', message: 'The check could not be made of this answer' },
    ]);
    expect(result).toMatchObject({
      verdict: 'incomplete',
      unproven: [expect.stringMatching(/^answers of .* could not be judged whole$/)],
    });
  });
});

describe('an interrupted run', () => {
  it('ends at once, and says so', async () => {
    const stop = new AbortController();
    let requests = 0;
    const result = await runWith(
      async (request) => {
        if (++requests === 10) stop.abort('it was stopped by SIGINT');
        return right(request);
      },
      { signal: stop.signal },
    );
    expect(result).toMatchObject({ partial: 'it was stopped by SIGINT', verdict: 'incomplete' });
    expect(requests).toBeLessThan(20);
  });

  it('can be looked at while it goes on', async () => {
    const snapshots: RunResult[] = [];
    await runWith(right, { concurrency: 1, onProgress: (_progress, snapshot) => snapshots.push(snapshot()) });
    expect(snapshots.length).toBeGreaterThan(50);
    expect(snapshots.every(({ partial }) => partial !== null)).toBe(true);
    expect(snapshots.map(({ counts }) => counts.cases)).toEqual([...snapshots.keys()]);
  });
});

describe('429', () => {
  it('with Retry-After is waited for once, and then judged', async () => {
    let limited = 0;
    const began = Date.now();
    const result = await runWith(
      async (request) => {
        if (request.target === '/b?limit=5' && limited++ === 0) return received(429, '', [['Retry-After', '1']]);
        return right(request);
      },
      { operation: ['readB'] },
    );
    if (limited > 0) expect(Date.now() - began).toBeGreaterThan(900);
    expect(violations(result)).toEqual([]);
    expect(result.counts.waited).toBe(Math.min(1, limited));
  });

  it.each([
    ['3', 3000],
    ['0', 0],
    ['Mon, 23 Nov 2026 12:00:05 GMT', 5000],
    ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
    ['soon', null],
  ])('says %s', (value, milliseconds) => {
    const now = Date.parse('2026-11-23T12:00:00Z');
    expect(retryAfter(received(429, '', [['retry-after', value]]), now)).toBe(milliseconds);
  });
});

describe('credentials', () => {
  it('stand in no finding', async () => {
    const secured = createOperations(
      documentFromObject({
        ...root,
        security: [{ Key: [] }],
        components: { securitySchemes: { Key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
      }),
    );
    const credentials = createCredentials({ auth: { Key: 'the-secret-key' } }, ['Key']);
    const send: Send = async ({ headers }) => received(200, JSON.stringify({ a: headers }));
    const result = await run({ operations: secured, send, target: 'http://t', allowWrites: true, credentials });
    expect(violations(result).length).toBeGreaterThan(0);
    expect(JSON.stringify(result)).not.toContain('the-secret-key');
    expect(JSON.stringify(result)).toContain('$KEY');
  });

  it.each([
    ['as it is', 'the-secret-key'],
    ['in hexadecimal', Buffer.from('the-secret-key').toString('hex')],
  ])('stand in no reason why an operation was not exercised, %s', async (_how, leak) => {
    const credentials = createCredentials({ auth: { Key: 'the-secret-key' } }, ['Key']);
    const send: Send = async () => received(500, `No route for ${leak}`);
    const result = await run({ operations, send, target: 'http://t', allowWrites: true, credentials });
    expect(result.operations.some(({ unexercised }) => unexercised?.startsWith('status 500'))).toBe(true);
    expect(JSON.stringify(result)).not.toContain(leak);
  });
});

describe('operations are named', () => {
  const named = (...patterns: string[]) => selectOperations(operations.entries, patterns).map(({ id }) => id);

  it('by id, by method and path, and with stars', () => {
    expect(named()).toHaveLength(5);
    expect(named('readA')).toEqual(['readA']);
    expect(named('GET /a', 'put /a')).toEqual(['readA', 'changeA']);
    expect(named('GET *')).toEqual(['readB', 'readA']);
    expect(named('/a')).toHaveLength(4);
    expect(named('!* /a')).toEqual(['readB']);
    expect(named('*A', '!delete*').sort()).toEqual(['changeA', 'makeA', 'readA']);
  });

  it('and a wrong name is told with the nearest', () => {
    expect(() => named('raedA')).toThrow('No operation matches "raedA"; did you mean "readA"');
    expect(() => named('.*')).toThrow('No operation matches ".*"');
  });
});
