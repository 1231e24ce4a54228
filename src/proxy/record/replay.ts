import type { ReplayedExchange } from '../../contract/run/result.js';
import { CounterproofError } from '../../errors.js';
import { isSwitched, type Mock, type MockAnswer } from '../../mock/index.js';
import type { HttpRequest, Operations } from '../../operation/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { byName, endToEnd, fieldsOf } from '../fields.js';
import { exchangesIn } from './har.js';

/** What was answered once. */
interface Played {
  readonly method: string;
  readonly target: string;
  readonly operationId: string | null;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array;
}

/**
 * A mock that answers as a target has answered: the same request as it was answered then, another one of the same
 * operation as the first that was seen of it, and what was never asked, or is switched by a host, as the mock does that
 * this one is made of.
 *
 * @param text a report of `check`, `merge` or `proxy` as JSON, or an HTTP Archive (HAR 1.2)
 * @returns null where the text is neither: a record of scripted cases, which fixtures are
 * @throws CounterproofError USAGE where nothing in it can be answered again
 */
export function asReplay(mock: Mock, text: string, name: string): Mock | null {
  const played = playedOf(text, name, mock.operations);
  if (played === null) return null;
  if (played.length === 0) {
    const message = `${name} holds no answer that could be given again: expected findings with their exchanges, or entries of an HTTP Archive`;
    throw new CounterproofError('USAGE', [{ message }]);
  }
  const exact = new Map<string, Played>();
  const ofOperation = new Map<string, Played>();
  for (const each of played) {
    const key = keyOf(each.method, each.target);
    if (!exact.has(key)) exact.set(key, each);
    if (each.operationId !== null && !ofOperation.has(each.operationId)) ofOperation.set(each.operationId, each);
  }
  const find = (request: HttpRequest): Played | undefined => {
    const same = exact.get(keyOf(request.method, request.target));
    if (same !== undefined) return same;
    const id = operationOf(mock.operations, request.method, request.target);
    return id === null ? undefined : ofOperation.get(id);
  };
  function answer(...[request, preference, state]: Parameters<Mock['answer']>): MockAnswer {
    const usual = mock.answer(request, preference, state);
    const isOurs = request.method.toUpperCase() === 'OPTIONS' || isSwitched(preference);
    const found = isOurs ? undefined : find(request);
    if (found === undefined) return usual;
    // Pages of other origins may read it, as they may read any answer of a mock.
    const shared = Object.entries(usual.headers).filter(([field]) => /^(access-control-|vary$)/i.test(field));
    const { status, headers, body, operationId } = found;
    const { next: _, ...rest } = usual;
    return {
      ...rest,
      status,
      headers: { ...headers, ...Object.fromEntries(shared), Counterproof: 'source=upstream' },
      body,
      operationId,
      source: 'upstream',
      name: null,
      effect: null,
    };
  }
  // What was recorded outranks functions too.
  return { ...mock, answer, respond: answer };
}

/**
 * The answers that a report holds as they came.
 *
 * @param text a report of `check`, `merge` or `proxy` as JSON
 * @returns null where the text is no such report
 */
export function answersOfReport(text: string): readonly ReplayedExchange[] | null {
  return answersIn(objectOf(text));
}

function answersIn(report: JsonObject | null): readonly ReplayedExchange[] | null {
  const { findings } = report ?? {};
  if (!Array.isArray(findings)) return null;
  return findings.flatMap((finding) => {
    const found = isObject(finding) && Array.isArray(finding.operations) ? finding.operations : [];
    return found.flatMap((each) => {
      const exchange = isObject(each) && isObject(each.exchange) ? each.exchange : {};
      return isReplayed(exchange.replay) ? [exchange.replay] : [];
    });
  });
}

/** Whoever edits a report may leave out or change anything. */
function isReplayed(value: unknown): value is ReplayedExchange {
  const { method, target, status, headers, body } = (value ?? {}) as Partial<Record<keyof ReplayedExchange, unknown>>;
  const isField = (each: unknown) => Array.isArray(each) && each.length === 2 && each.every(isText);
  const isStatus = Number.isInteger(status) && Number(status) >= 100 && Number(status) <= 999;
  return [method, target, body].every(isText) && isStatus && Array.isArray(headers) && headers.every(isField);
}

const isText = (value: unknown): value is string => typeof value === 'string';

function objectOf(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function playedOf(text: string, name: string, operations: Operations): Played[] | null {
  const object = objectOf(text);
  const reported = answersIn(object);
  if (reported !== null) return reported.map((each) => ofReport(each, operations));
  if (!isObject(object?.log)) return null;
  return Array.from(exchangesIn(object, name, operations), ({ request: { method, target }, answer }) => ({
    method,
    target,
    operationId: answer.operationId,
    status: answer.status,
    headers: without(
      Object.entries(answer.headers).flatMap(([field, values]) =>
        [values].flat().map((each) => [field, each] as const),
      ),
    ),
    body: typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : answer.body,
  }));
}

function ofReport({ method, target, status, headers, body }: ReplayedExchange, operations: Operations): Played {
  const operationId = operationOf(operations, method, target);
  return { method, target, operationId, status, headers: without(headers), body: Buffer.from(body, 'base64') };
}

function operationOf(operations: Operations, method: string, target: string): string | null {
  const match = operations.match(method, target);
  return match.kind === 'operation' ? match.entry.id : null;
}

const ofTheBytes: ReadonlySet<string> = new Set(['content-length', 'content-encoding', 'date']);

/** The fields of an answer that do not belong to its connection or to the bytes on the wire. */
function without(fields: readonly (readonly [string, string])[]): Record<string, string | string[]> {
  return byName(fieldsOf(endToEnd(fields.flat(), ofTheBytes)));
}

/** Parameters of the query in any order. */
function keyOf(method: string, target: string): string {
  const [path = '', query = ''] = target.split(/\?(.*)/s);
  return `${method.toUpperCase()} ${path}?${query.split('&').sort().join('&')}`;
}
