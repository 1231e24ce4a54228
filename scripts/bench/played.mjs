// A bare target: it first forwards to the server at the port that it is given and keeps each answer; from a SIGUSR2 on it plays them,
// from the beginning again with each further one, and does nothing else. What nobody asked before has no answer.
import { Agent, createServer, request as send } from 'node:http';
import { fileURLToPath } from 'node:url';
import { freePort, start } from './command.mjs';
import { sample } from './load.mjs';

/** Fields that say something of the connection, and not of the answer. */
const ofConnection = new Set(['connection', 'date', 'keep-alive', 'transfer-encoding']);

/** @param port where what is played listens while it is recorded */
export async function startPlayed(port) {
  const own = await freePort();
  const { child, stop } = start([fileURLToPath(import.meta.url), String(port), String(own)]);
  await sample(own, '/');
  return { port: own, play: () => child.kill('SIGUSR2'), stop };
}

function serve(port, own) {
  const agent = new Agent({ keepAlive: true });
  /** By the whole of a request, its answers one after the other. */
  const answers = new Map();
  let isPlaying = false;
  process.on('SIGUSR2', () => {
    isPlaying = true;
    for (const turns of answers.values()) turns.next = 0;
  });
  const play = (name, response) => {
    const turns = answers.get(name);
    const answer = turns?.list[Math.min(turns.next++, turns.list.length - 1)];
    if (answer === undefined) response.writeHead(501).end();
    else response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  const record = ({ method, url, headers }, body, name, response) => {
    const forwarded = send({ host: '127.0.0.1', port, method, path: url, headers, agent }, async (received) => {
      const fields = Object.entries(received.headers).filter(([field]) => !ofConnection.has(field));
      const answer = { status: received.statusCode, headers: Object.fromEntries(fields), body: await read(received) };
      const turns = answers.get(name) ?? { list: [], next: 0 };
      turns.list.push(answer);
      answers.set(name, turns);
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
    forwarded.on('error', () => response.destroy()).end(body);
  };
  createServer(async (request, response) => {
    const { host: _host, connection: _connection, ...fields } = request.headers;
    const body = await read(request);
    const name = `${request.method} ${request.url}\n${JSON.stringify(fields)}\n${body.toString('latin1')}`;
    if (isPlaying) play(name, response);
    else record(request, body, name, response);
  }).listen(own, '127.0.0.1');
}

async function read(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const [, file, port, own] = process.argv;
if (file === fileURLToPath(import.meta.url)) serve(Number(port), Number(own));
