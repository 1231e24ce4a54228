import { availableParallelism } from 'node:os';
import { childrenOf, key } from './command.mjs';
import { inTurn, rawRequest } from './load.mjs';
import { startMock } from './mock.mjs';
import { rateRow, rounds, spreadOf, verdict } from './rounds.mjs';

const bar = 1.8;

/**
 * Two processes beside one. The client takes a core too: where there are no more than two, requests a second say nothing, and it is
 * decided by the processor time that the busier of the two takes for all requests, which is what bounds them once each has a core.
 */
export async function workers() {
  const text = rawRequest('GET', '/api/user/installations?provider=github', { 'X-Session-API-Key': key });
  const begin = async (...flags) => {
    const mock = await startMock('--quiet', ...flags);
    return { ...mock, request: inTurn([text]) };
  };
  const [one, two] = [await begin(), await begin('--workers', '2')];
  const found = await rounds({ one, two: { ...two, processes: () => childrenOf(two.child) } });
  await Promise.all([one.stop(), two.stop()]);
  const row = rateRow('workers: two processes beside one', 'mock --workers 2', found.two, found.one, bar);
  if (availableParallelism() > 2) return [row];
  const costs = (rounds) => rounds.map(({ cost }) => cost);
  const decided = verdict(spreadOf(costs(found.one), costs(found.two)), (ratio) => ratio >= bar);
  return [{ ...row, verdict: `${decided}, by processor time: the client shares the two cores` }];
}
