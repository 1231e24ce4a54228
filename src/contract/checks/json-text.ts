/** A name that an object of a JSON text has twice: which, and in which object (a JSON Pointer). */
export interface DuplicateName {
  readonly name: string;
  readonly pointer: string;
}

interface Level {
  readonly names: Set<string> | null;
  /** The reference token of the member or item that is being read. */
  token: string;
  items: number;
}

/**
 * The first name that stands twice in one object (RFC 8259, section 4: names should be unique, and what a reader
 * makes of it is unpredictable), or null. `text` is one JSON text, already known to parse. Iterative, so that
 * no depth of nesting overflows the stack; linear in the length of the text.
 */
export function findDuplicateName(text: string): DuplicateName | null {
  const levels: Level[] = [];
  let expectsName = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    const level = levels.at(-1);
    if (character === quote) {
      const end = endOfString(text, at);
      if (expectsName && level?.names) {
        const name = JSON.parse(text.slice(at, end + 1)) as string;
        if (level.names.has(name)) return { name, pointer: pointerTo(levels.slice(0, -1)) };
        level.names.add(name);
        level.token = name;
        expectsName = false;
      }
      at = end;
    } else if (character === openBrace) {
      levels.push({ names: new Set(), token: '', items: 0 });
      expectsName = true;
    } else if (character === openBracket) {
      levels.push({ names: null, token: '0', items: 0 });
      expectsName = false;
    } else if (character === closeBrace || character === closeBracket) {
      levels.pop();
      expectsName = false;
    } else if (character === comma && level) {
      expectsName = level.names !== null;
      if (level.names === null) level.token = String(++level.items);
    }
  }
  return null;
}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;

/** The index of the quote that ends the string beginning at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== quote) at += text.charCodeAt(at) === backslash ? 2 : 1;
  return at;
}

function pointerTo(levels: readonly Level[]): string {
  return levels.map(({ token }) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
