import { rmSync } from 'node:fs';
import { startBare } from './bare.mjs';
import { key } from './command.mjs';
import { operationsOf, writeLargeDocument } from './large-document.mjs';
import { inTurn, rawRequest, sample } from './load.mjs';
import { startMock } from './mock.mjs';
import { rateRow, rounds } from './rounds.mjs';
import { startThings, thingOf } from './things.mjs';

const path = '/api/user/installations';
const credential = { 'X-Session-API-Key': key };
const valid = (provider) => rawRequest('GET', `${path}?provider=${provider}`, credential);
const preflight = { Origin: 'http://localhost:5173', 'Access-Control-Request-Method': 'GET' };
/** So many different requests are made before they are sent again from the first: more than a mock remembers answers. */
const distinctCount = 200_000;

/** What the mock answers beside bare node:http, one core each, by what is asked. */
export async function workloads() {
  return [...(await installations()), ...(await distinctThings()), ...(await bodies()), ...(await wide())];
}

const stopAll = (contestants) => Promise.all(contestants.map(({ stop }) => stop()));

/** Each request of a workload, and how a server without a thought answers it. */
async function answersOf(port, requests, nameOf) {
  const answers = {};
  for (const request of requests) answers[nameOf(request)] = await sample(port, request);
  return answers;
}

const targetOf = (request) => request.slice(0, request.indexOf(' HTTP/'));

async function installations() {
  const [quiet, logged] = [await startMock('--quiet'), await startMock()];
  const mix = [
    ...['github', 'gitlab', 'bitbucket', 'enterprise_sso'].map(valid),
    valid('nobody'),
    rawRequest('GET', `${path}?provider=github`),
    rawRequest('POST', path, credential),
    rawRequest('OPTIONS', path, preflight),
  ];
  const hot = inTurn([valid('github')]);
  const distinct = inTurn(Array.from({ length: distinctCount }, (_, index) => valid(`github&_=${index}`)));
  const nameOf = (request) => targetOf(request) + (request.includes('X-Session-API-Key') ? '' : ' anonymous');
  const bare = await startBare(await answersOf(quiet.port, mix, nameOf), { keyField: 'x-session-api-key' });
  const rows = [];
  for (const [workload, request, bars] of [
    ['hot', hot, [0.95, 0.9]],
    ['mix', inTurn(mix), [0.85]],
    ['distinct, by a parameter that nothing reads', distinct, [0.6]],
  ]) {
    const found = await rounds({
      bare: { ...bare, request },
      quiet: { ...quiet, request },
      logged: { ...logged, request },
    });
    rows.push(rateRow(workload, 'bare node:http', found.bare, found.bare));
    rows.push(rateRow(workload, 'mock --quiet', found.quiet, found.bare, bars[0]));
    rows.push(rateRow(workload, 'mock, with its log', found.logged, found.bare, bars[1]));
  }
  await stopAll([quiet, logged, bare]);
  return rows;
}

async function distinctThings() {
  const mock = await startThings();
  const bare = await startBare({ '*': await sample(mock.port, '/things/17') });
  const request = inTurn(
    Array.from({ length: distinctCount }, (_, index) => rawRequest('GET', `/things/${index + 1}`)),
  );
  const found = await rounds({ bare: { ...bare, request }, mock: { ...mock, request } });
  await stopAll([mock, bare]);
  return [rateRow('distinct, each another thing that has to be made', 'mock --quiet', found.mock, found.bare, 0.6)];
}

async function bodies() {
  const mock = await startThings('--no-state');
  const body = JSON.stringify({ ...thingOf(7), note: 'What is to be said of it. '.repeat(70) });
  const text = rawRequest('POST', '/things', {}, body);
  const bare = await startBare({ '*': await sample(mock.port, text) }, { parses: true });
  const request = inTurn([text]);
  const different = inTurn(
    Array.from({ length: 20_000 }, (_, index) =>
      rawRequest(
        'POST',
        '/things',
        {},
        JSON.stringify({ ...thingOf(index), note: 'What is to be said of it. '.repeat(70) }),
      ),
    ),
  );
  const same = await rounds({ bare: { ...bare, request }, mock: { ...mock, request } });
  const others = await rounds({ bare: { ...bare, request: different }, mock: { ...mock, request: different } });
  await stopAll([mock, bare]);
  return [
    rateRow('body, 2 KB of JSON, the same each time', 'mock --quiet', same.mock, same.bare, 0.6),
    rateRow('body, 2 KB of JSON, each another', 'mock --quiet', others.mock, others.bare, 0.6),
  ];
}

async function wide() {
  const large = writeLargeDocument();
  const mock = await startMock(large.file, '--quiet');
  const requests = operationsOf(large.count).map(({ method, target, body }) => rawRequest(method, target, {}, body));
  const firsts = [];
  const answers = {};
  for (const request of requests) {
    const began = performance.now();
    answers[targetOf(request)] = await sample(mock.port, request);
    firsts.push(performance.now() - began);
  }
  firsts.sort((a, b) => a - b);
  const bare = await startBare(answers, { parses: true });
  const [one, all] = [inTurn(requests.slice(0, 1)), inTurn(requests)];
  const found = await rounds({
    bare: { ...bare, request: all },
    hot: { ...mock, request: one },
    mock: { ...mock, request: all },
  });
  await stopAll([mock, bare]);
  rmSync(large.file);
  const [middle, worst] = [firsts[Math.floor(firsts.length / 2)], firsts.at(-1)];
  return [
    rateRow('wide, all operations of 1,200, beside the bare server', 'mock --quiet', found.mock, found.bare),
    rateRow('wide, beside one of them again and again', 'mock --quiet', found.mock, found.hot, 0.9),
    {
      workload: 'wide, the first answer of each operation',
      subject: 'mock --quiet',
      measured: `${middle.toFixed(1)} ms at the median, ${worst.toFixed(0)} ms at most`,
      ratio: '',
      processor: '',
      bar: '≤ 20 ms at the median',
      verdict: middle <= 20 ? 'kept' : 'NOT KEPT',
    },
  ];
}
