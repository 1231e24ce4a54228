import { equalityKey } from '../../schema/equality.js';
import { child, parsePointer } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';

/** Operations of one patch. */
const maximumOperations = 1000;

/**
 * A value after a JSON Patch (RFC 6902).
 * @returns a sentence without a final period where an operation cannot be carried out
 */
export function patched(value: Json, patch: Json): { readonly value: Json } | string {
  if (!Array.isArray(patch) || patch.length > maximumOperations) {
    return `A JSON Patch is a list of up to ${maximumOperations} operations (RFC 6902, 3)`;
  }
  let whole: Json | undefined = value;
  for (const [index, operation] of patch.entries()) {
    const next: Outcome = isObject(operation) ? carriedOut(whole as Json, operation) : 'is no object';
    if (typeof next === 'string') return `Operation ${index} ${next} (RFC 6902, 4)`;
    whole = next.value;
  }
  return { value: whole as Json };
}

/** A value, or the rest of a sentence that begins with the number of the operation. */
type Outcome = { readonly value: Json } | string;

function carriedOut(whole: Json, { op, path, from, value }: JsonObject): Outcome {
  const at = typeof path === 'string' ? parsePointer(path) : [];
  const source = typeof from === 'string' ? parsePointer(from) : [];
  const found = valueIn(whole, at);
  switch (op) {
    case 'add':
      return value === undefined ? 'has no value' : placed(whole, at, value, true);
    case 'replace':
      if (found === undefined) return `names "${path}", which is not there`;
      return value === undefined ? 'has no value' : placed(whole, at, value, false);
    case 'remove':
      return found === undefined ? `names "${path}", which is not there` : removed(whole, at);
    case 'test':
      return found !== undefined && value !== undefined && equalityKey(found) === equalityKey(value)
        ? { value: whole }
        : `tests "${path}", which has another value`;
    case 'copy':
    case 'move': {
      const moved = valueIn(whole, source);
      if (moved === undefined) return `names "${from}", which is not there`;
      if (op === 'copy') return placed(whole, at, moved, true);
      const without = removed(whole, source);
      return typeof without === 'string' ? without : placed(without.value, at, moved, true);
    }
    default:
      return `has no known op: ${JSON.stringify(op)}`;
  }
}

function valueIn(whole: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = whole;
  for (const step of path) value = child(value, step);
  return value;
}

function placed(
  whole: Json,
  [step, ...steps]: readonly string[],
  value: Json,
  inserts: boolean,
): { readonly value: Json } | string {
  if (step === undefined) return { value };
  if (Array.isArray(whole)) {
    const index = step === '-' ? whole.length : /^(?:0|[1-9]\d*)$/.test(step) ? Number(step) : -1;
    if (index < 0 || index > whole.length) return `names the item "${step}", which is not there`;
    if (steps.length === 0) return { value: inserts ? whole.toSpliced(index, 0, value) : whole.with(index, value) };
    const inner = whole[index] === undefined ? 'names what is not there' : placed(whole[index], steps, value, inserts);
    return typeof inner === 'string' ? inner : { value: whole.with(index, inner.value) };
  }
  if (!isObject(whole)) return 'leads into what is neither an object nor a list';
  const before = child(whole, step);
  if (steps.length > 0 && before === undefined) return `leads to "${step}", which is not there`;
  const inner = steps.length === 0 ? { value } : placed(before as Json, steps, value, inserts);
  if (typeof inner === 'string') return inner;
  const copy = { ...whole };
  setMember(copy, step, inner.value);
  return { value: copy };
}

function removed(whole: Json, path: readonly string[]): { readonly value: Json } | string {
  const [step, ...steps] = path;
  if (step === undefined) return 'removes the whole value';
  if (steps.length > 0) {
    const inner = removed(child(whole, step) as Json, steps);
    if (typeof inner === 'string') return inner;
    return Array.isArray(whole)
      ? { value: whole.with(Number(step), inner.value) }
      : { value: { ...(whole as JsonObject), [step]: inner.value } };
  }
  if (Array.isArray(whole)) return { value: whole.toSpliced(Number(step), 1) };
  const { [step]: _removed, ...rest } = whole as JsonObject;
  return { value: rest };
}
