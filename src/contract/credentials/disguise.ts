/** Shorter values are looked for as they are alone: in a copy without case and punctuation they would be found everywhere. */
const shortestDisguised = 8;

/** A piece that is so long gives a secret away though it has no digit in it; a shorter one may be a word. */
const shortestWord = 12;

/** No piece that gives a secret away need be longer than this. */
const longestPiece = 96;

/** Characters of a piece that are looked for first. */
const sample = 4;

/** How often a value is encoded over again, at most. */
const maximumLayers = 3;

/** Says whether a text holds a value, or a third of it, in whatever way it is written there. */
export type Finds = (text: string) => boolean;

/**
 * Looks for a value in a copy of a text from which all encodings are taken, so that nobody has to list how targets write what
 * they send back: escapes of JSON and of programs, percent-encoding of any case, entities of HTML, quoted-printable, each over
 * the other; in hexadecimal, as numbers of bytes, in base64 and inside of longer base64; in other case, backwards, with
 * anything between its characters, and cut.
 */
export function createFinder(value: string): Finds {
  const plain = bareOf(value);
  if (plain.length < shortestDisguised) return () => false;
  const bytes = new TextEncoder().encode(value);
  const hexadecimal = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const decimal = bytes.join(',');
  const inBare = [plain, reversed(plain), hexadecimal].map(pieceFinder);
  const once = [btoa(String.fromCharCode(...bytes)), encodeURIComponent(new TextDecoder().decode(bytes))];
  const encoded = [bytes, ...once.map((text) => new TextEncoder().encode(text))].flatMap(insideBase64);
  const finds = (text: string) => {
    const bare = bareOf(text);
    if (inBare.some((isIn) => isIn(bare))) return true;
    // `0x61 0x62` has a zero and a letter before each byte.
    if (bare.includes('0x') && inBare.some((isIn) => isIn(bare.replaceAll('0x', '')))) return true;
    const dense = text.replaceAll(/\s+/g, '');
    if (dense.includes(decimal)) return true;
    const standard = dense.replaceAll('-', '+').replaceAll('_', '/');
    return encoded.some((form) => standard.includes(form));
  };
  return (text) => {
    let layer = text;
    for (let count = 0; count <= maximumLayers; count++) {
      if (finds(layer)) return true;
      const inner = withoutEscapes(layer);
      if (inner === layer) return false;
      layer = inner;
    }
    return false;
  };
}

/** Letters and digits alone, in one case. */
function bareOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

function reversed(text: string): string {
  return Array.from(text).reverse().join('');
}

/** Finds a third of a form, wherever it was cut: of what is sent in two parts, one may be the shorter. */
function pieceFinder(form: string): Finds {
  const length = Math.min(longestPiece, Math.max(shortestDisguised, Math.ceil(form.length / 3)));
  const pieces = new Set<string>();
  for (let at = 0; at + length <= form.length; at++) {
    const piece = form.slice(at, at + length);
    if (piece === form || length >= shortestWord || /\d/.test(piece)) pieces.add(piece);
  }
  const samples = new Set<string>();
  for (let at = 0; at + sample <= form.length; at++) samples.add(form.slice(at, at + sample));
  // Wherever a piece begins, at one of so many places in it a sample of it is met.
  const step = length - sample + 1;
  return (text) => {
    if (text.includes(form)) return true;
    for (let at = 0; at + sample <= text.length; at += step) {
      if (!samples.has(text.slice(at, at + sample))) continue;
      for (let from = Math.max(0, at - step + 1); from <= at; from++)
        if (pieces.has(text.slice(from, from + length))) return true;
    }
    return false;
  };
}

/** The characters of base64 that bytes have wherever they begin in what is encoded: three bytes are four characters. */
function insideBase64(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((before) => {
    const form = btoa(String.fromCharCode(...new Uint8Array(before), ...bytes)).replaceAll('=', '');
    // The first and the last characters have bits of what stands around.
    return form.slice(before === 0 ? 0 : before + 1, (before + bytes.length) % 3 === 0 ? undefined : -1);
  });
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  sol: '/',
  bsol: '\\',
  plus: '+',
  equals: '=',
  colon: ':',
  period: '.',
  lowbar: '_',
  dash: '-',
  hyphen: '-',
  commat: '@',
  nbsp: ' ',
};

/** A text with one layer of every kind of escape undone. */
function withoutEscapes(text: string): string {
  if (!/[\\&=%]/.test(text)) return text;
  return text
    .replaceAll(/\\u\{([0-9a-f]{1,6})\}|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (whole, point, unit, byte) =>
      character(point ?? unit ?? byte, 16, whole),
    )
    .replaceAll(/\\([0-3][0-7]{2})/g, (whole, octal) => character(octal, 8, whole))
    .replaceAll(/\\(.)/g, (_, name) => (/[bfnrtv]/.test(name) ? ' ' : name))
    .replaceAll(/&#x([0-9a-f]{1,6});?/gi, (whole, point) => character(point, 16, whole))
    .replaceAll(/&#(\d{1,7});?/g, (whole, point) => character(point, 10, whole))
    .replaceAll(/&(\w{2,8});/g, (whole, name) => entities[name.toLowerCase()] ?? whole)
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/(?:[%=][0-9a-f]{2})+/gi, (run) => utf8(run.split(/[%=]/).slice(1)));
}

function character(digits: string, base: number, otherwise: string): string {
  const point = Number.parseInt(digits, base);
  return point <= 0x10ffff ? String.fromCodePoint(point) : otherwise;
}

function utf8(hexadecimal: readonly string[]): string {
  return new TextDecoder().decode(Uint8Array.from(hexadecimal, (digits) => Number.parseInt(digits, 16)));
}
