import type { Thread } from '../aside-thread.js';
import type { ToThread } from '../messages.js';
import { createThread } from '../thread.js';

/** A thread in this one: what is said is copied, as between threads. */
export function threadHere(asked: ToThread[] = []): Thread {
  let hear: (message: unknown) => void = () => {};
  const receive = createThread((message) => setImmediate(() => hear(structuredClone(message))));
  const thread = {
    postMessage(message: ToThread) {
      asked.push(message);
      void receive(structuredClone(message));
    },
    on(event: string, listener: (value: unknown) => void) {
      if (event === 'message') hear = listener;
      return thread;
    },
    terminate: async () => 0,
    unref() {},
  };
  return thread as unknown as Thread;
}
