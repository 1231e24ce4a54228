import { readFileSync } from 'node:fs';
import { exchangesIn } from '../proxy/index.js';
import { type Arguments, usage } from './arguments.js';
import { read } from './load.js';
import { openSuggestion } from './suggestion.js';
import type { Terminal } from './terminal.js';

/** `counterproof suggest`: an overlay that makes a document true of what was recorded. */
export async function run({ positionals, flags }: Arguments<'suggest'>, terminal: Terminal): Promise<number> {
  const [document] = positionals;
  const { from, out } = flags;
  if (document === undefined || from === undefined) {
    throw usage('suggest', 'needs a document and an HTTP Archive, such as openapi.yaml --from traffic.har');
  }
  const { 'allow-remote': allowRemote, overlay: overlays, root } = flags;
  const source = { document, fixtures: 'none', allowRemote, overlays, root };
  const { operations } = await read(source);
  let text: string;
  try {
    text = readFileSync(from, 'utf8');
  } catch (error) {
    throw usage('suggest', `--from ${from} cannot be read: ${(error as Error).message}`);
  }
  const suggestion = openSuggestion('suggest', out, operations, source);
  for (const { request, answer } of exchangesIn(text, from, operations)) {
    const body = typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : answer.body;
    suggestion.evidence.note(request, { status: answer.status, headers: answer.headers, body }, true);
  }
  await suggestion.finish(terminal);
  return 0;
}
