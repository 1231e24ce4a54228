/**
 * Internationalized labels: IDNA 2008 (RFC 5891, 5892 and 5893), which code points may stand in one, and Punycode (RFC 3492).
 * The code points are derived from the Unicode properties that the engine has, as RFC 5892, 2 derives them.
 */

const letterOrDigit = /^[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}]$/u;
const ignorable = /^[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Noncharacter_Code_Point}]$/u;
/** Conjoining jamo (RFC 5892, 2.9). */
const oldJamo = /^[\u1100-\u11FF\uA960-\uA97C\uD7B0-\uD7C6\uD7CB-\uD7FB]$/;
/** RFC 5892, 2.6. */
const allowedExceptions = /^[\u00DF\u03C2\u06FD\u06FE\u0F0B\u3007]$/;
const refusedExceptions = /^[\u0640\u07FA\u302E\u302F\u3031-\u3035\u303B]$/;

const viramas =
  /[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D3B\u0D3C\u0D4D\u0DCA\u0E3A\u0EBA\u0F84\u1039\u103A\u1714\u1734\u17D2\u1A60\u1B44\u1BAA\u1BAB\u1BF2\u1BF3\u2D7F\uA806\uA8C4\uA953\uA9C0\uAAF6\uABED]$/;

/** Whether a label that is not ASCII is valid (RFC 5891, 5.4). */
export function isUnicodeLabel(label: string): boolean {
  return (
    label.normalize('NFC') === label &&
    !/^..--/su.test(label) &&
    !label.startsWith('-') &&
    !label.endsWith('-') &&
    !/^\p{M}/u.test(label) &&
    Array.from(label).every((character, index, all) =>
      isAllowed(character, all.slice(0, index).join(''), all.slice(index + 1).join(''), label),
    )
  );
}

function isAllowed(character: string, before: string, after: string, label: string): boolean {
  const rule = contextRules[character];
  if (rule) return rule(before, after, label);
  if (/^[\u0660-\u0669]$/.test(character)) return !/[\u06F0-\u06F9]/.test(label);
  if (/^[\u06F0-\u06F9]$/.test(character)) return !/[\u0660-\u0669]/.test(label);
  if (/^[a-z0-9-]$/.test(character) || allowedExceptions.test(character)) return true;
  return (
    letterOrDigit.test(character) &&
    !refusedExceptions.test(character) &&
    !ignorable.test(character) &&
    !oldJamo.test(character) &&
    character.normalize('NFKC').toLowerCase().normalize('NFKC') === character
  );
}

/** RFC 5892, appendix A: characters that are allowed in some company only. */
const contextRules: Readonly<Record<string, (before: string, after: string, label: string) => boolean>> = {
  // Zero width non-joiner: behind a virama, or between letters that join.
  '\u200C': (before, after) =>
    viramas.test(before) ||
    (/[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}]\p{Mn}*$/u.test(before) &&
      /^\p{Mn}*[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}]/u.test(after)),
  // Zero width joiner.
  '\u200D': (before) => viramas.test(before),
  // Middle dot: Catalan l·l.
  '\u00B7': (before, after) => before.endsWith('l') && after.startsWith('l'),
  // Greek keraia.
  '\u0375': (_before, after) => /^\p{Script=Greek}/u.test(after),
  // Hebrew geresh and gershayim.
  '\u05F3': (before) => /\p{Script=Hebrew}$/u.test(before),
  '\u05F4': (before) => /\p{Script=Hebrew}$/u.test(before),
  // Katakana middle dot.
  '\u30FB': (_before, _after, label) =>
    /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(label.replaceAll('\u30FB', '')),
};

const rightToLeft =
  '[\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}\\p{Script=Samaritan}\\p{Script=Mandaic}\\p{Script=Adlam}]';
const arabicDigit = /[\u0660-\u0669]/u;
const europeanDigit = /[0-9\u06F0-\u06F9]/u;
const rtlLetter = new RegExp(`(?![\\u0660-\\u0669\\u06F0-\\u06F9])(?!\\p{Mn})${rightToLeft}`, 'u');

