import type { JsonObject } from '../text/value.js';

export { isObject } from '../text/value.js';

import { CounterproofError } from '../errors.js';
import {
  beginReading,
  finishReading,
  namelessUri,
  type Reading,
  refuseFiles,
  type Supply,
  supplyFile,
} from './read/read.js';
import { type RemoteOptions, readRemote } from './read/read-remote.js';
import { isSource, type Source, sourceFromText, sourceFromValue } from './read/source.js';
import { isRemote, type Refusal } from './refer/reference.js';
import type { Document } from './types.js';

export { parsePointer, pointerOf } from '../text/pointer.js';
export { embeddedFiles } from './read/origins.js';
export { isSource, type Source, sourceFromText } from './read/source.js';
export type * from './types.js';

export interface ReadOptions extends RemoteOptions {
  /** What messages call the document; by default its path as given, or "document". */
  readonly name?: string;
}

/**
 * Reads an OpenAPI 3.1, 3.0 or 2.0 document, with the files that it refers to.
 * @param source the path of a YAML or JSON file or of a Markdown page with such a block (Node only); its URL,
 *   where `allowRemote` names the host; or an object, which is not changed
 * @throws CounterproofError DOCUMENT_UNREADABLE, DOCUMENT_INVALID or REFERENCE_FORBIDDEN, with all problems at once
 */
export async function readDocument(source: string | JsonObject, options: ReadOptions = {}): Promise<Document> {
  if (typeof source !== 'string') {
    const name = options.name ?? 'document';
    const reading = beginReading(sourceFromValue(name, source), namelessUri);
    await supplyAll(reading, async () => nowhere, options);
    return finishReading(name, reading);
  }
  const name = options.name ?? source;
  if (isRemote(source)) return readRemoteDocument(source, name, options);
  const { openFolder } = await import('./read/read-file.js');
  const folder = await openFolder(source, name);
  const reading = beginReading(folder.document, folder.uri);
  await supplyAll(reading, (uri) => folder.read(uri), options);
  return finishReading(name, reading, folder.paths);
}

/** A document of another host, whose files beside it are of that host too. */
async function readRemoteDocument(uri: string, name: string, options: RemoteOptions): Promise<Document> {
  const read = await readRemote(uri, options);
  if ('message' in read) {
    const { forbidden, message, remedy } = read;
    throw new CounterproofError(forbidden ? 'REFERENCE_FORBIDDEN' : 'DOCUMENT_UNREADABLE', { message, remedy });
  }
  const reading = beginReading({ ...read.source, name }, read.base ?? uri);
  await supplyAll(reading, async () => nowhere, options);
  return finishReading(name, reading);
}

/**
 * Reads a document from text: YAML, JSON, or a Markdown page with such a block. Text has no files beside it.
 * @throws CounterproofError DOCUMENT_INVALID, with all problems at once; of syntax errors, the first
 */
export function documentFromText(text: string, options: { readonly name: string }): Document {
  const read = sourceFromText(options.name, text);
  if (!isSource(read)) throw new CounterproofError('DOCUMENT_INVALID', read.problems);
  return fromSource(read);
}

/**
 * Reads a document from an object, which is not changed.
 * @throws CounterproofError DOCUMENT_INVALID, with all problems at once
 */
export function documentFromObject(root: JsonObject, options: { readonly name?: string } = {}): Document {
  return fromSource(sourceFromValue(options.name ?? 'document', root));
}

function fromSource(source: Source): Document {
  const reading = beginReading(source, namelessUri);
  refuseFiles(reading, () => nowhere);
  return finishReading(source.name, reading);
}

const nowhere: Refusal = {
  message: 'The reference leads to another file, but the document was not read from a file',
  remedy: 'Give the path of the document instead, or put what it refers to into it.',
  forbidden: false,
};

type ReadBeside = (uri: string) => Promise<Supply | Refusal>;

/** Reads what is wanted, then what that wants, until nothing is. */
async function supplyAll(reading: Reading, readBeside: ReadBeside, options: RemoteOptions): Promise<void> {
  const { references } = reading;
  for (let wanted = references.wanted(); wanted.length > 0; wanted = references.wanted()) {
    // Files first: one may have the `$id` that looks like the address of another host.
    const files = wanted.filter((uri) => !isRemote(uri));
    const answers = await Promise.all(
      (files.length > 0 ? files : wanted).map(async (uri) => ({
        uri,
        answer: await (isRemote(uri) ? readRemote(uri, options) : readBeside(uri)),
      })),
    );
    for (const { uri, answer } of answers) {
      if ('message' in answer) {
        references.refuse(uri, answer);
      } else {
        supplyFile(reading, uri, answer);
      }
    }
  }
}
