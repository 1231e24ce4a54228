import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Connection } from '../follow.js';
import { type JournalState, wanted } from '../journal.js';
import type { Entry } from '../payloads.js';
import type { Act } from '../use-mock.js';
import { Announcer } from './announcer.js';
import { moveFocus } from './move-focus.js';
import { RequestRow } from './request.js';

/** So many rows are drawn at once, however many there are. */
const mostRows = 100;

const connections: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting …',
  live: 'Live',
  lost: 'Connection lost, trying again …',
};

interface RequestsProps {
  readonly journal: JournalState;
  readonly selected: Entry | undefined;
  readonly act: Act;
  readonly connection: Connection;
}

/** What was asked and answered, newest first, as it happens. */
export function Requests({ journal, selected, act, connection }: RequestsProps) {
  const [text, setText] = useState('');
  const [status, setStatus] = useState('');
  const [onlySelected, setOnlySelected] = useState(false);
  const [limit, setLimit] = useState(mostRows);
  /** What is shown while nothing is to move. */
  const [paused, setPaused] = useState<JournalState | null>(null);
  const [opened, setOpened] = useState<number | null>(null);
  const open = useCallback((number: number) => setOpened((before) => (before === number ? null : number)), []);
  useEffect(() => {
    if (paused !== null && (journal.exchanges.length === 0 || journal.last < paused.last)) setPaused(null);
  }, [journal, paused]);

  const shown = paused ?? journal;
  const operation = onlySelected && selected !== undefined ? selected.id : null;
  const found = wanted(shown.exchanges, { text, status, operation });
  const missed = journal.last - shown.last;

  return (
    <>
      <div class="pane-head">
        <h2 id="requests-title">
          Requests <span class="count">{journal.last.toLocaleString('en')}</span>
        </h2>
        <span class={`connection connection-${connection}`}>{connections[connection]}</span>
        <div class="buttons">
          <button
            type="button"
            aria-pressed={paused !== null}
            onClick={() => setPaused(paused === null ? journal : null)}
          >
            {paused === null ? 'Pause' : missed > 0 ? `Go on (${missed.toLocaleString('en')} new)` : 'Go on'}
          </button>
          <button type="button" disabled={journal.exchanges.length === 0} onClick={() => act('DELETE', '/journal')}>
            Clear
          </button>
        </div>
      </div>
      <div class="tools">
        <input
          type="search"
          aria-label="Filter requests"
          placeholder="Filter: path, source, violation"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <select
          aria-label="Status of requests"
          value={status}
          onChange={(event) => setStatus(event.currentTarget.value)}
        >
          <option value="">any status</option>
          <option value="violations">with violations</option>
          <option value="2">2xx</option>
          <option value="3">3xx</option>
          <option value="4">4xx</option>
          <option value="5">5xx</option>
        </select>
        <label class="check">
          <input
            type="checkbox"
            checked={onlySelected}
            onChange={(event) => setOnlySelected(event.currentTarget.checked)}
          />
          this operation only
        </label>
      </div>
      <Announcer journal={journal} />
      {found.length === 0 && <Empty isFiltered={shown.exchanges.length > 0} selected={selected} />}
      <ol class="rows journal" onKeyDown={moveFocus}>
        {found.slice(0, limit).map((exchange) => (
          <RequestRow key={exchange.number} exchange={exchange} isOpen={exchange.number === opened} open={open} />
        ))}
      </ol>
      {found.length > limit && (
        <button type="button" onClick={() => setLimit(limit + mostRows)}>
          Show {Math.min(mostRows, found.length - limit)} older
        </button>
      )}
    </>
  );
}

function Empty({ isFiltered, selected }: { isFiltered: boolean; selected: Entry | undefined }) {
  if (isFiltered) return <p class="quiet">No request is like that.</p>;
  return (
    <div class="empty">
      <p>Nothing was asked yet. Requests appear here as they arrive.</p>
      {selected !== undefined && (
        <p>
          <code>
            curl -i{selected.method === 'GET' ? '' : ` -X ${selected.method}`} '{location.origin}
            {selected.path.replaceAll("'", `'\\''`)}'
          </code>
        </p>
      )}
    </div>
  );
}
