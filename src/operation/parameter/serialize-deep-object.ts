import { percentEncode } from '../text.js';
import { assign, join, primitiveText } from './pieces.js';

/**
 * `color[R]=100&color[G]=200`, brackets percent-encoded (OpenAPI 3.1.1). What lies deeper, which the specification
 * leaves open, is written so that qs, PHP and Rails read it alike: `a[b][c]=1`, `a[b][]=1`; objects in arrays get
 * indexes, since `[]` cannot say where one ends.
 */
export function serializeDeepObject(name: string, value: unknown): string | null {
  return join('&', pairsOf(percentEncode(name), value));
}

function pairsOf(key: string | null, value: unknown): (string | null)[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return [null];
    const flat = value.every((item) => primitiveText(item) !== null);
    return value.flatMap((item, index) => pairsOf(step(key, flat ? '' : String(index)), item));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    // Numbers as names would be read as an array's indexes, and no name at all as an item.
    const readable =
      entries.some(([member]) => !/^[0-9]+$/.test(member)) && entries.every(([member]) => !/^$|[[\]]/.test(member));
    return readable ? entries.flatMap(([member, item]) => pairsOf(step(key, percentEncode(member)), item)) : [null];
  }
  const text = primitiveText(value);
  return [assign(key, text === null ? null : percentEncode(text))];
}

function step(key: string | null, name: string | null): string | null {
  return key === null || name === null ? null : `${key}%5B${name}%5D`;
}
