import { useCallback, useEffect, useState } from 'react';
import { getUserInstallations, type Outcome } from './installations';
import type { Provider } from './providers';

/** Milliseconds after which a request is called slow. */
const slowAfter = 2000;

export type Asking =
  | { readonly kind: 'idle' | 'loading' | 'slow' | 'cancelled' }
  | { readonly kind: 'done'; readonly outcome: Outcome };

/** Asks for the installations of a provider; whoever changes provider or key calls `retry` with it. */
export function useInstallations(provider: Provider | null, sessionApiKey: string) {
  const [asking, setAsking] = useState<Asking>({ kind: 'idle' });
  const [attempt, setAttempt] = useState(0);
  const [isCancelled, setIsCancelled] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is a reason to ask again
  useEffect(() => {
    if (provider === null || isCancelled) return;
    const controller = new AbortController();
    const timer = setTimeout(() => setAsking({ kind: 'slow' }), slowAfter);
    getUserInstallations(provider, sessionApiKey, controller.signal)
      .then((outcome) => {
        if (!controller.signal.aborted) setAsking({ kind: 'done', outcome });
      })
      .catch((error: unknown) => {
        if (!controller.signal.aborted) throw error;
      })
      .finally(() => clearTimeout(timer));
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [provider, sessionApiKey, attempt, isCancelled]);

  const retry = useCallback(() => {
    // At once and not when it is asked: until then the page would show what was asked before as the answer.
    setAsking({ kind: 'loading' });
    setIsCancelled(false);
    setAttempt((before) => before + 1);
  }, []);

  const cancel = useCallback(() => {
    setIsCancelled(true);
    setAsking({ kind: 'cancelled' });
  }, []);

  return { asking, retry, cancel };
}
