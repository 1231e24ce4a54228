import { availableParallelism } from 'node:os';
import { key } from './command.mjs';
import { inTurn, rawRequest } from './load.mjs';
import { startMock } from './mock.mjs';
import { rateRow, rounds } from './rounds.mjs';

/** Two processes beside one. The client takes a core too, so that it says something from three cores on. */
export async function workers() {
  const text = rawRequest('GET', '/api/user/installations?provider=github', { 'X-Session-API-Key': key });
  const begin = async (...flags) => {
    const mock = await startMock('--quiet', ...flags);
    return { ...mock, request: inTurn([text]) };
  };
  const [one, two] = [await begin(), await begin('--workers', '2')];
  const found = await rounds({ one, two });
  await Promise.all([one.stop(), two.stop()]);
  // The processor time of the others is not that of the process that was started.
  const told = rateRow('workers: two processes beside one', 'mock --workers 2', found.two, found.one, 1.8);
  const row = { ...told, processor: '' };
  if (availableParallelism() > 2) return [row];
  return [{ ...row, verdict: 'not decided: the client shares the two cores' }];
}
