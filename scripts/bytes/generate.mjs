// Byte sequences after the grammar of HTTP/1.1 (RFC 9112), each from its seed alone: most are nearly requests, some are, some
// are none. A seed that has found something is kept in the test.

/** A generator of numbers below a bound, from a seed (mulberry32). */
function numbers(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

const ends = ['\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r', '\r\r\n', ''];
const blanks = [' ', ' ', ' ', ' ', '  ', '\t', '', '\x0b'];
const methods = [
  'GET',
  'GET',
  'POST',
  'POST',
  'PUT',
  'HEAD',
  'OPTIONS',
  'DELETE',
  'TRACE',
  'CONNECT',
  'PRI',
  'get',
  'G\0T',
  '',
];
const versions = [
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.0',
  'HTTP/2.0',
  'HTTP/0.9',
  'HTTP/1.',
  'http/1.1',
  '',
];
const hosts = ['localhost', 'localhost', 'localhost', '[::1]:80', 'a b', '', 'a@b', 'x'.repeat(300), '\xe9', '%41'];
const lengths = ['0', '2', '5', '7', '+5', '-1', '5, 5', '5, 6', '0x5', '99999999999999999999', '5 5', ''];
const codings = [
  'chunked',
  'chunked',
  'gzip, chunked',
  'chunked, gzip',
  'identity',
  'Chunked',
  'chunked;a=b',
  ' ',
  '\x0bchunked',
];
const types = [
  'application/json',
  'text/plain',
  'multipart/form-data; boundary=b',
  'a/b; c="',
  '',
  'application/json; charset=x',
];
const bodies = [
  '{"a":1}',
  '[',
  '\xff\xfe',
  '--b\r\n\r\n--b--',
  'a=1&b[c]=%',
  '\0'.repeat(50),
  '{"__proto__":{"x":1}}',
  '"\\ud800"',
];
const sizes = ['5', '005', '5;a=b', '5;a="', 'g', '-5', 'ffffffffffffffff', '0x5', '5 ', ''];
const encodings = ['gzip', 'br', 'deflate', 'gzip, gzip', 'x', ','];

/**
 * What a client sends over one connection.
 * @param {number} seed
 * @param {readonly string[]} paths that the server has
 * @returns {Buffer}
 */
export function bytesOf(seed, paths) {
  const below = numbers(seed);
  const one = (list) => list[below(list.length)];
  const sometimes = (share, make) => (below(100) < share ? make() : '');
  const field = (name, value) => `${name}${one([':', ':', ':', ' :', '', ';'])}${one(blanks)}${value}${one(ends)}`;

  function target() {
    const path = one(paths);
    const odd = [
      '%',
      '%zz',
      '%00',
      '/../..',
      '\\',
      '\xe9',
      '{x}',
      '#f',
      '?',
      '?a[b][c]=1&a=%',
      '?a'.repeat(40),
      ';',
      '//',
      '\x01',
    ];
    return `${sometimes(8, () => one(['http://localhost', 'http://', 'x:', '*', '//h']))}${path}${sometimes(40, () => one(odd))}`;
  }

  function chunked(body) {
    const size = below(3) > 0 ? body.length.toString(16) : one(sizes);
    return `${size}${one(ends)}${body}${one(ends)}0${one(ends)}${sometimes(15, () => field('X-T', 'a'))}${one(ends)}`;
  }

  function request() {
    const body = one(bodies);
    const isChunked = below(4) === 0;
    const head = [
      `${one(methods)}${one(blanks)}${target()}${one(blanks)}${one(versions)}${one(ends)}`,
      sometimes(92, () => field('Host', one(hosts))),
      sometimes(5, () => field('Host', one(hosts))),
      sometimes(50, () => field('Content-Type', one(types))),
      sometimes(isChunked ? 15 : 60, () => field('Content-Length', below(3) > 0 ? String(body.length) : one(lengths))),
      sometimes(isChunked ? 95 : 4, () => field('Transfer-Encoding', one(codings))),
      sometimes(8, () => field('Content-Encoding', one(encodings))),
      sometimes(8, () => field('Expect', one(['100-continue', 'x']))),
      sometimes(8, () => field('Connection', one(['close', 'keep-alive', 'upgrade', 'x, y']))),
      sometimes(8, () =>
        field(
          one(['Prefer', 'Accept', 'Cookie', 'Authorization', 'Origin', 'Range', 'Counterproof-Session']),
          one(['*', 'code=999', '=', '\xff', 'a'.repeat(500), ';;', 'Basic x', 'bytes=0-']),
        ),
      ),
      sometimes(5, () => field(one(['', ' ', 'a b', '\0', 'x'.repeat(9000), '__proto__']), 'v')),
      sometimes(4, () => ` folded${one(ends)}`),
    ];
    return `${head.join('')}${one(ends)}${isChunked ? chunked(body) : body}`;
  }

  let text = '';
  for (let count = 1 + below(3); count > 0; count--) text += request();
  const bytes = Buffer.from(text, 'latin1');
  const flips = below(4) === 0 ? 1 + below(4) : 0;
  for (let count = 0; count < flips && bytes.length > 0; count++) bytes[below(bytes.length)] = below(256);
  return below(6) === 0 ? bytes.subarray(0, below(bytes.length + 1)) : bytes;
}
