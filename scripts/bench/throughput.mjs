import { freePort, key, main, median, memoryOf, processorTimeOf, start } from './command.mjs';
import { load, sample } from './load.mjs';

const roundCount = 7;
const seconds = 1.5;
const providers = ['github', 'gitlab', 'bitbucket', 'enterprise_sso'];
const targets = providers.map((provider) => `/api/user/installations?provider=${provider}`);

/** Requests a second on one core with keep-alive, against a bare server that sends the same bytes. */
export async function throughput() {
  const subjects = [
    { name: 'mock --quiet', args: ['--quiet'] },
    { name: 'mock with its log', args: [] },
  ];
  const lines = [];
  for (const subject of subjects) lines.push(await compare(subject));
  return lines;
}

async function compare({ name, args }) {
  const [mockPort, barePort] = [await freePort(), await freePort()];
  const mock = start([main, 'mock', '--port', String(mockPort), ...args]);
  const requests = targets.map(
    (target) => `GET ${target} HTTP/1.1\r\nHost: localhost\r\nX-Session-API-Key: ${key}\r\n\r\n`,
  );
  const answers = await Promise.all(targets.map((target) => sample(mockPort, target, { 'X-Session-API-Key': key })));
  const bare = start([
    '--input-type=module',
    '-e',
    bareServer(barePort, Object.fromEntries(answers.map((answer, index) => [targets[index], answer]))),
  ]);
  await sample(barePort, targets[0]);

  const rounds = [];
  for (let round = 0; round <= roundCount; round++) {
    rounds.push({
      bare: await measure(bare.child, barePort, requests),
      mock: await measure(mock.child, mockPort, requests),
    });
  }
  // The first round only warms both up.
  rounds.shift();
  const memory = await memoryOf(mock.child);
  await Promise.all([mock.stop(), bare.child.kill()]);

  const ratio = median(rounds.map(({ bare, mock }) => mock.rate / bare.rate));
  const ofProcessor = median(rounds.map(({ bare, mock }) => bare.cost / mock.cost));
  return (
    `${name}: ${median(rounds.map(({ mock }) => mock.rate)).toFixed(0)} requests/s, ${ratio.toFixed(2)} of bare node:http; ` +
    `by processor time for each request ${ofProcessor.toFixed(2)}; bound 0.7 ${ratio >= 0.7 ? 'kept' : 'NOT KEPT'}; ` +
    `${memory.toFixed(0)} MiB afterwards`
  );
}

/** Requests a second, and the processor time of one in milliseconds: that is the same on a busy machine. */
async function measure(child, port, requests) {
  const before = processorTimeOf(child);
  const rate = await load(port, requests, seconds);
  return { rate, cost: (processorTimeOf(child) - before) / (rate * seconds) };
}

/** node:http and nothing else: looks the answer up by target and sends it. */
function bareServer(port, answers) {
  return `
    import { createServer } from 'node:http';
    const answers = ${JSON.stringify(answers)};
    createServer((request, response) => {
      const { status, headers, body } = answers[request.url];
      response.writeHead(status, headers).end(body);
    }).listen(${port}, '127.0.0.1');
  `;
}
