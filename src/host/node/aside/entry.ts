import { parentPort } from 'node:worker_threads';
import type { ToThread } from './messages.js';
import { createThread } from './thread.js';

// What the thread runs; bundled into dist/node/aside-thread.js.

const receive = createThread((message) => parentPort?.postMessage(message));
parentPort?.on('message', (message: ToThread) => {
  // What goes wrong here ends the thread, and the other one hears of it.
  receive(message).catch((error: unknown) => setImmediate(() => Promise.reject(error)));
});
