import type { Answer } from '../operation/http.js';
import { type Content, type Operation, operationsBeside } from '../operation/index.js';
import { type Role, readAt, setAt } from '../resource/index.js';
import { type Part, requiredNames, typesOf, viewOf } from '../schema/view.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { jsonContents, jsonOf, succeeds, successes, withBody, withHeader, withStatus } from './body.js';
import { besideOf, common, forgetting, heedless, listing, not, roleOf } from './life-kinds.js';
import { toldFaults } from './life-told.js';
import type { Fault, FaultContext, Remembered } from './types.js';

const creates = not('creates nothing', 'create');
const deletes = not('deletes nothing', 'delete');
const changes = not('changes nothing', 'merge', 'patch');
const replaces = not('replaces nothing', 'replace', 'upsert');
const acts = not('is no action on a thing', 'action');
const removesMany = not('deletes no more than one thing', 'delete-many');

function totalOf(role: Role | undefined): readonly string[] | null {
  const total = role?.kind === 'list' ? role.envelope.find((each) => each.role === 'total') : undefined;
  return total && 'member' in total.at ? total.at.member : null;
}

function contentsOf({ entry, answer }: Role, operation: Operation): readonly Content[] {
  const { responses } = operationsBeside(operation).compile(entry);
  return responses.find(({ key }) => key === answer?.response)?.content ?? [];
}

/** The schemas for every row where a body has it. */
function partsOf(
  place: { readonly mediaType: string; readonly path: readonly string[] } | null,
  contents: readonly Content[],
  { document }: Operation,
): readonly Part[] {
  const schema = contents.find(({ mediaType }) => mediaType === place?.mediaType)?.schema;
  return schema ? viewOf(document).within(schema.pointer, place?.path ?? []) : [];
}

/**
 * The members that the request itself sets, and those without which nothing is such a thing. The whole row where that leaves out none
 * that a client sets: what only the server sets may change with any other member.
 */
function named(row: JsonObject, { operation, values }: FaultContext): JsonObject {
  const role = roleOf(operation);
  const body = role && role.kind !== 'list' ? role.body : null;
  const sent = body ? readAt(values.body as Json | undefined, body.path) : undefined;
  const view = viewOf(operation.document);
  const kept = new Set([
    ...(isObject(sent) ? Object.keys(sent) : []),
    ...(role ? requiredNames(view.certain(role.resource.schema)) : []),
    ...(role?.resource.roles ?? [])
      .filter(({ kind }) => kind !== 'list')
      .flatMap((each) => [...requiredNames(partsOf(each.answer, contentsOf(each, operation), operation))]),
    ...(role?.resource.key?.member.slice(0, 1) ?? []),
  ]);
  const taken = view.members(partsOf(body, operation.requestBody?.content ?? [], operation));
  // To take away what is nothing shows nothing.
  const isWiped = Object.keys(row).some(
    (name) => row[name] !== null && !kept.has(name) && (taken.size === 0 || taken.has(name)),
  );
  return isWiped ? Object.fromEntries(Object.entries(row).filter(([name]) => kept.has(name))) : row;
}

/** The row with the first plain text that the client has sent as another one. */
function altered(row: JsonObject, { operation, values }: FaultContext): JsonObject {
  const role = roleOf(operation);
  const sent =
    role && role.kind !== 'list' && role.body ? readAt(values.body as Json | undefined, role.body.path) : undefined;
  if (!role || !isObject(sent)) return row;
  const view = viewOf(operation.document);
  const parts = view.certain(role.resource.schema);
  const [key] = role.resource.key?.member ?? [];
  const name = Object.keys(sent).find((each) => {
    const own = view.certain(...view.member(parts, each).map(({ to }) => to));
    const isPlain = !own.some(({ schema }) => schema.enum ?? schema.format ?? schema.pattern ?? schema.maxLength);
    return each !== key && typeof row[each] === 'string' && isPlain && own.length > 0;
  });
  return name === undefined ? row : { ...row, [name]: 'something else' };
}

