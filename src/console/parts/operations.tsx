import { memo } from 'preact/compat';
import { useState } from 'preact/hooks';
import { nameOf } from '../active.js';
import type { Entry } from '../payloads.js';
import { operationLink } from '../route.js';
import { moveFocus } from './move-focus.js';
import { Path } from './path.js';

/** So many rows are drawn; a filter finds the rest. */
const mostRows = 300;

interface OperationListProps {
  readonly operations: readonly Entry[] | null;
  readonly selected: string | null;
  readonly open: () => void;
}

export const OperationList = memo(function OperationList({ operations, selected, open }: OperationListProps) {
  const [filter, setFilter] = useState('');
  const [limit, setLimit] = useState(mostRows);
  const all = operations ?? [];
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = words.length === 0 ? all : all.filter((entry) => matches(entry, words));
  return (
    <>
      <div class="pane-head">
        <h2 id="operations-title">
          Operations <span class="count">{all.length.toLocaleString('en')}</span>
        </h2>
        {all.length > 8 && (
          <input
            type="search"
            aria-label="Filter operations"
            placeholder="Filter: path, summary, tag, active"
            value={filter}
            onInput={(event) => setFilter(event.currentTarget.value)}
          />
        )}
      </div>
      {found.length === 0 && operations !== null && <p class="quiet">No operation has all of these words.</p>}
      <ul class="rows" onKeyDown={moveFocus}>
        {found.slice(0, limit).map((entry) => (
          <Row key={entry.id} entry={entry} isSelected={entry.id === selected} open={open} />
        ))}
      </ul>
      {found.length > limit && (
        <button type="button" onClick={() => setLimit(limit + mostRows)}>
          Show {Math.min(mostRows, found.length - limit)} more of {found.length}
        </button>
      )}
    </>
  );
});

function Row({ entry, isSelected, open }: { entry: Entry; isSelected: boolean; open: () => void }) {
  const { id, method, path, summary, deprecated, active } = entry;
  return (
    <li>
      <a class="row" href={operationLink(id)} aria-current={isSelected ? 'true' : undefined} onClick={open}>
        <span class="row-line">
          <span class={`method method-${method.toLowerCase()}`}>{method}</span>
          <span class={deprecated ? 'mono path deprecated' : 'mono path'}>
            <Path path={path} />
          </span>
        </span>
        {summary !== '' && <span class="summary">{summary}</span>}
        {active !== null && <span class="pill">{nameOf(active)}</span>}
      </a>
    </li>
  );
}

function matches({ id, method, path, summary, tags, groups, active }: Entry, words: readonly string[]): boolean {
  const text = `${method} ${path} ${summary} ${id} ${tags.join(' ')} ${groups.join(' ')} ${active === null ? '' : `active ${nameOf(active)}`}`;
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}
