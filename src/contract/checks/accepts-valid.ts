import { headerOf, isForm, type Operation, type Operations } from '../../operation/index.js';
import { findResources } from '../../resource/index.js';
import { formats } from '../../schema/formats.js';
import { requiredNames, viewOf } from '../../schema/view.js';
import { pointerOf } from '../../text/pointer.js';
import { isObject, type JsonObject } from '../../text/value.js';
import { excerptBytes } from '../excerpt.js';
import { signatureOf } from '../signature.js';
import { nameOfKey } from '../things/asked-for.js';
import { saysRemoval } from '../things/removing.js';
import type { BaseAnswer, Check, Complaint, Exchange } from '../types.js';
import { isUnsafe } from '../types.js';
import { outcomeOf } from './outcome.js';
import { declaredResponse, declaredStatuses, describeStatus, headerValues, statusClass } from './received.js';

/** A valid request is answered with success. */
export const acceptsValid: Check = {
  id: 'accepts-valid',
  summary:
    'a valid request gets 2xx, or a declared 3xx; or a declared 4xx where that is no refusal of what the case varies: the request from which it varies gets one too, an id is made up, or an earlier case has changed the target',
  run(exchange, { bases, operations }) {
    const { case: contractCase, operation, received } = exchange;
    const status = outcomeOf(exchange);
    if (contractCase.expectation !== 'accepted' || status === null) return null;
    if (statusClass(status) === 2 || isHonestRefusal(exchange, status)) return [];
    const base = bases.get(operation.id);
    // What OpenAPI cannot say refuses the valid request: then nothing is known of its variants. `evidence` tells it.
    if (statusClass(status) === 4 && base?.isHonestRefusal) return [];
    const signature = signatureOf(exchange);
    const isAlways = base?.status === status && base.signature === signature;
    const { varies } = contractCase;
    const optional = operation.parameters.find(
      ({ in: place, name, required }) => !required && place === varies.in && name === varies.name,
    );
    const limited = status === 429 && headerValues(received, 'retry-after').length > 0;
    const refused: Complaint = {
      severity: limited ? 'warning' : 'violation',
      message: limited
        ? 'The target limits the rate, so this case proves nothing'
        : `A valid request was refused with ${status}`,
      expected: `2xx (declared: ${declaredStatuses(exchange)})`,
      received: `${describeStatus(received)}: ${excerptBytes(received.body)}`,
      pointer: varies.pointer,
      cause: isAlways ? `always ${status} ${signature}` : `${status} ${varies.keyword} ${varies.pointer}`,
      // Where a parameter is refused as it is first sent, that is why it is so with anything else in it.
      ...(optional !== undefined && { within: [`${status} optional ${optional.pointer}`] }),
      // Where the valid request is refused too, all refusals of that kind are one already, in all operations.
      ...(!isAlways && {
        kin: {
          cause: `${status} ${signature} of ${operation.id}`,
          message: `Valid requests are refused with ${status}, all in the same words`,
          place: varies.pointer,
        },
      }),
    };
    return [!limited && isOpenToRefusal(exchange, base, operations) ? asRemark(refused, exchange) : refused];
  },
  finish({ bases, operations }) {
    return operations.entries.flatMap((entry): (Complaint & { operationId: string })[] => {
      const { id, method, pointer } = entry;
      const base = bases.get(id);
      if (!base?.isHonestRefusal || !base.isOtherListedAccepted) return [];
      // Where the listed values are the keys of things, one of them may be there already, or be gone.
      if (base.status === 409 && isUnsafe(method)) return [];
      if ((base.status === 404 || base.status === 410) && removesNamed(operations.compile(entry))) return [];
      return [
        {
          severity: 'violation',
          operationId: id,
          message: `A valid request was refused with ${base.status}, and accepted with another value of a closed list`,
          expected: '2xx for each listed value',
          received: `status ${base.status}: ${base.words}`,
          pointer,
        },
      ];
    });
  },
};

