import { requestView } from '../../fixture/index.js';
import { type Operation, responseFor } from '../../operation/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { type Draft, type Exchange, emptyDraft, type HandlerTurn } from '../context.js';
import { declaredError, declaredSuccess } from '../declared.js';
import { draftProblem, mergedInto, refused, withHeaders } from '../held.js';
import { scriptedBody } from '../scripted.js';
import { successOf } from '../status.js';
import { changesOf, hintFor, rememberedBy, type Said } from './said.js';
import type { PlacedHandler } from './table.js';
import type { HandlerRequest, HandlerTools, MadeAnswer } from './types.js';

interface Reached {
  readonly exchange: Exchange;
  readonly operation: Operation;
  readonly made: () => Draft;
}

/**
 * What becomes of a request whose operation has a function. The steps are gone through twice: first only to see whether the
 * request comes so far, then with what the function has said. So the mock stays a pure function, and what waits is the host.
 */
export class Turn implements HandlerTurn {
  /** Where the request has come to; null where it was answered before. */
  reached: Reached | null = null;
  /** What the function said; undefined before it was asked, a text where it failed. */
  said: Said | string | null | undefined;

  /** Who said it. */
  by: PlacedHandler | null = null;

  draft(exchange: Exchange, operation: Operation, made: () => Draft): Draft {
    this.reached ??= { exchange, operation, made };
    if (this.said === undefined) return emptyDraft;
    const draft = typeof this.said === 'string' ? this.said : drafted(exchange, operation, this.said, made);
    return typeof draft === 'string' ? refused(exchange, operation, this.#placed(draft)) : draft;
  }

  /** A sentence that begins with where the function stands. */
  #placed(problem: string): string {
    const { name = '', location = null } = this.by ?? {};
    const where = location === null ? '' : `${location.file}:${location.line}:${location.column}: `;
    return `${where}The handler ${JSON.stringify(name)} failed: ${problem}`;
  }
}

/** @returns why what was said cannot be answered, as a sentence without a final period */
function drafted(exchange: Exchange, operation: Operation, said: Said | null, made: () => Draft): Draft | string {
  if (said === null) return made();
  const { body, merge, headers, offContract = false, delay } = said;
  const changes = changesOf(exchange, said);
  if (typeof changes === 'string') return changes;
  const isOwn = body !== undefined || said.status !== undefined;
  const status = said.status ?? successOf(operation).status;
  const response = responseFor(operation, status) ?? null;
  if (isOwn && response === null && !offContract && operation.responses.length > 0)
    return `The document declares no response ${status} for ${operation.id} (offContract: true answers so all the same)`;
  const make = status >= 400 ? declaredError : declaredSuccess;
  const base = !isOwn
    ? made()
    : body === undefined
      ? make(exchange, operation, { status, response, example: null })
      : scriptedBody(exchange, operation, { status, headers: {}, body, mediaType: null });
  const changed = merge === undefined ? base : mergedInto(base, merge, operation, exchange.setup.operations);
  if (typeof changed === 'string') return changed;
  const draft: Draft = {
    ...changed,
    ...(headers !== undefined && withHeaders(changed, headers)),
    delay: changed.delay + (delay ?? 0),
    changes: [...changed.changes, ...changes],
  };
  const isChanged = isOwn || merge !== undefined || headers !== undefined;
  if (!isChanged) return draft;
  const problem = offContract || !draft.valid ? null : draftProblem(operation, draft, headers);
  return problem ?? { ...draft, source: 'handler', name: null };
}

/** What the function is called with. */
export function contextOf({ exchange, operation, made }: Reached, signal: AbortSignal): HandlerRequest & HandlerTools {
  const { setup, request, values, state, seed } = exchange;
  const view = values === null ? {} : requestView(request, values, operation.method, operation);
  const part = (name: string): JsonObject => (isObject(view[name]) ? { ...view[name] } : {});
  const rows = (resource: string, under: readonly string[]): readonly JsonObject[] => {
    const name = under.length === 0 ? resource : `${resource} ${JSON.stringify(under.map(String))}`;
    const page = setup.world.rows.page(name, state, seed, { offset: 0, limit: Number.POSITIVE_INFINITY });
    if (page === null) throw new TypeError(`There is no resource ${JSON.stringify(name)}${hintFor(setup, resource)}`);
    return page.rows.map(({ row }) => row as JsonObject);
  };
  return {
    operation: operation.id,
    method: request.method,
    target: request.target,
    path: part('path'),
    query: part('query'),
    header: part('header'),
    cookie: part('cookie'),
    body: view.body,
    signal,
    get state() {
      return structuredClone(rememberedBy(state));
    },
    made: () => shownOf(made()),
    rows: (resource, ...under) => structuredClone(rows(resource, under)) as JsonObject[],
    row(resource, key, ...under) {
      const all = rows(resource, under);
      const row = all.find((one) => setup.world.rows.keyIn(resource, one) === String(key));
      return row === undefined ? undefined : structuredClone(row);
    },
  };
}

function shownOf({ status, headers, body, contentType }: Draft): MadeAnswer {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const type = contentType === null ? {} : { 'Content-Type': contentType };
  return { status, headers: { ...type, ...headers }, body: parsed(text) };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
