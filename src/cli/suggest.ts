import { answersOfReport, exchangesIn } from '../proxy/index.js';
import { whyUnread } from '../text/file-failure.js';
import { readUserFile } from '../text/user-file.js';
import { type Arguments, usage } from './arguments.js';
import { read } from './subject.js';
import { openSuggestion } from './suggestion.js';
import type { Terminal } from './terminal.js';

/** `counterproof suggest`: an overlay that makes a document true of what was recorded. */
export async function run({ positionals, flags }: Arguments<'suggest'>, terminal: Terminal): Promise<number> {
  const [document] = positionals;
  const { from, out } = flags;
  if (document === undefined || from === undefined) {
    throw usage('suggest', 'needs a document and a report or an HTTP Archive, such as openapi.yaml --from report.json');
  }
  const { 'allow-remote': allowRemote, overlay: overlays, root, 'max-document': maxDocument } = flags;
  const source = { document, fixtures: 'none', allowRemote, overlays, root, maxDocument };
  const { operations } = await read(source);
  let text: string;
  try {
    text = readUserFile(from);
  } catch (error) {
    throw usage('suggest', `--from ${from} cannot be read: ${whyUnread(error)}`);
  }
  const suggestion = openSuggestion('suggest', out, operations, source);
  const reported = answersOfReport(text);
  let seen = reported?.length ?? 0;
  // What the suite sends is no evidence of what clients send.
  for (const { method, target, status, headers, body } of reported ?? []) {
    const fields = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
    const answer = { status, headers: fields, body: Buffer.from(body, 'base64') };
    suggestion.evidence.note({ method, target, headers: {}, body: null }, answer, false);
  }
  for (const { request, answer, origin } of reported !== null ? [] : exchangesIn(text, from, operations)) {
    seen += 1;
    const body = typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : answer.body;
    suggestion.evidence.note(request, { status: answer.status, headers: answer.headers, body }, true, origin);
  }
  if (seen === 0) {
    const expected = 'findings with their exchanges, or entries of an HTTP Archive with a request and its response';
    throw usage('suggest', `--from ${from} holds no answer to learn from: expected ${expected}`);
  }
  await suggestion.finish(terminal);
  return 0;
}
