import { decodePunycode, encodePunycode, isUnicodeLabel, keepsBidiRule } from './idna.js';

/** RFC 1123, 2.1: letters, digits and hyphens. A label that begins with `xn--` has to be a valid IDN (RFC 5890, 2.3.2.1). */
export function isHostname(text: string): boolean {
  return text.length <= 253 && text.split('.').every(isAsciiLabel);
}

/** RFC 5890: as `hostname`, with labels in Unicode, and any of the dots that RFC 3490, 3.1 takes for one. */
export function isIdnHostname(text: string): boolean {
  // Punycode is never shorter than the characters that it stands for, of which each has at most two code units.
  if (text.length > 2 * 253) return false;
  const labels = text.split(/[.\u3002\uFF0E\uFF61]/);
  const ascii = labels.map((label) => (isAscii(label) ? label : `xn--${encodePunycode(label)}`));
  const unicode = labels.map((label) => (/^xn--/i.test(label) ? (decodePunycode(label.slice(4)) ?? label) : label));
  return (
    ascii.join('.').length <= 253 &&
    ascii.every((label) => label.length <= 63) &&
    labels.every((label) => (isAscii(label) ? isAsciiLabel(label) : isUnicodeLabel(label))) &&
    keepsBidiRule(unicode)
  );
}

function isAsciiLabel(label: string): boolean {
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label)) return false;
  if (!/^..--/.test(label)) return true;
  const decoded = /^xn--/i.test(label) ? decodePunycode(label.slice(4)) : null;
  return (
    decoded !== null &&
    !isAscii(decoded) &&
    isUnicodeLabel(decoded) &&
    keepsBidiRule([decoded]) &&
    encodePunycode(decoded) === label.slice(4).toLowerCase()
  );
}

function isAscii(label: string): boolean {
  return /^\p{ASCII}*$/u.test(label);
}
