import type { ReactNode } from 'react';

interface NoticeProps {
  readonly kind: 'calm' | 'error';
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
  /** What the button says that tries again. */
  readonly action?: string;
  onRetry?(): void;
}

/** Says in words what is the matter. Errors are read out at once, the rest when there is time. */
export function Notice({ kind, title, text, children, action = 'Try again', onRetry }: NoticeProps) {
  return (
    <section className={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <h2>{title}</h2>
      {text !== undefined && <p>{text}</p>}
      {children}
      {onRetry !== undefined && (
        <button type="button" onClick={onRetry}>
          {action}
        </button>
      )}
    </section>
  );
}
