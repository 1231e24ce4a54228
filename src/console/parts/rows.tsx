import { useEffect, useState } from 'preact/hooks';
import { type Client, rowsPath } from '../client.js';
import type { Collection, RowsPage, RowView } from '../payloads.js';
import { dataLink } from '../route.js';
import { messageOf } from '../use-mock.js';
import { count } from '../words.js';
import { moveFocus } from './move-focus.js';
import { type ChangeRows, RowEditor } from './row-editor.js';

const pageSize = 25;
/** Members that the table shows besides the key. */
const mostColumns = 4;

interface RowsViewProps {
  readonly client: Client;
  readonly name: string;
  readonly all: readonly Collection[];
  readonly version: number;
  readonly change: ChangeRows;
}

/** The rows of one collection as a table, and the chosen one as JSON. */
export function RowsView({ client, name, all, version, change }: RowsViewProps) {
  const [offset, setOffset] = useState(0);
  const [search, setSearch] = useState('');
  const [onlyChanged, setOnlyChanged] = useState(false);
  const [page, setPage] = useState<RowsPage | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [chosen, setChosen] = useState<RowView | null>(null);
  const collection = all.find((one) => one.name === name) ?? all.find((one) => name.startsWith(`${one.name} [`));

  // biome-ignore lint/correctness/useExhaustiveDependencies: with each version they are fetched anew
  useEffect(() => {
    let isOld = false;
    const query = new URLSearchParams({ offset: String(offset), limit: String(pageSize) });
    if (search !== '') query.set('search', search);
    if (onlyChanged) query.set('onlyChanged', 'true');
    client
      .get<RowsPage>(`${rowsPath(name)}?${query}`)
      .then((got) => {
        if (isOld) return;
        setPage(got);
        setProblem(null);
        setChosen((before) => got.rows.find(({ key }) => key === before?.key) ?? before);
        if (got.rows.length === 0 && got.total > 0) setOffset(0);
      })
      .catch((error: unknown) => {
        if (!isOld) setProblem(messageOf(error));
      });
    return () => {
      isOld = true;
    };
  }, [client, name, offset, search, onlyChanged, version]);

  const shown = page?.collection ?? name;

  async function add(): Promise<void> {
    try {
      const { row } = await client.get<{ row: unknown }>(`${rowsPath(shown).slice(0, -'rows'.length)}draft`);
      setChosen({ key: '', row, origin: 'new' });
    } catch (error) {
      setProblem(messageOf(error));
    }
  }

  const columns = columnsOf(page?.rows ?? [], collection?.key ?? null);
  return (
    <>
      <section class="pane pane-rows" aria-labelledby="rows-title">
        <div class="pane-head">
          <h2 id="rows-title">
            {collection?.resource ?? name} <span class="count">{page === null ? '…' : count(page.total)}</span>
          </h2>
          <div class="buttons">
            <button type="button" class="strong" disabled={collection?.isSingleton !== false} onClick={add}>
              Add a row
            </button>
          </div>
        </div>
        <div class="tools">
          <input
            type="search"
            aria-label="Search rows"
            placeholder="Search in all members"
            value={search}
            maxLength={200}
            onInput={(event) => {
              setSearch(event.currentTarget.value);
              setOffset(0);
            }}
          />
          <label class="check">
            <input
              type="checkbox"
              checked={onlyChanged}
              onChange={(event) => {
                setOnlyChanged(event.currentTarget.checked);
                setOffset(0);
              }}
            />
            changed only
          </label>
        </div>
        {page !== null && page.under.length > 0 && (
          <Under key={shown} under={page.under} resource={collection?.resource ?? name} />
        )}
        {problem !== null && <p role="alert">{problem}</p>}
        {page?.rows.length === 0 && <p class="quiet">No row is like that.</p>}
        {page !== null && page.rows.length > 0 && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
          <section class="table" tabIndex={0} aria-label="Rows">
            <table onKeyDown={moveFocus}>
              <thead>
                <tr>
                  <th scope="col">{collection?.key ?? 'row'}</th>
                  {columns.map((column) => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {page.rows.map((view) => (
                  <tr key={view.key} class={`is-${view.origin}`}>
                    <th scope="row">
                      <button
                        type="button"
                        class="row mono"
                        aria-current={chosen?.key === view.key && chosen.origin !== 'new' ? 'true' : undefined}
                        onClick={() => setChosen(view)}
                      >
                        {view.key || 'the only one'}
                      </button>
                      {view.origin !== 'base' && <span class="pill">{view.origin}</span>}
                    </th>
                    {columns.map((column) => (
                      <td key={column}>{textOf((view.row as Record<string, unknown> | null)?.[column])}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        {page !== null && page.total > pageSize && (
          <div class="buttons pages">
            <button type="button" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - pageSize))}>
              Previous
            </button>
            <span class="quiet">
              {offset + 1} to {Math.min(page.total, offset + pageSize)} of {count(page.total)}
            </span>
            <button
              type="button"
              disabled={offset + pageSize >= page.total}
              onClick={() => setOffset(offset + pageSize)}
            >
              Next
            </button>
          </div>
        )}
      </section>
      <section class="pane pane-row" aria-labelledby="row-title">
        {chosen === null ? (
          <>
            <h2 id="row-title">No row is chosen</h2>
            <p class="quiet">Choose one to change or delete it. What you save is what the next request gets.</p>
          </>
        ) : (
          <RowEditor
            key={`${chosen.origin === 'new'} ${chosen.key}`}
            client={client}
            collection={shown}
            view={chosen}
            change={change}
            choose={setChosen}
          />
        )}
      </section>
    </>
  );
}

/** Which of nested collections it is. */
function Under({ under, resource }: { under: RowsPage['under']; resource: string }) {
  const [keys, setKeys] = useState(() => under.map(({ key }) => key));
  return (
    <form
      class="tools"
      onSubmit={(event) => {
        event.preventDefault();
        if (!keys.includes('')) location.hash = dataLink(`${resource} ${JSON.stringify(keys)}`);
      }}
    >
      {under.map(({ parameter, resource: parent }, index) => (
        <label key={parameter} class="field">
          {parameter}
          <input
            value={keys[index]}
            title={parent === null ? undefined : `The key of a row of ${parent}`}
            onInput={(event) => {
              const { value } = event.currentTarget;
              setKeys(keys.map((key, place) => (place === index ? value : key)));
            }}
          />
        </label>
      ))}
      <button type="submit" disabled={keys.includes('')}>
        Show
      </button>
    </form>
  );
}

/** The members that say most in one line: texts, numbers and truth values that most rows have, in their order. */
function columnsOf(rows: readonly RowView[], key: string | null): string[] {
  const counts = new Map<string, number>();
  for (const { row } of rows) {
    if (typeof row !== 'object' || row === null) continue;
    for (const [name, value] of Object.entries(row)) {
      if (name !== key && typeof value !== 'object') counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const common = [...counts].filter(([, count]) => count * 2 >= rows.length).map(([name]) => name);
  return common.slice(0, mostColumns);
}

const textOf = (value: unknown): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
