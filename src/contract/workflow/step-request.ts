import type { OperationEntry, Operations } from '../../operation/index.js';
import { setAt } from '../../resource/index.js';
import { parseJson } from '../../text/integers.js';
import { decodeFragment, parsePointer } from '../../text/pointer.js';
import { isObject, type Json } from '../../text/value.js';
import type { RunState } from '../run/state.js';
import type { WorkflowStep } from './arazzo.js';
import { type ExpressionContext, evaluateAll } from './expression.js';

/** The operation of a step (Arazzo 1.0, 4.6.5); undefined where the document has none, or nobody can tell which. */
export function entryOf(
  { operationId, operationPath }: WorkflowStep,
  operations: Operations,
): OperationEntry | undefined {
  if (operationId !== null) return operations.find(operationId.replace(/^\$sourceDescriptions\.[^.]+\./, ''));
  const fragment = operationPath?.split('#')[1];
  if (fragment === undefined) return undefined;
  const pointer = decodeFragment(fragment);
  // The specification's own example names a path, and means the one operation that reads there.
  const there = operations.entries.filter((entry) => entry.pointer.startsWith(`${pointer}/`));
  const named = operations.entries.find((entry) => entry.pointer === pointer);
  return named ?? (there.length === 1 ? there[0] : there.find(({ method }) => method === 'GET'));
}

/** Where a parameter stands: as the step says, else as the operation does. */
export function placeOf(
  { name, in: place }: { readonly name: string; readonly in: string | null },
  entry: OperationEntry,
  { options }: RunState,
): string | null {
  return place ?? options.operations.compile(entry).parameters.find((each) => each.name === name)?.in ?? null;
}

/** The payload with its expressions evaluated, and what is replaced in it (Arazzo 1.0, 4.6.14 and 4.6.15). */
export function bodyOf(
  { payload, replacements }: WorkflowStep,
  context: ExpressionContext,
): { readonly value: Json } | { readonly missing: string } | undefined {
  if (payload === undefined) return undefined;
  const whole = evaluateAll(read(payload), context);
  if ('missing' in whole) return whole;
  let { value } = whole;
  for (const { target, value: expression } of replacements) {
    const found = evaluateAll(expression, context);
    if ('missing' in found) return found;
    const path = parsePointer(target);
    value = path.length === 0 ? found.value : replaced(value, path, found.value);
  }
  return { value };
}

/** A payload is often written as the text of its JSON. */
function read(payload: Json): Json {
  if (typeof payload !== 'string') return payload;
  try {
    return parseJson(payload) as Json;
  } catch {
    return payload;
  }
}

function replaced(value: Json, [step, ...others]: readonly string[], inside: Json): Json {
  if (step === undefined) return inside;
  if (!Array.isArray(value)) {
    const own = isObject(value) ? value[step] : undefined;
    return setAt(value, [step], replaced(own ?? {}, others, inside));
  }
  return value.map((item, index) => (String(index) === step ? replaced(item, others, inside) : item));
}
