import { useEffect, useRef, useState } from 'preact/hooks';
import { type Client, rowsPath } from '../client.js';
import type { RowView, Violation } from '../payloads.js';
import { documentLink } from '../route.js';
import { messageOf } from '../use-mock.js';

/** Nothing was typed for so long before it is held against the document, in milliseconds. */
const pause = 250;

/** Does something to rows, and says it; what is refused is thrown on. */
export type ChangeRows = (said: string, act: () => Promise<unknown>) => Promise<void>;

interface RowEditorProps {
  readonly client: Client;
  readonly collection: string;
  readonly view: RowView;
  readonly change: ChangeRows;
  readonly choose: (view: RowView | null) => void;
}

const written = (row: unknown): string => JSON.stringify(row, null, 2);

/** One row as JSON: held against the document while it is typed, and kept when it is saved. */
export function RowEditor({ client, collection, view, change, choose }: RowEditorProps) {
  const { key, row, origin, original } = view;
  const saved = written(row);
  const [text, setText] = useState(saved);
  const [known, setKnown] = useState(saved);
  const [problem, setProblem] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // It was changed elsewhere, or saved: what nobody has typed follows.
  useEffect(() => {
    setText((before) => (before === known ? saved : before));
    setKnown(saved);
  }, [saved, known]);
  // On a narrow screen it stands below the table.
  useEffect(() => heading.current?.scrollIntoView({ block: 'nearest' }), []);
  const isNew = origin === 'new';
  const isGone = origin === 'deleted';
  const path = rowsPath(collection);
  const at = `${path}?key=${encodeURIComponent(key)}`;
  const read = parsed(text);
  const violations = useViolations(client, path, isGone ? saved : text);
  const canSave = 'row' in read && violations?.length === 0 && (isNew || isGone || text !== saved);

  async function act(said: string, what: () => Promise<unknown>): Promise<void> {
    try {
      await change(said, what);
      setProblem(null);
    } catch (error) {
      setProblem(messageOf(error));
    }
  }

  async function save(): Promise<void> {
    if (!canSave) return;
    if (!isNew) return act(`Row ${key} was saved`, () => client.send('PUT', at, read));
    await act('A row was added', async () => {
      const { key: made } = await client.ask<{ key: string }>('POST', path, read);
      choose({ key: made, row: read.row, origin: 'added' });
    });
  }

  return (
    <>
      <div class="pane-head">
        <h2 id="row-title" ref={heading}>
          {isNew ? 'A new row' : <span class="mono">{key || 'The only one'}</span>}{' '}
          {origin !== 'base' && !isNew && <span class="pill">{origin}</span>}
        </h2>
      </div>
      <textarea
        class="mono"
        aria-label="The row as JSON"
        aria-invalid={!canSave && text !== saved}
        aria-describedby="row-check"
        spellcheck={false}
        readOnly={isGone}
        rows={Math.min(32, Math.max(8, text.split('\n').length + 1))}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          save();
        }}
      />
      <div id="row-check" role="status" class="row-check">
        {'problem' in read ? (
          <p class="problems">{read.problem}</p>
        ) : violations === null ? (
          <p class="quiet">Checking …</p>
        ) : violations.length === 0 ? (
          <p class="kept">Fits the document.</p>
        ) : (
          <ul class="problems">
            {violations.map(({ pointer, keyword, message, location }) => (
              <li key={`${pointer} ${keyword} ${message}`}>
                <code>{pointer || 'the row'}</code> {message}{' '}
                {location !== undefined && <a href={documentLink(location)}>line {location.line}</a>}
              </li>
            ))}
          </ul>
        )}
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
      <div class="buttons">
        {!isGone && (
          <button type="button" class="strong" disabled={!canSave} title="Ctrl+Enter" onClick={save}>
            {isNew ? 'Add' : 'Save'}
          </button>
        )}
        {text !== saved && (
          <button type="button" onClick={() => setText(saved)}>
            Discard
          </button>
        )}
        {(isGone || origin === 'changed') && (
          <button
            type="button"
            onClick={() =>
              act(`Row ${key} is as it was`, () => client.send('PUT', at, { row: isGone ? row : original }))
            }
          >
            Restore
          </button>
        )}
        {!isNew && !isGone && key !== '' && (
          <button
            type="button"
            class="danger"
            onClick={() => act(`Row ${key} was deleted`, () => client.send('DELETE', at)).then(() => choose(null))}
          >
            Delete
          </button>
        )}
        {isNew && (
          <button type="button" onClick={() => choose(null)}>
            Cancel
          </button>
        )}
      </div>
    </>
  );
}

function parsed(text: string): { readonly row: unknown } | { readonly problem: string } {
  try {
    return { row: JSON.parse(text) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** What the document has to say of a text as a row; null while that is not known. */
function useViolations(client: Client, path: string, text: string): readonly Violation[] | null {
  const [checked, setChecked] = useState<{ text: string; violations: readonly Violation[] } | null>(null);
  useEffect(() => {
    const read = parsed(text);
    if (!('row' in read)) return;
    let isOld = false;
    const timer = setTimeout(
      () =>
        client
          .ask<{ violations: Violation[] }>('POST', path.replace(/rows$/, 'check'), read)
          .then(({ violations }) => {
            if (!isOld) setChecked({ text, violations });
          })
          // Saving says what is wrong.
          .catch(() => setChecked({ text, violations: [] })),
      pause,
    );
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [client, path, text]);
  return checked?.text === text ? checked.violations : null;
}