/** The row with what it had before wherever the client has sent what is empty. */
function withoutEmpty(row: JsonObject, { operation, values }: FaultContext, before: JsonObject | null): JsonObject {
  const role = roleOf(operation);
  const body = role && role.kind !== 'list' ? role.body : null;
  const sent = body ? readAt(values.body as Json | undefined, body.path) : undefined;
  if (!isObject(sent) || before === null) return row;
  const lost = Object.keys(sent).filter((name) => isEmpty(sent[name]) && Object.hasOwn(before, name));
  return lost.length === 0 ? row : { ...row, ...Object.fromEntries(lost.map((name) => [name, before[name] ?? null])) };
}

/** Whether null in what it takes removes a member (RFC 7396, 2). */
function removesByNull(operation: Operation): string | null {
  const role = roleOf(operation);
  const body = role?.kind === 'merge' ? role.body : null;
  const view = viewOf(operation.document);
  const members = view.members(partsOf(body, operation.requestBody?.content ?? [], operation));
  const mayBeNull = [...members.values()].some((edges) => {
    const types = typesOf(view.certain(...edges.map(({ to }) => to)));
    return types?.has('null') === true && types.has('string');
  });
  return /^application\/merge-patch\+json\b/i.test(body?.mediaType ?? '') && mayBeNull
    ? null
    : 'nothing is taken away from what it changes by null';
}

const isEmpty = (value: Json | undefined): boolean =>
  value === 0 || value === '' || value === false || (Array.isArray(value) && value.length === 0);

const isMoment = (name: string): boolean => /updat|modif|At$|_at$/i.test(name);

const isOther = (one: JsonObject, other: JsonObject, name: string): boolean =>
  JSON.stringify(one[name]) !== JSON.stringify(other[name]);

/** Of what one request does to several things, the last is forgotten. */
const allButLast = <Change extends Remembered>(changes: readonly Change[]): readonly Change[] => changes.slice(0, -1);

