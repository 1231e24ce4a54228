import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Client } from '../client.js';
import type { Connection } from '../follow.js';
import { download, fromHar, toHar } from '../har.js';
import { type JournalState, wanted } from '../journal.js';
import type { Entry, Exchange } from '../payloads.js';
import type { Act } from '../use-mock.js';
import { count } from '../words.js';
import { Announcer } from './announcer.js';
import { Empty } from './empty.js';
import { RequestRow } from './request.js';
import { RequestDetail } from './request-detail.js';
import type { Undo } from './undo.js';
import { VirtualList } from './virtual-list.js';

const connections: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting …',
  live: 'Live',
  lost: 'Connection lost, trying again …',
};

interface RequestsProps {
  readonly journal: JournalState;
  readonly selected: Entry | undefined;
  readonly client: Client;
  readonly act: Act;
  readonly connection: Connection;
  readonly offerUndo: (undo: Undo) => void;
  /** Selects an operation; the same function always. */
  readonly select: (operation: string) => void;
}

const keyOf = ({ number }: Exchange): string => String(number);

/** What was asked and answered, newest first, as it happens. */
export function Requests({ journal, selected, client, act, connection, offerUndo, select }: RequestsProps) {
  const [text, setText] = useState('');
  const [status, setStatus] = useState('');
  const [onlySelected, setOnlySelected] = useState(false);
  /** What is shown while nothing is to move. */
  const [paused, setPaused] = useState<JournalState | null>(null);
  const [opened, setOpened] = useState<Exchange | null>(null);
  /** Of an archive, or brought back after they were cleared. */
  const [kept, setKept] = useState<readonly Exchange[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const open = useCallback(
    (exchange: Exchange) => {
      setOpened((before) => (before?.number === exchange.number ? null : exchange));
      if (exchange.operation !== null) select(exchange.operation);
    },
    [select],
  );
  useEffect(() => {
    if (paused !== null && (journal.exchanges.length === 0 || journal.last < paused.last)) setPaused(null);
  }, [journal, paused]);

  const shown = paused ?? journal;
  const all = useMemo(
    () => (kept.length === 0 ? shown.exchanges : [...kept, ...shown.exchanges]),
    [kept, shown.exchanges],
  );
  const operation = onlySelected && selected !== undefined ? selected.id : null;
  const found = useMemo(() => wanted(all, { text, status, operation }), [all, text, status, operation]);
  const missed = journal.last - shown.last;
  const total = Math.max(journal.count, shown.exchanges.length) + kept.length;

  async function clear(): Promise<void> {
    const before = all;
    await act('DELETE', '/journal');
    setKept([]);
    setOpened(null);
    offerUndo({ said: `${count(before.length)} requests were cleared`, undo: async () => setKept(before) });
  }

  async function take(given: File | undefined): Promise<void> {
    if (given === undefined) return;
    try {
      setKept(await fromHar(await given.text()));
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <>
      <div class="pane-head">
        <h2 id="requests-title">
          Requests{' '}
          <span class="count">
            {found.length === total ? count(total) : `${count(found.length)} of ${count(total)}`}
          </span>
        </h2>
        <span class={`connection connection-${connection}`}>{connections[connection]}</span>
        <div class="buttons">
          <button
            type="button"
            aria-pressed={paused !== null}
            onClick={() => setPaused(paused === null ? journal : null)}
          >
            {paused === null ? 'Pause' : missed > 0 ? `Go on (${count(missed)} new)` : 'Go on'}
          </button>
          <button type="button" disabled={all.length === 0} onClick={clear}>
            Clear
          </button>
          <button
            type="button"
            disabled={found.length === 0}
            title="Those that are shown, as an HTTP Archive"
            onClick={async () =>
              download(await toHar(found.toReversed(), location.origin), 'requests.har', 'application/json')
            }
          >
            Export HAR
          </button>
          <button type="button" onClick={() => file.current?.click()}>
            Import HAR
          </button>
          <input
            type="file"
            hidden
            ref={file}
            accept=".har,application/json"
            aria-label="HTTP Archive"
            onChange={(event) => {
              take(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
        </div>
      </div>
      <div class="tools">
        <input
          type="search"
          aria-label="Filter requests"
          placeholder="Filter requests"
          title="By path, source or violation"
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
      {problem !== null && <p role="alert">{problem}</p>}
      <Announcer journal={journal} />
      {found.length === 0 ? (
        all.length > 0 ? (
          <p class="quiet">No request is like that.</p>
        ) : (
          <Empty selected={selected} client={client} />
        )
      ) : (
        <VirtualList
          // What somebody looks for is looked at from its beginning.
          key={`${text} ${status} ${operation}`}
          items={found}
          keyOf={keyOf}
          selected={null}
          label="Requests, newest first"
          row={(exchange, tabIndex) => (
            <RequestRow
              exchange={exchange}
              tabIndex={tabIndex}
              isOpen={exchange.number === opened?.number}
              open={open}
            />
          )}
        />
      )}
      {opened !== null && (
        <RequestDetail key={opened.number} exchange={opened} client={client} act={act} close={() => setOpened(null)} />
      )}
    </>
  );
}
