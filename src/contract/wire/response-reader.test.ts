import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ending, ResponseReader } from './response-reader.js';

interface Reading {
  readonly method?: string;
  readonly ending?: Ending;
  readonly pieces?: number;
  readonly maxHeadBytes?: number;
  readonly maxBodyBytes?: number;
}

/** What the reader makes of these bytes, given in pieces of this many bytes each. */
function read(wire: string | Uint8Array, reading: Reading = {}) {
  const { method = 'GET', ending = 'closed', maxHeadBytes = 65536, maxBodyBytes = 1e6 } = reading;
  const bytes = typeof wire === 'string' ? Buffer.from(wire, 'latin1') : wire;
  const reader = new ResponseReader({ method, maxHeadBytes, maxBodyBytes });
  const step = reading.pieces ?? bytes.length;
  for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
  const { done, persistent } = reader;
  reader.end(ending);
  const { status, headers, raw, problems } = reader.result();
  return { status, headers, body: Buffer.from(raw).toString('latin1'), problems, done, persistent };
}

function problemsOf(wire: string, reading?: Reading): string[] {
  return read(wire, reading).problems.map(({ kind, message }) => `${kind}: ${message}`);
}

describe('an answer that is in order', () => {
  it('is read by its Content-Length, its headers in order and spelling', () => {
    expect(read('HTTP/1.1 200 OK\r\nX-B: 1\r\ncontent-length: 2\r\nx-a:  two \r\nX-b: 3\r\n\r\n{}')).toEqual({
      status: 200,
      headers: [
        ['X-B', '1'],
        ['content-length', '2'],
        ['x-a', 'two'],
        ['X-b', '3'],
      ],
      body: '{}',
      problems: [],
      done: true,
      persistent: true,
    });
  });

  it('is read in chunks, with extensions and trailers', () => {
    const wire =
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a="b"\r\n{"\r\n3 \r\na":\r\n2\r\n1}\r\n0\r\nT: x\r\n\r\n';
    expect(read(wire)).toMatchObject({ body: '{"a":1}', problems: [], done: true, persistent: true });
  });

  it('is read until the connection closes where it says no length', () => {
    expect(read('HTTP/1.0 200 OK\r\n\r\n[]')).toMatchObject({ body: '[]', problems: [], persistent: false });
  });

  it('may be preceded by interim responses', () => {
    const wire =
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n';
    expect(read(wire)).toMatchObject({ status: 204, headers: [], body: '', problems: [], persistent: true });
  });

  it('need not give a reason phrase', () => {
    expect(problemsOf('HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n')).toEqual([]);
  });

  it('says with Connection whether another request may follow', () => {
    expect(read('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n').persistent).toBe(false);
    expect(read('HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n').persistent).toBe(true);
    expect(read('HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n').persistent).toBe(false);
  });

  it('has no body for HEAD, 204 and 304, whatever its headers say', () => {
    const headers = 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect(read(`HTTP/1.1 200 OK\r\n${headers}`, { method: 'HEAD' })).toMatchObject({ problems: [], done: true });
    expect(read(`HTTP/1.1 304 Not Modified\r\n${headers}`)).toMatchObject({ problems: [], done: true });
  });
});

