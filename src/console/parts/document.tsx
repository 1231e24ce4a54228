import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Client } from '../client.js';
import type { ShownProblem, SourceFile } from '../payloads.js';
import { documentLink } from '../route.js';
import { messageOf } from '../use-mock.js';
import { count } from '../words.js';

/** Height of a line in pixels: the style sheet says the same. */
const lineHeight = 20;
/** So many lines are drawn above and below what is seen. */
const margin = 60;
/** Of a longer line only so much is drawn, in characters. */
const longest = 2000;

/** More problems than this are counted alone: `counterproof lint` lists them. */
const mostProblems = 200;

interface DocumentViewProps {
  readonly client: Client;
  readonly file: string | null;
  readonly line: number | null;
  readonly version: number;
}

/** The files of the document with their lines, at the line that was asked for. */
export function DocumentView({ client, file, line, version }: DocumentViewProps) {
  const [files, setFiles] = useState<readonly SourceFile[] | null>(null);
  const [problems, setProblems] = useState<readonly ShownProblem[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: with each version of the document it is fetched anew
  useEffect(() => {
    client
      .get<{ files: SourceFile[]; problems: ShownProblem[] }>('/document')
      .then((got) => {
        setFiles(got.files);
        setProblems(got.problems);
      })
      .catch((error: unknown) => setProblem(messageOf(error)));
  }, [client, version]);
  useEffect(() => heading.current?.focus(), []);

  const shown =
    files?.find(({ name }) => name === file) ?? files?.find(({ name }) => sameEnd(name, file)) ?? files?.[0];
  return (
    <section class="document" aria-labelledby="document-title">
      <div class="pane-head">
        <h2 id="document-title" tabIndex={-1} ref={heading}>
          {shown?.name ?? file ?? 'Document'}
          {line !== null && <span class="quiet"> line {line}</span>}
        </h2>
        <button type="button" onClick={() => (history.length > 1 ? history.back() : location.assign('#/'))}>
          Back
        </button>
      </div>
      {(files?.length ?? 0) > 1 && (
        <nav aria-label="Files">
          {files?.map(({ name }) => (
            <a key={name} href={documentLink({ file: name, line: 1 })} aria-current={name === shown?.name || undefined}>
              {name}
            </a>
          ))}
        </nav>
      )}
      {problem !== null && <p role="alert">{problem}</p>}
      {problems.length > 0 && (
        <details>
          <summary>{problems.length === 1 ? '1 problem' : `${count(problems.length)} problems`}</summary>
          <ul class="problems">
            {problems.slice(0, mostProblems).map(({ id, message, location: place }) => (
              <li key={`${id} ${place?.pointer} ${message}`}>
                {place === null ? null : <a href={documentLink(place)}>line {place.line}</a>} {message}{' '}
                <code>{id}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
      {shown !== undefined && <Lines key={shown.name} text={shown.text} marked={line} />}
    </section>
  );
}

function Lines({ text, marked }: { text: string; marked: number | null }) {
  const lines = useMemo(() => text.split(/\r?\n/), [text]);
  const view = useRef<HTMLElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(800);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is looked at from its marked line as well
  useEffect(() => {
    const place = view.current;
    if (place === null) return;
    setHeight(place.clientHeight);
    place.scrollTop = Math.max(0, ((marked ?? 1) - 1) * lineHeight - place.clientHeight / 3);
    setTop(place.scrollTop);
  }, [marked, lines]);

  const first = Math.max(0, Math.floor(top / lineHeight) - margin);
  const last = Math.min(lines.length, Math.ceil((top + height) / lineHeight) + margin);
  const width = `${String(lines.length).length}ch`;
  return (
    <section
      class="lines"
      ref={view}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
      tabIndex={0}
      aria-label="Text of the document"
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <div style={{ height: `${lines.length * lineHeight}px`, paddingTop: `${first * lineHeight}px` }}>
        {lines.slice(first, last).map((content, index) => {
          const number = first + index + 1;
          return (
            <div key={number} id={`L${number}`} class={number === marked ? 'line is-marked' : 'line'}>
              <span class="number" style={{ minWidth: width }}>
                {number}
              </span>
              {number === marked ? <mark>{cut(content)}</mark> : <span>{cut(content)}</span>}
            </div>
          );
        })}
      </div>
    </section>
  );
}

const cut = (line: string): string => (line.length > longest ? `${line.slice(0, longest)}…` : line);

/** A file is named from where the command runs, or from the document: the ends are the same. */
function sameEnd(name: string, asked: string | null): boolean {
  return asked !== null && (name.endsWith(`/${asked}`) || asked.endsWith(`/${name}`));
}
