import { request } from 'node:http';
import { connect } from 'node:net';

const connections = 32;

/** One answer as the server sends it, without what node:http adds by itself. Waits for the server to be there. */
export async function sample(port, path, headers = {}) {
  const deadline = performance.now() + 30_000;
  for (;;) {
    try {
      return await once(port, path, headers);
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function once(port, path, headers) {
  return new Promise((resolve, reject) => {
    request({ port, path, headers, agent: false }, (response) => {
      const { rawHeaders, statusCode: status } = response;
      const kept = {};
      for (let index = 0; index < rawHeaders.length; index += 2) {
        if (!/^(date|connection|keep-alive)$/i.test(rawHeaders[index])) kept[rawHeaders[index]] = rawHeaders[index + 1];
      }
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status, headers: kept, body }));
    })
      .on('error', reject)
      .end();
  });
}

/**
 * Requests a second that a server answers on keep-alive connections, one request at a time on each. The
 * client counts bytes and parses nothing, so that it is the server that is measured: it learns from the
 * first answer to each request how long the answer is.
 */
export async function load(port, requests, seconds) {
  const lengths = [];
  for (const request of requests) lengths.push(await lengthOf(port, request));
  const bytes = requests.map((request) => Buffer.from(request));
  const until = performance.now() + seconds * 1000;
  const started = performance.now();
  const counts = await Promise.all(
    Array.from({ length: connections }, (_, index) => drive(port, bytes, lengths, index, until)),
  );
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - started) / 1000);
}

function drive(port, requests, lengths, first, until) {
  return new Promise((resolve, reject) => {
    let [answered, turn, awaited] = [0, first, 0];
    const socket = connect(port, '127.0.0.1');
    const next = () => {
      const index = turn++ % requests.length;
      awaited = lengths[index];
      socket.write(requests[index]);
    };
    socket.setNoDelay(true);
    socket.on('error', reject);
    socket.on('connect', next);
    socket.on('data', (chunk) => {
      awaited -= chunk.length;
      if (awaited < 0) return reject(new Error('an answer is longer than the first one was'));
      if (awaited > 0) return;
      answered++;
      if (performance.now() < until) return next();
      socket.destroy();
      resolve(answered);
    });
  });
}

/** The bytes of one answer, head and all, as its Content-Length says. */
function lengthOf(port, request) {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setEncoding('latin1');
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      text += chunk;
      const head = text.indexOf('\r\n\r\n') + 4;
      if (head < 4) return;
      socket.destroy();
      resolve(head + Number(/^content-length: *(\d+)/im.exec(text)[1]));
    });
  });
}
