import { memo } from 'preact/compat';
import { useEffect, useState } from 'preact/hooks';
import { type Client, operationPath } from '../client.js';
import { Markdown } from '../markdown.js';
import type { Active, Entry, OperationDetail } from '../payloads.js';
import { documentLink } from '../route.js';
import { type Act, messageOf } from '../use-mock.js';
import { usePreview } from '../use-preview.js';
import { Choices } from './choices.js';
import { NextAnswer } from './next-answer.js';
import { Path } from './path.js';
import { Tabs } from './tabs.js';
import { TryIt } from './try-it.js';

interface OperationPaneProps {
  readonly entry: Entry | undefined;
  readonly client: Client;
  readonly act: Act;
  /** Of what the document and the switches say. */
  readonly version: number;
  /** Of all that an answer depends on. */
  readonly answerVersion: string;
  /** Is told what there is of the operation. */
  readonly onDetail: (detail: OperationDetail) => void;
}

const tabs = [
  { id: 'answer', title: 'Answer' },
  { id: 'try', title: 'Try it' },
] as const;

/** What one operation answers, what it can be made to answer, and a form that asks it. */
export const OperationPane = memo(function OperationPane(props: OperationPaneProps) {
  const { entry, client, version, onDetail } = props;
  const [detail, setDetail] = useState<OperationDetail | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [tab, setTab] = useState<'answer' | 'try'>('answer');
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
        onDetail(got);
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
  const { method, path, summary } = entry;
  const shown = detail?.id === id ? detail : null;
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
      <Tabs label="Answer or request" tabs={tabs} chosen={tab} choose={setTab} />
      {problem !== null && <p role="alert">{problem}</p>}
      {shown !== null && shown.problems.length > 0 && (
        <ul class="problems">
          {shown.problems.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {tab === 'answer' ? (
        <Answer key={entry.id} {...props} entry={entry} detail={shown} />
      ) : (
        <TryIt key={entry.id} entry={entry} client={client} version={props.answerVersion} />
      )}
      {shown !== null && shown.groups.length > 0 && <p class="quiet tags">{shown.groups.join(', ')}</p>}
      {shown !== null && shown.description !== '' && (
        <details class="description">
          <summary>Description</summary>
          <Markdown text={shown.description} />
        </details>
      )}
    </>
  );
});

type AnswerProps = OperationPaneProps & { readonly entry: Entry; readonly detail: OperationDetail | null };

function Answer({ entry, client, act, answerVersion, detail }: AnswerProps) {
  const { preview, problem } = usePreview(client, entry.id, '{}', answerVersion);
  const { active } = entry;
  const at = `${operationPath(entry.id)}/active`;
  const activate = (wish: Active | null) => (wish === null ? act('DELETE', at) : act('PUT', at, wish));
  return (
    <>
      <NextAnswer entry={entry} client={client} preview={preview} problem={problem} activate={activate} />
      {detail !== null && <Choices detail={detail} active={active} activate={activate} />}
    </>
  );
}
