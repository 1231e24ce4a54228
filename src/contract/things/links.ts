import type { Document } from '../../document/index.js';
import type { OperationEntry, Operations } from '../../operation/index.js';
import { decodeFragment } from '../../text/pointer.js';
import { isObject, type Json } from '../../text/value.js';
import { declaredResponse } from '../checks/received.js';
import type { Exchange } from '../types.js';
import { evaluate } from '../workflow/expression.js';

/** What the Link Objects of an answer (OpenAPI 3.1, 4.8.20) pass to other operations. */
export function* valuesOfLinks(
  exchange: Exchange,
  path: Readonly<Record<string, string>>,
  document: Document,
  operations: Operations,
): Iterable<{ readonly target: OperationEntry; readonly values: Readonly<Record<string, Json>> }> {
  const response = declaredResponse(exchange);
  if (response === undefined) return;
  const shown = document.at(response.pointer);
  const links = isObject(shown) ? shown.links : undefined;
  if (!isObject(links)) return;
  for (const [name, link] of Object.entries(links)) {
    const { value } = document.resolve(link, `${response.pointer}/links/${name}`);
    if (!isObject(value) || !isObject(value.parameters)) continue;
    const target = targetOf(value.operationId ?? value.operationRef, operations);
    if (target === undefined) continue;
    const values: Record<string, Json> = {};
    for (const [key, expression] of Object.entries(value.parameters)) {
      const found = evaluate(expression, { exchange, path });
      if (found !== undefined) values[key.replace(/^path\./, '')] = found;
    }
    yield { target, values };
  }
}

function targetOf(reference: Json | undefined, operations: Operations): OperationEntry | undefined {
  if (typeof reference !== 'string') return undefined;
  const inside = reference.startsWith('#') ? decodeFragment(reference.slice(1)) : null;
  return inside === null ? operations.find(reference) : operations.entries.find(({ pointer }) => pointer === inside);
}
