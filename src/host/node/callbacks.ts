import { evaluate } from '../../contract/internal.js';
import { type Mock, webhookRequest } from '../../mock/index.js';
import {
  type Answer,
  type CallbackEntry,
  checkResponse,
  type HttpRequest,
  headerOf,
  type Operations,
} from '../../operation/index.js';
import { decodeFragment } from '../../text/pointer.js';
import { sessionHeader } from '../control/index.js';
import type { ServedExchange } from './options.js';
import { refusal } from './refusal.js';
import { deliver } from './webhook.js';

export interface CallbackOptions {
  /** Hosts (`example.com`, or `example.com:8443`) that callbacks may be sent to. */
  readonly hosts: readonly string[];
  /** Told of each that was sent, with what the receiver has answered. */
  readonly onSent: (exchange: ServedExchange) => void;
  /** Told why one is not sent, as a sentence without a final period; of one host once. */
  readonly onRefused: (reason: string) => void;
}

/** What is on its way at the same time, and of one request: a document may ask for any number. */
const mostPending = 16;
const mostOfRequest = 8;
/** Addresses come from clients: what is said of them is bounded too. */
const mostTold = 100;
const maximumBodyBytes = 1024 * 1024;

/** Marks what is sent, so that a mock that is its own receiver does not call itself for ever. */
const mark = 'counterproof-callback';

/**
 * Sends the callbacks that an operation declares (Callback Object, OpenAPI 3.1, 4.8.18) once it was answered with success: with a body
 * made from its schema, to the address that its expression comes to.
 * @returns what is to be told of each exchange
 */
export function createCallbacks({ hosts, onSent, onRefused }: CallbackOptions) {
  const allowed = new Set(hosts.map((host) => host.toLowerCase()));
  const told = new Set<string>();
  let pending = 0;

  const refuse = (key: string, reason: string): void => {
    if (told.has(key) || told.size >= mostTold) return;
    told.add(key);
    onRefused(reason);
  };

  /** The address, where something may be sent there now. */
  function allowedAddress(name: string, address: string): URL | null {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url === null || !/^https?:$/.test(url.protocol))
      refuse(address, `${name} is not sent: "${address}" is no address of http or https`);
    else if (!allowed.has(url.host) && !allowed.has(url.hostname))
      refuse(url.host, `${name} is not sent to ${url.host}: --allow-callbacks ${url.host} allows it`);
    else if (pending >= mostPending) refuse('pending', `${name} is not sent: ${mostPending} are on their way`);
    else return url;
    return null;
  }

  return ({ request, answer }: ServedExchange, { operations, seed }: Mock): void => {
    const { operationId, status, source } = answer;
    const entry = operationId === null || source === 'callback' ? undefined : operations.find(operationId);
    if (entry === undefined || request === null || status >= 400 || headerOf(request, mark) !== undefined) return;
    for (const callback of operations.callbacks(entry).slice(0, mostOfRequest)) {
      const address = addressOf(callback, operations, request, answer);
      if (address !== undefined) send(callback, address);
    }

    function send(callback: CallbackEntry, address: string): void {
      const name = `The callback ${callback.id} of ${operationId}`;
      const url = allowedAddress(name, address);
      if (url === null) return;
      const made = webhookRequest(operations, callback, seed);
      if (!made.ok || (made.request.body?.length ?? 0) > maximumBodyBytes) {
        refuse(callback.pointer, `${name} is not sent: ${made.ok ? 'its body is longer than 1 MiB' : made.message}`);
        return;
      }
      url.username = '';
      url.password = '';
      pending += 1;
      const sent: HttpRequest = { ...made.request, headers: { ...made.request.headers, [mark]: '1' } };
      const began = performance.now();
      deliver(sent, url)
        .then(
          ({ status: code, headers, body, ...rest }): Omit<Answer, 'operationId' | 'source' | 'name'> => ({
            status: code,
            headers: headers as Answer['headers'],
            body: body ?? '',
            violations: checkResponse(operations.compile(callback), { status: code, headers, body, ...rest }),
            delay: 0,
            effect: null,
            seed,
          }),
          ({ message }: Error) => refusal(502, `Nobody has answered the callback: ${message}`),
        )
        .then((received) => {
          const session = request?.headers[sessionHeader];
          const headers = session === undefined ? sent.headers : { ...sent.headers, [sessionHeader]: session };
          const seen = { ...sent, target: url.href, headers };
          const named = { ...received, operationId, source: 'callback', name: callback.id } as const;
          onSent({ request: seen, answer: named, milliseconds: performance.now() - began });
        })
        .catch(({ message }: Error) => refuse(callback.pointer, `${name}: ${message}`))
        .finally(() => {
          pending -= 1;
        });
    }
  };
}

/** Where a callback goes (OpenAPI 3.1, 4.8.18.2); undefined where request and answer do not say so. */
function addressOf(
  { expression }: CallbackEntry,
  operations: Operations,
  request: HttpRequest,
  { status, headers, body }: Answer,
): string | undefined {
  const match = operations.match(request.method, request.target, request.headers);
  const raw = match.kind === 'operation' ? Object.entries(match.pathParameters) : [];
  const path = Object.fromEntries(raw.map(([name, value]) => [name, decodeFragment(value)]));
  const fields = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((each): readonly [string, string] => [name, each]),
  );
  const whole = { ...request, target: `http://${headerOf(request, 'host') ?? 'localhost'}${request.target}` };
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const received = { status, headers: fields, raw: bytes, body: bytes, problems: [], duration: 0 };
  const address = evaluate(expression, { exchange: { request: whole, received }, path });
  return address === undefined ? undefined : String(address);
}
