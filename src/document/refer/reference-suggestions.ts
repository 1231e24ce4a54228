import { nearest } from '../../text/nearest.js';
import { parsePointer, pointerOf, valueAt } from '../../text/pointer.js';
import { isObject } from '../../text/value.js';
import type { File, Site } from './reference.js';

/** The nearest place that exists in a file to one that does not, as a fragment. */
export function nearestPlace(file: File, fragment: string): string | undefined {
  const root = file.source.value;
  const segments = parsePointer(fragment.startsWith('/') ? fragment : `/${fragment}`);
  for (let index = 0; index < segments.length; index++) {
    const parent = valueAt(root, segments.slice(0, index));
    const name = segments[index] as string;
    if (isObject(parent) && !Object.hasOwn(parent, name)) {
      const [found] = nearest(name, Object.keys(parent), 1);
      if (found === undefined) return undefined;
      segments[index] = found;
    }
  }
  return valueAt(root, segments) === undefined ? undefined : `#${pointerOf(...segments)}`;
}

/** The component that a reference to a file means, where only `#/` was forgotten, or the whole way to it. */
export function meantComponent({ file, text }: Site): string | undefined {
  const ways = [`/${text.replace(/^\/|#.*$/g, '')}`, `/components/schemas/${text}`, `/definitions/${text}`];
  const way = ways.find((pointer) => valueAt(file.source.value, parsePointer(pointer)) !== undefined);
  return way && `#${way}`;
}
