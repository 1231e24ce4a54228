import type { Operation } from '../operation/types.js';

/** The same function, worked out once for each operation. */
export function perOperation<Value>(compute: (operation: Operation) => Value): (operation: Operation) => Value {
  const known = new WeakMap<Operation, { readonly value: Value }>();
  return (operation) => {
    const found = known.get(operation) ?? { value: compute(operation) };
    known.set(operation, found);
    return found.value;
  };
}
