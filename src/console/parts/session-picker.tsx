import { useEffect, useState } from 'preact/hooks';
import type { Client } from '../client.js';
import type { SessionSummary } from '../payloads.js';

interface SessionPickerProps {
  readonly client: Client;
  readonly session: string;
  readonly change: (name: string) => void;
  readonly version: number;
}

const nameOfSession = /^[A-Za-z0-9._~-]{1,100}$/;
const other = '\n';

/** Which session is shown and switched. Each has its own active answers, seed and requests. */
export function SessionPicker({ client, session, change, version }: SessionPickerProps) {
  const [known, setKnown] = useState<readonly string[]>([]);
  const [draft, setDraft] = useState<string | null>(null);

  const look = () => {
    client
      .get<{ sessions: SessionSummary[] }>('/sessions')
      .then(({ sessions }) => setKnown(sessions.map(({ name }) => name)))
      // The list is a convenience: what is wrong with the mock is said elsewhere.
      .catch(() => setKnown([]));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each version they are fetched anew
  useEffect(look, [client, version]);

  if (draft !== null) {
    const fits = nameOfSession.test(draft);
    return (
      <form
        class="field"
        onSubmit={(event) => {
          event.preventDefault();
          if (!fits) return;
          change(draft);
          setDraft(null);
        }}
      >
        <label for="session-name">Session</label>
        <input
          id="session-name"
          ref={(input) => input?.focus()}
          value={draft}
          aria-invalid={!fits && draft !== ''}
          title="Letters, digits and . _ ~ -"
          onInput={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && setDraft(null)}
        />
        <button type="submit" disabled={!fits}>
          Use
        </button>
        <button type="button" onClick={() => setDraft(null)}>
          Cancel
        </button>
      </form>
    );
  }
  return (
    <div class="field">
      <label for="session">Session</label>
      <select
        id="session"
        value={session}
        title="A client is in the session that it names in its header Counterproof-Session"
        onFocus={look}
        onChange={({ currentTarget }) => {
          if (currentTarget.value === other) setDraft('');
          else change(currentTarget.value);
          currentTarget.value = session;
        }}
      >
        {[...new Set(['default', ...known, session])].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
        <option value={other}>Another …</option>
      </select>
    </div>
  );
}
