import type { Mask } from '../../contract/credentials/mask.js';
import type { Document } from '../../document/index.js';
import { faults } from '../../fault/index.js';
import type { Mock } from '../../mock/index.js';
import { curlCommand, type HttpRequest, type OperationEntry, withoutConnection } from '../../operation/index.js';
import type { Violation } from '../../schema/index.js';
import type { JournalEntry } from './journal.js';
import { maskedExchange, placeholder } from './masked.js';
import type { Session } from './session.js';
import { tagPathIn } from './tag-groups.js';

/** More of a body than this is cut in what is shown, in bytes. */
const mostBytes = 20_000;

/** A longer body cannot be a word of a command (`MAX_ARG_STRLEN` of Linux), in bytes. */
const longestWord = 128 * 1024;

/** An operation in the list of all. */
export function showEntry(
  { id, method, path, summary, tags, deprecated }: OperationEntry,
  session: Session,
  document: Document,
) {
  const groups = tags.map(tagPathIn(document));
  return { id, method, path, summary, tags, groups, deprecated, active: session.active(id) };
}

/** An operation by itself: what it is, and what it can be made to answer. Compiles it. */
export function showOperation(entry: OperationEntry, mock: Mock, session: Session) {
  const { operations, fixtures } = mock;
  const operation = operations.compile(entry);
  const statuses = operation.responses.map(({ key }) => statusOf(key)).filter((status) => status !== null);
  return {
    ...showEntry(entry, session, operations.document),
    description: operation.description,
    location: operations.document.locate(entry.pointer),
    statuses: [...new Set(statuses)],
    examples: operation.responses.flatMap(({ key, content }) =>
      content.flatMap(({ examples }) =>
        examples.filter(({ name }) => name !== '').map(({ name }) => ({ name, status: key })),
      ),
    ),
    cases: fixtures.for(entry.id).cases.map(({ name, description, status, request }) => ({
      name,
      description,
      status,
      automatic: request !== null,
    })),
    faults: faults
      .filter((fault) => fault.unfit(operation) === null)
      .map(({ id: fault, family, summary: what }) => ({ id: fault, family, summary: what })),
    problems: operation.problems.map(({ message }) => message),
  };
}

/** A status that stands for a key of `responses`; null where none does. */
function statusOf(key: string): number | null {
  if (/^[2-5]\d\d$/.test(key)) return Number(key);
  return /^[2-5]XX$/i.test(key) ? Number(key[0]) * 100 : null;
}

/**
 * An exchange as the API shows it.
 * @param baseUrl where the mock is, without a slash at the end. What the request says of that is its client's word.
 * @param most more of a body is cut, in bytes
 */
export function showExchange(entry: JournalEntry, mock: Mock, baseUrl: string, most = mostBytes) {
  const { number, time, milliseconds } = entry;
  const { document } = mock.operations;
  const { request, answer, mask } = maskedExchange(entry, document);
  const { status, operationId, source, name, seed, violations } = answer;
  return {
    number,
    time: new Date(time).toISOString(),
    method: request.method,
    target: request.target,
    requestHeaders: pairs(request.headers),
    requestBody: request.body === null ? null : mask(shown(request.body, most)),
    status,
    responseHeaders: pairs(answer.headers),
    responseBody: mask(shown(answer.body, most)),
    delay: answer.delay,
    items: answer.effect?.kind === 'stream' ? answer.effect.frames.length : null,
    operation: operationId,
    source,
    name,
    seed,
    milliseconds: Math.round(milliseconds * 100) / 100,
    violations: showViolations(violations, document),
    // A command with a part of the body would send another request.
    curl:
      (request.body?.length ?? 0) > Math.min(most, longestWord)
        ? ''
        : commandOf(request, mask, answer.source === 'callback' ? '' : baseUrl),
  };
}

function commandOf(request: HttpRequest, mask: Mask, baseUrl: string): string {
  const sent = withoutConnection({ ...request, body: request.body && maskedBytes(request.body, mask) });
  // A mock that was given no credential takes any.
  return curlCommand(sent, baseUrl, [`${placeholder}:-any`]);
}

/** Violations with the line of the document that says so. */
export function showViolations(violations: readonly Violation[], document: Document) {
  return violations.map(({ in: where, pointer, keyword, message, schemaPointer }) => {
    return { in: where, pointer, keyword, message, location: document.locate(schemaPointer) };
  });
}

/** What is no text, or has nothing to hide, stays as it came. */
function maskedBytes(body: Uint8Array, mask: Mask): Uint8Array {
  const text = shown(body, longestWord);
  const masked = mask(text);
  return masked === text ? body : new TextEncoder().encode(masked);
}

export function pairs(headers: Readonly<Record<string, string | readonly string[] | undefined>>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one): [string, string][] =>
      one === undefined ? [] : [[name, one]],
    ),
  );
}

export function shown(body: string | Uint8Array, most: number): string {
  if (typeof body === 'string') return body.length > most ? `${body.slice(0, most)}…` : body;
  const text = new TextDecoder().decode(body.subarray(0, most));
  return body.length > most ? `${text}…` : text;
}