/** Faults that no single answer shows: what was told is forgotten, or not heeded. */
export const lifeFaults: readonly Fault[] = [
  ...toldFaults,
  forgetting(
    'create-forgets',
    'answers a create, and stores nothing',
    ['create-stored', 'listed'],
    creates,
    () => null,
  ),
  forgetting('create-alters', 'stores another text than it was sent', ['values-kept'], creates, altered),
  {
    ...common,
    id: 'location-wrong',
    summary: 'names another address in Location',
    caughtBy: ['location-leads'],
    unfit: creates,
    spoil(answer: Answer) {
      const { Location: location } = answer.headers;
      if (typeof location !== 'string' || answer.status === 202) return null;
      return withHeader(answer, 'Location', location.replace(/[^/]+\/?$/, 'elsewhere/$&'));
    },
  },
  forgetting('stale-read', 'answers a change, and goes on with what was before', ['change-kept'], changes, () => null),
  forgetting(
    'empty-ignored',
    'takes 0, false and what is empty for what a change does not name',
    ['change-kept'],
    changes,
    withoutEmpty,
  ),
  forgetting(
    'null-ignored',
    'takes null in a merge patch for what it does not name',
    ['change-kept'],
    removesByNull,
    (row, { operation, values }, before) => {
      const role = roleOf(operation);
      const sent = role?.kind === 'merge' && role.body ? readAt(values.body as Json | undefined, role.body.path) : null;
      if (!isObject(sent) || before === null) return row;
      const kept = Object.keys(sent).filter((name) => sent[name] === null && Object.hasOwn(before, name));
      return { ...row, ...Object.fromEntries(kept.map((name) => [name, before[name] ?? null])) };
    },
  ),
  forgetting('patch-wipes', 'takes away what a change does not name', ['others-kept'], changes, named),
  forgetting('put-forgets', 'answers a replacement, and keeps what was before', ['change-kept'], replaces, () => null),
  forgetting(
    'put-merges',
    'keeps what a replacement did not send',
    ['replaced'],
    replaces,
    (row, _context, before) => ({
      ...before,
      ...row,
    }),
  ),
  {
    ...common,
    id: 'match-ignored',
    summary: 'takes a change that is meant for an earlier state of the thing',
    caughtBy: ['validators'],
    unfit(operation) {
      const isChange = changes(operation) === null || replaces(operation) === null;
      const isTold = operation.responses.some(({ key }) => key === '412');
      return isChange && isTold ? null : 'the operation has no answer to a change of an earlier state (412)';
    },
    spoil(answer, { operation, generate }) {
      const [response] = successes(operation);
      if (answer.status !== 412 || response === undefined) return null;
      const status = Number(response.key);
      const [content] = jsonContents([response]);
      const body = content && generate(content.schema, 0);
      const changed = withStatus(answer, Number.isNaN(status) ? 200 : status);
      return content && body !== undefined
        ? withHeader(withBody(changed, JSON.stringify(body)), 'Content-Type', content.mediaType)
        : withHeader(withBody({ ...changed, status: 204 }, ''), 'Content-Type', null);
    },
  },
  {
    ...common,
    id: 'delete-keeps',
    summary: 'answers a delete, and keeps the thing',
    caughtBy: ['deleted-gone', 'listed'],
    unfit: deletes,
    remember: () => [],
  },
  forgetting(
    'action-forgets',
    'answers an action, and does nothing',
    ['change-kept'],
    acts,
    (row, _context, before) => {
      // Of what changes with every request nobody can tell whether it was forgotten.
      const isDone = before === null || Object.keys(row).some((name) => !isMoment(name) && isOther(before, row, name));
      return isDone ? null : row;
    },
  ),
  {
    ...common,
    id: 'many-forgets-last',
    summary: 'makes all things that one request sends, but for the last',
    caughtBy: ['create-stored'],
    unfit: (operation) => (besideOf(operation)?.as === 'many' ? null : 'the operation makes no more than one thing'),
    remember: allButLast,
  },
  {
    ...common,
    id: 'many-keeps-last',
    summary: 'deletes all things that one request names, but for the last',
    caughtBy: ['deleted-gone'],
    unfit: removesMany,
    remember: allButLast,
  },
  {
    ...common,
    id: 'count-frozen',
    summary: 'always counts one thing, however many there are',
    caughtBy: ['total-right'],
    unfit: (operation) =>
      besideOf(operation)?.as === 'count' ? null : 'the operation does not say how many there are',
    spoil(answer, { operation }) {
      const beside = besideOf(operation);
      const body = jsonOf(answer);
      const path = beside?.as === 'count' ? beside.role.answer?.path : undefined;
      if (path === undefined || body === undefined || !succeeds(answer)) return null;
      return withBody(answer, JSON.stringify(setAt(body, path, 1)));
    },
  },
  {
    ...common,
    id: 'orphans',
    summary: 'shows what stood under a deleted thing',
    caughtBy: ['deleted-gone'],
    unfit(operation) {
      const role = roleOf(operation);
      const above = role?.kind === 'read' ? role.resource.scope.at(-1)?.resource : null;
      const isRemovable = above?.roles.some(({ kind }) => kind === 'delete');
      return isRemovable && above?.isSingleton === false
        ? null
        : 'it reads nothing that stands under what can be deleted';
    },
    overlooksParents: true,
  },
  heedless(
    'page-repeats',
    'shows the first page for each page',
    ['pages-whole'],
    ['page', 'offset', 'cursor', 'after'],
  ),
  heedless('filter-ignored', 'does not filter', ['filter-holds'], ['filter']),
  heedless('sort-ignored', 'does not sort', ['sorted'], ['order', 'direction']),
  heedless('size-ignored', 'shows as many items as it likes', ['page-size'], ['size']),
  listing(
    'total-wrong',
    'counts one too many',
    ['total-right'],
    (operation) => (totalOf(roleOf(operation)) === null ? 'no member beside the items is a total' : null),
    (body, _rows, role) => {
      const path = totalOf(role);
      const total = path && readAt(body, path);
      return path && typeof total === 'number' ? setAt(body, path, total + 1) : null;
    },
  ),
  listing(
    'item-twice',
    'shows the first item twice',
    ['items-once'],
    not('lists nothing', 'list'),
    (body, _rows, role) => {
      const items = role.answer && readAt(body, role.answer.path);
      const [first] = Array.isArray(items) ? items : [];
      if (first === undefined || role.resource.key === null || role.answer === null) return null;
      return setAt(body, role.answer.path, [first, ...(items as Json[])]);
    },
  ),
];
