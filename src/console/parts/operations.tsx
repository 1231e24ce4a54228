import { memo } from 'preact/compat';
import { useMemo, useState } from 'preact/hooks';
import { nameOf } from '../active.js';
import { found, grouped } from '../operation-rows.js';
import type { Entry } from '../payloads.js';
import { operationLink } from '../route.js';
import { count } from '../words.js';
import { CutPath } from './cut-path.js';
import { VirtualList } from './virtual-list.js';

interface OperationListProps {
  readonly operations: readonly Entry[] | null;
  readonly selected: string | null;
  /** Ids of operations that were asked. */
  readonly used: ReadonlySet<string>;
  readonly open: () => void;
}

/** All operations, a line each. */
export const OperationList = memo(function OperationList({ operations, selected, used, open }: OperationListProps) {
  const [text, setText] = useState('');
  const [onlyUsed, setOnlyUsed] = useState(false);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const all = operations ?? [];
  const wanted = useMemo(() => found(all, { text, used: onlyUsed ? used : null }), [all, text, onlyUsed, used]);
  const rows = useMemo(() => grouped(wanted, text === '' ? folded : new Set()), [wanted, folded, text]);

  const fold = (name: string) =>
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(name)) next.add(name);
      return next;
    });

  return (
    <>
      <div class="pane-head">
        <h2 id="operations-title">
          Operations{' '}
          <span class="count">
            {wanted.length === all.length ? count(all.length) : `${count(wanted.length)} of ${count(all.length)}`}
          </span>
        </h2>
      </div>
      {all.length > 1 && (
        <div class="tools">
          <input
            type="search"
            aria-label="Filter operations"
            placeholder="Filter operations"
            title="By path, summary, tag, or what is active"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <label class="check">
            <input type="checkbox" checked={onlyUsed} onChange={(event) => setOnlyUsed(event.currentTarget.checked)} />
            used
          </label>
        </div>
      )}
      {wanted.length === 0 && operations !== null && <p class="quiet">No operation is like that.</p>}
      {rows.length > 0 && (
        <VirtualList
          // What somebody looks for is looked at from its beginning.
          key={`${text} ${onlyUsed}`}
          items={rows}
          keyOf={({ key }) => key}
          selected={selected}
          label="Operations"
          row={(row, tabIndex) =>
            row.kind === 'group' ? (
              <button
                type="button"
                class="row group"
                tabIndex={tabIndex}
                aria-expanded={row.isOpen}
                onClick={() => fold(row.key.slice(1))}
              >
                <span class="group-name">{row.name}</span> <span class="count">{row.size}</span>
              </button>
            ) : (
              <OperationLine
                entry={row.entry}
                isSelected={row.entry.id === selected}
                isUsed={used.has(row.entry.id)}
                tabIndex={tabIndex}
                open={open}
              />
            )
          }
        />
      )}
    </>
  );
});

interface OperationLineProps {
  readonly entry: Entry;
  readonly isSelected: boolean;
  readonly isUsed: boolean;
  readonly tabIndex: 0 | -1;
  readonly open: () => void;
}

function OperationLine({ entry, isSelected, isUsed, tabIndex, open }: OperationLineProps) {
  const { id, method, path, summary, deprecated, active } = entry;
  return (
    <a
      class="row operation-line"
      href={operationLink(id)}
      tabIndex={tabIndex}
      aria-current={isSelected ? 'true' : undefined}
      title={`${method} ${path}${summary === '' ? '' : `\n${summary}`}`}
      onClick={open}
    >
      <span class={`method method-${method.toLowerCase()}`}>{method}</span>
      <CutPath path={path} {...(deprecated && { class: 'deprecated' })} />
      {active !== null && <span class="pill">{nameOf(active)}</span>}
      {isUsed && active === null && <span class="used" role="img" aria-label="was asked" />}
    </a>
  );
}
