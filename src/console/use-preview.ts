import { useEffect, useState } from 'preact/hooks';
import { type Client, operationPath } from './client.js';
import type { Preview } from './payloads.js';
import { messageOf } from './use-mock.js';

/** Nothing has changed for so long before it is asked for, in milliseconds. */
const pause = 200;

/**
 * What an operation would answer, asked for anew when something has changed.
 * @param wish what the request, or the answer, is to be; as JSON, so that it is the same where it says the same
 * @param version of all that the answer depends on
 */
export function usePreview(client: Client, id: string, wish: string, version: number | string) {
  const [state, setState] = useState<{ of: string; preview: Preview | null; problem: string | null } | null>(null);
  const of = `${id} ${wish}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each version it is asked for anew
  useEffect(() => {
    let isOld = false;
    const ask = () =>
      client
        .ask<Preview>('POST', `${operationPath(id)}/preview`, JSON.parse(wish))
        .then((preview) => !isOld && setState({ of, preview, problem: null }))
        .catch((error: unknown) => !isOld && setState({ of, preview: null, problem: messageOf(error) }));
    const timer = setTimeout(ask, state?.of.startsWith(`${id} `) ? pause : 0);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [client, id, wish, version]);
  return {
    preview: state?.of.startsWith(`${id} `) ? state.preview : null,
    problem: state?.problem ?? null,
    /** Whether it is for what is wished now. */
    isCurrent: state?.of === of,
  };
}
