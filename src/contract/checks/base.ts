import { type HttpRequest, headerOf, type Operation, responseFor } from '../../operation/index.js';
import { isObject } from '../../text/value.js';
import { contentHash } from '../derive/content-hash.js';
import { excerptBytes } from '../excerpt.js';
import { signatureOf } from '../signature.js';
import { askedFor, nameOfKey } from '../things/asked-for.js';
import { isAboutBody, textOf } from '../things/taken.js';
import type { BaseAnswer, CheckContext, Exchange, Received } from '../types.js';
import { outcomeOf } from './outcome.js';
import { bodyJson, contentType, declaredResponse, refusedBeforehand, statusClass } from './received.js';

/**
 * Keeps how the valid request of an operation was answered, before any check looks at it: the first that is sent
 * stands for all, unless it failed and then did not.
 */
export function remember(exchange: Exchange, { bases }: CheckContext): void {
  const { case: contractCase, operation, received } = exchange;
  const status = outcomeOf(exchange);
  if (contractCase.expectation === 'rejected' && contractCase.aspect === 'rejected') countInvalid(exchange, bases);
  if (contractCase.expectation !== 'accepted' || !contractCase.authenticated || status === null) return;
  const known = bases.get(operation.id);
  const accepted = isAccepted(status, operation);
  if (known !== undefined && (known.caseId !== contractCase.id || known.isAccepted || !accepted)) {
    if (accepted && isListed(contractCase.varies.keyword)) known.isOtherListedAccepted = true;
    return;
  }
  bases.set(operation.id, {
    caseId: contractCase.id,
    status,
    isAccepted: accepted,
    words: excerptBytes(received.body),
    signature: signatureOf(exchange),
    hash: contentHash(received.body),
    isPage: /^text\/html\b/i.test(contentType(received) ?? '') && declaredResponse(exchange)?.content.length !== 0,
    values: operation.security.length > 0 && accepted ? valuesOf(received) : new Set(),
    isHonestRefusal: isHonestRefusal(exchange),
    invalid: new Map(),
    isOtherListedAccepted: false,
  });
}

function countInvalid(exchange: Exchange, bases: CheckContext['bases']): void {
  const { operation } = exchange;
  const { varies } = exchange.case;
  const status = outcomeOf(exchange);
  const invalid = bases.get(operation.id)?.invalid;
  const counts = invalid?.get(varies.in) ?? { sent: 0, accepted: 0 };
  counts.sent++;
  if (status !== null && isAccepted(status, operation)) counts.accepted++;
  invalid?.set(varies.in, counts);
}

/**
 * Whether a request was accepted: with 2xx, or where the document declares none with a redirection that it declares (RFC 9110, 15.4),
 * which is all that such an operation is for. 304 says that a condition was met.
 */
export function isAccepted(status: number, operation: Operation): boolean {
  if (statusClass(status) !== 3 || status === 304) return statusClass(status) === 2;
  const declared = responseFor(operation, status);
  return (
    declared !== undefined && declared.key !== 'default' && !operation.responses.some(({ key }) => key.startsWith('2'))
  );
}

/** Whether the valid request itself was refused, so that the refusal of a variant of it tells nothing of the variant. */
export function isRefused(base: BaseAnswer | undefined): boolean {
  return base !== undefined && statusClass(base.status) === 4;
}

/** Whether an answer is that of the valid request, in status and words. To HEAD nobody says any. */
export function isAnsweredAs(exchange: Exchange, base: BaseAnswer): boolean {
  const { request, received } = exchange;
  if (received.status !== base.status) return false;
  return request.method === 'HEAD' || signatureOf(exchange) === base.signature;
}

function isListed(keyword: string): boolean {
  return keyword === 'enum' || keyword === 'const';
}

/**
 * Whether the document says that a valid request may be refused so, for what it has no words for: a login, a
 * duplicate, a reference to what does not exist, an opaque cursor. A credential is not of that kind where the
 * operation asks for one, unless it is a secret of the request that the refusal speaks of, nor is what a server refuses before
 * the operation is asked.
 */
function isHonestRefusal(exchange: Exchange): boolean {
  const { operation } = exchange;
  const status = outcomeOf(exchange) ?? 0;
  if (statusClass(status) !== 4 || refusedBeforehand.has(status)) return false;
  if (declaredResponse(exchange) === undefined) return isUndeclaredRefusal(exchange, status);
  return (status !== 401 && status !== 403) || operation.security.length === 0 || isOfSecret(exchange);
}

/** Whether a refusal names a password or the like that was sent beside the credential: documents often ask for one at a login, too. */
function isOfSecret({ request, received }: Exchange): boolean {
  const [, query = ''] = request.target.split('?', 2);
  const names = [...sentNames(request), ...new URLSearchParams(query).keys()].filter((name) => secret.test(name));
  const words = textOf(received.body).toLowerCase();
  return (
    names.length > 0 &&
    askedFor(
      words,
      names.map((name) => name.toLowerCase()),
    ) !== undefined
  );
}

/** What nobody can make up: a password, a code that came by mail, a token. */
const secret = /passw|secret|credential|token|otp$|(?:^|[_-])(?:pin|code)$/i;

/**
 * Whether a refusal that the document does not tell of is all the same for what it has no words for, as frameworks that write
 * documents leave it out: of a login, or of the key of something that is not there.
 */
function isUndeclaredRefusal({ operation, request, received }: Exchange, status: number): boolean {
  const names = sentNames(request);
  if (operation.security.length === 0 && names.some((name) => secret.test(name))) return status !== 409;
  const keys = names.filter((name) => nameOfKey.test(name));
  if (status === 404 || status === 409 || status === 410) return keys.length > 0;
  return isAboutBody(status) && askedFor(textOf(received.body), keys) !== undefined;
}

/** The names at the top of a body that was sent. */
function sentNames(request: HttpRequest): readonly string[] {
  const { body } = request;
  if (body === null) return [];
  const text = new TextDecoder().decode(body);
  const type = headerOf(request, 'content-type') ?? '';
  if (/urlencoded/i.test(type)) return [...new URLSearchParams(text).keys()];
  if (/multipart/i.test(type)) return Array.from(text.matchAll(/\bname="([^"]+)"/g), ([, name]) => name ?? '');
  const read = bodyJson({ body });
  return read.ok && isObject(read.value) ? Object.keys(read.value) : [];
}

/** Enough to know a body again by. */
const mostValues = 2_000;

/** The telling values of a JSON body, each with the name of its member; what `null`, `true` and `""` say is no secret. */
export function valuesOf(received: Received): Set<string> {
  const values = new Set<string>();
  const json = bodyJson(received);
  const open: [name: string, value: unknown][] = json.ok ? [['', json.value]] : [];
  for (const [name, value] of open) {
    if (values.size >= mostValues) break;
    if (Array.isArray(value)) for (const item of value.slice(0, mostValues)) open.push([name, item]);
    else if (typeof value === 'object' && value !== null) open.push(...Object.entries(value).slice(0, mostValues));
    else if (typeof value === 'number' || (typeof value === 'string' && value !== '')) values.add(`${name}=${value}`);
    if (open.length > mostValues * 10) break;
  }
  return values;
}
