import { availableParallelism } from 'node:os';
import { childrenOf, key } from './command.mjs';
import { inTurn, rawRequest } from './load.mjs';
import { startMock } from './mock.mjs';
import { rateRow, rounds } from './rounds.mjs';

/**
 * Two processes beside one, and by processor time the busier of the two. The client takes a core too: where there are no more than two,
 * neither has one of its own, and which of them a connection comes to follows from who happens to run.
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
  const row = rateRow('workers: two processes beside one', 'mock --workers 2', found.two, found.one, 1.8);
  if (availableParallelism() > 2) return [row];
  return [{ ...row, verdict: 'not decided: the client shares the two cores' }];
}
