import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { operationPath } from './client.js';
import { About } from './parts/about.js';
import { CoveragePage } from './parts/coverage.js';
import { DataPage } from './parts/data.js';
import { Divider } from './parts/divider.js';
import { DocumentView } from './parts/document.js';
import { Header } from './parts/header.js';
import { Help } from './parts/help.js';
import { OperationPane } from './parts/operation.js';
import { OperationList } from './parts/operations.js';
import { type Finding, Palette } from './parts/palette.js';
import { Requests } from './parts/requests.js';
import { TokenForm } from './parts/token.js';
import { type Undo, UndoBar } from './parts/undo.js';
import { Webhooks } from './parts/webhooks.js';
import type { Active, OperationDetail } from './payloads.js';
import { operationLink, useRoute } from './route.js';
import { handleKey } from './shortcuts.js';
import { useMock } from './use-mock.js';
import { count } from './words.js';

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
  const [over, setOver] = useState<'help' | 'palette' | null>(null);
  const [undo, setUndo] = useState<Undo | null>(null);
  const [detail, setDetail] = useState<OperationDetail | null>(null);
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
  const [selected, setSelected] = useState<string | null>(wished);
  useEffect(() => {
    if (wished === null) return;
    setSelected(wished);
    setPane('operation');
  }, [wished]);
  /** Without going there: whoever looks at requests goes on looking at them. */
  const select = useCallback((id: string) => {
    setSelected(id);
    history.replaceState(null, '', operationLink(id));
  }, []);
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

  async function resetAnswers(): Promise<void> {
    const before = await client.get<{ active: Record<string, Active> }>('/active').catch(() => null);
    const size = Object.keys(before?.active ?? {}).length;
    if (before === null || size === 0) return;
    await act('PUT', '/active', { active: {} });
    const said = size === 1 ? '1 answer was reset' : `${count(size)} answers were reset`;
    setUndo({ said, undo: () => act('PUT', '/active', before) });
  }

  const reset = useRef(resetAnswers);
  reset.current = resetAnswers;
  useEffect(() => {
    const handle = (event: KeyboardEvent) =>
      handleKey(event, {
        reset: () => reset.current(),
        help: () => setOver('help'),
        find: () => setOver('palette'),
      });
    addEventListener('keydown', handle);
    return () => removeEventListener('keydown', handle);
  }, []);

  function findings(): Finding[] {
    const shown = detail !== null && detail.id === entry?.id ? detail : null;
    const activate = (active: Active) => act('PUT', `${operationPath(shown?.id ?? '')}/active`, active);
    const go = (link: string) => () => location.assign(link);
    return [
      ...(operations ?? []).map(({ id, method, path, summary }): Finding => {
        return { kind: 'operation', name: `${method} ${path}`, note: summary, act: go(operationLink(id)) };
      }),
      ...(shown?.cases ?? []).map(({ name, description }): Finding => {
        return { kind: 'case', name, note: description, act: () => activate({ example: name }) };
      }),
      ...(shown?.faults ?? []).map(({ id, summary }): Finding => {
        return { kind: 'fault', name: id, note: summary, act: () => activate({ fault: id }) };
      }),
      { kind: 'command', name: 'Answers', note: 'show what is answered', act: go('#/') },
      { kind: 'command', name: 'Data', note: 'show the rows', act: go('#/data') },
      { kind: 'command', name: 'Coverage', note: 'show what was exercised', act: go('#/coverage') },
      { kind: 'command', name: 'Document', note: 'show the document', act: go('#/document') },
      { kind: 'command', name: 'Reset answers', note: 'what is switched', act: resetAnswers },
      {
        kind: 'command',
        name: 'Reset everything',
        note: 'answers, seed, rows and requests of this session',
        act: () => act('POST', '/reset'),
      },
    ];
  }

  const used = useUsed(journal.exchanges);
  const answerVersion = `${state.version} ${state.rowsVersion} ${journal.last}`;
  const hideUndo = useCallback(() => setUndo(null), []);
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
        resetAnswers={resetAnswers}
        showHelp={() => setOver('help')}
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
                  {title} {id === 'requests' && journal.count > 0 && <span class="count">{count(journal.count)}</span>}
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
                <OperationList
                  operations={operations}
                  selected={entry?.id ?? null}
                  used={used}
                  open={() => setPane('operation')}
                />
                <Webhooks client={client} version={state.version} />
              </section>
              <Divider property="--operations" label="Width of the operations" usual={22} least={14} most={40} />
              <section class="pane pane-operation" aria-labelledby="operation-title">
                <OperationPane
                  entry={entry}
                  client={client}
                  act={act}
                  version={state.version}
                  answerVersion={answerVersion}
                  onDetail={setDetail}
                />
              </section>
              <Divider property="--operation" label="Width of the answer" usual={34} least={20} most={55} />
              <section class="pane pane-requests" aria-labelledby="requests-title">
                <Requests
                  key={session}
                  journal={journal}
                  selected={entry}
                  client={client}
                  act={act}
                  connection={state.connection}
                  offerUndo={setUndo}
                  select={select}
                />
              </section>
            </div>
            {route.kind === 'data' && (
              <DataPage client={client} collection={route.collection} version={state.version + state.rowsVersion} />
            )}
            {route.kind === 'coverage' && <CoveragePage client={client} version={`${state.version} ${journal.last}`} />}
            {route.kind === 'document' && (
              <DocumentView client={client} file={route.file} line={route.line} version={state.version} />
            )}
          </>
        )}
      </main>
      <UndoBar undo={undo} done={hideUndo} />
      {over === 'help' && <Help close={() => setOver(null)} />}
      {over === 'palette' && <Palette findings={findings()} close={() => setOver(null)} />}
    </div>
  );
}

/** The operations that requests have asked for; the same object while they are the same. */
function useUsed(exchanges: readonly { readonly operation: string | null }[]): ReadonlySet<string> {
  const ids = new Set(exchanges.flatMap(({ operation }) => operation ?? []));
  const key = [...ids].sort().join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the set
  return useMemo(() => ids, [key]);
}
