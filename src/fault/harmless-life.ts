import type { Answer } from '../operation/http.js';
import { type ListRole, readAt, saidOrder, setAt, withSent } from '../resource/index.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { jsonContents, jsonOf, nodesOf, replaced, succeeds, successes, withBody, withHeader } from './body.js';
import { roleOf } from './life-kinds.js';
import type { Fault, FaultContext } from './types.js';

const common = { family: 'harmless', caughtBy: [], unfit: () => null } as const;

/** The same value as a text, or a text of digits as the number that it says. */
function ofAnotherType(value: Json): Json | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined;
}

/** The body with other values where the declared schema takes them. */
function revalued(
  answer: Answer,
  context: FaultContext,
  other: (value: Json, name: string) => Json | undefined,
): Answer | null {
  const body = jsonOf(answer);
  const schema = context.declared(answer).content?.schema;
  if (!succeeds(answer) || body === undefined || !schema || schema.problem !== null) return null;
  const changed = nodesOf(body, schema, context).reduce<Json>((whole, { path, value }) => {
    const name = path.at(-1);
    const now = typeof name === 'string' ? other(value, name) : undefined;
    return now === undefined ? whole : replaced(whole, path, now);
  }, body);
  return changed !== body && schema.accepts(changed) ? withBody(answer, JSON.stringify(changed)) : null;
}

/** Whether a request leaves it to the server how a list is ordered, and no page depends on its last item. */
function isUnordered(list: ListRole, { operation, values }: FaultContext): boolean {
  // What the document says of it is no choice of the server.
  if (saidOrder(operation, list) !== null) return false;
  const sent = isObject(values.body) ? values.body : {};
  return withSent(list).query.every(({ role, parameter }) => {
    if (role !== 'order' && role !== 'direction' && role !== 'after' && role !== 'before') return true;
    const own = operation.parameters.find(({ name, in: place }) => place === 'query' && name === parameter);
    const schema = own && operation.document.at(own.schema.pointer);
    const hasDefault = isObject(schema) && schema.default !== undefined;
    const isAsked = (values.query[parameter] ?? sent[parameter]) !== undefined;
    return !isAsked && !hasDefault && role !== 'after' && role !== 'before';
  });
}

const moments = /updat|modif|seen|access/i;
const isMoment = (value: Json): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);

/** Ways to be right over several requests: a suite that complains of one is wrong. */
export const harmlessLives: readonly Fault[] = [
  {
    ...common,
    id: 'harmless-order',
    summary: 'lists in an order of the server where none is asked for',
    spoil(answer, context) {
      const role = roleOf(context.operation);
      const body = jsonOf(answer);
      if (role?.kind !== 'list' || role.answer === null || body === undefined || !succeeds(answer)) return null;
      const rows = readAt(body, role.answer.path);
      if (!Array.isArray(rows) || !isUnordered(role, context)) return null;
      return withBody(answer, JSON.stringify(setAt(body, role.answer.path, rows.toReversed())));
    },
  },
  {
    ...common,
    id: 'harmless-links',
    summary: 'other links beside that to the next page, without quotes (RFC 8288)',
    spoil(answer, { operation, request }) {
      const { Link: link } = answer.headers;
      if (roleOf(operation)?.kind !== 'list' || typeof link !== 'string' || !/rel="next"/.test(link)) return null;
      const others = `<${request.target.split('?')[0]}>; rel=first, `;
      return withHeader(answer, 'Link', others + link.replace('rel="next"', 'rel=next'));
    },
  },
  {
    ...common,
    id: 'harmless-key-types',
    summary: 'keys as texts or as numbers, where the document allows both',
    spoil(answer, context) {
      const role = roleOf(context.operation);
      const named = [role?.resource.key?.member, ...(role?.resource.references ?? []).map(({ member }) => member)];
      const names = new Set(named.flatMap((member) => member?.at(-1) ?? []));
      return revalued(answer, context, (value, name) => (names.has(name) ? ofAnotherType(value) : undefined));
    },
  },
  {
    ...common,
    id: 'harmless-defaults',
    summary: 'values of its own for what was left out of a create, where no default is documented',
    remember(changes, { operation, generate }) {
      const role = roleOf(operation);
      const [content] = jsonContents(successes(operation));
      if (role?.kind !== 'create' || role.answer === null || content === undefined) return changes;
      const full = readAt(generate(content.schema, 0), role.answer.path);
      if (!isObject(full)) return changes;
      return changes.map((change) => {
        if (!isObject(change.row)) return change;
        const added = Object.entries(full).filter(([name]) => !Object.hasOwn(change.row as JsonObject, name));
        return added.length === 0 ? change : { ...change, row: { ...change.row, ...Object.fromEntries(added) } };
      });
    },
  },
  {
    ...common,
    id: 'harmless-times',
    summary: 'times of a last change or look that go on by themselves',
    spoil(answer, context) {
      const later = (value: string) => new Date(Date.parse(value) + (context.ordinal ?? 0) * 1_000).toISOString();
      return revalued(answer, context, (value, name) =>
        moments.test(name) && isMoment(value) ? later(value) : undefined,
      );
    },
  },
];
