/** What goes with objects, one thing with each. */
export interface Attached<Key extends object, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
}

/** Gives back what it is called with, so that the private member of a class that extends it becomes one of that. */
const Same = function same(key: object) {
  return key;
} as unknown as new (
  key: object,
) => object;

/**
 * A WeakMap for objects that live no longer than a request, seen by nobody else as that is: what goes with an object is a private
 * member of it, which copies do not have. In a WeakMap it costs most of a microsecond, and whatever it leads to outlives the
 * request by far: a collection of young objects keeps the values of a map that is old, and with them often their keys.
 */
export function attached<Key extends object, Value>(): Attached<Key, Value> {
  // An object that takes no further members need not take this one.
  const closed = new WeakMap<Key, Value>();
  return class Holder extends Same {
    #value: Value;

    constructor(key: Key, value: Value) {
      super(key);
      this.#value = value;
    }

    static get(key: Key): Value | undefined {
      return #value in key ? (key as unknown as Holder).#value : closed.get(key);
    }

    static set(key: Key, value: Value): void {
      if (#value in key) (key as unknown as Holder).#value = value;
      else if (Object.isExtensible(key)) new Holder(key, value);
      else closed.set(key, value);
    }
  };
}
