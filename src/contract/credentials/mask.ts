import { createFinder, type Finds } from './disguise.js';
import { credentialPlaceholder } from './place.js';

/** Replaces every form of every secret in a text by the name of its credential. */
export type Mask = (text: string) => string;

/** Shorter values are no secrets, and replacing them everywhere would make a text unreadable. */
const shortest = 4;

const longestRemembered = 500;
const mostRemembered = 2_000;

/** What is longer, in characters, is looked for by its beginning wherever it is not written as it is or as in JSON. */
const longestLookedFor = 8192;

/** Of a message with more secrets nothing is shown: to look for each of them takes long. */
const mostValues = 8;

/** A piece of a secret this long gives it away where a text was cut in the middle of it. */
const shortestPiece = 6;

/**
 * @param secrets values by the name of their scheme or header. `user:password` and `Bearer token` are also
 *   hidden in their parts, and all of them in every way in which a target may echo them: percent-encoded,
 *   in JSON, in base64. A line in which one stands in any other way is left out.
 * @param placeholderOf what stands for one, by its name
 */
export function createMask(secrets: ReadonlyMap<string, string>, placeholderOf = credentialPlaceholder): Mask {
  const forms = [...secrets]
    .flatMap(([name, value]) => formsOf(value).map((form) => ({ form, name: placeholderOf(name) })))
    // The longest first, so that no form is cut to pieces by one that it contains.
    .sort((a, b) => b.form.length - a.form.length);
  if (forms.length === 0) return (text) => text;
  const finders = [...secrets].map(([name, value]) => ({
    finds: createFinder((value.replace(/^\S+\s+/, '').replace(/^[^:]*:/, '') || value).slice(0, longestLookedFor)),
    name: placeholderOf(name),
  }));
  return remembered((text) => {
    let masked = text;
    for (const { form, name } of forms) masked = masked.replaceAll(form, name);
    for (const { form, name } of forms) masked = maskCut(masked, form, name);
    for (const { finds, name } of finders) masked = leaveOut(masked, finds, name);
    return masked;
  });
}

/**
 * Replaces secrets that have no names by one placeholder. Where there are very many, all of a text is left out.
 * @param values as they are found in one message (`credentialsIn`)
 */
export function createMaskOf(values: readonly string[], placeholder: string): Mask {
  if (values.length > mostValues) return (text) => (text === '' ? '' : `(left out: more than ${mostValues} secrets)`);
  return createMask(new Map(values.map((value) => [value, value])), () => placeholder);
}

/** Names of fields, titles and messages come again and again. */
function remembered(mask: Mask): Mask {
  const known = new Map<string, string>();
  return (text) => {
    if (text.length > longestRemembered) return mask(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    const masked = mask(text);
    if (known.size < mostRemembered) known.set(text, masked);
    return masked;
  };
}

/** Leaves out what holds a secret that is written otherwise: a line, or all lines where it is spread over several. */
function leaveOut(text: string, finds: Finds, name: string): string {
  if (!finds(text)) return text;
  const instead = `(left out: it holds ${name}, written otherwise)`;
  const kept = text.split('\n').map((line) => (finds(line) ? instead : line));
  const rest = kept.join('\n');
  return finds(rest) ? instead : rest;
}

function formsOf(value: string): string[] {
  // The parts of `Bearer token` and of `user:password`; the user's name is no secret.
  const parts = [value, value.replace(/^\S+\s+/, ''), value.replace(/^[^:]*:/, '')];
  const forms = new Set<string>();
  for (const part of parts) {
    if (part.length < shortest) continue;
    if (part.length > longestLookedFor) {
      forms.add(part);
      forms.add(JSON.stringify(part).slice(1, -1));
      continue;
    }
    const encoded = [part, base64(part), base64(part).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')];
    for (const form of encoded) {
      forms.add(form);
      const escaped = encodeURIComponent(wellFormed(form));
      forms.add(escaped);
      forms.add(escaped.replaceAll('%20', '+'));
      forms.add(JSON.stringify(form).slice(1, -1));
    }
  }
  return [...forms];
}

/** With U+FFFD for half a surrogate pair, which JSON may hold and UTF-8 may not. */
function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}

/** Base64 of the text as UTF-8 (RFC 7617 for http basic). */
export function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** A secret of which a shortened text (`…`) shows only the beginning. */
function maskCut(text: string, form: string, name: string): string {
  let masked = text;
  for (let at = masked.indexOf('…'); at >= 0; at = masked.indexOf('…', at + 1)) {
    for (let length = Math.min(form.length - 1, at); length >= shortestPiece; length--) {
      if (!masked.startsWith(form.slice(0, length), at - length)) continue;
      masked = masked.slice(0, at - length) + name + masked.slice(at);
      at = masked.indexOf('…', at - length);
      break;
    }
  }
  return masked;
}
