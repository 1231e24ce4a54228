import { type HttpRequest, type OperationEntry, type Operations, percentDecode } from '../../operation/index.js';
import type { Resources } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { saidAt } from './naming.js';
import { queriedBy } from './queried.js';

type Values<Value> = Readonly<Record<string, Value>>;

/** The path parameters of a request, decoded, what its query has to name, and what a call names; null where it is of no operation. */
export function pathValuesOf(
  operations: Operations,
  resources: Resources,
  request: HttpRequest,
): Values<string> | null {
  const match = operations.match(request.method, request.target, request.headers);
  if (match.kind !== 'operation') return null;
  const values = Object.entries(match.pathParameters).map(([name, text]) => [name, percentDecode(text) ?? text]);
  const path = wholeValues<string>(operations, match.entry, Object.fromEntries(values));
  const query = new URLSearchParams(request.target.split('?', 2)[1]);
  const queried = queriedBy(resources, operations.compile(match.entry)).flatMap(({ parameter }): [string, string][] => {
    const value = query.get(parameter);
    return value === null ? [] : [[parameter, value]];
  });
  const whole = { ...path, ...Object.fromEntries(queried) };
  const { parameter, naming } = resources.named(match.entry).at(-1) ?? {};
  const said = naming && saidAt(operations.compile(match.entry), request, naming);
  if (parameter === undefined || said === undefined || said === null || typeof said === 'object') return whole;
  return { ...whole, [parameter]: scalarText(said) };
}

/** Values of path parameters with those that follow from them where one stands for several segments. */
export function wholeValues<Value>(
  operations: Operations,
  entry: OperationEntry,
  values: Values<Value>,
): Values<Value | string> {
  return operations.spelling(entry)?.completed(values) ?? values;
}
