import { useEffect, useRef, useState } from 'preact/hooks';
import type { Client } from '../client.js';
import type { Entry, FormParameter, Preview } from '../payloads.js';
import { type Received, send } from '../send.js';
import { fetchSnippet, playwrightSnippet, type SentRequest } from '../snippets.js';
import { usePreview } from '../use-preview.js';
import { duration } from '../words.js';
import { CopyButton } from './copy.js';
import { Headers } from './headers.js';
import { Body } from './json-tree.js';
import { ParameterField } from './parameter-field.js';
import { Violations } from './violations.js';

interface TryItProps {
  readonly entry: Entry;
  readonly client: Client;
  readonly version: number | string;
}

/** What somebody has typed; what is absent is as the document has it. */
interface Typed {
  readonly parameters: ReadonlyMap<string, { readonly text: string; readonly isSent: boolean }>;
  readonly body?: string;
  readonly contentType?: string;
  readonly credential?: string;
}

const untouched: Typed = { parameters: new Map() };
const keyOf = ({ in: where, name }: Pick<FormParameter, 'in' | 'name'>): string => `${where} ${name}`;

/** A form that holds a request which the operation takes: change it, send it, take it elsewhere. */
export function TryIt({ entry, client, version }: TryItProps) {
  const [typed, setTyped] = useState<Typed>(untouched);
  const [received, setReceived] = useState<Received | null>(null);
  const [sending, setSending] = useState<AbortController | null>(null);
  /** The form as the document has it: values that nobody has typed. */
  const [form, setForm] = useState<Preview | null>(null);
  const { preview, problem, isCurrent } = usePreview(client, entry.id, wishOf(typed, form), version);
  useEffect(() => {
    if (form === null && preview !== null && isCurrent) setForm(preview);
  }, [form, preview, isCurrent]);
  const stop = useRef<AbortController | null>(null);
  stop.current = sending;
  useEffect(() => () => stop.current?.abort(), []);

  if (form === null || preview === null) return <p class="quiet">{problem ?? 'Making a request …'}</p>;
  const request: SentRequest | null = preview.request;
  const change = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));

  async function sendIt(): Promise<void> {
    if (request === null || sending !== null) return;
    const controller = new AbortController();
    setSending(controller);
    const got = await send(request, client.session, controller.signal);
    if (controller.signal.aborted && stop.current === null) return;
    setReceived(got);
    setSending(null);
  }

  const body = typed.body ?? form.request?.body ?? '';
  return (
    <form
      class="try"
      onSubmit={(event) => {
        event.preventDefault();
        sendIt();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        sendIt();
      }}
    >
      {form.parameters.map((parameter) => {
        const known = typed.parameters.get(keyOf(parameter)) ?? parameter;
        return (
          <ParameterField
            key={keyOf(parameter)}
            parameter={parameter}
            text={known.text}
            isSent={known.isSent}
            change={(text, isSent) =>
              change({ parameters: new Map(typed.parameters).set(keyOf(parameter), { text, isSent }) })
            }
          />
        );
      })}
      {form.needsCredential && (
        <label class="parameter">
          <span>Credential</span>
          <input
            class="mono"
            value={typed.credential ?? (form.knowsKey ? '' : 'any')}
            placeholder="what --api-key says"
            autoComplete="off"
            onInput={(event) => change({ credential: event.currentTarget.value })}
          />
        </label>
      )}
      {form.contentTypes.length > 0 && (
        <div class="block">
          <label class="field">
            Body
            <select
              aria-label="Media type of the body"
              value={typed.contentType ?? form.contentTypes[0]}
              onChange={(event) => {
                const { body: _, ...rest } = typed;
                setTyped({ ...rest, contentType: event.currentTarget.value });
                setForm(null);
              }}
            >
              {form.contentTypes.map((contentType) => (
                <option key={contentType}>{contentType}</option>
              ))}
            </select>
          </label>
          <textarea
            class="mono"
            aria-label="Body"
            spellcheck={false}
            rows={Math.min(20, Math.max(3, pretty(body).split('\n').length))}
            value={typed.body ?? pretty(body)}
            onInput={(event) => change({ body: event.currentTarget.value })}
          />
        </div>
      )}
      {preview.problem !== null && <p role="alert">{preview.problem}.</p>}
      {preview.answer !== null && preview.answer.violations.length > 0 && (
        <Violations violations={preview.answer.violations} />
      )}
      <div class="buttons">
        {sending === null ? (
          <button type="submit" class="strong" disabled={request === null || !isCurrent} title="Ctrl+Enter">
            {received === null ? 'Send' : 'Send again'}
          </button>
        ) : (
          <button type="button" class="strong" onClick={() => sending.abort()}>
            Stop
          </button>
        )}
        <button
          type="button"
          disabled={typed === untouched}
          onClick={() => {
            setTyped(untouched);
            setForm(null);
          }}
        >
          As the document has it
        </button>
        {preview.request !== null && (
          <>
            <CopyButton text={preview.request.curl} label="Copy as curl" />
            <CopyButton text={fetchSnippet(preview.request, location.origin)} label="Copy as fetch" />
            <CopyButton
              text={playwrightSnippet(preview.request, entry.id, preview.answer)}
              label="Copy as Playwright test"
            />
          </>
        )}
      </div>
      {received !== null && (
        <section class="received" aria-label="What came back" aria-live="polite">
          {'failure' in received ? (
            <p role="alert">
              {received.failure} ({duration(received.milliseconds)}).
            </p>
          ) : (
            <>
              <p>
                <span class={`status status-${String(received.status)[0]}`}>{received.status}</span> after{' '}
                {duration(received.milliseconds)}
              </p>
              {received.body === '' ? (
                <p class="quiet">No body.</p>
              ) : (
                <Body text={received.body} label="Body that came back" />
              )}
              <Headers fields={received.headers} />
            </>
          )}
        </section>
      )}
    </form>
  );
}

/** What is to be sent, for the API; as JSON, so that it is the same where it says the same. */
function wishOf(typed: Typed, form: Preview | null): string {
  const { parameters, ...rest } = typed;
  if (form === null || parameters.size === 0) return JSON.stringify(rest);
  const wanted = form.parameters.flatMap((parameter) => {
    const { text, isSent } = parameters.get(keyOf(parameter)) ?? parameter;
    return isSent ? [{ in: parameter.in, name: parameter.name, text }] : [];
  });
  return JSON.stringify({ ...rest, parameters: wanted });
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
