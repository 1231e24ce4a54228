import { equalityKey } from '../../schema/equality.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import { expressionTest } from '../list/expression.js';

/** The operations of a PatchOp message (RFC 7644, 3.5.2); null where a body is none. */
export function scimOperationsIn(body: Json | undefined): readonly JsonObject[] | null {
  if (!isObject(body) || !Array.isArray(body.Operations)) return null;
  const { Operations: all } = body;
  return all.every((one) => isObject(one) && typeof one.op === 'string') ? (all as JsonObject[]) : null;
}

/**
 * A row after the operations of a PatchOp, of which all are carried out or none.
 * @returns why it cannot be, as a sentence without a final period
 */
export function scimPatched(row: Json, operations: readonly JsonObject[]): { readonly value: Json } | string {
  let whole = row;
  for (const { op, path, value } of operations) {
    const next = oneDone(whole, String(op).toLowerCase(), typeof path === 'string' ? path : '', value);
    if (typeof next === 'string') return next;
    whole = next.value;
  }
  return { value: whole };
}

type Outcome = { readonly value: Json } | string;

function oneDone(row: Json, op: string, path: string, value: Json | undefined): Outcome {
  if (!isObject(row)) return 'There is nothing to change';
  if (op === 'remove' && path === '') return 'A remove needs a path';
  if (path !== '') {
    const steps = stepsOf(path);
    return steps === null ? `No attribute is named by ${JSON.stringify(path)}` : at(row, steps, op, value);
  }
  // Without a path the value has the attributes, each by its own path.
  let whole: Json = row;
  for (const [name, inner] of Object.entries(isObject(value) ? value : {})) {
    const next = oneDone(whole, op, name, inner);
    if (typeof next === 'string') return next;
    whole = next.value;
  }
  return { value: whole };
}

interface Step {
  readonly name: string;
  /** Which items of a list are meant; null: the attribute as a whole. */
  readonly filter: string | null;
}

/** `name.familyName`, `emails[type eq "work"].value`, also behind the URN of a schema. */
function stepsOf(path: string): readonly Step[] | null {
  const urn = /^urn:.*:(?=[A-Za-z$][^:]*$)/i.exec(path)?.[0] ?? '';
  const found = [...path.slice(urn.length).matchAll(/([A-Za-z$][\w$-]*)(?:\[([^\]]*)\])?(?:\.|$)/g)];
  const steps = found.map(([, name = '', filter]) => ({ name, filter: filter ?? null }));
  return steps.length > 0 && found.map(([text]) => text).join('') === path.slice(urn.length) ? steps : null;
}

function at(holder: JsonObject, [step, ...others]: readonly Step[], op: string, value: Json | undefined): Outcome {
  if (step === undefined) return { value: holder };
  // Names of attributes are the same in upper and lower case (RFC 7643, 2.1).
  const name = Object.keys(holder).find((one) => one.toLowerCase() === step.name.toLowerCase()) ?? step.name;
  const held = holder[name];
  const inner = step.filter === null ? inside(held, others, op, value) : filtered(held, step.filter, others, op, value);
  if (typeof inner === 'string') return inner;
  const copy = { ...holder };
  if (inner.value === undefined) delete copy[name];
  else setMember(copy, name, inner.value);
  return { value: copy };
}

type Inner = { readonly value: Json | undefined } | string;

function inside(held: Json | undefined, others: readonly Step[], op: string, value: Json | undefined): Inner {
  if (others.length > 0) return at(isObject(held) ? held : {}, others, op, value);
  if (op === 'remove') return { value: undefined };
  if (value === undefined) return 'There is no value';
  if (op === 'add' && Array.isArray(held)) {
    const added = (Array.isArray(value) ? value : [value]).filter((one) => !held.some((old) => isSame(old, one)));
    return { value: [...held, ...added] };
  }
  return { value: isObject(held) && isObject(value) ? { ...held, ...value } : value };
}

function filtered(
  held: Json | undefined,
  filter: string,
  others: readonly Step[],
  op: string,
  value: Json | undefined,
): Inner {
  const test = expressionTest(filter);
  if (test === null) return `The filter ${JSON.stringify(filter)} cannot be read`;
  const items = Array.isArray(held) ? held : [];
  if (!items.some(test)) return op === 'remove' ? { value: held } : `Nothing fits the filter ${JSON.stringify(filter)}`;
  if (op === 'remove' && others.length === 0) return { value: items.filter((item) => !test(item)) };
  const changed = items.map((item) => (test(item) ? inside(item, others, op, value) : { value: item }));
  const problem = changed.find((one) => typeof one === 'string');
  if (typeof problem === 'string') return problem;
  return { value: changed.flatMap((one) => (typeof one === 'string' || one.value === undefined ? [] : [one.value])) };
}

const isSame = (one: Json, other: Json): boolean => equalityKey(one) === equalityKey(other);
