import { createHash } from 'node:crypto';
import { isObject, type Json, setMember } from '../../text/value.js';

/** What a value is called that is a secret, in words of lower case. */
const secretNames =
  /(^|_)(pass(word|wd|phrase|code)?|pwd|secret|token|api_?key|access_?key|private_?key|credentials?|authorization|cookie|session(_?id)?|signature|otp|pin|cvv|cvc|ssn|csrf|xsrf|jwt)($|_)/;
/** What a value is called that says who a person is. */
const personalNames =
  /(^|_)(e?_?mail|phone|mobile|tel|fax|(first|last|given|family|full|middle|maiden|sur)_?name|surname|street(_?\d)?|address(_?line)?(_?\d)?|birth(_?day|_?date|date|day)?|dob|passport|iban|bic|tax_?id|card_?number|account_?number|ip(_?address)?)($|_)/;
const email = /[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+/g;
/** A JSON Web Token, and keys with the prefixes of well-known services. */
const knownSecrets =
  /\beyJ[\w-]{8,}\.[\w-]{4,}\.[\w-]*|\b(?:sk|pk|rk|ghp|gho|ghs|xox[abp]|glpat|AKIA)[-_]?[A-Za-z0-9_-]{12,}/g;
/** What is long and looks thrown may be a secret; keys of rows are UUIDs, numbers and hexadecimal. */
const mayBeThrown = /^[A-Za-z0-9_+/=-]{24,}$/;
const isKey = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]+|\d+)$/i;
/** Bits for each character, above which a text is taken for thrown. */
const thrownEntropy = 3.8;

/**
 * Puts values in the place of secrets and of what says who a person is, found by name, pattern and entropy. The same value
 * gets the same replacement, of the same length and of the same kinds of characters, so that what was equal still is, and
 * most schemas are still kept.
 */
export class Masker {
  readonly #salt: string;

  /** @param salt makes replacements that nobody can work back, and that are the same within one record */
  constructor(salt: string) {
    this.#salt = salt;
  }

  /** @param name what the value is called, where it is called anything */
  value(value: Json, name = ''): Json {
    if (Array.isArray(value)) return value.map((item) => this.value(item, name));
    if (isObject(value)) {
      const masked = {};
      for (const [key, member] of Object.entries(value)) setMember(masked, key, this.value(member, key));
      return masked;
    }
    const words = name
      .replace(/([a-z\d])([A-Z])/g, '$1_$2')
      .replace(/[-.\s]/g, '_')
      .toLowerCase();
    const isNamed = secretNames.test(words) || personalNames.test(words);
    if (typeof value === 'string') return isNamed ? this.#replaced(value) : this.text(value);
    return typeof value === 'number' && isNamed ? this.#number(value) : value;
  }

  /** A text that has no name: what in it is a secret by its looks. */
  text(text: string): string {
    // A path is looked at name by name.
    if (text.startsWith('/'))
      return text
        .split('/')
        .map((name) => this.text(name))
        .join('/');
    if (mayBeThrown.test(text) && !isKey.test(text) && entropyOf(text) > thrownEntropy) return this.#replaced(text);
    return text
      .replace(email, (found) => this.#replaced(found))
      .replace(knownSecrets, (found) => this.#replaced(found));
  }

  /** Letters for letters, digits for digits, and all else as it is; of an address of mail the domain is nobody's. */
  #replaced(text: string): string {
    const at = text.lastIndexOf('@');
    if (at > 0 && !/[\s/]/.test(text)) return `${this.#replaced(text.slice(0, at))}@example.com`;
    const stream = this.#bytes(text);
    return text.replace(/[\p{L}\d]/gu, (character, index: number) => {
      const byte = stream[index % stream.length] as number;
      if (/\d/.test(character)) return String(byte % 10);
      const letter = String.fromCharCode(97 + (byte % 26));
      return character === character.toLowerCase() ? letter : letter.toUpperCase();
    });
  }

  #number(value: number): number {
    const digits = this.#replaced(String(Math.abs(value))).replace(/^0(?=\d)/, '1');
    return Math.sign(value) * Number(digits);
  }

  #bytes(text: string): Uint8Array {
    return createHash('sha512').update(this.#salt).update(text).digest();
  }
}

/** Shannon's, in bits for each character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let sum = 0;
  for (const count of counts.values()) sum -= (count / text.length) * Math.log2(count / text.length);
  return sum;
}