/** The refusal of a value of which nobody knows what it stands for. */
export function asRemark<Said extends Complaint>(
  { cause: _cause, kin: _kin, ...complaint }: Said,
  exchange: Exchange,
): Omit<Said, 'cause' | 'kin'> {
  const message = `A value that the document leaves free was refused with ${outcomeOf(exchange)}: ${exchange.case.title}`;
  return { ...complaint, severity: 'information', message };
}

/** Whether the document says that this status may come, and the state of the target alone explains it. */
function isHonestRefusal(exchange: Exchange, status: number): boolean {
  const { operation } = exchange;
  const declared = declaredResponse(exchange);
  const declaresSuccess = operation.responses.some(({ key }) => key.startsWith('2') || key === 'default');
  if (!declaresSuccess) return declared !== undefined;
  const byName = declared !== undefined && declared.key !== 'default';
  if (byName && statusClass(status) === 3) return true;
  // Nothing is there under an id that nobody knows, be it declared or not; `status-documented` says whether it is.
  if (exchange.case.generatedPath) return status === 404 || status === 410 || (byName && status === 409);
  if (byName && (status === 404 || status === 410) && isAskedElsewhere(exchange)) return true;
  // What may be there already, or is otherwise, is what a request was made conditional for (RFC 9110, 13.1).
  if (byName && status === 412 && conditional.some((name) => headerOf(exchange.request, name) !== undefined))
    return true;
  if (!isUnsafe(operation.method)) return false;
  // Sent more than once, a creation conflicts with itself and a deletion finds nothing left. 409 speaks of the state of the
  // target alone (RFC 9110, 15.5.10), also where `default` stands for all that may come.
  const isConflict = declared !== undefined && status === 409;
  return isConflict || ((status === 404 || status === 410) && removesNamed(operation));
}

const conditional = ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];

/**
 * Whether a case asks for what its path names by another header or cookie, or in another place that every request says: a thing
 * of one tenant is not there for another.
 */
function isAskedElsewhere({ case: { varies }, operation }: Exchange): boolean {
  const varied = operation.parameters.find((each) => each.name === varies.name && each.in === varies.in);
  const isContext = varied?.in === 'header' || varied?.in === 'cookie' || (varied?.in === 'query' && varied.required);
  return isContext && operation.parameters.some((parameter) => parameter.in === 'path');
}

/**
 * Whether an operation removes what a request names: in the path of a DELETE, or in what is sent to a path that says so. Sent
 * more than once it may find nothing left.
 */
export function removesNamed({ method, path, parameters, requestBody }: Operation): boolean {
  const isNamed = parameters.some((parameter) => parameter.in === 'path');
  if (method === 'DELETE') return isNamed;
  return isUnsafe(method) && saysRemoval(path) && (isNamed || requestBody !== null);
}

/**
 * Whether a valid request differs from one that was accepted by a value of which nobody knows what it stands for, so that its
 * refusal is no fault.
 */
export function isOpenToRefusal(exchange: Exchange, base: BaseAnswer | undefined, operations: Operations): boolean {
  const status = outcomeOf(exchange);
  if (base === undefined || !base.isAccepted || status === null || statusClass(status) !== 4) return false;
  return exchange.case.expectation === 'accepted' && (isFreeValue(exchange) || isName(exchange, operations));
}

/** Keywords that bound what a text or a number may be; without one of them nobody knows what it stands for. */
const bounds = ['enum', 'const', 'pattern', 'maximum', 'exclusiveMaximum'];

/**
 * Whether a case differs from the valid request by a value that was made up where the document leaves it open: a
 * cursor, a key, the id of something else.
 */
function isFreeValue({ case: { varies }, operation, request }: Exchange): boolean {
  if (varies.keyword === 'another-value' || isPatchOfSteps(request)) return true;
  if (varies.keyword === 'all') {
    const bodies = operation.requestBody?.content.flatMap(({ schema }) => schema?.pointer ?? []) ?? [];
    return (
      operation.parameters.some((each) => !each.required && isFree(operation, each.schema.pointer)) ||
      bodies.some((pointer) => hasFreeMember(operation, pointer))
    );
  }
  if (isWrittenOut(operation, varies.pointer)) return true;
  const isNamed = varies.in !== 'path' && nameOfKey.test(varies.name ?? '');
  if (isNamed && varies.keyword !== 'enum' && varies.keyword !== 'const') return true;
  if (varies.keyword !== 'optional') return false;
  const parameter = operation.parameters.find((each) => each.name === varies.name && each.in === varies.in);
  const pointer = parameter?.schema.pointer ?? varies.pointer;
  return isFree(operation, pointer) || (varies.within === undefined && needsFree(operation, pointer));
}

