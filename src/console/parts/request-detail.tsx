import { useEffect, useState } from 'preact/hooks';
import { indented } from '../answer-text.js';
import { type Client, operationPath } from '../client.js';
import type { Active, Exchange, ExchangeDetail } from '../payloads.js';
import { operationLink } from '../route.js';
import { send } from '../send.js';
import { fetchSnippet, playwrightSnippet, type SentRequest } from '../snippets.js';
import type { Act } from '../use-mock.js';
import { duration, reasonFor, sourceWord } from '../words.js';
import { CopyButton } from './copy.js';
import { Headers } from './headers.js';
import { Body } from './json-tree.js';
import { SaveCase } from './save-case.js';
import { Tabs } from './tabs.js';
import { Violations } from './violations.js';

const tabs = [
  { id: 'request', title: 'Request' },
  { id: 'response', title: 'Response' },
  { id: 'why', title: 'Why' },
  { id: 'timing', title: 'Timing' },
] as const;
type Tab = (typeof tabs)[number]['id'];

interface RequestDetailProps {
  readonly exchange: Exchange;
  readonly client: Client;
  readonly act: Act;
  readonly close: () => void;
}

/** All of one exchange, and what can be made of it. */
export function RequestDetail({ exchange, client, act, close }: RequestDetailProps) {
  const [tab, setTab] = useState<Tab>(exchange.violations.length > 0 ? 'why' : 'response');
  const [whole, setWhole] = useState<ExchangeDetail | null>(null);
  const [isSaving, setSaving] = useState(false);
  const { number, method, target, status, operation } = exchange;
  useEffect(() => {
    // One of an archive is whole, and the mock does not know it.
    if (number < 1) return;
    let isOld = false;
    client
      .get<ExchangeDetail>(`/journal/${number}`)
      .then((got) => !isOld && setWhole(got))
      // It was cleared: then what the list knows is all that there is.
      .catch(() => {});
    return () => {
      isOld = true;
    };
  }, [client, number]);

  const shown = whole?.number === number ? whole : exchange;
  const request: SentRequest = { method, target, headers: plain(shown.requestHeaders), body: shown.requestBody };
  const answered = answerOf(shown);
  return (
    <section class="request-detail" aria-label={`Request ${method} ${target}`}>
      <div class="detail-head">
        <span class={`status status-${String(status)[0]}`}>{status}</span>
        <span class="mono target">{`${method} ${target}`}</span>
        <button type="button" class="small" aria-label="Close the request" onClick={close}>
          Close
        </button>
      </div>
      <Tabs label="Parts of the request" tabs={tabs} chosen={tab} choose={setTab} />
      <div class="detail-body" role="tabpanel" aria-label={tabs.find(({ id }) => id === tab)?.title}>
        {tab === 'request' && <Message label="request" fields={shown.requestHeaders} body={shown.requestBody} />}
        {tab === 'response' && <Message label="response" fields={shown.responseHeaders} body={shown.responseBody} />}
        {tab === 'why' && <Why exchange={shown} />}
        {tab === 'timing' && <Timing exchange={shown} />}
      </div>
      <div class="buttons">
        {operation !== null && (
          <>
            <button
              type="button"
              onClick={() => act('PUT', `${operationPath(operation)}/active`, { ...answered, offContract: true })}
            >
              Answer so from now on
            </button>
            <button type="button" aria-expanded={isSaving} onClick={() => setSaving(!isSaving)}>
              Save as case …
            </button>
          </>
        )}
        <button type="button" onClick={() => send(request, client.session, new AbortController().signal)}>
          Send again
        </button>
        {shown.curl !== '' && <CopyButton text={shown.curl} label="Copy as curl" />}
        <CopyButton text={fetchSnippet(request, location.origin)} label="Copy as fetch" />
        <CopyButton
          text={playwrightSnippet(request, operation, { status, body: shown.responseBody })}
          label="Copy as Playwright test"
        />
      </div>
      {isSaving && operation !== null && (
        <SaveCase
          client={client}
          operation={operation}
          value={{ ...answered, ...(isSure(shown) ? {} : { offContract: true }) }}
          when={whenOf(whole)}
          isLiteral
        />
      )}
    </section>
  );
}

/** Whoever sends it again may be anybody. */
const plain = (fields: Exchange['requestHeaders']): [string, string][] =>
  fields.map(([name, value]) => [name, value.replaceAll('$CREDENTIAL', 'any')]);

/** What the document declares, and the mock has made, fits it. */
const isSure = ({ source }: Exchange): boolean => source === 'fake' || source === 'example' || source === 'state';

function answerOf({ status, responseBody }: Exchange): Active {
  if (responseBody === '') return { status };
  try {
    return { status, body: JSON.parse(responseBody) };
  } catch {
    return { status, body: responseBody };
  }
}

/** What a case asks of a request, as far as this one says something. */
function whenOf(whole: ExchangeDetail | null): object | undefined {
  if (!whole?.when) return undefined;
  const parts = Object.entries(whole.when).map(([part, values]) => {
    const there = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
    return [part, Object.fromEntries(there)] as const;
  });
  const said = parts.filter(([, values]) => Object.keys(values).length > 0);
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

function Message({ label, fields, body }: { label: string; fields: Exchange['requestHeaders']; body: string | null }) {
  return (
    <>
      {body === null || body === '' ? (
        <p class="quiet">No body.</p>
      ) : (
        <Body text={indented(body)} label={`Body of the ${label}`} />
      )}
      <Headers fields={fields} />
    </>
  );
}

function Why({ exchange: { violations, operation, source, name, seed } }: { exchange: Exchange }) {
  return (
    <>
      {violations.length > 0 ? (
        <Violations violations={violations} />
      ) : (
        <p>{operation === null ? 'The document has no such operation.' : 'The request keeps to the document.'}</p>
      )}
      <p class="facts">
        {operation !== null && (
          <>
            <a class="mono" href={operationLink(operation)}>
              {operation}
            </a>{' '}
            ·{' '}
          </>
        )}
        <strong>{name === null ? sourceWord(source) : `${sourceWord(source)} ${name}`}</strong> · seed {seed}
      </p>
      <p class="quiet">{reasonFor(source)}</p>
    </>
  );
}

function Timing({ exchange: { time, milliseconds, delay, items } }: { exchange: Exchange }) {
  return (
    <dl class="headers">
      <div>
        <dt>came at</dt>
        <dd>{new Date(time).toLocaleString('en', { hour12: false })}</dd>
      </div>
      <div>
        <dt>decided after</dt>
        <dd>{duration(milliseconds)}</dd>
      </div>
      <div>
        <dt>delay</dt>
        <dd>{delay > 0 ? duration(delay) : 'none'}</dd>
      </div>
      {items !== null && (
        <div>
          <dt>stream</dt>
          <dd>{items === 1 ? '1 item' : `${items} items`}</dd>
        </div>
      )}
    </dl>
  );
}
