import { useState } from 'preact/hooks';
import { nameOf } from '../active.js';
import type { Client } from '../client.js';
import type { Active, Entry, Preview } from '../payloads.js';
import { duration, effectWord, sourceWord } from '../words.js';
import { AnswerEditor } from './answer-editor.js';
import { Headers } from './headers.js';
import { Body } from './json-tree.js';
import { Violations } from './violations.js';

interface NextAnswerProps {
  readonly entry: Entry;
  readonly client: Client;
  readonly preview: Preview | null;
  readonly problem: string | null;
  readonly activate: (wish: Active | null) => Promise<void>;
}

/** What the next request of an operation gets, and the way to make it another. */
export function NextAnswer({ entry, client, preview, problem, activate }: NextAnswerProps) {
  const [isEdited, setEdited] = useState(false);
  const { active } = entry;
  const answer = preview?.answer ?? null;
  return (
    <section class={active === null ? 'answer' : 'answer is-active'} aria-labelledby="next-title">
      <div class="answer-head">
        <h3 id="next-title">Next answer</h3>
        {answer !== null && <span class={`status status-${String(answer.status)[0]}`}>{answer.status}</span>}
        {answer !== null && (
          <span class="quiet">
            {active === null ? sourceWord(answer.source) : ''}
            {answer.name !== null && active === null && ` ${answer.name}`}
            {answer.delay > 0 && ` after ${duration(answer.delay)}`}
            {answer.effect !== null && `, ${effectWord(answer.effect)}`}
          </span>
        )}
        {active !== null && <strong class="pill">{nameOf(active)}</strong>}
        <div class="buttons">
          {!isEdited && (
            <button type="button" disabled={answer === null} onClick={() => setEdited(true)}>
              Edit
            </button>
          )}
          <button type="button" disabled={active === null} onClick={() => activate(null)}>
            Reset
          </button>
        </div>
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
      {preview !== null && preview.problem !== null && <p class="quiet">{preview.problem}.</p>}
      {isEdited && answer !== null ? (
        <AnswerEditor
          client={client}
          entry={entry}
          answer={answer}
          activate={activate}
          close={() => setEdited(false)}
        />
      ) : (
        answer !== null && (
          <>
            {answer.violations.length > 0 && <Violations violations={answer.violations} />}
            {answer.body === '' ? (
              <p class="quiet">No body.</p>
            ) : (
              <Body text={answer.body} label="Body of the next answer" />
            )}
            <Headers fields={answer.headers} />
          </>
        )
      )}
      {preview?.request && (
        <p class="quiet asked">
          for <span class="mono">{`${preview.request.method} ${preview.request.target}`}</span>
        </p>
      )}
    </section>
  );
}
