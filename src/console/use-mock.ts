import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { ApiError, createClient } from './client.js';
import { type Connection, follow } from './follow.js';
import { emptyJournal, type JournalState, merge } from './journal.js';
import type { Entry, Health, JournalPart } from './payloads.js';

/** What is known of the mock, kept up to date, for one session. */
export interface MockState {
  readonly connection: Connection;
  readonly health: Health | null;
  readonly operations: readonly Entry[] | null;
  readonly journal: JournalState;
  /** Grows with each change of what is active or of the document: what was fetched before is old then. */
  readonly version: number;
  /** Grows with each change of rows. */
  readonly rowsVersion: number;
  /** What the API refused, for a person; null where nothing is wrong. */
  readonly problem: string | null;
  readonly needsToken: boolean;
}

const nothing: MockState = {
  connection: 'connecting',
  health: null,
  operations: null,
  journal: emptyJournal,
  version: 0,
  rowsVersion: 0,
  problem: null,
  needsToken: false,
};

const base = new URL('api', location.href.replace(/[^/]*([?#].*)?$/, '')).href;

/**
 * Follows the mock for one session and token. What was learnt with others is not shown for these, not even until the first
 * answer comes: whoever gives another token would read at once that it is wrong.
 */
export function useMock(session: string, token: string | null) {
  const client = useMemo(() => createClient(base, session, token), [session, token]);
  const [known, setKnown] = useState({ client, state: nothing });
  const state = known.client === client ? known.state : nothing;
  /** What comes late, for a client that is no longer used, changes nothing. */
  const change = useCallback(
    (next: (before: MockState) => MockState) =>
      setKnown((before) => (before.client === client ? { client, state: next(before.state) } : before)),
    [client],
  );
  const patch = useCallback((part: Partial<MockState>) => change((before) => ({ ...before, ...part })), [change]);

  const failed = useCallback(
    (error: unknown) => {
      const needsToken = error instanceof ApiError && error.status === 401;
      patch({ needsToken, problem: needsToken ? null : messageOf(error) });
    },
    [patch],
  );

  const refresh = useCallback(async () => {
    try {
      const [health, { operations }] = await Promise.all([
        client.get<Health>('/health'),
        client.get<{ operations: Entry[] }>('/operations'),
      ]);
      change((before) => ({ ...before, health, operations, version: before.version + 1 }));
    } catch (error) {
      failed(error);
    }
  }, [client, change, failed]);

  useEffect(() => {
    const controller = new AbortController();
    const take = (part: JournalPart) => change((before) => ({ ...before, journal: merge(before.journal, part) }));
    setKnown({ client, state: nothing });
    follow(
      client,
      {
        connection: (connection) => patch({ connection, ...(connection === 'live' && { problem: null }) }),
        opened() {
          refresh();
          client.get<JournalPart>('/journal?limit=1000').then(take).catch(failed);
        },
        journal: take,
        changed(what) {
          if (what === 'state') change((before) => ({ ...before, rowsVersion: before.rowsVersion + 1 }));
          else refresh();
        },
        refused: failed,
      },
      controller.signal,
    );
    return () => controller.abort();
  }, [client, refresh, change, patch, failed]);

  /** Does something that changes the mock; what is refused is shown. */
  const act = useCallback(
    async (method: 'PUT' | 'POST' | 'DELETE', path: string, body?: object) => {
      try {
        await client.send(method, path, body);
        patch({ problem: null });
      } catch (error) {
        failed(error);
      }
    },
    [client, patch, failed],
  );

  return { state, client, act, dismiss: () => patch({ problem: null }) };
}

export type Act = ReturnType<typeof useMock>['act'];

export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return error instanceof TypeError ? 'The mock does not answer' : String(error);
}
