import { memo } from 'preact/compat';
import { useEffect, useState } from 'preact/hooks';
import { type Choice, choose, dataChoices, isChosen, nameOf, withOption } from '../active.js';
import { type Client, operationPath } from '../client.js';
import { Markdown } from '../markdown.js';
import type { Active, Entry, OperationDetail } from '../payloads.js';
import { documentLink } from '../route.js';
import { type Act, messageOf } from '../use-mock.js';
import { ChoiceButton } from './choice.js';
import { Faults } from './faults.js';
import { Path } from './path.js';

interface OperationPaneProps {
  readonly entry: Entry | undefined;
  readonly client: Client;
  readonly act: Act;
  readonly version: number;
}

/** What one operation answers, and what it can be made to answer. */
export const OperationPane = memo(function OperationPane({ entry, client, act, version }: OperationPaneProps) {
  const [detail, setDetail] = useState<OperationDetail | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const id = entry?.id;

  // biome-ignore lint/correctness/useExhaustiveDependencies: with each version it is fetched anew
  useEffect(() => {
    if (id === undefined) return;
    let isOld = false;
    client
      .get<OperationDetail>(operationPath(id))
      .then((got) => {
        if (isOld) return;
        setDetail(got);
        setProblem(null);
      })
      .catch((error: unknown) => {
        if (!isOld) setProblem(messageOf(error));
      });
    return () => {
      isOld = true;
    };
  }, [client, id, version]);

  if (entry === undefined) return <h2 id="operation-title">No operation</h2>;
  const { method, path, summary, active } = entry;
  const shown = detail?.id === id ? detail : null;
  const activate = (wish: Active | null) =>
    wish === null
      ? act('DELETE', `${operationPath(entry.id)}/active`)
      : act('PUT', `${operationPath(entry.id)}/active`, wish);
  /** What is active already is let go. */
  const toggle = (choice: Choice) => activate(isChosen(active, choice) ? null : choose(active, choice));

  return (
    <>
      <div class="pane-head">
        <h2 id="operation-title">
          <span class={`method method-${method.toLowerCase()}`}>{method}</span>{' '}
          <span class="mono">
            <Path path={path} />
          </span>
        </h2>
        <p class="summary">
          {summary}{' '}
          {shown !== null && (
            <a class="place" href={documentLink(shown.location)}>
              line {shown.location.line}
            </a>
          )}
        </p>
      </div>
      <div class={active === null ? 'answer' : 'answer is-active'}>
        <p>
          {active === null ? (
            <>
              Answers <strong>as the document says</strong>. Choose below what it is to answer instead.
            </>
          ) : (
            <>
              Answers with <strong class="pill">{nameOf(active)}</strong> until it is reset.
            </>
          )}
        </p>
        <button type="button" disabled={active === null} onClick={() => activate(null)}>
          Reset
        </button>
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
      {shown !== null && shown.problems.length > 0 && (
        <ul class="problems">
          {shown.problems.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {shown !== null && <Choices detail={shown} active={active} toggle={toggle} activate={activate} />}
      {shown !== null && shown.groups.length > 0 && <p class="quiet">{shown.groups.join(', ')}</p>}
      {shown !== null && shown.description !== '' && (
        <details class="description">
          <summary>Description</summary>
          <Markdown text={shown.description} />
        </details>
      )}
    </>
  );
});

interface ChoicesProps {
  readonly detail: OperationDetail;
  readonly active: Active | null;
  readonly toggle: (choice: Choice) => void;
  readonly activate: (wish: Active | null) => void;
}

function Choices({ detail, active, toggle, activate }: ChoicesProps) {
  const { cases, examples, statuses, faults } = detail;
  return (
    <>
      <nav class="jump" aria-label="Kinds of answers">
        {Object.entries({ cases, examples, faults })
          .filter(([, members]) => members.length > 0)
          .map(([kind, { length }]) => (
            <button
              key={kind}
              type="button"
              class="small"
              onClick={() => document.getElementById(kind)?.scrollIntoView()}
            >
              {length} {length === 1 ? kind.slice(0, -1) : kind}
            </button>
          ))}
      </nav>
      {statuses.length > 0 && (
        <fieldset>
          <legend>Statuses</legend>
          <div class="chips">
            {statuses.map((status) => (
              <button
                key={status}
                type="button"
                class={`chip status status-${String(status)[0]}`}
                aria-pressed={isChosen(active, { status })}
                onClick={() => toggle({ status })}
              >
                {status}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      <fieldset class="delay">
        <legend>Delay</legend>
        <div class="chips">
          {[0, 300, 1000, 3000, 10_000].map((delay) => (
            <button
              key={delay}
              type="button"
              class={delay === 0 ? 'chip usual' : 'chip'}
              aria-pressed={(active?.delay ?? 0) === delay}
              onClick={() => activate(withOption(active, { delay }))}
            >
              {delay === 0 ? 'none' : delay < 1000 ? `${delay} ms` : `${delay / 1000} s`}
            </button>
          ))}
        </div>
      </fieldset>
      <fieldset class="data">
        <legend>Data</legend>
        <div class="chips">
          {[[null, 'as usual'] as const, ...dataChoices].map(([data, label]) => (
            <button
              key={label}
              type="button"
              class={data === null ? 'chip usual' : 'chip'}
              aria-pressed={(active?.data ?? null) === data}
              onClick={() => activate(withOption(active, { data }))}
            >
              {label}
            </button>
          ))}
        </div>
      </fieldset>
      {cases.length > 0 && (
        <fieldset id="cases">
          <legend>
            Cases <span class="count">{cases.length}</span>
          </legend>
          <p class="quiet">Written in the fixtures. The automatic ones also answer the requests that they match.</p>
          {cases.map(({ name, description, status, automatic }) => (
            <ChoiceButton
              key={name}
              name={name}
              status={status}
              text={description}
              note={automatic ? 'automatic' : null}
              isActive={isChosen(active, { example: name })}
              choose={() => toggle({ example: name })}
            />
          ))}
        </fieldset>
      )}
      {examples.length > 0 && (
        <fieldset id="examples">
          <legend>
            Examples <span class="count">{examples.length}</span>
          </legend>
          {examples.map(({ name, status }) => (
            <ChoiceButton
              key={`${status} ${name}`}
              name={name}
              status={status}
              text=""
              note={null}
              isActive={isChosen(active, { example: name })}
              choose={() => toggle({ example: name })}
            />
          ))}
        </fieldset>
      )}
      <Faults
        faults={faults}
        active={active}
        toggle={(fault) => toggle({ fault })}
        setProbability={(probability) => activate(withOption(active, { probability }))}
      />
    </>
  );
}
