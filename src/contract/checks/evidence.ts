import { contentFor, type Operation } from '../../operation/index.js';
import { OpenBelow } from '../../schema/open-below.js';
import { walkValue } from '../../schema/outlook.js';
import { type Part, viewOf } from '../../schema/view.js';
import { parsePointer } from '../../text/pointer.js';
import type { Json } from '../../text/value.js';
import type { CheckContext, Exchange, OperationComplaint, RunCheck } from '../types.js';
import { isAccepted, isRefused } from './base.js';
import { outcomeOf } from './outcome.js';
import { bodyValue, contentType, createFirstSight, declaredResponse } from './received.js';

/** What was seen of one operation. Its size depends on the document alone. */
interface Seen {
  readonly operation: Operation;
  accepted: number;
  success: number;
  /** Whether every valid request was about an id that was made up, and got nothing for it. */
  isUnknown: boolean;
  /** By the pointer of an `items` schema: whether a list ever had an item. */
  readonly lists: Map<string, boolean>;
  /** Whether there is a list at or below a schema that never had an item. */
  readonly unfilled: OpenBelow;
  readonly isNew: ReturnType<typeof createFirstSight>;
}

/** What never came has not been checked: green without evidence is not green. */
export function createEvidence(): RunCheck {
  const operations = new Map<string, Seen>();
  return {
    id: 'evidence',
    concern: 'hygiene',
    summary:
      'the run really saw what it claims: an operation that only ever returned [] has proven nothing about its items',
    observe(exchange) {
      const { operation } = exchange;
      const status = outcomeOf(exchange);
      let seen = operations.get(operation.id);
      if (!seen) {
        seen = {
          operation,
          accepted: 0,
          success: 0,
          isUnknown: true,
          ...createLists(operation),
          isNew: createFirstSight(),
        };
        operations.set(operation.id, seen);
      }
      if (exchange.case.expectation === 'accepted') {
        seen.accepted++;
        if (!exchange.case.generatedPath || !isNothing.has(status ?? 0)) seen.isUnknown = false;
      }
      if (status === null || !isAccepted(status, operation)) return false;
      if (exchange.request.method !== operation.method) return false;
      seen.success++;
      notice(exchange, seen);
      return true;
    },
    finish(context) {
      return [...operations.values()].flatMap((seen) => unproven(seen, context));
    },
  };
}

/** What a server says of an id that it does not know. */
const isNothing: ReadonlySet<number> = new Set([404, 410]);

function unproven(seen: Seen, { bases }: CheckContext): OperationComplaint[] {
  const { operation } = seen;
  const complain = (message: string, expected: string, received: string, pointer: string) =>
    ({ severity: 'information', operationId: operation.id, message, expected, received, pointer }) as const;
  const base = bases.get(operation.id);
  if (seen.accepted > 0 && seen.success === 0 && seen.isUnknown) {
    const names = operation.parameters.flatMap(({ in: place, name }) => (place === 'path' ? [name] : []));
    const flags = names.map((name) => `--set ${name}=…`).join(' ');
    return [
      complain(
        `Not exercised: no id known for ${names.join(', ')}`,
        `an id that exists: pass ${flags}`,
        base === undefined ? 'nothing' : `status ${base.status}: ${base.words}`,
        operation.pointer,
      ),
    ];
  }
  if (seen.accepted > 0 && seen.success === 0 && base !== undefined && isRefused(base)) {
    return [
      complain(
        `Not exercised: the valid request was refused with ${base.status}`,
        'a 2xx: the values that the target takes can be given with --set, and bodies in a fixture file',
        `status ${base.status}: ${base.words}`,
        operation.pointer,
      ),
    ];
  }
  if (seen.accepted > 0 && seen.success === 0) {
    return [
      complain(
        'Not exercised: no valid request was answered with success, so nothing is known of the body',
        'a 2xx for at least one valid request',
        `${seen.accepted} valid requests, none answered with 2xx`,
        operation.pointer,
      ),
    ];
  }
  return [...seen.lists]
    .filter(([, filled]) => !filled)
    .map(([pointer]) =>
      complain(
        `Not exercised: ${listAt(pointer)} was always empty, so nothing is known of its items`,
        'an item',
        '[]',
        pointer,
      ),
    );
}

/** `the list "labels"`, of the pointer of its items; a list that is the whole answer has no name. */
function listAt(pointer: string): string {
  const [kind, member, items] = parsePointer(pointer).slice(-3);
  return kind === 'properties' && items === 'items' ? `the list ${JSON.stringify(member)}` : 'this list';
}

function createLists({ document }: Operation): Pick<Seen, 'lists' | 'unfilled'> {
  const lists = new Map<string, boolean>();
  const unfilled = new OpenBelow(viewOf(document), (part) => hasItems(part) && lists.get(itemsOf(part)) !== true);
  return { lists, unfilled };
}

const hasItems = ({ schema }: Part): boolean => schema.items !== undefined && schema.items !== false;

const itemsOf = ({ pointer }: Part): string => `${pointer}/items`;

function notice(exchange: Exchange, { lists, unfilled, isNew }: Seen): void {
  const type = contentType(exchange.received) ?? '';
  const content = contentFor(declaredResponse(exchange)?.content ?? [], type);
  const schema = content?.schema;
  if (!schema || !unfilled.has(schema.pointer)) return;
  const body = bodyValue(exchange.received, content, exchange.operation.document);
  if (!body?.ok || !isNew(exchange.received, schema.pointer)) return;
  const { schemas } = exchange.operation;
  for (const { part, value } of walkValue(schemas, 'response', schema.pointer, body.value as Json, unfilled.has)) {
    if (!Array.isArray(value) || !hasItems(part)) continue;
    lists.set(itemsOf(part), lists.get(itemsOf(part)) === true || value.length > 0);
  }
}
