import { useState } from 'preact/hooks';
import { type AnswerText, readAnswer, textOfAnswer } from '../answer-text.js';
import type { Client } from '../client.js';
import type { Active, Entry, Preview } from '../payloads.js';
import { usePreview } from '../use-preview.js';
import { fieldIn } from './headers.js';
import { SaveCase } from './save-case.js';

interface AnswerEditorProps {
  readonly client: Client;
  readonly entry: Entry;
  readonly answer: NonNullable<Preview['answer']>;
  readonly activate: (wish: Active | null) => Promise<void>;
  readonly close: () => void;
}

/** An answer of one's own: held against the document while it is typed. */
export function AnswerEditor({ client, entry, answer, activate, close }: AnswerEditorProps) {
  const [text, setText] = useState<AnswerText>(() => textOfAnswer(answer));
  const [offContract, setOffContract] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const contentType = fieldIn(answer.headers, 'content-type');
  const read = readAnswer(text, contentType, offContract);
  const isRead = typeof read !== 'string';
  const wish = JSON.stringify(isRead ? { active: read } : {});
  const { preview, problem, isCurrent } = usePreview(client, entry.id, wish, 0);
  const refused = isRead ? (problem ?? preview?.refused ?? null) : read;
  const canUse = isRead && isCurrent && refused === null;
  const type = (part: Partial<AnswerText>) => setText((before) => ({ ...before, ...part }));

  async function use(more: Partial<Active>): Promise<void> {
    if (!canUse) return;
    await activate({ ...(read as Active), ...more });
    close();
  }

  return (
    <>
      <form
        class="editor"
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          use({});
        }}
      >
        <label class="field">
          Status
          <input
            class="short"
            inputMode="numeric"
            value={text.status}
            ref={focusOnce}
            onInput={(event) => type({ status: event.currentTarget.value })}
          />
        </label>
        <label class="block">
          Body
          <textarea
            class="mono"
            spellcheck={false}
            aria-invalid={refused !== null}
            aria-describedby="answer-check"
            rows={Math.min(24, Math.max(5, text.body.split('\n').length))}
            value={text.body}
            onInput={(event) => type({ body: event.currentTarget.value })}
          />
        </label>
        <label class="block">
          Headers besides
          <textarea
            class="mono"
            spellcheck={false}
            rows={1}
            placeholder="Retry-After: 30"
            value={text.headers}
            onInput={(event) => type({ headers: event.currentTarget.value })}
          />
        </label>
        <div id="answer-check" role="status" class="row-check">
          {refused !== null ? (
            <p class="problems">{refused}</p>
          ) : isCurrent ? (
            <p class="kept">{offContract ? 'It is answered so, whatever the document says.' : 'Fits the document.'}</p>
          ) : (
            <p class="quiet">Checking …</p>
          )}
        </div>
        {(offContract || (isRead && refused !== null)) && (
          <label class="check">
            <input
              type="checkbox"
              checked={offContract}
              onChange={(event) => setOffContract(event.currentTarget.checked)}
            />
            answer so though the document does not allow it
          </label>
        )}
        <div class="buttons">
          <button type="button" class="strong" disabled={!canUse} title="Ctrl+Enter" onClick={() => use({})}>
            Until reset
          </button>
          <button type="button" disabled={!canUse} onClick={() => use({ times: 1 })}>
            For the next request
          </button>
          <button type="button" disabled={!canUse} aria-expanded={isSaving} onClick={() => setSaving(!isSaving)}>
            Save as case …
          </button>
          <button type="button" onClick={close}>
            Cancel
          </button>
        </div>
      </form>
      {isSaving && isRead && <SaveCase client={client} operation={entry.id} value={read} />}
    </>
  );
}

function focusOnce(input: HTMLInputElement | null): void {
  if (input === null || input.dataset.focused !== undefined) return;
  input.dataset.focused = 'true';
  input.focus();
  input.select();
}
