import { freePort, main, start } from './command.mjs';
import { sample } from './load.mjs';

/** A mock on a port of its own, as the command starts it. */
export async function startMock(...args) {
  const port = await freePort();
  const mock = start([main, 'mock', '--port', String(port), ...args]);
  await sample(port, '/');
  return { ...mock, port };
}
