import { contentFor } from '../../operation/index.js';
import { viewOf } from '../../schema/view.js';
import { isObject } from '../../text/value.js';
import { contentHash } from '../derive/content-hash.js';
import { excerptBytes } from '../excerpt.js';
import type { BaseAnswer, Check, Complaint, Exchange } from '../types.js';
import { valuesOf } from './base.js';
import { outcomeOf } from './outcome.js';
import { bodyJson, describeStatus, statusClass } from './received.js';

/** The operation keeps what it protects from those who show no right credential. */
export const authRequired: Check = {
  id: 'auth-required',
  concern: 'authentication',
  summary: 'without, or with a wrong credential: 401 or 403, and never the protected data',
  run(exchange, { bases }) {
    const { case: contractCase, operation, received } = exchange;
    const outcome = outcomeOf(exchange);
    // What all answers are 200 for says by its body that it is refused, in whatever words.
    const status = outcome === received.status ? outcome : 401;
    if (contractCase.expectation !== 'unauthorized' || status === null) return null;
    const base = bases.get(operation.id);
    const complain = (severity: Complaint['severity'], message: string, expected: string): Complaint[] => [
      {
        severity,
        message,
        expected,
        received: `${describeStatus(received)}: ${excerptBytes(received.body)}`,
        pointer: contractCase.varies.pointer,
        ...(message.endsWith(contractCase.title) && {
          cause: `${message.slice(0, -contractCase.title.length)}${contractCase.varies.keyword}`,
          within: [`${message.slice(0, -contractCase.title.length)}missing`],
        }),
      },
    ];
    if (status === 401 || status === 403) {
      if (!showsProtectedData(exchange, base)) return [];
      return complain('violation', `The refusal with ${status} holds the protected data`, 'a body without them');
    }
    if (status < 300) {
      const message = `A request was answered though it has no right credential: ${contractCase.title}`;
      return complain('violation', message, '401 or 403');
    }
    // Whoever is refused with a right credential is not refused for want of one.
    if (base !== undefined && !base.isAccepted) return null;
    // Where all are led on, whoever has no credential may be led to where one is had.
    if (statusClass(status) === 3 && base !== undefined && statusClass(base.status) === 3) return null;
    // RFC 9110, 15.5.4: a server may hide with 404 that something exists.
    if (status === 404 && operation.parameters.some((parameter) => parameter.in === 'path')) {
      return complain('information', 'A request without a right credential got 404', '401 or 403');
    }
    const message = `A request without a right credential was not refused with 401 or 403: ${contractCase.title}`;
    return complain('violation', message, '401 or 403');
  },
};

/** `{}`, `[]`, `true` and `null` protect nothing. */
const shortest = 5;

/**
 * Whether the body of a refusal holds what the authorised answer holds: the same bytes, or more values of it than
 * of its own. A body that is an error by the document is none, whatever it has in common.
 */
function showsProtectedData(exchange: Exchange, base: BaseAnswer | undefined): boolean {
  const { received, request } = exchange;
  if (base === undefined || !base.isAccepted || received.body.length <= shortest || isDeclaredError(exchange))
    return false;
  if (contentHash(received.body) === base.hash) return true;
  // What the request says itself anybody may say back.
  const values = [...valuesOf(received)].filter((value) => !request.target.includes(value.replace(/^[^=]*=/, '')));
  return values.filter((value) => base.values.has(value)).length > values.length / 2;
}

/** Whether the body fits the schema of an error response, and has a member that this schema names. */
function isDeclaredError({ operation, received }: Exchange): boolean {
  const json = bodyJson(received);
  if (!json.ok) return false;
  const { value } = json;
  return operation.responses.some(({ key, content }) => {
    const schema = /^[23]/.test(key) ? undefined : contentFor(content, 'application/json')?.schema;
    if (!schema || schema.problem !== null || !schema.accepts(value)) return false;
    if (!isObject(value)) return !schema.accepts('counterproof');
    const view = viewOf(operation.document);
    return Object.keys(value).some((name) => view.members(view.certain(schema.pointer)).has(name));
  });
}
