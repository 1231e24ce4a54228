import { contentFor, isJson, type Response } from '../../operation/index.js';
import type { JsonObject } from '../../text/value.js';
import { contentHash } from '../derive/content-hash.js';
import { excerptBytes } from '../excerpt.js';
import type { Check, CheckContext, Complaint, Exchange } from '../types.js';
import { bodyJson, declaredResponse, describeStatus, statusClass } from './received.js';

/** The operation keeps what it protects from those who show no right credential. */
export const authRequired: Check = {
  id: 'auth-required',
  summary: 'without, or with a wrong credential: 401 or 403, and never the protected data',
  run(exchange, context) {
    const { case: contractCase, operation, received } = exchange;
    const { status } = received;
    if (contractCase.expectation !== 'unauthorized' || status === null) return null;
    const complain = (severity: Complaint['severity'], message: string, expected: string): Complaint[] => [
      {
        severity,
        message,
        expected,
        received: `${describeStatus(received)}: ${excerptBytes(received.body)}`,
        pointer: contractCase.varies.pointer,
      },
    ];
    if (status === 401 || status === 403) {
      if (!isRemembered(exchange, context) && !showsProtectedData(exchange)) return [];
      return complain('violation', `The refusal with ${status} holds the protected data`, 'a body without them');
    }
    // RFC 9110, 15.5.4: a server may hide with 404 that something exists.
    if (status === 404 && operation.parameters.some((parameter) => parameter.in === 'path')) {
      return complain('information', 'A request without a right credential got 404', '401 or 403');
    }
    const message =
      status < 300
        ? `A request was answered though it has no right credential: ${contractCase.title}`
        : `A request without a right credential was not refused with 401 or 403: ${contractCase.title}`;
    return complain('violation', message, '401 or 403');
  },
  observe({ case: { expectation }, operation, received }, { protectedBodies }) {
    const { status, body } = received;
    if (expectation !== 'accepted' || status === null || statusClass(status) !== 2 || body.length <= shortest) return;
    const bodies = protectedBodies.get(operation.id) ?? new Set<string>();
    protectedBodies.set(operation.id, bodies);
    if (bodies.size < mostBodies) bodies.add(contentHash(body));
  },
};

/** Enough to know the answers to the cases of security, which are those to the base request. */
const mostBodies = 16;

function isRemembered({ operation, received }: Exchange, { protectedBodies }: CheckContext): boolean {
  return protectedBodies.get(operation.id)?.has(contentHash(received.body)) === true;
}

/** `{}`, `[]`, `true` and `null` protect nothing. */
const shortest = 5;

/** Members that error bodies have in common with many success bodies, so that having them tells nothing. */
const ordinary = new Set([
  'message',
  'error',
  'errors',
  'code',
  'status',
  'detail',
  'details',
  'type',
  'title',
  'success',
]);

/**
 * Whether the body of a refusal is plainly a success body: a list that has items, or an object with several
 * telling members, valid for a declared 2xx and not for what is declared for this status.
 */
function showsProtectedData(exchange: Exchange): boolean {
  const json = bodyJson(exchange.received);
  if (!json.ok || !isTelling(json.value)) return false;
  const refusal = declaredResponse(exchange);
  if (refusal && accepts(refusal, json.value)) return false;
  return exchange.operation.responses.some(
    (response) =>
      response.key.startsWith('2') && requiresMembers(exchange, response, json.value) && accepts(response, json.value),
  );
}

function isTelling(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).filter((name) => !ordinary.has(name)).length > 1;
}

function accepts(response: Response, value: unknown): boolean {
  const schema = contentFor(response.content, 'application/json')?.schema;
  return schema ? schema.problem === null && schema.accepts(value) : false;
}

/** A schema that any object satisfies says nothing about the data. */
function requiresMembers(exchange: Exchange, response: Response, value: unknown): boolean {
  if (Array.isArray(value)) return true;
  const content = response.content.find(({ mediaType }) => isJson(mediaType));
  if (!content?.schema) return false;
  const { document } = exchange.operation;
  const resolved = document.resolve(document.at(content.schema.pointer), content.schema.pointer).value;
  const required = (resolved as JsonObject | undefined)?.required;
  return Array.isArray(required) && required.some((name) => typeof name === 'string' && !ordinary.has(name));
}