describe('an answer that is not in order', () => {
  const head = 'HTTP/1.1 200 OK\r\n';

  it.each<[what: string, wire: string, kind: string, message: string, reading?: Reading]>([
    ['nothing at all', '', 'reset', 'The connection was closed before any byte of an answer'],
    [
      'cut off in its head',
      `${head}Content-`,
      'truncated',
      'The connection was closed in the middle of the answer: the header section did not come to its end',
    ],
    [
      'cut off in its body',
      `${head}Content-Length: 10\r\n\r\n{"a"`,
      'truncated',
      'The connection was closed in the middle of the answer: 4 bytes of the body came, and Content-Length says 10',
    ],
    [
      'cut off between chunks',
      `${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n`,
      'truncated',
      'The connection was closed in the middle of the answer: 2 bytes of the body came, and the last chunk did not',
    ],
    [
      'reset in its body',
      `${head}Content-Length: 10\r\n\r\n{"a"`,
      'reset',
      'The connection was reset in the middle of the answer: 4 bytes of the body came, and Content-Length says 10',
      { ending: 'reset' },
    ],
    [
      'late in its body',
      `${head}Content-Length: 10\r\n\r\n{"a"`,
      'timeout',
      'Time ran out: 4 bytes of the body came, and Content-Length says 10',
      { ending: 'timeout' },
    ],
    [
      'never ended',
      `${head}\r\n{}`,
      'timeout',
      'Time ran out: 2 bytes of the body came, and the connection stayed open',
      { ending: 'timeout' },
    ],
    [
      'longer than its Content-Length',
      `${head}Content-Length: 2\r\n\r\n{"a":1}`,
      'content-length-mismatch',
      'Content-Length says 2, and 5 bytes came after that: "a\\":1}"',
    ],
    [
      'longer than its chunks',
      `${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n{}`,
      'malformed-http',
      'After the end of the answer came 2 bytes: "{}"',
    ],
    [
      'HEAD with a body',
      `${head}Content-Length: 2\r\n\r\n{}`,
      'body-not-allowed',
      'After the header section of the answer to HEAD came 2 bytes: "{}"',
      { method: 'HEAD' },
    ],
    [
      '204 with a body',
      'HTTP/1.1 204 No Content\r\n\r\n{}',
      'body-not-allowed',
      'After the header section of a 204 came 2 bytes: "{}"',
    ],
    ['not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'malformed-http', 'What came is not HTTP/1.1: "SSH-2.0-OpenSSH_9.2\\r\\n"'],
    ['HTTP/2', 'HTTP/2 200\r\n\r\n', 'malformed-http', 'The first line is not a status line of HTTP/1.1: "HTTP/2 200"'],
    [
      'no status',
      'HTTP/1.1 OK\r\n\r\n',
      'malformed-http',
      'The first line is not a status line of HTTP/1.1: "HTTP/1.1 OK"',
    ],
    [
      'a status out of range',
      'HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n',
      'malformed-http',
      'The status code 999 is outside 100 to 599',
    ],
    [
      'a header without a colon',
      `${head}nonsense\r\nContent-Length: 0\r\n\r\n`,
      'malformed-http',
      'A header line has no colon: "nonsense"',
    ],
    [
      'a header name with a blank',
      `${head}X Y: 1\r\nContent-Length: 0\r\n\r\n`,
      'malformed-http',
      'A header name is not a token: "X Y"',
    ],
    [
      'a folded header',
      `${head}X: 1\r\n 2\r\nContent-Length: 0\r\n\r\n`,
      'malformed-http',
      'The header "X" is folded over two lines',
    ],
    [
      'a control character in a header',
      `${head}X: a\u0000b\r\nContent-Length: 0\r\n\r\n`,
      'malformed-http',
      'The header "X" has a control character in its value',
    ],
    [
      'lines that end with LF',
      'HTTP/1.1 200 OK\nContent-Length: 2\n\n{}',
      'malformed-http',
      'A line ends with LF alone instead of CRLF',
    ],
    [
      'two lengths',
      `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
      'malformed-http',
      'Content-Length is "2, 3" instead of one number',
    ],
    [
      'a length that is no number',
      `${head}Content-Length: -1\r\n\r\n{}`,
      'malformed-http',
      'Content-Length is "-1" instead of one number',
    ],
    [
      'length and chunks',
      `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
      'malformed-http',
      'Transfer-Encoding and Content-Length are both there (RFC 9112, 6.1)',
    ],
    [
      'a chunk without a size',
      `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
      'malformed-http',
      'A chunk has no size: its line is "zz"',
    ],
    [
      'a chunk longer than its size',
      `${head}Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n`,
      'malformed-http',
      'A chunk is longer than its size says: "}" follows',
    ],
    [
      'a transfer coding not asked for',
      `${head}Transfer-Encoding: gzip\r\n\r\n{}`,
      'malformed-http',
      'Transfer-Encoding is "gzip", which was not asked for',
    ],
  ])('%s', (_what, wire, kind, message, reading) => {
    expect(read(wire, reading).problems).toEqual([{ kind, message }]);
  });

  it('has the same length twice without being wrong', () => {
    expect(problemsOf(`${head}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}`)).toEqual([]);
  });

  it('is bounded in its head and its body', () => {
    const flood = `${head}${'X: y\r\n'.repeat(1000)}`;
    expect(read(flood, { maxHeadBytes: 1000 }).problems[0]?.kind).toBe('too-large');
    expect(read(`${flood}\r\n`, { maxHeadBytes: 1000 }).problems[0]?.kind).toBe('too-large');
    const body = read(`${head}\r\n${'x'.repeat(3000)}`, { maxBodyBytes: 1000, pieces: 500 });
    expect(body.problems[0]?.kind).toBe('too-large');
    const lines = (count: number) => problemsOf(`HTTP/1.1 200 OK\r\n${'a:\r\n'.repeat(count)}\r\n`);
    expect(lines(1_999)).toEqual([]);
    expect(lines(2_000)).toEqual(['too-large: The header section has more than 2000 lines']);
    expect(problemsOf(`HTTP/1.1 200 OK\r\n${'x\r\n'.repeat(1_000)}\r\n`).slice(7)).toEqual([
      'malformed-http: A header line has no colon: "x"',
      'malformed-http: And 992 more lines break RFC 9112',
    ]);
    expect(body.body.length).toBe(1000);
    // What says that it is longer than is read is read no further than it is shown.
    const said = `${head}Content-Length: 100000\r\n\r\n${'x'.repeat(100_000)}`;
    const beginning = read(said, { maxBodyBytes: 90_000, pieces: 1000 });
    expect(beginning.problems[0]?.kind).toBe('too-large');
    expect(beginning.body.length).toBeLessThan(20_000);
    // A server may send six bytes for each byte of a body.
    const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n${'1\r\nx\r\n'.repeat(10_000)}0\r\n\r\n`;
    expect(read(chunked, { maxBodyBytes: 20_000, pieces: 1000 }).problems).toEqual([
      {
        kind: 'too-large',
        message: 'The sizes of its chunks are longer than 20000 bytes: the rest was not read',
      },
    ]);
    expect(read(chunked, { maxBodyBytes: 50_000, pieces: 1000 }).body).toBe('x'.repeat(10_000));
    // A trailer section is bounded as a header section is.
    const trailers = (count: number) => `${head}Transfer-Encoding: chunked\r\n\r\n0\r\n${'a: b\r\n'.repeat(count)}\r\n`;
    for (const pieces of [7, 1e6]) {
      expect(problemsOf(trailers(166), { maxHeadBytes: 1000, pieces })).toEqual([]);
      expect(problemsOf(trailers(167), { maxHeadBytes: 1000, pieces })).toEqual([
        'too-large: The trailer section is longer than 1000 bytes',
      ]);
    }
    expect(read('HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000)).problems[0]?.kind).toBe('too-large');
  });
});

describe('however the bytes are cut up', () => {
  const wires = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .tuple(
        fc.constantFrom('200 OK', '204 No Content', '100 Continue', '304 Not Modified', '2x0'),
        fc.array(
          fc.constantFrom('Content-Length: 4', 'Content-Length: 0', 'Transfer-Encoding: chunked', 'X: y', 'x', ' z'),
          { maxLength: 3 },
        ),
        fc.constantFrom('\r\n', '\n'),
        fc.constantFrom('', '{}', '{"a":1}', '2\r\n{}\r\n0\r\n\r\n', '4\r\nab', 'HTTP/1.1 200 OK\r\n\r\n'),
      )
      .map(([status, fields, newline, body]) =>
        Buffer.from([`HTTP/1.1 ${status}`, ...fields, '', body].join(newline), 'latin1'),
      ),
  );
  const method = fc.constantFrom('GET', 'HEAD');
  const ending = fc.constantFrom<Ending>('closed', 'reset', 'timeout');

  it('nothing throws, and the status, headers and kinds of problem are the same', () => {
    fc.assert(
      fc.property(wires, method, ending, fc.integer({ min: 1, max: 7 }), (wire, method, ending, pieces) => {
        const whole = read(wire, { method, ending });
        const cut = read(wire, { method, ending, pieces });
        expect({ ...cut, problems: cut.problems.map(({ kind }) => kind) }).toEqual({
          ...whole,
          problems: whole.problems.map(({ kind }) => kind),
        });
      }),
      { numRuns: 2000 },
    );
  });
});
