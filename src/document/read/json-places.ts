import type { Places } from './places.js';

/**
 * Finds places in JSON text that JSON.parse has accepted. A container is scanned for its members when a
 * pointer first leads through it, and what stands between is skipped, so that a document of many
 * megabytes needs no second tree.
 */
export function jsonPlaces(text: string): Places {
  const root: Container = { start: skipBlank(text, 0), members: undefined };
  return (segments) => {
    let container: Container | undefined = root;
    let offset = root.start;
    let found = 0;
    for (const segment of segments) {
      container.members ??= scan(text, container.start);
      const member: Member | undefined = container.members.get(segment);
      if (member === undefined) break;
      offset = member.place;
      container = member;
      found += 1;
    }
    return { offset, found };
  };
}

interface Container {
  /** Offset of the value. */
  readonly start: number;
  members: Map<string, Member> | undefined;
}

interface Member extends Container {
  /** Offset of the key; of the value for an item. */
  readonly place: number;
}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;
const colon = 0x3a;

/** The members of the object or the items of the array at `start`. A repeated key counts the last time, as in JSON.parse. */
function scan(text: string, start: number): Map<string, Member> {
  const members = new Map<string, Member>();
  const opening = text.charCodeAt(start);
  if (opening !== openBrace && opening !== openBracket) return members;
  let at = skipBlank(text, start + 1);
  for (let index = 0; at < text.length; index++) {
    const code = text.charCodeAt(at);
    if (code === closeBrace || code === closeBracket) break;
    const place = at;
    let key = String(index);
    if (opening === openBrace) {
      const end = skipString(text, at);
      key = readKey(text, at, end);
      at = skipBlank(text, end);
      at = skipBlank(text, text.charCodeAt(at) === colon ? at + 1 : at);
    }
    members.set(key, { place, start: at, members: undefined });
    at = skipBlank(text, skipValue(text, at));
    if (text.charCodeAt(at) === comma) at = skipBlank(text, at + 1);
  }
  return members;
}

function readKey(text: string, start: number, end: number): string {
  const raw = text.slice(start + 1, end - 1);
  return raw.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : raw;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
  }
  return at;
}

/** The offset behind the string that begins at `from`. */
function skipString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
  }
  return text.length;
}

/** The offset behind the value that begins at `from`. */
function skipValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = skipString(text, at);
      if (depth === 0) return at;
    } else if (code === openBrace || code === openBracket) {
      depth += 1;
      at += 1;
    } else if (code === closeBrace || code === closeBracket) {
      depth -= 1;
      if (depth < 0) return at;
      at += 1;
      if (depth === 0) return at;
    } else if (depth === 0 && code === comma) {
      return at;
    } else {
      at += 1;
    }
  }
  return text.length;
}
