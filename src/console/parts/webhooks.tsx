import { useEffect, useState } from 'preact/hooks';
import type { Client } from '../client.js';
import type { Webhook } from '../payloads.js';
import { messageOf } from '../use-mock.js';

interface WebhooksProps {
  readonly client: Client;
  readonly version: number;
}

const addressKey = 'counterproof-webhook-address';

/** The webhooks of the document, each with a button that sends it to an address of this machine. */
export function Webhooks({ client, version }: WebhooksProps) {
  const [webhooks, setWebhooks] = useState<readonly Webhook[]>([]);
  const [to, setTo] = useState(() => sessionStorage.getItem(addressKey) ?? 'http://localhost:3000/');
  const [said, setSaid] = useState<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: with each version of the document they are fetched anew
  useEffect(() => {
    client
      .get<{ webhooks: Webhook[] }>('/webhooks')
      .then((got) => setWebhooks(got.webhooks))
      .catch((error: unknown) => setSaid(messageOf(error)));
  }, [client, version]);

  if (webhooks.length === 0) return null;

  async function send(id: string): Promise<void> {
    sessionStorage.setItem(addressKey, to);
    setSaid(`Sending ${id} …`);
    try {
      const path = `/webhooks/${encodeURIComponent(id)}`;
      const { status, violations } = await client.ask<{ status: number; violations: string[] }>('POST', path, { to });
      setSaid([`${id}: status ${status}`, ...violations].join('; '));
    } catch (error) {
      setSaid(messageOf(error));
    }
  }

  return (
    <details class="webhooks">
      <summary>
        Webhooks <span class="count">{webhooks.length}</span>
      </summary>
      <label>
        Send to <input type="url" value={to} onInput={(event) => setTo(event.currentTarget.value)} />
      </label>
      <ul class="rows">
        {webhooks.map(({ id, method, summary }) => (
          <li key={id}>
            <span class={`method method-${method.toLowerCase()}`}>{method}</span> <span class="mono">{id}</span>{' '}
            {summary !== '' && <span class="summary">{summary}</span>}{' '}
            <button type="button" onClick={() => send(id)}>
              Send
            </button>
          </li>
        ))}
      </ul>
      {said !== null && <p role="status">{said}</p>}
    </details>
  );
}
