import { availableParallelism } from 'node:os';
import { freePort, key, main, start } from './command.mjs';
import { rawRequest, sample } from './load.mjs';
import { rateRow, rounds } from './rounds.mjs';

/** Two processes beside one. The client takes a core too, so that it says something from three cores on. */
export async function workers() {
  const text = rawRequest('GET', '/api/user/installations?provider=github', { 'X-Session-API-Key': key });
  const begin = async (...flags) => {
    const port = await freePort();
    const mock = start([main, 'mock', '--port', String(port), '--quiet', ...flags]);
    await sample(port, text);
    const bytes = Buffer.from(text);
    return { ...mock, port, request: () => bytes };
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
