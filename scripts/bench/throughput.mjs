import { freePort, key, main, median, memoryOf, start } from './command.mjs';
import { load, sample } from './load.mjs';

const rounds = 7;
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

  const ratios = [];
  const rates = [];
  for (let round = -1; round < rounds; round++) {
    const bareRate = await load(barePort, requests, seconds);
    const mockRate = await load(mockPort, requests, seconds);
    // The first round only warms both up.
    if (round < 0) continue;
    ratios.push(mockRate / bareRate);
    rates.push(mockRate);
  }
  const memory = await memoryOf(mock.child);
  await Promise.all([mock.stop(), bare.child.kill()]);
  const ratio = median(ratios);
  return (
    `${name}: ${median(rates).toFixed(0)} requests/s, ${ratio.toFixed(2)} of bare node:http ` +
    `(${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}), bound 0.7 ${ratio >= 0.7 ? 'kept' : 'NOT KEPT'}; ` +
    `${memory.toFixed(0)} MiB afterwards`
  );
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
