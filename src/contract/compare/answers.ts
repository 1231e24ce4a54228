import { isBodiless, responseFor } from '../../operation/index.js';
import { pointerOf } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { bodyJson, contentType, headerValues } from '../checks/received.js';
import { likenessOf } from '../life/likeness.js';
import type { Check, Complaint, Exchange, Received } from '../types.js';

/** Holds where two targets answer one request alike. */
export const sameAnswer: Check = {
  id: 'same-answer',
  summary:
    'two targets give the same status, media type and header fields, and the same values where they should be equal',
  run(exchange) {
    const { received } = exchange;
    const { expected } = received;
    // A limit of rate says nothing of the request.
    if (expected === undefined || received.status === 429 || expected.status === 429) return null;
    if (received.status !== expected.status) return [statusComplaint(exchange, received, expected)];
    if (received.status === null) return null;
    return [
      ...typeComplaint(exchange, received, expected),
      ...fieldComplaints(exchange, received, expected),
      ...valueComplaints(exchange, received, expected),
    ];
  },
};

const statusOf = ({ status, problems }: Received): string =>
  status === null ? `no answer (${problems[0]?.message ?? 'nothing came'})` : `status ${status}`;

function statusComplaint(
  { operation, case: { request } }: Exchange,
  received: Received,
  expected: Received,
): Complaint {
  const pointer = operation.pointer;
  const said = { expected: statusOf(expected), received: statusOf(received), pointer };
  const isThere = (status: number | null) => status !== null && status < 400;
  const lacks =
    (received.status === 404 && isThere(expected.status)) || (expected.status === 404 && isThere(received.status));
  // Two targets need not have the same things.
  if (lacks && operation.path.includes('{')) {
    const message = 'One target has not what the path names, and the other has: the answers cannot be compared';
    return { severity: 'information', message, ...said, isUndecided: true, cause: 'not there' };
  }
  const isMute = expected.status === null || received.status === null;
  return {
    severity: 'violation',
    message: isMute
      ? 'One target answers, and the other does not'
      : 'The status is another one than that of the target that it is compared with',
    ...said,
    cause: `${request.method} ${said.expected} ${said.received}`,
  };
}

const essence = (received: Received): string => (contentType(received) ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

function typeComplaint({ operation, request }: Exchange, received: Received, expected: Received): Complaint[] {
  const [own, others] = [essence(received), essence(expected)];
  const isEmpty = received.body.length === 0 && expected.body.length === 0;
  if (own === others || isEmpty || isBodiless(received.status ?? 200, request.method)) return [];
  return [
    {
      severity: 'violation',
      message: 'The media type is another one than that of the target that it is compared with',
      expected: others || 'none',
      received: own || 'none',
      pointer: operation.pointer,
      cause: `media type ${own} ${others}`,
    },
  ];
}

/** Fields that clients act on, also where no document says so (RFC 9110; RFC 8288; RFC 8594; RFC 9745). */
const telling = ['location', 'allow', 'www-authenticate', 'retry-after', 'link', 'deprecation', 'sunset'];

function fieldComplaints({ operation }: Exchange, received: Received, expected: Received): Complaint[] {
  const declared = responseFor(operation, received.status ?? 0)?.headers ?? [];
  const names = new Set([...declared.map(({ name }) => name.toLowerCase()), ...telling]);
  names.delete('content-type');
  return [...names].flatMap((name): Complaint[] => {
    const [own, others] = [received, expected].map((each) => headerValues(each, name).length > 0);
    if (own === others) return [];
    const header = declared.find((each) => each.name.toLowerCase() === name);
    return [
      {
        severity: 'violation',
        message: `The field ${name} is in the answer of one target alone`,
        expected: others ? name : `no ${name}`,
        received: own ? name : `no ${name}`,
        pointer: header?.pointer ?? operation.pointer,
        cause: `field ${name}`,
      },
    ];
  });
}

/** Members of an error by which clients tell what has happened. */
const codes = /^(code|type|error|error_?code|reason)$/i;
/** Members deeper than this are not looked at. */
const deepest = 4;

/** Values that follow from the request or from the kind of error, and not from what a target has. */
function valueComplaints({ request, operation }: Exchange, received: Received, expected: Received): Complaint[] {
  const [own, others] = [received, expected].map((each) => bodyJson(each));
  if (!own?.ok || !others?.ok) return [];
  const isError = (received.status ?? 0) >= 400;
  const sent = isError ? {} : sentMembers(request.body);
  const complaints: Complaint[] = [];
  const look = (mine: Json | undefined, theirs: Json, name: string, at: string, depth: number): void => {
    if (isObject(theirs)) {
      if (!isObject(mine) || depth > deepest) return;
      for (const [member, value] of Object.entries(theirs)) {
        if (Object.hasOwn(mine, member)) look(mine[member], value, member, at + pointerOf(member), depth + 1);
      }
      return;
    }
    if (mine === undefined || typeof theirs === 'object' || typeof mine === 'object') return;
    const wanted = Object.hasOwn(sent, name) ? sent[name] : undefined;
    const isEcho =
      wanted !== undefined && likenessOf(wanted, theirs) !== 'other' && likenessOf(wanted, mine) === 'other';
    const isCode = isError && codes.test(name) && mine !== theirs;
    if (!isEcho && !isCode) return;
    complaints.push({
      severity: 'violation',
      message: isCode
        ? `The error says another ${name} than that of the target that it is compared with`
        : `The member ${name} is not what was sent, as it is in the answer of the other target`,
      expected: JSON.stringify(theirs),
      received: JSON.stringify(mine),
      pointer: operation.pointer,
      at,
      cause: `value ${at}`,
    });
  };
  look(own.value as Json, others.value as Json, '', '', 0);
  return complaints;
}

/** Scalars of a JSON body that was sent, by their names. */
function sentMembers(body: Uint8Array | null): JsonObject {
  const read = body === null ? null : bodyJson({ body });
  const value = read?.ok ? (read.value as Json) : null;
  const scalars = Object.entries(isObject(value) ? value : {}).filter(([, one]) => typeof one !== 'object');
  return Object.fromEntries(scalars);
}
