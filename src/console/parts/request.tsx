import { memo } from 'preact/compat';
import type { Exchange } from '../payloads.js';
import { documentLink, operationLink, shortName } from '../route.js';
import { CopyButton } from './copy.js';

interface RequestRowProps {
  readonly exchange: Exchange;
  readonly isOpen: boolean;
  readonly open: (number: number) => void;
}

/** One exchange: a line, each violation in words, and on demand all that went over the wire. */
export const RequestRow = memo(function RequestRow({ exchange, isOpen, open }: RequestRowProps) {
  const { number, time, method, target, status, violations, source, name } = exchange;
  return (
    <li class={isOpen ? 'exchange is-open' : 'exchange'}>
      <button type="button" class="row" aria-expanded={isOpen} onClick={() => open(number)}>
        <span class="row-line">
          <span class={`status status-${String(status)[0]}`}>{status}</span>
          <span class="mono target">
            {method} {target}
          </span>
          <span class={`source source-${source}`}>{name ?? source}</span>
          <time dateTime={time}>{clock(time)}</time>
        </span>
        {!isOpen && violations.length > 0 && (
          <span class="violation-line">
            {placeOf(violations[0])}
            {violations.length > 1 && ` (and ${violations.length - 1} more)`}
          </span>
        )}
      </button>
      {isOpen && <Details exchange={exchange} />}
    </li>
  );
});

type Violation = Exchange['violations'][number];

function placeOf(violation: Violation | undefined): string {
  if (violation === undefined) return '';
  const { in: where, pointer, message } = violation;
  return `${where}${pointer === '' ? '' : ` ${pointer.slice(1)}`}: ${message}`;
}

function Details({ exchange }: { exchange: Exchange }) {
  const { violations, source, name, operation, seed, milliseconds, curl } = exchange;
  return (
    <div class="details">
      {violations.length === 0 && (
        <p>{operation === null ? 'The document has no such operation.' : 'The request keeps to the document.'}</p>
      )}
      {violations.length > 0 && (
        <>
          <h3>{violations.length === 1 ? 'Violation' : `${violations.length} violations`}</h3>
          <ul class="violations">
            {violations.map((violation) => (
              <li key={`${violation.in} ${violation.pointer} ${violation.keyword}`}>
                {placeOf(violation)}{' '}
                <a class="place" href={documentLink(violation.location)} title={violation.location.file}>
                  {shortName(violation.location.file)}:{violation.location.line}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="facts">
        {operation === null ? (
          'no operation'
        ) : (
          <a class="mono" href={operationLink(operation)}>
            {operation}
          </a>
        )}{' '}
        · answered from <strong>{name === null ? source : `${source} ${name}`}</strong> · seed {seed} · {milliseconds}{' '}
        ms
      </p>
      <Message title="Request" headers={exchange.requestHeaders} body={exchange.requestBody} />
      <Message
        title={`Response ${exchange.status}${exchange.items === null ? '' : `, a stream of ${exchange.items}`}`}
        headers={exchange.responseHeaders}
        body={exchange.responseBody}
      />
      <div class="buttons">
        <CopyButton text={curl} label="Copy as curl" />
      </div>
    </div>
  );
}

interface MessageProps {
  readonly title: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | null;
}

function Message({ title, headers, body }: MessageProps) {
  return (
    <>
      <h3>{title}</h3>
      {body !== null && body !== '' && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
        <section class="body" aria-label={`Body of the ${title.toLowerCase()}`} tabIndex={0}>
          <pre>{indented(body)}</pre>
        </section>
      )}
      <details>
        <summary>{headers.length === 1 ? '1 header' : `${headers.length} headers`}</summary>
        <dl class="headers">
          {headers.map(([name, value]) => (
            <div key={`${name} ${value}`}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}

/** JSON as a person reads it; everything else as it was. */
function indented(body: string): string {
  if (!/^\s*[[{]/.test(body)) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    // It was cut, or is none: then it is shown as it came.
    return body;
  }
}

function clock(time: string): string {
  return new Date(time).toLocaleTimeString('en', { hour12: false });
}
