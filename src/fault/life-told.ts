import { type Operation, operationsBeside } from '../operation/index.js';
import { findResources, type KeptWhile, keptWhile } from '../resource/index.js';
import { succeeds, withBody, withHeader, withStatus } from './body.js';
import { common, not, roleOf } from './life-kinds.js';
import type { Fault } from './types.js';

const replaces = not('replaces nothing', 'replace', 'upsert');

const deletes = not('deletes nothing', 'delete');

/** Of which things by their name the document says that an operation is refused as long as there are such. */
function keptFor(operation: Operation): KeptWhile | null {
  const resource = roleOf(operation)?.resource;
  const said = resource && keptWhile(operation, resource, findResources(operationsBeside(operation)).all);
  return said?.isNamed ? said : null;
}

/** Faults over several requests, of what an answer tells of them: all is remembered. */
export const toldFaults: readonly Fault[] = [
  {
    ...common,
    id: 'put-creates',
    summary: 'says of each replacement that it has created something',
    caughtBy: ['replaced'],
    unfit(operation) {
      const keys = new Set(operation.responses.map(({ key }) => key));
      const isTold = keys.has('201') && (keys.has('200') || keys.has('204'));
      return replaces(operation) ?? (isTold ? null : 'the operation does not tell what was created from what was not');
    },
    spoil: (answer) => (answer.status === 200 || answer.status === 204 ? withStatus(answer, 201) : null),
  },
  {
    ...common,
    id: 'link-missing',
    summary: 'has no link to the next page',
    caughtBy: ['total-right'],
    unfit(operation) {
      const role = roleOf(operation);
      const isPaged =
        role?.kind === 'list' && role.query.some((each) => each.role === 'page' || each.role === 'cursor');
      const link = operation.responses.flatMap(({ headers }) => headers).find(({ name }) => /^link$/i.test(name));
      const said = JSON.stringify((link && operation.document.at(link.pointer)) ?? null);
      return isPaged && /\bnext\b/i.test(said) ? null : 'no `Link` of the operation is said to lead to a next page';
    },
    spoil: (answer) => (answer.headers.Link === undefined ? null : withHeader(answer, 'Link', null)),
  },
  {
    ...common,
    id: 'kept-deleted',
    summary: 'says that it has deleted what others depend on, and the document says is kept then',
    caughtBy: ['deleted-gone'],
    unfit: (operation) =>
      deletes(operation) ?? (keptFor(operation) ? null : 'the document does not say for what it keeps anything'),
    spoil(answer, { operation }) {
      const isRefused = answer.status === keptFor(operation)?.status;
      const success = operation.responses.find(({ key }) => /^2\d\d$/.test(key));
      return isRefused && success && !succeeds(answer) ? withBody(withStatus(answer, Number(success.key)), '') : null;
    },
  },
];
