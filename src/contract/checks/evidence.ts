import type { Document } from '../../document/index.js';
import { contentFor, isJson, type Operation } from '../../operation/index.js';
import { pointerOf } from '../../text/pointer.js';
import type { JsonObject } from '../../text/value.js';
import { isObject } from '../../text/value.js';
import type { Complaint, Exchange, RunCheck } from '../types.js';
import { bodyJson, contentType, declaredResponse, statusClass } from './received.js';

/** What was seen of one operation. Its size depends on the document alone. */
interface Seen {
  readonly operation: Operation;
  accepted: number;
  success: number;
  /** By the pointer of an `items` schema: whether a list ever had an item. */
  readonly lists: Map<string, boolean>;
}

/** How much of one body is looked at: enough for any that a person would read. */
const mostValues = 10_000;

/** What never came has not been checked: green without evidence is not green. */
export function createEvidence(): RunCheck {
  const operations = new Map<string, Seen>();
  return {
    id: 'evidence',
    summary:
      'the run really saw what it claims: an operation that only ever returned [] has proven nothing about its items',
    observe(exchange) {
      const { operation, received } = exchange;
      let seen = operations.get(operation.id);
      if (!seen) {
        seen = { operation, accepted: 0, success: 0, lists: new Map() };
        operations.set(operation.id, seen);
      }
      if (exchange.case.expectation === 'accepted') seen.accepted++;
      if (received.status === null || statusClass(received.status) !== 2) return false;
      if (exchange.request.method !== operation.method) return false;
      seen.success++;
      lookAt(exchange, seen);
      return true;
    },
    finish() {
      return [...operations.values()].flatMap((seen) => unproven(seen));
    },
  };
}

function unproven(seen: Seen): (Complaint & { operationId: string })[] {
  const { operation } = seen;
  const complain = (message: string, expected: string, received: string, pointer: string) =>
    ({ severity: 'information', operationId: operation.id, message, expected, received, pointer }) as const;
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
      complain('Not exercised: this list was always empty, so nothing is known of its items', 'an item', '[]', pointer),
    );
}

function lookAt(exchange: Exchange, seen: Seen): void {
  const type = contentType(exchange.received) ?? '';
  const schema = contentFor(declaredResponse(exchange)?.content ?? [], type)?.schema;
  if (!schema || !isJson(type)) return;
  const body = bodyJson(exchange.received);
  if (body.ok) walkLists(exchange.operation.document, schema.pointer, body.value, seen.lists);
}

/** Walks a body and its schema side by side, and notes for each `items` whether a list had any. */
function walkLists(document: Document, schemaPointer: string, body: unknown, lists: Map<string, boolean>): void {
  const queue: [pointer: string, value: unknown][] = [[schemaPointer, body]];
  for (let at = 0; at < queue.length && queue.length < mostValues; at++) {
    const [pointer, value] = queue[at] as [string, unknown];
    if (typeof value !== 'object' || value === null) continue;
    for (const [place, schema] of branches(document, pointer)) {
      if (Array.isArray(value)) queue.push(...itemsOf(place, schema, value, lists));
      else queue.push(...membersOf(place, schema, value));
    }
  }
}

type Held = [pointer: string, value: unknown];

function itemsOf(place: string, schema: JsonObject, value: readonly unknown[], lists: Map<string, boolean>): Held[] {
  if (schema.items === undefined || schema.items === false) return [];
  const items = `${place}/items`;
  lists.set(items, lists.get(items) === true || value.length > 0);
  return value.map((item) => [items, item]);
}

function membersOf(place: string, { properties }: JsonObject, value: object): Held[] {
  if (!isObject(properties)) return [];
  const declared = Object.entries(value).filter(([name]) => Object.hasOwn(properties, name));
  return declared.map(([name, member]) => [place + pointerOf('properties', name), member]);
}

/** The schema at a pointer and those that it is made of, references followed; each once. */
function branches(document: Document, pointer: string): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  const open = [pointer];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, pointer: place } = document.resolve(document.at(next), next);
    if (!isObject(value) || found.has(place)) continue;
    found.set(place, value);
    for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
      const list = value[keyword];
      if (Array.isArray(list)) open.push(...list.map((_, index) => `${place}/${keyword}/${index}`));
    }
  }
  return found;
}
