import { InstallationPicker } from './installation-picker';
import type { Outcome } from './installations';
import { Loading } from './loading';
import { Notice } from './notice';
import { type Provider, providers } from './providers';
import { SessionKeyForm } from './session-key-form';
import type { Asking } from './use-installations';

interface InstallationsProps {
  readonly provider: Provider;
  readonly asking: Asking;
  onRetry(): void;
  onCancel(): void;
  onSessionApiKey(key: string): void;
}

/** What there is to see below the providers: one of these at a time. */
export function Installations({ provider, asking, onRetry, onCancel, onSessionApiKey }: InstallationsProps) {
  switch (asking.kind) {
    case 'idle':
      return null;
    case 'loading':
    case 'slow':
      return <Loading provider={provider} isSlow={asking.kind === 'slow'} onRetry={onRetry} onCancel={onCancel} />;
    case 'cancelled':
      return <Notice kind="calm" title="Cancelled" text="Nothing was loaded." onRetry={onRetry} />;
    case 'done':
      return <Done provider={provider} outcome={asking.outcome} onRetry={onRetry} onSessionApiKey={onSessionApiKey} />;
  }
}

interface DoneProps extends Pick<InstallationsProps, 'provider' | 'onRetry' | 'onSessionApiKey'> {
  readonly outcome: Outcome;
}

function Done({ provider, outcome, onRetry, onSessionApiKey }: DoneProps) {
  const { name, many } = providers[provider];
  switch (outcome.kind) {
    case 'installations':
      if (outcome.ids.length > 0) return <InstallationPicker provider={provider} ids={outcome.ids} />;
      return (
        <Notice
          kind="calm"
          title={`No ${many} yet`}
          text={`You are connected to ${name}, but it has no ${many} for you. Add one there, then look again.`}
          action="Look again"
          onRetry={onRetry}
        />
      );
    case 'unauthorized':
      return (
        <Notice kind="error" title={`${name} is not connected`} text={outcome.message || 'The session has ended.'}>
          <SessionKeyForm onKey={onSessionApiKey} />
        </Notice>
      );
    case 'invalid':
      return (
        <Notice kind="error" title="The server did not understand the request" onRetry={onRetry}>
          <ul className="fields">
            {outcome.fields.map(({ field, message }) => (
              <li key={`${field} ${message}`}>
                {field !== '' && <code>{field}</code>} {message}
              </li>
            ))}
          </ul>
        </Notice>
      );
    case 'refused':
      return (
        <Notice
          kind="error"
          title={outcome.status >= 500 ? 'The server has a problem' : 'The server refused'}
          text={outcome.message || `It answered with status ${outcome.status}.`}
          onRetry={onRetry}
        />
      );
    case 'unexpected':
      return (
        <Notice
          kind="error"
          title="The answer makes no sense"
          text={`The server did not send a list of ${many}.`}
          onRetry={onRetry}
        />
      );
    case 'unreachable':
      return (
        <Notice
          kind="error"
          title="The server cannot be reached"
          text="The connection failed or broke off. Check your network, then try again."
          onRetry={onRetry}
        />
      );
  }
}
