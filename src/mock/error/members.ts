import type { Json } from '../../text/value.js';
import type { Facts, Reason } from './facts.js';

/**
 * What a member of an error body may hold, by what its name and those of its siblings say; the first that its schema
 * accepts is taken.
 */
type Candidates<From> = (from: From, siblings: ReadonlySet<string>) => readonly Json[];

const sentence: Candidates<Facts> = ({ summary, title }) => [summary, title];
const slug: Candidates<Facts> = ({ codes, status, title }) => [
  ...codes.slice(0, 1),
  status,
  String(status),
  ...codes,
  ...codes.map((code) => code.toUpperCase()),
  title,
];

/** Names of members that hold the sentence, so that others need not. */
const sentenceNames = ['message', 'msg', 'detail', 'description', 'errormessage'];
const hasSentence = (siblings: ReadonlySet<string>) => sentenceNames.some((name) => siblings.has(name));

/** Members of an error, by name without case, `_` and `-`. */
const errorMembers: Readonly<Record<string, Candidates<Facts>>> = {
  type: ({ codes }, siblings) => (siblings.has('title') ? ['about:blank', ...codes] : [...codes, 'about:blank']),
  title: ({ title }) => [title],
  status: ({ status, codes }) => [status, String(status), 'error', 'fail', false, ...codes],
  statuscode: ({ status }) => [status, String(status)],
  httpstatus: ({ status }) => [status, String(status)],
  httpcode: ({ status }) => [status, String(status)],
  httpstatuscode: ({ status }) => [status, String(status)],
  detail: sentence,
  details: sentence,
  message: sentence,
  errormessage: sentence,
  usermessage: sentence,
  developermessage: sentence,
  msg: sentence,
  err: sentence,
  description: sentence,
  errordescription: sentence,
  text: sentence,
  error({ summary, codes, title, status }, siblings) {
    const rest = [...codes, title, status, true];
    // OAuth 2.0 (RFC 6749, 5.2) has a word here, Spring a phrase, and others all that there is to say.
    if (siblings.has('errordescription')) return rest;
    return hasSentence(siblings) ? [title, ...rest, summary] : [summary, ...rest];
  },
  errortype: slug,
  errorcode: slug,
  code: slug,
  errno: slug,
  name: ({ title, codes }) => [title, ...codes],
  kind: ({ codes }) => codes,
  reason: ({ summary, title, codes }, siblings) =>
    hasSentence(siblings) ? [...codes, title, summary] : [summary, title],
  instance: ({ path }) => [path],
  path: ({ path }) => [path],
  uri: ({ path }) => [path],
  url: ({ path }) => [path],
  method: ({ method }) => [method],
  documentationurl: ({ status }) => [help(status)],
  documentation: ({ status }) => [help(status)],
  docurl: ({ status }) => [help(status)],
  helpurl: ({ status }) => [help(status)],
  help: ({ status }) => [help(status)],
  moreinfo: ({ status }) => [help(status)],
  infourl: ({ status }) => [help(status)],
  success: () => [false],
  issuccess: () => [false],
  succeeded: () => [false],
  ok: () => [false],
  phrase: ({ title }) => [title],
  statustext: ({ title }) => [title],
  reasonphrase: ({ title }) => [title],
};

/** Where it is written what a status means. */
function help(status: number): string {
  return `https://www.rfc-editor.org/rfc/rfc9110.html#status.${status}`;
}

/** Members of one entry of a list of errors. */
const reasonMembers: Readonly<Record<string, Candidates<Reason>>> = {
  field: ({ field }) => [field],
  fieldname: ({ field }) => [field],
  param: ({ field }) => [field],
  parameter: ({ field }) => [field],
  name: ({ field }) => [field],
  property: ({ field }) => [field],
  key: ({ field }) => [field],
  attribute: ({ field }) => [field],
  target: ({ field }) => [field],
  path: ({ pointer, field, location }) => [field, pointer, location],
  pointer: ({ pointer, in: where }) => (where === 'body' ? [pointer] : []),
  instancepath: ({ pointer }) => [pointer],
  jsonpath: ({ field }) => [`$.${field}`],
  location: ({ in: where, location, field }) => [where, location, field],
  in: ({ in: where }) => [where],
  source: ({ in: where, field }) => [field, where],
  resource: ({ field }) => [field],
  loc: ({ location, field }) => [location, field],
  message: ({ message }) => [message],
  msg: ({ message }) => [message],
  detail: ({ message }) => [message],
  description: ({ message }) => [message],
  reason: ({ message }) => [message],
  error: ({ message }) => [message],
  text: ({ message }) => [message],
  title: ({ message }, siblings) => (hasSentence(siblings) ? [] : [message]),
  code: ({ codes }) => [...codes, ...codes.map((code) => code.toUpperCase())],
  errorcode: ({ codes }) => codes,
  type: ({ codes }) => codes,
  rule: ({ keyword }) => [keyword],
  keyword: ({ keyword }) => [keyword],
  constraint: ({ keyword }) => [keyword],
  value: ({ received }) => [received, String(received)],
  input: ({ received }) => [received, String(received)],
  received: ({ received }) => [received, String(received)],
  rejectedvalue: ({ received }) => [received, String(received)],
};

/** Names of members that hold the error, or the list of errors, one level further down. */
const nestingNames = new Set([
  'error',
  'errors',
  'detail',
  'details',
  'fault',
  'problem',
  'violations',
  'issues',
  'failures',
  'messages',
  'validationerrors',
  'fielderrors',
  'invalidparams',
  'invalidparameters',
  'causes',
  'reasons',
]);

/** A name without case and separators. */
export function fold(name: string): string {
  return name.replaceAll(/[_\-.\s]/g, '').toLowerCase();
}

function lookUp<From>(
  table: Readonly<Record<string, Candidates<From>>>,
  name: string,
  from: From,
  siblings: ReadonlySet<string>,
): readonly Json[] {
  const folded = fold(name);
  return Object.hasOwn(table, folded) ? (table[folded]?.(from, siblings) ?? []) : [];
}

/**
 * Values for a member of an error body, best first.
 * @param siblings the folded names of all members of the same object
 */
export function errorCandidates(name: string, facts: Facts, siblings: ReadonlySet<string>): readonly Json[] {
  return lookUp(errorMembers, name, facts, siblings);
}

/** The same for a member of one entry in a list of errors. */
export function reasonCandidates(name: string, reason: Reason, siblings: ReadonlySet<string>): readonly Json[] {
  return lookUp(reasonMembers, name, reason, siblings);
}

/** Whether a member of this name is where an error goes on. */
export function nests(name: string): boolean {
  return nestingNames.has(fold(name));
}
