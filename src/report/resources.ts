import type { Operations } from '../operation/index.js';
import type { Beside, EnvelopeRole, ListRole, QueryRole, Resource, Resources, Role } from '../resource/index.js';
import { addAll } from '../text/many.js';
import { tameJson, visible } from '../text/visible.js';
import { wrapped } from '../text/wrapped.js';
import { count } from './words.js';

/** What was found in a document, and where it was looked for. */
export interface FoundIn {
  /** As the user named it. */
  readonly document: string;
  readonly operations: Operations;
  readonly resources: Resources;
}

/**
 * What a document says about things, as a whole text without a line feed at its end.
 * @param columns how wide the terminal is, at least 40
 */
export function resourcesReport(format: 'text' | 'json', found: FoundIn, columns = 80): string {
  if (format === 'json') return tameJson(asJson(found));
  const width = Math.max(40, Math.min(columns, 100));
  const { resources } = found;
  const blocks = resources.all.map((resource) => block(resource, found, width));
  const { unplaced } = resources;
  if (unplaced.length > 0) {
    const labels = unplaced.flatMap(({ entry, reason }) => [
      `  ${visible(`${entry.method} ${entry.path}`)}`,
      ...wrapped(visible(reason), width, '    '),
    ]);
    blocks.push(['Of no resource:', ...labels].join('\n'));
  }
  return [...blocks, summary(found)].join('\n\n');
}

/** `3 resources: 4 lists, 2 that are read by key, 2 created. 9 of 12 operations have a role.` */
function summary({ operations, resources }: FoundIn): string {
  const roles = resources.all.flatMap((resource) => resource.roles);
  const of = (kind: Role['kind']) => roles.filter((role) => role.kind === kind).length;
  const all = operations.entries.length;
  return (
    `${count(resources.all.length, 'resource')}: ${count(of('list'), 'list')}, ${of('read')} read, ` +
    `${of('create')} created. ${all - resources.unplaced.length} of ${count(all, 'operation')} have a role.`
  );
}

const labelWidth = 13;

function block(resource: Resource, { operations, resources: { besides } }: FoundIn, width: number): string {
  const rows: (readonly [label: string, text: string])[] = [];
  const { key, parent, scope, references } = resource;
  if (resource.collection !== null) rows.push(['collection', resource.collection]);
  if (resource.item !== null) rows.push([resource.isSingleton ? 'one thing' : 'item', resource.item]);
  rows.push(['schema', `#${resource.schema}`]);
  if (!resource.isSingleton) rows.push(['key', key === null ? 'none' : keyText(key)]);
  if (parent !== null) rows.push(['parent', parent.name]);
  for (const { parameter, resource: other, member } of scope) {
    const of = other === null ? '' : ` (of ${other.name})`;
    rows.push([`{${parameter}}`, `${member === null ? 'no member repeats it' : `= ${member.join('.')}`}${of}`]);
  }
  for (const { member, resource: other, isList } of references)
    rows.push(['reference', `${member.join('.')}${isList ? '[]' : ''} names one of ${other.name}`]);
  for (const role of resource.roles) {
    rows.push([role.kind, `${role.entry.method} ${role.entry.path}${namingText(role)}`]);
    if (role.kind === 'list') addAll(rows, listRows(role, operations));
  }
  for (const beside of besides.filter(({ role }) => role.resource === resource)) rows.push(besideRow(beside));
  for (const reason of resource.why) rows.push(['because', reason]);
  const lines = rows.flatMap(([label, text]) => {
    const hanging = ' '.repeat(labelWidth + 2);
    const [first = '', ...others] = wrapped(visible(text), width, hanging);
    const name = visible(label);
    // A label that is longer than its column has a line of its own.
    return name.length < labelWidth
      ? [`  ${name.padEnd(labelWidth)}${first.trimStart()}`, ...others]
      : [`  ${name}`, first, ...others];
  });
  return [visible(resource.name), ...lines].join('\n');
}

/** What is done with rows otherwise than by a role. */
function besideRow({ as, role }: Beside): readonly [label: string, text: string] {
  const place = `${role.entry.method} ${role.entry.path}`;
  if (as === 'relation') return [as, `${place} (${role.change} ${role.relation.name})`];
  return [as === 'many' ? 'create many' : as === 'changes' ? 'change many' : as, place];
}

