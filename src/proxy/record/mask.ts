import { createMask } from '../../contract/internal.js';
import { isPrivateName, withoutPrivate } from '../../text/private.js';
import { isObject, type Json, setMember } from '../../text/value.js';

/** Secrets that are remembered. */
const mostSecrets = 8;

/** A shorter one, in characters, would be found in what has nothing to do with it. */
const shortestSecret = 6;

/** In a longer text, in characters, secrets are looked for as they are alone. */
const longestLookedInto = 16_384;

/**
 * Puts values in the place of secrets and of what says who a person is, found by name, pattern and entropy. The same value
 * gets the same replacement, of the same length and of the same kinds of characters, so that what was equal still is, and
 * most schemas are still kept.
 */
export class Masker {
  readonly #salt: string;
  #secrets: readonly string[] = [];
  #hides: (text: string) => string = (text) => text;

  /** @param salt makes replacements that nobody can work back, and that are the same within one record */
  constructor(salt: string) {
    this.#salt = salt;
  }

  /** Replaces these secrets as well from now on, however they are written; of very many, those that came last. */
  hide(secrets: readonly string[]): void {
    const long = new Set(secrets.filter((secret) => secret.length >= shortestSecret));
    if ([...long].every((secret) => this.#secrets.includes(secret))) return;
    // Those that come again count as the last too.
    this.#secrets = [...this.#secrets.filter((secret) => !long.has(secret)), ...long].slice(-mostSecrets);
    this.#hides = createMask(new Map(this.#secrets.map((secret) => [secret, secret])), () => '');
  }

  /** The name of a header field or member, which is what it is unless a secret stands in it. */
  name(name: string): string {
    return name.length <= longestLookedInto && this.#hides(name) !== name ? this.#replaced(name) : name;
  }

  /** @param name what the value is called, where it is called anything */
  value(value: Json, name = ''): Json {
    if (Array.isArray(value)) return value.map((item) => this.value(item, name));
    if (isObject(value)) {
      const masked = {};
      for (const [key, member] of Object.entries(value)) setMember(masked, this.name(key), this.value(member, key));
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
    if (this.name(text) !== text) return this.name(text);
    let rest = text;
    for (const secret of this.#secrets) rest = rest.replaceAll(secret, (found) => this.#replaced(found));
    return withoutPrivate(rest, (found) => this.#replaced(found));
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
    // Whoever keeps no record need not wait for this module at the start.
    const { createHash } = process.getBuiltinModule('node:crypto');
    return createHash('sha512').update(this.#salt).update(text).digest();
  }
}
