/**
 * Decoded values by name, of which those that the operation does not declare are read when somebody asks for them: so
 * what nobody asks for is no part of what an answer depends on.
 * @param names of all that was sent
 * @param read the value of one of them; undefined where it was not sent
 */
export function withUndeclared(
  declared: Record<string, unknown>,
  isDeclared: (name: string) => boolean,
  names: () => readonly string[],
  read: (name: string) => unknown,
): Record<string, unknown> {
  const valueAt = (name: string | symbol) =>
    typeof name === 'symbol' || isDeclared(name) ? Reflect.get(declared, name) : read(name);
  return new Proxy(declared, {
    get: (_, name) => valueAt(name),
    has: (_, name) => valueAt(name) !== undefined,
    ownKeys: () => [...new Set([...names().filter((name) => !isDeclared(name)), ...Object.keys(declared)])],
    getOwnPropertyDescriptor(_, name) {
      const value = valueAt(name);
      return value === undefined ? undefined : { value, enumerable: true, configurable: true, writable: true };
    },
  });
}
