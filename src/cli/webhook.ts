import { addressProblem, checkResponse, sendWebhook, webhookRequest } from '../index.js';
import { didYouMeanClause, nearest } from '../text/nearest.js';
import { type Arguments, usage } from './arguments.js';
import { read, readingOf } from './subject.js';
import type { Terminal } from './terminal.js';
import { documentHere } from './unnamed-document.js';

/** `counterproof webhook`: the webhooks of a document, and one of them sent. */
export async function run({ positionals, flags }: Arguments<'webhook'>, terminal: Terminal): Promise<number> {
  const { out, paint } = terminal;
  const { to } = flags;
  const isNamed = to !== undefined || positionals.length > 1;
  const [document] = positionals.slice(0, isNamed ? -1 : undefined);
  if (document === undefined && positionals.length > 0) terminal.error(documentHere('webhook', false).text);
  const { operations } = await read({
    document,
    fixtures: 'none',
    ...readingOf(flags),
  });
  const { webhooks } = operations;
  if (!isNamed) {
    if (webhooks.length === 0) out('The document has no webhooks');
    for (const { id, method, summary } of webhooks) out(`${id}  ${paint.dim(`${method} ${summary}`.trim())}`);
    return 0;
  }
  const name = positionals.at(-1);
  if (name === undefined)
    throw usage('webhook', 'needs the name of a webhook: counterproof webhook [document] NAME --to URL');
  const entry = webhooks.find(({ id, path }) => id === name || path === name);
  if (entry === undefined) {
    const hint = didYouMeanClause(
      nearest(
        name,
        webhooks.map(({ id }) => id),
      ),
    );
    throw usage('webhook', `the document has no webhook "${name}"${hint}`);
  }
  if (to === undefined) throw usage('webhook', '--to URL says where the webhook is sent');
  const problem = addressProblem(to);
  if (problem !== null) throw usage('webhook', problem);
  const made = webhookRequest(operations, entry, flags.seed);
  if (!made.ok) throw usage('webhook', made.message);
  const response = await sendWebhook(made.request, to).catch((error: Error) => {
    throw usage('webhook', `nobody answers at ${to}: ${error.message}`);
  });
  const violations = checkResponse(operations.compile(entry), response);
  out(`${made.request.method} ${to} ${paint.dim('→')} ${response.status}`);
  for (const { message, pointer } of violations) out(`  ${pointer === '' ? '' : `${pointer}: `}${message}`);
  return response.status >= 200 && response.status < 300 && violations.length === 0 ? 0 : 1;
}