/** Whether nothing can be there, an object or an item of a list, without a member that is left open. */
function needsFree(operation: Operation, pointer: string, depth = 0): boolean {
  const view = viewOf(operation.document);
  const parts = view.certain(pointer);
  const required = [...requiredNames(parts)].flatMap((name) => view.member(parts, name));
  const inner = [...required, ...view.under(parts, 'items')].map((edge) => edge.pointer);
  return depth < deepest && inner.some((each) => isFree(operation, each) || needsFree(operation, each, depth + 1));
}

/** How far into a value is looked for what is left open. */
const deepest = 4;

/** Whether each step of a body may fail by what the thing is and may become, of which its schema says nothing (RFC 6902, 5). */
function isPatchOfSteps(request: Exchange['request']): boolean {
  return /^application\/json-patch\+json\b/i.test(headerOf(request, 'content-type') ?? '');
}

/** Formats by which a text is said to write out a value of another type. */
const ofOtherTypes = /^(?:u?int(?:eger)?\d*|bigint|num(?:ber|eric)|decimal|float|double|bool(?:ean)?)$/;

/** Whether a text may stand where another type is meant, or is one: what it may be is said of that type alone. */
function isWrittenOut({ document }: Operation, pointer: string): boolean {
  const parts = viewOf(document).possible(pointer);
  return parts.some(
    ({ schema: { type, format } }) => type === 'string' && typeof format === 'string' && ofOtherTypes.test(format),
  );
}

/**
 * Whether a case varies by what a member says that names a thing of a resource: whatever its form, nothing may be called so. In
 * other bodies than JSON and forms all of these are made up.
 */
function isName({ case: { varies }, operation, request }: Exchange, operations: Operations): boolean {
  const named = findResources(operations).sent(operation);
  if (named.length === 0 || request.body === null) return false;
  const type = headerOf(request, 'content-type') ?? '';
  if (!/\bjson\b/i.test(type) && !isForm(type)) return true;
  return varies.in === 'body' && named.some(({ member }) => member.includes(varies.name ?? ''));
}

/** Whether a member of an object is left open, so that nobody knows what a target takes there. */
function hasFreeMember(operation: Operation, pointer: string): boolean {
  const parts = viewOf(operation.document).certain(pointer);
  return parts.some(({ schema, pointer: at }) =>
    Object.keys(isObject(schema.properties) ? schema.properties : {}).some((name) => {
      const member = at + pointerOf('properties', name);
      return nameOfKey.test(name) || isFree(operation, member) || needsFree(operation, member);
    }),
  );
}

/** Also a list of such. */
function isFree({ document }: Operation, pointer: string): boolean {
  const items = viewOf(document)
    .certain(pointer)
    .find(({ schema }) => schema.type === 'array' && isObject(schema.items));
  return isFreeScalar(document, items === undefined ? pointer : `${items.pointer}/items`);
}

function isFreeScalar(document: Operation['document'], pointer: string): boolean {
  const parts = viewOf(document)
    .certain(pointer)
    .map(({ schema }) => schema);
  const isScalar = parts.some(({ type }) => type === 'string' || type === 'integer' || type === 'number');
  return (
    isScalar && !parts.some((schema) => bounds.some((keyword) => schema[keyword] !== undefined) || hasForm(schema))
  );
}

/** Whether a format says what a text has to look like; that of a UUID says no more than that it is a key. */
function hasForm({ format }: JsonObject): boolean {
  const asserted = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format] : undefined;
  return format !== 'uuid' && (typeof asserted === 'function' || asserted instanceof RegExp);
}