/** Where a call says which thing it means. */
function namingText(role: Role): string {
  if (role.kind === 'list' || role.naming === null) return '';
  return ` (named in its ${role.naming.in}: ${role.naming.member.join('.')})`;
}

function keyText({ member, parameter, by }: NonNullable<Resource['key']>): string {
  return parameter === null ? member.join('.') : `${member.join('.')} = {${parameter}}, by ${by}`;
}

function listRows(role: ListRole, operations: Operations): (readonly [string, string])[] {
  const rows: (readonly [string, string])[] = [];
  if (role.answer !== null && role.answer.path.length > 0) rows.push(['', `rows in ${role.answer.path.join('.')}`]);
  if (role.query.length > 0) rows.push(['', `query: ${role.query.map(queryText).join(', ')}`]);
  if (role.sent.length > 0) rows.push(['', `body: ${role.sent.map(queryText).join(', ')}`]);
  const alone = leftAlone(role, operations);
  if (alone.length > 0) rows.push(['', `left alone: ${alone.join(', ')}`]);
  if (role.envelope.length > 0) rows.push(['', `answer: ${role.envelope.map(envelopeText).join(', ')}`]);
  return rows;
}

/** The query parameters that have no role. */
function leftAlone({ entry, query }: ListRole, operations: Operations): string[] {
  const { parameters } = operations.compile(entry);
  const named = new Set(query.map(({ parameter }) => parameter));
  return parameters.filter((each) => each.in === 'query' && !named.has(each.name)).map(({ name }) => name);
}

const signs = {
  ...{ eq: '=', ne: '≠', lt: '<', lte: '≤', gt: '>', gte: '≥' },
  ...{ in: 'in', contains: 'contains', starts: 'starts with', absent: 'is null' },
} as const;

function queryText(role: QueryRole): string {
  const name = role.parameter + role.within.map((step) => `[${step}]`).join('');
  if (role.role === 'filter') return `${name} (${role.member.join('.')} ${signs[role.operator]})`;
  if (role.role === 'size') {
    const bounds = [role.default, role.maximum === null ? null : `at most ${role.maximum}`].filter(
      (each) => each !== null,
    );
    return `${name} (size${bounds.length > 0 ? `: ${bounds.join(', ')}` : ''})`;
  }
  if (role.role === 'page') return `${name} (page from ${role.first})`;
  return `${name} (${role.role})`;
}

function envelopeText({ role, at }: EnvelopeRole): string {
  return `${'header' in at ? at.header : at.member.join('.')} (${role})`;
}

function asJson({ document, resources }: FoundIn) {
  const scopeOf = (scope: Resource['scope']) =>
    scope.map(({ parameter, resource, member }) => ({ parameter, resource: resource?.name ?? null, member }));
  return {
    schemaVersion: 1,
    document,
    resources: resources.all.map((resource) => ({
      name: resource.name,
      collection: resource.collection,
      item: resource.item,
      isSingleton: resource.isSingleton,
      schema: resource.schema,
      key: resource.key,
      parent: resource.parent?.name ?? null,
      scope: scopeOf(resource.scope),
      references: resource.references.map(({ member, resource: other, isList }) => ({
        member,
        resource: other.name,
        isList,
      })),
      roles: resource.roles.map((role) => ({
        kind: role.kind,
        operation: role.entry.id,
        method: role.entry.method,
        path: role.entry.path,
        keyParameter: role.keyParameter,
        scope: scopeOf(role.scope),
        answer: role.answer,
        ...(role.kind === 'list'
          ? { query: role.query, sent: role.sent, envelope: role.envelope }
          : { body: role.body, naming: role.naming }),
      })),
      why: resource.why,
    })),
    besides: resources.besides.map(({ as, role }) => ({
      as,
      resource: role.resource.name,
      kind: role.kind,
      operation: role.entry.id,
      method: role.entry.method,
      path: role.entry.path,
    })),
    unplaced: resources.unplaced.map(({ entry, reason }) => ({
      operation: entry.id,
      method: entry.method,
      path: entry.path,
      reason,
    })),
  };
}
