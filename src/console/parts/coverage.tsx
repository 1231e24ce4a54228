import { useEffect, useRef, useState } from 'preact/hooks';
import type { Client } from '../client.js';
import type { OperationCoverage } from '../payloads.js';
import { operationLink } from '../route.js';
import { messageOf } from '../use-mock.js';
import { count } from '../words.js';
import { CutPath } from './cut-path.js';

interface CoveragePageProps {
  readonly client: Client;
  readonly version: number | string;
}

/** More operations than this are listed when somebody asks for them. */
const mostShown = 200;
/** So long is waited before it is asked for again while requests come, in milliseconds. */
const pause = 500;

/** What the requests so far have exercised, and what nobody has asked for. */
export function CoveragePage({ client, version }: CoveragePageProps) {
  const [all, setAll] = useState<readonly OperationCoverage[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [show, setShow] = useState<'all' | 'used' | 'unused'>('all');
  const [most, setMost] = useState(mostShown);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each version it is fetched anew
  useEffect(() => {
    let isOld = false;
    const ask = () =>
      client
        .get<{ operations: OperationCoverage[] }>('/coverage')
        .then(({ operations }) => !isOld && setAll(operations))
        .catch((error: unknown) => !isOld && setProblem(messageOf(error)));
    const timer = setTimeout(ask, all === null ? 0 : pause);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [client, version]);

  const used = (all ?? []).filter(({ requests }) => requests > 0);
  const declared = (all ?? []).flatMap(({ responses }) => responses.filter(({ isDeclared }) => isDeclared));
  const seen = declared.filter(({ times }) => times > 0);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = (all ?? []).filter(
    ({ id, method, path, requests }) =>
      (show === 'all' || requests > 0 === (show === 'used')) &&
      words.every((word) => `${id} ${method} ${path}`.toLowerCase().includes(word)),
  );
  return (
    <section class="pane coverage" aria-labelledby="coverage-title">
      <div class="pane-head">
        <h2 id="coverage-title" tabIndex={-1} ref={heading}>
          Coverage
        </h2>
        {all !== null && (
          <p>
            {count(used.length)} of {count(all.length)} operations, {count(seen.length)} of {count(declared.length)}{' '}
            declared answers. It begins anew when the requests are cleared.
          </p>
        )}
      </div>
      <div class="tools">
        <input
          type="search"
          aria-label="Filter operations"
          placeholder="Filter: path, operation"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <select
          aria-label="Which operations"
          value={show}
          onChange={(event) => setShow(event.currentTarget.value as typeof show)}
        >
          <option value="all">all operations</option>
          <option value="used">those that were asked</option>
          <option value="unused">those that nobody has asked</option>
        </select>
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
      {all === null ? (
        <p class="quiet">Looking …</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
        <section class="table" tabIndex={0} aria-label="Operations">
          <table>
            <thead>
              <tr>
                <th scope="col">Operation</th>
                <th scope="col">Requests</th>
                <th scope="col">Answers</th>
                <th scope="col">Values not sent</th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, most).map((operation) => (
                <Line key={operation.id} operation={operation} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {found.length > most && (
        <button type="button" onClick={() => setMost(most + mostShown)}>
          {count(found.length - most)} more
        </button>
      )}
    </section>
  );
}

function Line({ operation: { id, method, path, requests, responses, values } }: { operation: OperationCoverage }) {
  const missing = values.filter(({ missing }) => missing.length > 0);
  return (
    <tr>
      <th scope="row">
        <a class="mono line" href={operationLink(id)}>
          {`${method} `}
          <CutPath path={path} />
        </a>
      </th>
      <td>{count(requests)}</td>
      <td>
        {responses.map(({ key, isDeclared, times }) => (
          <span
            key={key}
            class={times > 0 ? `status status-${key[0]}` : 'status not-seen'}
            title={isDeclared ? `${times} times` : `${times} times, not declared`}
          >
            {isDeclared ? key : `${key}?`}
            {times > 0 && ` × ${count(times)}`}
          </span>
        ))}
      </td>
      <td>{missing.map(({ place, missing: left }) => `${place}: ${left.map(String).join(', ')}`).join('; ')}</td>
    </tr>
  );
}