/** RFC 5893, 2, over all labels of a name: it applies to each as soon as one has a letter that is written to the left. */
export function keepsBidiRule(labels: readonly string[]): boolean {
  if (!labels.some((label) => rtlLetter.test(label) || arabicDigit.test(label))) return true;
  return labels.every((label) => {
    const characters = Array.from(label);
    const first = characters[0] ?? '';
    const last = characters.filter((character) => !/\p{Mn}/u.test(character)).at(-1) ?? '';
    if (rtlLetter.test(first)) {
      const onlyRightToLeft = characters.every((character) => !/\p{L}/u.test(character) || rtlLetter.test(character));
      const endsWell = rtlLetter.test(last) || europeanDigit.test(last) || arabicDigit.test(last);
      return onlyRightToLeft && endsWell && !(europeanDigit.test(label) && arabicDigit.test(label));
    }
    const endsWell = /\p{L}/u.test(last) || europeanDigit.test(last);
    return (
      /\p{L}/u.test(first) &&
      endsWell &&
      !characters.some((character) => rtlLetter.test(character) || arabicDigit.test(character))
    );
  });
}

// RFC 3492, 5.
const base = 36;
const tMin = 1;
const tMax = 26;
const digits = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** The text that Punycode stands for; null where it is none. */
export function decodePunycode(encoded: string): string | null {
  const text = encoded.toLowerCase();
  const delimiter = text.lastIndexOf('-');
  const output = Array.from(text.slice(0, Math.max(delimiter, 0)), (character) => character.codePointAt(0) ?? 0);
  let code = 128;
  let index = 0;
  let bias = 72;
  for (let position = delimiter > 0 ? delimiter + 1 : 0; position < text.length; ) {
    const start = index;
    for (let weight = 1, k = base; ; k += base) {
      const digit = position < text.length ? digits.indexOf(text.charAt(position)) : -1;
      position += 1;
      index += digit * weight;
      if (digit < 0 || index > 0x7fffffff) return null;
      const threshold = clamp(k - bias);
      if (digit < threshold) break;
      weight *= base - threshold;
    }
    bias = adapt(index - start, output.length + 1, start === 0);
    code += Math.floor(index / (output.length + 1));
    index %= output.length + 1;
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
    output.splice(index, 0, code);
    index += 1;
  }
  return String.fromCodePoint(...output);
}

/** A text in Punycode, without `xn--`. */
export function encodePunycode(text: string): string {
  const input = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  let output = input
    .filter((code) => code < 128)
    .map((code) => String.fromCodePoint(code))
    .join('');
  let handled = output.length;
  const basic = handled;
  if (basic > 0) output += '-';
  let code = 128;
  let delta = 0;
  let bias = 72;
  while (handled < input.length) {
    const next = Math.min(...input.filter((point) => point >= code));
    delta += (next - code) * (handled + 1);
    code = next;
    for (const point of input) {
      if (point < code) {
        delta += 1;
      } else if (point === code) {
        output += variableLength(delta, bias);
        bias = adapt(delta, handled + 1, handled === basic);
        delta = 0;
        handled += 1;
      }
    }
    delta += 1;
    code += 1;
  }
  return output;
}

function variableLength(delta: number, bias: number): string {
  let text = '';
  let rest = delta;
  for (let k = base; ; k += base) {
    const threshold = clamp(k - bias);
    if (rest < threshold) return text + digits.charAt(rest);
    text += digits.charAt(threshold + ((rest - threshold) % (base - threshold)));
    rest = Math.floor((rest - threshold) / (base - threshold));
  }
}

function clamp(threshold: number): number {
  return Math.min(Math.max(threshold, tMin), tMax);
}

function adapt(delta: number, length: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : Math.floor(delta / 2);
  rest += Math.floor(rest / length);
  let k = 0;
  while (rest > ((base - tMin) * tMax) / 2) {
    rest = Math.floor(rest / (base - tMin));
    k += base;
  }
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + 38));
}
