import { connect } from 'node:net';

const connections = 32;

/**
 * One answer as a server sends it: status, the fields that node:http does not add by itself, and the body. Waits for the server to
 * be there.
 *
 * @param {number} port of this machine
 * @param {string} path or a whole request, head and body
 * @param {Record<string, string>} headers where `path` is a path
 */
export async function sample(port, path, headers = {}) {
  const deadline = performance.now() + 120_000;
  const request = path.startsWith('/') ? rawRequest('GET', path, headers) : path;
  for (;;) {
    try {
      return await once(port, request);
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** The bytes of a request as text; a body is sent as JSON. */
export function rawRequest(method, path, headers = {}, body = undefined) {
  const fields = { Host: 'localhost', ...headers };
  if (body !== undefined) fields['Content-Type'] = 'application/json';
  if (body !== undefined) fields['Content-Length'] = Buffer.byteLength(body);
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`;
}

/** Requests in turn, as bytes. */
export function inTurn(texts) {
  const buffers = texts.map((text) => Buffer.from(text));
  return (turn) => buffers[turn % buffers.length];
}

function once(port, request) {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setEncoding('latin1');
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`the connection was closed after ${text.length} bytes of an answer`)));
    socket.on('data', (chunk) => {
      text += chunk;
      const head = text.indexOf('\r\n\r\n') + 4;
      if (head < 4 || text.length < head + contentLength(text)) return;
      const [line, ...fields] = text.slice(0, head - 4).split('\r\n');
      const pairs = fields.map((field) => [
        field.slice(0, field.indexOf(':')),
        field.slice(field.indexOf(':') + 1).trim(),
      ]);
      const kept = pairs.filter(([name]) => !/^(date|connection|keep-alive)$/i.test(name));
      const body = Buffer.from(text.slice(head), 'latin1').toString();
      resolve({ status: Number(line.split(' ')[1]), headers: Object.fromEntries(kept), body });
      socket.destroy();
    });
  });
}

/**
 * Requests a second that a server answers on keep-alive connections, one request at a time on each. The client reads where the next
 * answer begins and nothing else, so that it is the server that is measured.
 *
 * @param {number} port of this machine
 * @param {(turn: number) => Buffer} request the bytes of a request
 * @param {number} seconds for which it asks
 */
export async function load(port, request, seconds) {
  const state = { turn: 0, until: performance.now() + seconds * 1000 };
  const started = performance.now();
  const counts = await Promise.all(Array.from({ length: connections }, () => drive(port, request, state)));
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - started) / 1000);
}

function drive(port, request, state) {
  return new Promise((resolve, reject) => {
    let [answered, awaited, head] = [0, 0, ''];
    const socket = connect(port, '127.0.0.1');
    const next = () => socket.write(request(state.turn++));
    socket.setNoDelay(true);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the connection was closed in the middle')));
    socket.on('connect', next);
    socket.on('data', (chunk) => {
      if (awaited > 0) awaited -= chunk.length;
      else {
        head += chunk.latin1Slice(0, Math.min(chunk.length, 4096));
        const end = head.indexOf('\r\n\r\n') + 4;
        if (end < 4) return;
        awaited = end + contentLength(head) - (head.length - Math.min(chunk.length, 4096)) - chunk.length;
        head = '';
      }
      if (awaited < 0) return reject(new Error('more has come than an answer holds'));
      if (awaited > 0) return;
      answered++;
      if (performance.now() < state.until) return next();
      socket.removeAllListeners('close').destroy();
      resolve(answered);
    });
  });
}

/** As the head says it; none is an answer without a body (204, 304). */
function contentLength(text) {
  const place = text.search(/\r\ncontent-length:/i);
  return place < 0 ? 0 : Number.parseInt(text.slice(place + 17, place + 32), 10);
}
