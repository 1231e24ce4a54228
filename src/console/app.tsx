import { useEffect, useRef, useState } from 'preact/hooks';
import { About } from './parts/about.js';
import { DataPage } from './parts/data.js';
import { DocumentView } from './parts/document.js';
import { Header } from './parts/header.js';
import { OperationPane } from './parts/operation.js';
import { OperationList } from './parts/operations.js';
import { Requests } from './parts/requests.js';
import { TokenForm } from './parts/token.js';
import { Webhooks } from './parts/webhooks.js';
import { useRoute } from './route.js';
import { useMock } from './use-mock.js';

/** On a narrow screen one pane is shown at a time. */
const panes = [
  { id: 'operations', title: 'Operations' },
  { id: 'operation', title: 'Answer' },
  { id: 'requests', title: 'Requests' },
] as const;
type Pane = (typeof panes)[number]['id'];

export function App() {
  const [session, setSession] = useState(() => new URLSearchParams(location.search).get('session') || 'default');
  const [token, setToken] = useState(() => sessionStorage.getItem('counterproof-token'));
  const [pane, setPane] = useState<Pane>('operation');
  const { state, client, act, dismiss } = useMock(session, token);
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const { health, operations, journal, needsToken } = state;

  useEffect(() => {
    if (health !== null) document.title = `${health.title || health.document} · Counterproof`;
  }, [health]);

  function changeSession(name: string): void {
    const address = new URL(location.href);
    if (name === 'default') address.searchParams.delete('session');
    else address.searchParams.set('session', name);
    history.replaceState(null, '', address);
    setSession(name);
  }

  function changeToken(given: string): void {
    sessionStorage.setItem('counterproof-token', given);
    setToken(given);
  }

  const wished = route.kind === 'panes' ? route.operation : null;
  const [selected, setSelected] = useState<string | null>(null);
  useEffect(() => {
    if (wished === null) return;
    setSelected(wished);
    setPane('operation');
  }, [wished]);
  const entry = operations?.find(({ id }) => id === selected) ?? operations?.[0];
  const showsPanes = route.kind === 'panes';
  const focused = useRef<EventTarget | null>(null);
  useEffect(() => {
    if (showsPanes) return;
    // Whoever comes back goes on where they were.
    return () => {
      if (focused.current instanceof HTMLElement) focused.current.focus();
    };
  }, [showsPanes]);

  return (
    <div class="app" data-pane={pane}>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <Header
        state={state}
        act={act}
        client={client}
        session={session}
        changeSession={changeSession}
        view={route.kind}
      />
      {state.problem !== null && (
        <div class="alert" role="alert">
          <span>{state.problem}</span>
          <button type="button" onClick={dismiss}>
            Dismiss
          </button>
        </div>
      )}
      <main id="main" ref={main} tabIndex={-1}>
        {needsToken ? (
          <TokenForm wrong={token !== null} take={changeToken} />
        ) : (
          <>
            <nav class="panes-nav" aria-label="Panes" hidden={!showsPanes}>
              {panes.map(({ id, title }) => (
                <button
                  key={id}
                  type="button"
                  aria-current={pane === id ? 'true' : undefined}
                  onClick={() => setPane(id)}
                >
                  {title}
                  {id === 'requests' && journal.last > 0 && (
                    <span class="count">{journal.last.toLocaleString('en')}</span>
                  )}
                </button>
              ))}
            </nav>
            <div
              class="panes"
              hidden={!showsPanes}
              onFocusIn={({ target }) => {
                focused.current = target;
              }}
            >
              <section class="pane pane-operations" aria-labelledby="operations-title">
                <About health={health} />
                <OperationList operations={operations} selected={entry?.id ?? null} open={() => setPane('operation')} />
                <Webhooks client={client} version={state.version} />
              </section>
              <section class="pane pane-operation" aria-labelledby="operation-title">
                <OperationPane entry={entry} client={client} act={act} version={state.version} />
              </section>
              <section class="pane pane-requests" aria-labelledby="requests-title">
                <Requests journal={journal} selected={entry} act={act} connection={state.connection} />
              </section>
            </div>
            {route.kind === 'data' && (
              <DataPage client={client} collection={route.collection} version={state.version + state.rowsVersion} />
            )}
            {route.kind === 'document' && (
              <DocumentView client={client} file={route.file} line={route.line} version={state.version} />
            )}
          </>
        )}
      </main>
    </div>
  );
}
