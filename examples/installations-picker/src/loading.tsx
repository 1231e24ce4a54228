import { type Provider, providers } from './providers';

interface LoadingProps {
  readonly provider: Provider;
  readonly isSlow: boolean;
  onRetry(): void;
  onCancel(): void;
}

export function Loading({ provider, isSlow, onRetry, onCancel }: LoadingProps) {
  const { name, many } = providers[provider];
  return (
    <section className="loading" aria-busy="true">
      <p role="status">
        {isSlow ? `${name} takes longer than usual. Still loading…` : `Loading the ${many} of ${name}…`}
      </p>
      <div className="bones" aria-hidden="true">
        <i />
        <i />
        <i />
      </div>
      {isSlow && (
        <div className="actions">
          <button type="button" onClick={onRetry}>
            Try again
          </button>
          <button type="button" className="quiet" onClick={onCancel}>
            Cancel
          </button>
        </div>
      )}
    </section>
  );
}
