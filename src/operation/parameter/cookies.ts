import { percentDecode, trimBlanks } from '../text.js';
import { addTo, type Pairs } from './pairs.js';

/** The pairs of a Cookie field (RFC 6265, 4.2.1 and 5.4). Quotes around a value are not part of it. */
export function cookiePairs(field: string | readonly string[] | undefined): Pairs {
  const byName = new Map<string, string[]>();
  const text = typeof field === 'string' ? field : (field ?? []).join(';');
  for (const pair of text.split(';')) {
    const equals = pair.indexOf('=');
    if (equals < 0) continue;
    const value = trimBlanks(pair.slice(equals + 1));
    addTo(
      byName,
      decodeCookie(trimBlanks(pair.slice(0, equals))),
      /^".*"$/.test(value) && value.length > 1 ? value.slice(1, -1) : value,
    );
  }
  return { byName, decode: decodeCookie };
}

/** OpenAPI serializes cookies in style `form`, which percent-encodes; RFC 6265 knows nothing of it, so `%` may stand for itself. */
export function decodeCookie(raw: string): string {
  return percentDecode(raw) ?? raw;
}
