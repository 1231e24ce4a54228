import { excerptBytes } from '../excerpt.js';
import { signatureOf } from '../signature.js';
import type { Check, ContractCase, Exchange, Kin } from '../types.js';
import { isAnsweredAs } from './base.js';
import { declaredResponse, describeStatus } from './received.js';

/** Whatever is sent, the server does not fail (RFC 9110, 15.6). */
export const noServerError: Check = {
  id: 'no-server-error',
  summary: 'never 5xx, unless declared and asked for',
  concern: 'server error',
  run(exchange, { bases }) {
    const { case: contractCase, operation, received } = exchange;
    if (received.status === null) return null;
    if (received.status < 500) return [];
    // 501 is how a server says that it knows the method nowhere (RFC 9110, 9.1).
    if (received.status === 501 && contractCase.aspect === 'method') return [];
    const base = bases.get(operation.id);
    const isAlways = base !== undefined && isAnsweredAs(exchange, base);
    // What answers HEAD has no words of its own.
    const said = isAlways ? base.signature : signatureOf(exchange);
    const about = isAlways ? null : aboutOf(exchange);
    const kin = isAlways ? null : forInvalid(exchange, received.status);
    // A parser says something else of each text, and it is one that nobody heard.
    const isUnparsed = !isAlways && contractCase.aspect === 'hostile' && contractCase.varies.keyword === 'syntax';
    const signature = isUnparsed ? 'a body that is not what its media type says' : said;
    return [
      {
        severity: 'violation',
        message: `The server failed with ${received.status}${about === null ? '' : ` (${about})`} on ${contractCase.title}`,
        expected: 'a status below 500',
        received: `${describeStatus(received)}: ${excerptBytes(received.body)}`,
        pointer: declaredResponse(exchange)?.pointer ?? operation.pointer,
        cause: `${received.status} ${signature} ${isUnparsed ? null : about}`,
        within: [`${received.status} ${said} ${placeOf(contractCase)}`],
        ...(kin !== null && { kin }),
      },
    ];
  },
};

/** Words that any failure has. */
const ordinary =
  /internal|server|error|status|message|detail|code|title|exception|html|body|head|h1|unexpected|occurred|went|wrong/gi;

/**
 * Failures with the same telling words are one, in whatever operation. Where all that is said is that there was an
 * error, it is one with those of the same parameter, or of the same hostile input, or with all where the valid request fails too.
 *
 * @returns what tells a failure from others that say the same; null where they are one
 */
function aboutOf(exchange: Exchange): string | null {
  const { aspect, varies } = exchange.case;
  const isTelling =
    signatureOf(exchange)
      .replace(ordinary, '')
      .replace(/[^a-z]/gi, '').length > 12;
  if (isTelling) return null;
  if (aspect === 'method') return 'methods that are not declared';
  if (aspect === 'hostile') return `hostile input: ${varies.keyword}`;
  return varies.in === null ? null : placeOf({ varies });
}

function placeOf({ varies }: Pick<ContractCase, 'varies'>): string {
  return varies.name === null ? `${varies.in}` : `${varies.in} ${varies.name}`;
}

/** Where what is invalid in a part of the request is not refused, but breaks the operation, in whatever words. */
function forInvalid({ case: contractCase, operation }: Exchange, status: number): Kin | null {
  const { expectation, varies } = contractCase;
  if (expectation !== 'rejected' || varies.in === null) return null;
  return {
    cause: `${status} for what is invalid in the ${varies.in} of ${operation.id}`,
    message: `The server failed with ${status} on what is invalid in the ${varies.in}`,
    place: placeOf(contractCase),
  };
}
