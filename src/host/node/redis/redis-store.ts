import type * as redis from '@redis/client';
import { CounterproofError } from '../../../errors.js';
import type { State } from '../../../mock/index.js';
import {
  type Session,
  type SessionChange,
  type SessionSnapshot,
  type StateStore,
  StoreUnavailable,
} from '../../control/index.js';
import { commitScript, compactScript, pullScript } from './scripts.js';

/** So long is waited for a connection, and for an answer. */
const patienceMilliseconds = 3000;
/** A lost connection is tried again after at most so long. */
const longestPauseMilliseconds = 1000;
/** A log of fewer bytes is not replaced by a snapshot; nor is one that is shorter than the snapshot before. */
const shortestLog = 1024 * 1024;

export interface RedisStoreOptions {
  /** A session that nobody uses is forgotten after so long. */
  readonly expiryMilliseconds: number;
}

/** What is asked of a client: to be told apart from what a newer one may have besides. */
interface Client {
  readonly isReady: boolean;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  destroy(): void;
}

/**
 * Sessions in a Redis, for all mocks that are given the same address. `?prefix=` in it names the keys (`counterproof`): mocks
 * of different documents need different ones, or different databases.
 * @throws CounterproofError STATE_UNREADABLE where it cannot be reached, or no client is installed
 */
export async function openRedisStore(address: string, options: RedisStoreOptions): Promise<StateStore> {
  const url = new URL(address);
  const prefix = url.searchParams.get('prefix') ?? 'counterproof';
  url.search = '';
  const shown = withoutPassword(url);
  const { createClient } = await loadClient();
  let isOpen = false;
  const client = createClient({
    url: url.href,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: patienceMilliseconds,
      reconnectStrategy: (retries) => isOpen && Math.min(longestPauseMilliseconds, 50 * 2 ** Math.min(retries, 10)),
    },
  });
  // Without a listener an error of the connection would end the process; each request that needs it learns of it.
  let reason = 'there is no answer';
  client.on('error', (error: Error) => {
    reason = error.message || String(error);
  });
  try {
    await inTime(client.connect(), () => reason);
    isOpen = true;
  } catch (error) {
    client.destroy();
    throw new CounterproofError('STATE_UNREADABLE', {
      message: `The state cannot be read from ${shown}: ${(error as Error).message}`,
      remedy: 'Start a Redis there, or name another one with --state redis://HOST:PORT.',
    });
  }
  return new RedisStore(client, { ...options, prefix, shown, reason: () => reason });
}

interface Setup extends RedisStoreOptions {
  readonly prefix: string;
  readonly shown: string;
  /** Why the connection was lost. */
  readonly reason: () => string;
}

class RedisStore implements StateStore {
  readonly #client: Client;
  readonly #setup: Setup;
  readonly #pulls = new WeakMap<Session, { running: Promise<void> | null; next: Promise<void> | null }>();
  readonly #compacting = new WeakSet<Session>();

  constructor(client: Client, setup: Setup) {
    this.#client = client;
    this.#setup = setup;
  }

  /** One that has begun may have looked too early for who comes now: all of these share the next one. */
  refresh(session: Session): Promise<void> {
    const pulls = this.#pulls.get(session) ?? { running: null, next: null };
    this.#pulls.set(session, pulls);
    const begin = (): Promise<void> => {
      pulls.next = null;
      pulls.running = this.#pull(session).finally(() => {
        pulls.running = null;
      });
      return pulls.running;
    };
    if (pulls.running === null) return begin();
    pulls.next ??= pulls.running.then(begin, begin);
    return pulls.next;
  }

  async #pull(session: Session): Promise<void> {
    const asked = session.place;
    const [epoch, version, snapshot, log] = (await this.#run(pullScript, session, [
      asked?.epoch ?? '',
      String(asked?.version ?? 0),
      String(this.#setup.expiryMilliseconds),
    ])) as [string?, string?, (string | null)?, string[]?];
    if (epoch === undefined || version === undefined || log === undefined) {
      session.place = null;
      if (!session.isUntouched) session.restore(null);
      return;
    }
    const end = Number(version);
    const from = end - log.length;
    if (typeof snapshot === 'string') {
      // A change that was made meanwhile may have come first.
      if (session.place !== asked && session.place?.epoch === epoch && session.place.version >= end) return;
      session.restore(snapshot === '' ? null : (JSON.parse(snapshot) as SessionSnapshot));
      session.place = { epoch, version: from };
    }
    for (const [index, text] of log.entries()) {
      if (session.place?.epoch !== epoch || session.place.version !== from + index) continue;
      session.apply(JSON.parse(text) as SessionChange);
      session.place = { epoch, version: from + index + 1 };
    }
  }

  async commit(session: Session, change: SessionChange, next?: State): Promise<boolean> {
    const { place } = session;
    const [epoch, version, logBytes, snapshotBytes] = (await this.#run(commitScript, session, [
      place?.epoch ?? '',
      String(place?.version ?? 0),
      String(this.#setup.expiryMilliseconds),
      JSON.stringify(change),
      crypto.randomUUID(),
    ])) as [string?, string?, string?, string?];
    if (epoch === undefined) {
      await this.refresh(session);
      return false;
    }
    // A refresh that was on its way may have brought it already.
    if (session.place === place) {
      session.apply(change, next);
      session.place = { epoch, version: Number(version) };
    }
    if (Number(logBytes) > Math.max(shortestLog, Number(snapshotBytes))) this.#compact(session);
    return true;
  }

  /** What it is for is only the size of the log: where it fails, the next change tries it again. */
  #compact(session: Session): void {
    const { place } = session;
    if (place === null || this.#compacting.has(session)) return;
    this.#compacting.add(session);
    const snapshot = JSON.stringify(session.snapshot());
    const { expiryMilliseconds } = this.#setup;
    this.#run(compactScript, session, [place.epoch, String(place.version), String(expiryMilliseconds), snapshot])
      .catch(() => undefined)
      .finally(() => this.#compacting.delete(session));
  }

  async #run(script: string, { name }: Session, args: string[]): Promise<unknown> {
    const { prefix, shown, reason } = this.#setup;
    // The braces keep the keys of a session together in a cluster.
    const keys = ['meta', 'log', 'snapshot'].map((key) => `${prefix}:{${name}}:${key}`);
    try {
      if (!this.#client.isReady) throw new Error(reason());
      return await inTime(this.#client.eval(script, { keys, arguments: args }), reason);
    } catch (error) {
      throw new StoreUnavailable(`The state in ${shown} cannot be reached: ${(error as Error).message}`);
    }
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }
}

/** @throws Error where nothing comes, with what is known of why */
function inTime<T>(promise: Promise<T>, reason: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`nothing came in ${patienceMilliseconds} ms (${reason()})`)),
      patienceMilliseconds,
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function loadClient(): Promise<typeof redis> {
  try {
    return await import('@redis/client');
  } catch {
    throw new CounterproofError('STATE_UNREADABLE', {
      message: 'A state in Redis needs the package @redis/client, which is not installed',
      remedy: 'npm install @redis/client',
    });
  }
}

function withoutPassword(url: URL): string {
  const shown = new URL(url);
  shown.password = '';
  shown.username = '';
  return shown.href;
}
