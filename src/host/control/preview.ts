import type { Mock } from '../../mock/index.js';
import { curlCommand, type OperationEntry } from '../../operation/index.js';
import type { draftRequest, RequestWish } from '../draft.js';
import { type Active, type ActiveInput, readActive } from './active.js';
import { type Call, type ControlAnswer, json } from './control-answer.js';
import { pairs, shown, showViolations } from './show.js';

/** More of a body is cut, in characters: nobody edits so much by hand. */
const mostCharacters = 500_000;

/** What makes requests of an operation, and the only credential that the mock lets in, if it is told. */
export interface Drafts {
  readonly draft: typeof draftRequest;
  readonly apiKey?: string | undefined;
}

interface PreviewWish extends RequestWish {
  readonly active?: ActiveInput;
}

/**
 * What an operation would answer to a request, without its being asked: nothing is counted, nothing changes.
 * With `active` it is what would be answered then, or why that cannot be.
 */
export async function previewAnswer(
  { values, session, baseUrl }: Call,
  mock: Mock,
  entry: OperationEntry,
  { draft, apiKey }: Drafts,
): Promise<ControlAnswer> {
  const { active, ...wish } = values.body as PreviewWish;
  await mock.ready();
  const made = draft(mock, entry, wish, session.state, session.seed);
  // Whoever looks is shown what a client gets that knows the key, and not the key.
  const knows = wish.credential === undefined && apiKey !== undefined;
  const request = knows
    ? draft(mock, entry, { ...wish, credential: apiKey }, session.state, session.seed).request
    : made.request;
  const [tried, refused] = readTried(mock, entry, active);
  const { preference } = session.wishFor(entry.id, () => true, tried);
  const answer = request && refused === null ? await mock.respond(request, preference, session.state) : null;
  const { request: sent, ...form } = made;
  return json({
    ...form,
    knowsKey: apiKey !== undefined,
    request: sent && {
      method: sent.method,
      target: sent.target,
      headers: pairs(sent.headers),
      body: sent.body === null ? null : shown(sent.body, mostCharacters),
      curl: curlCommand(sent, baseUrl),
    },
    refused,
    answer: answer && {
      status: answer.status,
      headers: pairs(answer.headers),
      body: shown(answer.body, mostCharacters),
      source: answer.source,
      name: answer.name,
      delay: answer.delay,
      effect: answer.effect?.kind ?? null,
      violations: showViolations(answer.violations, mock.operations.document),
    },
  });
}

/** What is tried, as it can be kept, and else what is wrong with it. */
function readTried(
  mock: Mock,
  entry: OperationEntry,
  active: ActiveInput | undefined,
): readonly [Active | undefined, string | null] {
  if (active === undefined) return [undefined, null];
  try {
    return [readActive(mock, entry, active), null];
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return [undefined, error.message];
  }
}
