import type { HttpRequest } from './http.js';

/**
 * A command for a POSIX shell that sends the same request: no globbing (`-g`), no normalizing of `..`
 * (`--path-as-is`), no fields that curl would add by itself. Bytes that a shell word cannot hold come through
 * a pipe.
 * @param baseUrl The target, without a slash at its end: `http://localhost:3000/api`.
 * @param placeholders Names of credentials, as `$NAME`, that the shell is to fill in where they stand in the target or
 *   in a field; `$NAME:-value` for one that stands for a value where the shell knows none. Nothing else is expanded,
 *   whatever the request holds.
 */
export function curlCommand(request: HttpRequest, baseUrl: string, placeholders: readonly string[] = []): string {
  const quoted = (text: string) => shellWord(text, placeholders);
  const words = ['curl', '-sS', '-i', '-g', '--path-as-is'];
  if (request.method === 'HEAD') words.push('--head');
  else if (request.method !== 'GET' || request.body !== null) words.push('-X', shellWord(request.method));
  const sent = new Set(Object.keys(request.headers).map((name) => name.toLowerCase()));
  for (const [name, value] of Object.entries(request.headers)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each === undefined) continue;
      // curl takes `Name;` for a field with an empty value.
      words.push('-H', quoted(each === '' ? `${name};` : `${name}: ${each}`));
    }
  }
  if (!sent.has('accept')) words.push('-H', quoted('Accept:'));
  let pipe = '';
  if (request.body !== null) {
    // For a long body curl would ask for leave first (RFC 9110, 10.1.1).
    if (request.body.length > 1024 && !sent.has('expect')) words.push('-H', 'Expect:');
    if (!sent.has('content-type')) words.push('-H', quoted('Content-Type:'));
    const [before, data] = dataOf(request.body);
    pipe = before;
    words.push('--data-binary', data);
  }
  words.push(quoted(baseUrl.replace(/\/$/, '') + request.target));
  return pipe + words.join(' ');
}

/** How a body is handed to curl: what stands before the command, and the word after `--data-binary`. */
function dataOf(body: Uint8Array): readonly [before: string, data: string] {
  const made = body.length > longestWord ? madeOf(body) : null;
  if (made !== null) return [`{ ${made}; } > body.txt && `, '@body.txt'];
  const text = printable(body);
  return text === null ? [`printf ${shellWord(escaped(body))} | `, '@-'] : ['', shellWord(text)];
}

/** A longer body is not put into the command but into a file, if a short command makes it. */
const longestWord = 2_000;
/** So often a unit has to follow itself for it to be worth a command of its own. */
const fewestTimes = 50;
const longestUnit = 16;

/** Commands of a POSIX shell that write a text in which something is repeated; null where that would be as long. */
function madeOf(body: Uint8Array): string | null {
  const text = printable(body);
  const pieces = text === null ? null : piecesOf(text);
  if (pieces === null) return null;
  const commands = pieces.map((piece) =>
    typeof piece === 'string' ? `printf %s ${quotedText(piece)}` : repeating(piece),
  );
  const command = commands.join('; ');
  return command.length < longestWord ? command : null;
}

/** A part of a text that follows itself. */
interface Repeated {
  readonly unit: string;
  readonly times: number;
}

function repeating({ unit, times }: Repeated): string {
  return `yes ${quotedText(unit)} | head -n ${times} | tr -d '\\n'`;
}

/** A text of one line in parts, where what is repeated makes it short; null where it does not. */
function piecesOf(text: string): (string | Repeated)[] | null {
  if (text.includes('\n')) return null;
  const pieces: (string | Repeated)[] = [];
  let plain = '';
  const end = () => {
    if (plain !== '') pieces.push(plain);
    plain = '';
  };
  let fewest = 0;
  for (let at = 0; at < text.length; ) {
    const [unit, times] = repeatedAt(text, at);
    // The command has at least these characters: what is as long already need not be looked at to its end.
    fewest += unit.length;
    if (fewest >= longestWord) return null;
    if (times < fewestTimes) plain += text[at++];
    else {
      end();
      pieces.push({ unit, times });
      at += unit.length * times;
    }
  }
  end();
  return pieces;
}

/** What follows itself most at a place of a text, and how often. */
function repeatedAt(text: string, at: number): readonly [unit: string, times: number] {
  for (let length = 1; length <= longestUnit; length++) {
    const unit = text.slice(at, at + length);
    if (!text.startsWith(unit, at + length)) continue;
    let times = 2;
    while (text.startsWith(unit, at + times * length)) times++;
    if (times >= fewestTimes) return [unit, times];
  }
  return [text[at] ?? '', 1];
}

/** Text that a shell word holds as it is, and that curl does not read as a file name; else null. */
function printable(body: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
    return text.startsWith('@') || /[\x00-\x08\x0b-\x1f\x7f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

/** Bytes as a format of `printf` (POSIX): visible ASCII as it is, all else as three octal digits. */
function escaped(body: Uint8Array): string {
  let text = '';
  for (const byte of body) {
    const character = String.fromCharCode(byte);
    if (character === '%') text += '%%';
    else if (character === '\\') text += '\\\\';
    // A format that begins with a hyphen would be taken for an option.
    else
      text +=
        byte >= 0x20 && byte <= 0x7e && (text !== '' || character !== '-')
          ? character
          : `\\${byte.toString(8).padStart(3, '0')}`;
  }
  return text;
}

/**
 * A text without NUL as one word of a POSIX shell (Shell Command Language, 2.2), in which only the placeholders that
 * are named, as `$NAME` or `$NAME:-value`, are special.
 */
export function shellWord(text: string, placeholders: readonly string[] = []): string {
  if (text === '') return "''";
  let word = '';
  let from = 0;
  for (const { 0: name, index } of text.matchAll(/\$[A-Z_][A-Z0-9_]*/g)) {
    const placeholder = placeholders.find((each) => each === name || each.startsWith(`${name}:-`));
    if (placeholder === undefined) continue;
    const filled = placeholder === name ? name : `\${${placeholder.slice(1)}}`;
    word += `${literal(text.slice(from, index))}"${filled}"`;
    from = index + name.length;
  }
  return word + literal(text.slice(from));
}

/** Between single quotes nothing is special. What is long, and a short command makes, is put in by that. */
function literal(text: string): string {
  const pieces = text.length > longestWord ? piecesOf(text) : null;
  if (pieces === null) return quotedText(text);
  return pieces.map((piece) => (typeof piece === 'string' ? quotedText(piece) : `"$(${repeating(piece)})"`)).join('');
}

function quotedText(text: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
