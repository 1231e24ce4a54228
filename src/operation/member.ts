/** Sets an own member, also one that is called `__proto__`. */
export function setMember(target: object, name: string | number, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    (target as Record<string | number, unknown>)[name] = value;
  }
}

/**
 * An object without inherited members, for names that come from the wire: `toString` is absent unless it was sent.
 * Made by a constructor, since V8 keeps such objects fast, and those of `Object.create(null)` not.
 */
export const Members = function Members() {} as unknown as new () => Record<string, unknown>;
Members.prototype = Object.freeze(Object.create(null));
