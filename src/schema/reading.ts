import { isObject, type Json } from '../text/value.js';

/**
 * A value read as another type, where it can only mean that: a number or a boolean that was written as text, JSON that was,
 * or a text that was written without quotes.
 * @param type one of JSON Schema's
 * @returns undefined where it cannot be read so
 */
export function readAs(type: string, found: Json): Json | undefined {
  if (type === 'string' && (typeof found === 'number' || typeof found === 'boolean')) return String(found);
  if (typeof found !== 'string') return undefined;
  const text = found.trim();
  if (type === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
  if (type === 'number') return /^-?\d{1,15}(?:\.\d+)?(?:[eE][-+]?\d{1,2})?$/.test(text) ? Number(text) : undefined;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (type !== 'object' && type !== 'array') return undefined;
  try {
    const read = JSON.parse(text) as Json;
    return (type === 'array' ? Array.isArray(read) : isObject(read)) ? read : undefined;
  } catch {
    return undefined;
  }
}
