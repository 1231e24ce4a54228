import type { Client } from '../client.js';
import type { Entry } from '../payloads.js';
import { send } from '../send.js';
import { usePreview } from '../use-preview.js';
import { CopyButton } from './copy.js';

/** What to do where nothing was asked yet: a command that works, and a button that does the same. */
export function Empty({ selected, client }: { selected: Entry | undefined; client: Client }) {
  return (
    <div class="empty">
      <p>Nothing was asked yet. Requests appear here as they arrive.</p>
      {selected !== undefined && <FirstRequest entry={selected} client={client} />}
    </div>
  );
}

function FirstRequest({ entry, client }: { entry: Entry; client: Client }) {
  const { preview } = usePreview(client, entry.id, '{}', 0);
  const request = preview?.request ?? null;
  if (request === null) return null;
  const command =
    client.session === 'default'
      ? request.curl
      : request.curl.replace('curl ', `curl -H 'Counterproof-Session: ${client.session}' `);
  return (
    <>
      <p>
        <code>{command}</code>
      </p>
      <p class="buttons">
        <button
          type="button"
          class="strong"
          onClick={() => send(request, client.session, new AbortController().signal)}
        >
          Send
        </button>
        <CopyButton text={command} label="Copy" />
      </p>
    </>
  );
}
