import { ApiError, type Client } from './client.js';
import { readEvents } from './events.js';
import type { JournalPart } from './payloads.js';

export type Connection = 'connecting' | 'live' | 'lost';

export interface Followed {
  connection(state: Connection): void;
  /** The stream is open: what was missed before has to be fetched. */
  opened(): void;
  journal(part: JournalPart): void;
  /** Something was chosen or reset, perhaps elsewhere; `state`: rows have changed; `document`: it was read again. */
  changed(what: 'active' | 'state' | 'document'): void;
  /** Trying again will not help. */
  refused(error: ApiError): void;
}

const firstPause = 300;
const longestPause = 5000;

/** Follows the stream of a session until it is told to stop, and connects again when the stream ends. */
export async function follow(client: Client, followed: Followed, signal: AbortSignal): Promise<void> {
  let pause = firstPause;
  while (!signal.aborted) {
    try {
      const stream = await client.open('/journal/stream', signal);
      followed.connection('live');
      followed.opened();
      pause = firstPause;
      for await (const { name, data } of readEvents(stream)) {
        if (signal.aborted) return;
        if (name === 'journal') followed.journal(JSON.parse(data));
        else if (name === 'active' || name === 'state' || name === 'document') followed.changed(name);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiError && error.status < 500) return followed.refused(error);
    }
    if (signal.aborted) return;
    followed.connection('lost');
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, longestPause);
  }
}
