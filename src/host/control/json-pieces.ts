import type { Work } from '../../text/slices.js';

/** What stands deeper is written in one go. */
const deepest = 10;
/** Characters that are written at a stretch. */
const pieceLength = 65_536;

/**
 * The bytes that `JSON.stringify` gives of a value, in UTF-8, in pieces: hands over after each of 64 Ki characters.
 * @param value plain data: `toJSON` is not heeded
 */
export function* writingJson(value: unknown): Work<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let open = '';

  function* write(text: string): Work {
    open += text;
    if (open.length < pieceLength) return;
    pieces.push(encoder.encode(open));
    open = '';
    yield null;
  }

  function* writeAny(at: unknown, depth: number): Work {
    if (typeof at === 'string' && at.length > pieceLength) return yield* writeLong(at);
    if (typeof at !== 'object' || at === null || depth > deepest) return yield* write(JSON.stringify(at) ?? 'null');
    yield* writeMembers(Array.isArray(at) ? at : Object.entries(at).filter(isWritten), Array.isArray(at), depth + 1);
  }

  function* writeMembers(members: readonly unknown[], isList: boolean, depth: number): Work {
    yield* write(isList ? '[' : '{');
    for (const [index, member] of members.entries()) {
      const before = index === 0 ? '' : ',';
      const [name, value] = isList ? [null, member] : (member as readonly [string, unknown]);
      yield* write(name === null ? before : `${before}${JSON.stringify(name)}:`);
      yield* writeAny(value, depth);
    }
    yield* write(isList ? ']' : '}');
  }

  /** A pair of surrogates that is cut is written as two escapes, which mean the same. */
  function* writeLong(text: string): Work {
    yield* write('"');
    for (let from = 0; from < text.length; from += pieceLength)
      yield* write(JSON.stringify(text.slice(from, from + pieceLength)).slice(1, -1));
    yield* write('"');
  }

  yield* writeAny(value, 0);
  pieces.push(encoder.encode(open));
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function isWritten([, value]: readonly [name: string, value: unknown]): boolean {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
}
