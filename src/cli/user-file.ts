import { closeSync, openSync, readSync } from 'node:fs';

const mebibyte = 1024 * 1024;
/** What a text of this length says as JSON just fits into the memory that Node takes. */
const mostMebibytes = 256;

/**
 * The text of a file that the user names. Some have no end (`/dev/zero`), and some are longer than any text can be.
 * @throws the error of the system, or one whose message says that the file is longer: `whyUnread` shows both
 */
export function readUserFile(file: string, most = mostMebibytes * mebibyte): string {
  const descriptor = openSync(file, 'r');
  try {
    const pieces: Buffer[] = [];
    const piece = Buffer.allocUnsafe(mebibyte);
    let length = 0;
    for (let read = readSync(descriptor, piece); read > 0; read = readSync(descriptor, piece)) {
      length += read;
      if (length > most) throw new Error(`it is longer than ${most / mebibyte} MiB, which is all that is read of one`);
      pieces.push(Buffer.from(piece.subarray(0, read)));
    }
    return Buffer.concat(pieces).toString('utf8');
  } finally {
    closeSync(descriptor);
  }
}
