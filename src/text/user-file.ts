import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

const mebibyte = 1024 * 1024;
/** What a text of this length says as JSON just fits into the memory that Node takes. */
const mostMebibytes = 256;

/** So long a named pipe may be silent, before anybody writes into it and after, in milliseconds. */
const longestSilence = 10_000;
/** Between two looks into a pipe, in milliseconds. */
const pause = 10;

/**
 * The text of a file that the user names. Some have no end (`/dev/zero`), some are longer than any text can be, and into some
 * pipes nobody writes.
 * @throws the error of the system, or one whose message says what is wrong: `whyUnread` shows both
 */
export function readUserFile(file: string, most = mostMebibytes * mebibyte): string {
  const bytes = readUserBytes(file, most);
  if (bytes === null) throw new Error(`it is longer than ${most / mebibyte} MiB, which is all that is read of one`);
  return bytes.toString('utf8');
}

/**
 * The bytes of such a file; null where there are more than `most`.
 * @throws the error of the system, or one that says that nobody writes into the pipe for `silence` milliseconds
 */
export function readUserBytes(file: string, most: number, silence = longestSilence): Buffer | null {
  // To open a pipe would wait for whoever writes into it, and nothing could end that.
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const wait = fstatSync(descriptor).isFIFO() ? silence : 0;
    const pieces: Buffer[] = [];
    const piece = Buffer.allocUnsafe(mebibyte);
    let length = 0;
    let last = performance.now();
    for (;;) {
      const read = readSome(descriptor, piece);
      if (read === 0 && (wait === 0 || length > 0)) return Buffer.concat(pieces);
      if (read !== null && read > 0) {
        last = performance.now();
        length += read;
        if (length > most) return null;
        pieces.push(Buffer.from(piece.subarray(0, read)));
      } else if (performance.now() - last >= wait) {
        throw new Error(`it is a pipe, and nobody has written into it for ${wait / 1000} s`);
      } else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** 0 where nobody writes, or at the end; null where somebody does, and nothing has come yet. */
function readSome(descriptor: number, piece: Buffer): number | null {
  try {
    return readSync(descriptor, piece);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return null;
    throw error;
  }
}
