import { type HttpRequest, type OperationEntry, type Operations, percentDecode } from '../../operation/index.js';

type Values<Value> = Readonly<Record<string, Value>>;

/** The path parameters of a request, decoded; null where it is of no operation. */
export function pathValuesOf(operations: Operations, { method, target, headers }: HttpRequest): Values<string> | null {
  const match = operations.match(method, target, headers);
  if (match.kind !== 'operation') return null;
  const values = Object.entries(match.pathParameters).map(([name, text]) => [name, percentDecode(text) ?? text]);
  return wholeValues<string>(operations, match.entry, Object.fromEntries(values));
}

/** Values of path parameters with those that follow from them where one stands for several segments. */
export function wholeValues<Value>(
  operations: Operations,
  entry: OperationEntry,
  values: Values<Value>,
): Values<Value | string> {
  return operations.spelling(entry)?.completed(values) ?? values;
}
