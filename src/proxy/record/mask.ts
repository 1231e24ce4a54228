import { createHash } from 'node:crypto';
import { isPrivateName, withoutPrivate } from '../../text/private.js';
import { isObject, type Json, setMember } from '../../text/value.js';

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
    const isNamed = isPrivateName(name);
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
    return withoutPrivate(text, (found) => this.#replaced(found));
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
