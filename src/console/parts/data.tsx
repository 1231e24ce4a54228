import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Client } from '../client.js';
import type { Collection } from '../payloads.js';
import { dataLink } from '../route.js';
import { messageOf } from '../use-mock.js';
import { collectionWord } from '../words.js';
import { moveFocus } from './move-focus.js';
import type { ChangeRows } from './row-editor.js';
import { RowsView } from './rows.js';

interface DataPageProps {
  readonly client: Client;
  readonly collection: string | null;
  readonly version: number;
}

/** What takes back a change by hand: the state before it. */
interface Undo {
  readonly said: string;
  readonly before: object;
  /** How many changes there were right after it: others since then are not taken back along with it. */
  readonly changes: number;
}

const changesOf = (collections: readonly Collection[]): number =>
  collections.reduce((sum, { changes }) => sum + changes, 0);

/** The rows that answers show: those that follow from the document, and what has become of them. */
export function DataPage({ client, collection, version }: DataPageProps) {
  const [collections, setCollections] = useState<readonly Collection[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [undo, setUndo] = useState<Undo | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  const look = useCallback(async () => {
    const got = await client.get<{ collections: Collection[] }>('/collections');
    setCollections(got.collections);
    setProblem(null);
    return changesOf(got.collections);
  }, [client]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each version they are fetched anew
  useEffect(() => {
    look()
      .then((changes) => setUndo((known) => (known?.changes === changes ? known : null)))
      .catch((error: unknown) => setProblem(messageOf(error)));
  }, [look, version]);
  useEffect(() => heading.current?.focus(), []);

  const change: ChangeRows = async (said, act) => {
    const before = await client.get<object>('/state');
    await act();
    setUndo({ said, before, changes: await look() });
  };
  const act = (said: string, body: object) =>
    change(said, () => client.send('PUT', '/state', body)).catch((error: unknown) => setProblem(messageOf(error)));

  const all = collections ?? [];
  const name = collection ?? all[0]?.name ?? null;
  const changes = changesOf(all);
  return (
    <div class="data">
      <section class="pane" aria-labelledby="collections-title">
        <div class="pane-head">
          <h2 id="collections-title" tabIndex={-1} ref={heading}>
            Collections <span class="count">{all.filter((one) => one.name === one.resource).length}</span>
          </h2>
          <div class="buttons">
            <button type="button" disabled={changes === 0} onClick={() => act('All rows were reset', untouched)}>
              Reset data
            </button>
          </div>
        </div>
        <p role="status" class="undo">
          {undo !== null && (
            <>
              {undo.said}.{' '}
              <button type="button" class="small" onClick={() => act('That was undone', undo.before)}>
                Undo
              </button>
            </>
          )}
        </p>
        {problem !== null && <p role="alert">{problem}</p>}
        {collections?.length === 0 && (
          <p class="quiet">
            The document speaks of nothing that can be listed and changed. <code>counterproof resources</code> says why.
          </p>
        )}
        <Collections all={all} selected={name} />
      </section>
      {name !== null && <RowsView key={name} client={client} name={name} all={all} version={version} change={change} />}
    </div>
  );
}

const untouched = { version: 1, collections: [] };

/** So many are listed at once; a filter finds the rest. */
const mostCollections = 200;

function Collections({ all, selected }: { all: readonly Collection[]; selected: string | null }) {
  const [filter, setFilter] = useState('');
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.filter(({ name, path }) => words.every((word) => `${name} ${path}`.toLowerCase().includes(word)));
  return (
    <>
      {all.length > 8 && (
        <div class="tools">
          <input
            type="search"
            aria-label="Filter collections"
            placeholder="Filter: name, path"
            value={filter}
            onInput={(event) => setFilter(event.currentTarget.value)}
          />
        </div>
      )}
      <ul class="rows" onKeyDown={moveFocus}>
        {found.slice(0, mostCollections).map(({ name, resource, path, changes }) => (
          <li key={name}>
            <a class="row" href={dataLink(name)} aria-current={name === selected ? 'true' : undefined}>
              <span class="row-line">
                <strong>{collectionWord({ name, resource })}</strong>
                {changes > 0 && <span class="pill">{changes === 1 ? '1 change' : `${changes} changes`}</span>}
              </span>
              <span class="mono quiet path">{path}</span>
            </a>
          </li>
        ))}
      </ul>
      {found.length > mostCollections && <p class="quiet">and {found.length - mostCollections} more</p>}
    </>
  );
}
