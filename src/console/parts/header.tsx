import { useEffect, useState } from 'preact/hooks';
import { nameOf } from '../active.js';
import { type Client, operationPath } from '../client.js';
import type { Route } from '../route.js';
import type { Act, MockState } from '../use-mock.js';
import { Mark } from './mark.js';
import { SessionPicker } from './session-picker.js';
import { ThemePicker } from './theme-picker.js';

interface HeaderProps {
  readonly state: MockState;
  readonly act: Act;
  readonly client: Client;
  readonly session: string;
  readonly changeSession: (name: string) => void;
  readonly view: Route['kind'];
  readonly resetAnswers: () => void;
  readonly showHelp: () => void;
}

const views = [
  { kind: 'panes', link: '#/', title: 'Answers' },
  { kind: 'data', link: '#/data', title: 'Data' },
  { kind: 'coverage', link: '#/coverage', title: 'Coverage' },
] as const;

/** Which mock, which session, and everything that is not as the mock would have it by itself. */
export function Header(props: HeaderProps) {
  const { state, act, client, session, changeSession, view, resetAnswers, showHelp } = props;
  const { health, operations, version } = state;
  const active = (operations ?? []).filter((entry) => entry.active !== null);
  const isSwitched = active.length > 0;
  useEffect(() => showInTab(isSwitched), [isSwitched]);
  return (
    <header class="top">
      <div class="bar">
        <span class="brand">
          <Mark /> <span class="brand-name">Counterproof</span>
        </span>
        <h1>
          {health === null ? 'Asking the mock …' : health.title || health.document}{' '}
          <span class="version">{health?.documentVersion}</span>
        </h1>
        <nav class="views" aria-label="Views">
          {views.map(({ kind, link, title }) => (
            <a key={kind} href={link} aria-current={view === kind ? 'page' : undefined}>
              {title}
            </a>
          ))}
        </nav>
        <SessionPicker client={client} session={session} change={changeSession} version={version} />
        <Seed key={`${session} ${health?.seed}`} seed={health?.seed ?? null} act={act} />
        <ThemePicker />
        <button type="button" aria-label="Keys" title="Keys (?)" onClick={showHelp}>
          ?
        </button>
        <button
          type="button"
          class={active.length > 0 ? 'reset strong' : 'reset'}
          disabled={active.length === 0}
          onClick={resetAnswers}
          title="What is switched in this session (r)"
        >
          Reset answers
        </button>
      </div>
      {active.length > 0 && (
        <div class="active-bar">
          <strong>{active.length === 1 ? '1 answer is switched' : `${active.length} answers are switched`}</strong>
          <ul>
            {active.slice(0, 12).map(({ id, method, path, active: what }) => (
              <li key={id}>
                <span class="mono">
                  {method} {path}
                </span>
                <span class="pill">{what === null ? '' : nameOf(what)}</span>
                <button
                  type="button"
                  class="small"
                  aria-label={`Reset ${method} ${path}`}
                  onClick={() => act('DELETE', `${operationPath(id)}/active`)}
                >
                  Reset
                </button>
              </li>
            ))}
            {active.length > 12 && <li>and {active.length - 12} more</li>}
          </ul>
        </div>
      )}
    </header>
  );
}

/** The icon of the tab has a dot while something is switched. */
function showInTab(isSwitched: boolean): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (icon !== null) icon.href = isSwitched ? './icon-switched.svg' : './icon.svg';
}

function Seed({ seed, act }: { seed: number | null; act: Act }) {
  const [text, setText] = useState(String(seed ?? ''));
  const number = Number(text);
  const fits = /^\d{1,10}$/.test(text) && number <= 4_294_967_295;
  return (
    <form
      class="field"
      onSubmit={(event) => {
        event.preventDefault();
        if (fits) act('PUT', '/seed', { seed: number });
      }}
    >
      <label for="seed">Seed</label>
      <input
        id="seed"
        inputMode="numeric"
        size={5}
        value={text}
        aria-invalid={!fits && text !== ''}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {text !== String(seed ?? '') && (
        <button type="submit" disabled={!fits}>
          Set
        </button>
      )}
    </form>
  );
}
