import type { Random } from '../random.js';

/** A number that a thing is called by: `#1001`. */
const numbering = /^(#|№ ?|no\.? ?)(\d{1,12})$/i;

export const isNumbering = (text: string): boolean => numbering.test(text);

/** A text of the same look: what a prefix says stays, and each further letter and digit becomes another one. */
export function alike(text: string, random: Random): string {
  const [, sign, digits] = numbering.exec(text) ?? [];
  if (sign && digits) return sign + numberOfLength(digits.length, random);
  const prefix = /^(?:[A-Za-z]+[_:.-])+/.exec(text)?.[0] ?? '';
  const rest = text.slice(prefix.length);
  const isHexadecimal = /^[\da-f-]+$/i.test(rest);
  return (
    prefix +
    rest.replaceAll(/[a-z\d]/gi, (character) => {
      if (/\d/.test(character)) return String(random.integer(0, 9));
      const letter = random.pick([...(isHexadecimal ? 'abcdef' : 'abcdefghijklmnopqrstuvwxyz')]);
      return character === character.toUpperCase() ? letter.toUpperCase() : letter;
    })
  );
}

/** A number with so many digits. */
export function numberOfLength(digits: number, random: Random): number {
  const least = 10 ** (digits - 1);
  return random.integer(least, Math.min(least * 10 - 1, Number.MAX_SAFE_INTEGER));
}
