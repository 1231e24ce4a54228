import { type Operation, readPathKey, serializeParameter } from '../../operation/index.js';
import type { Json } from '../../text/value.js';

/**
 * A request target whose path has other values for some parameters.
 * @param template the path of the operation
 * @param from texts as they stand in the path, by parameter
 * @param to what stands in their place
 */
export function otherPath(
  target: string,
  template: string,
  from: Readonly<Record<string, string>>,
  to: Readonly<Record<string, string>>,
): string {
  const [path = '', ...rest] = target.split(/(?=\?)/);
  const expected = readPathKey(template).path.split('/');
  const segments = path.split('/').map((segment, index) => {
    let text = segment;
    for (const [, name = ''] of (expected[index] ?? '').matchAll(/\{([^{}]+)\}/g)) {
      const [old, other] = [from[name], to[name]];
      if (old && other !== undefined) text = text.replaceAll(old, () => other);
    }
    return text;
  });
  return segments.join('/') + rest.join('');
}

/** Values of path parameters as they stand in a path. */
export function textsIn(operation: Operation, values: Readonly<Record<string, Json>>): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const parameter of operation.parameters) {
    const value = parameter.in === 'path' ? values[parameter.name] : undefined;
    const text = value === undefined ? null : serializeParameter(parameter, value);
    if (text !== null) texts[parameter.name] = text;
  }
  return texts;
}
