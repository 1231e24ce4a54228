import { CounterproofError } from '../../errors.js';
import { resultInSlices, resultOf } from '../../text/slices.js';
import type { JsonObject } from '../../text/value.js';
import { assemble } from '../assemble.js';
import type { Document } from '../document.js';
import { applyOverlays } from '../overlay/apply.js';
import { type File, isRemote, placeOf, type Refusal, selfOf } from '../refer/reference.js';
import { References } from '../refer/references.js';
import { segmentsOf } from '../refer/walk.js';
import { Allowance } from './allowance.js';
import { type Identity, identify } from './identify.js';
import type { Folder } from './read-file.js';
import { type RemoteOptions, readRemote } from './read-remote.js';
import { isSource, isText, type Source, type Supply, sourceFromText, sourceFromValue } from './source.js';

export interface ReadOptions extends RemoteOptions {
  /** What messages call the document; by default its path as given, or "document". */
  readonly name?: string;
  /** Refuses a document that has problems, instead of mending it and leaving out what cannot be used. */
  readonly strict?: boolean;
  /** The folder that no reference may leave; by default the nearest around the document with `.git` or package.json. */
  readonly root?: string;
  /** Overlays to apply (OpenAPI Overlay 1.0 or 1.1), in this order: files (Node only), texts, or objects. */
  readonly overlays?: readonly (string | JsonObject)[];
  /** Most bytes that are read of the document, its overlays and all that it refers to, together (64 MiB). */
  readonly maxDocumentBytes?: number | undefined;
}

/** A process may have few files open (64 in some), and a document may be thousands. */
const mostOpenFiles = 8;

/** The URI of a document that has none: relative references need one to be resolved against. */
const namelessUri = 'counterproof:/document';

/**
 * Reads an OpenAPI 3.2, 3.1, 3.0 or 2.0 document, with the files that it refers to.
 * @param source the path of a YAML or JSON file or of a Markdown page with such a block (Node only); its URL,
 *   where `allowRemote` names the host; the text of one; or an object, which is not changed
 * @throws CounterproofError DOCUMENT_UNREADABLE; DOCUMENT_INVALID where it is no OpenAPI document; OVERLAY_INVALID; with
 *   `strict` DOCUMENT_INVALID or REFERENCE_FORBIDDEN, with all problems at once
 */
export async function readDocument(source: string | JsonObject, options: ReadOptions = {}): Promise<Document> {
  const allowance = new Allowance(options.maxDocumentBytes);
  if (typeof source !== 'string' || isText(source)) {
    const given = options.name ?? 'document';
    if (typeof source === 'string' && !allowance.takeText(source))
      throw new CounterproofError('DOCUMENT_UNREADABLE', allowance.refusal(given));
    return readWith(wholeSource(given, source), namelessUri, nothingBeside, options, allowance);
  }
  const name = options.name ?? source;
  if (isRemote(source)) {
    const read = await readRemote(source, options, allowance);
    if ('message' in read) {
      const { forbidden, message, remedy } = read;
      throw new CounterproofError(forbidden ? 'REFERENCE_FORBIDDEN' : 'DOCUMENT_UNREADABLE', { message, remedy });
    }
    return readWith({ ...read.source, name }, read.base ?? source, nothingBeside, options, allowance);
  }
  const { openFolder } = await import('./read-file.js');
  const folder = await openFolder(source, name, allowance, options.root);
  return readWith(folder.document, folder.uri, folder, options, allowance);
}

/**
 * Reads a document from text: YAML, JSON, or a Markdown page with such a block. Text has no files beside it.
 * @throws CounterproofError DOCUMENT_INVALID where it is no OpenAPI document, and with `strict` for every problem; of
 *   syntax errors, the first
 */
export function documentFromText(text: string, options: TextOptions): Document {
  return readAlone(wholeSource(options.name, text), options);
}

/** @throws CounterproofError DOCUMENT_INVALID where a text is not YAML or JSON */
function wholeSource(name: string, given: string | JsonObject): Source {
  const read = typeof given === 'string' ? sourceFromText(name, given) : sourceFromValue(name, given);
  if (!isSource(read)) throw new CounterproofError('DOCUMENT_INVALID', read.problems);
  return read;
}

/**
 * Reads a document from an object, which is not changed.
 * @throws CounterproofError DOCUMENT_INVALID where it is no OpenAPI document, and with `strict` for every problem
 */
export function documentFromObject(root: JsonObject, options: Partial<TextOptions> = {}): Document {
  return readAlone(sourceFromValue(options.name ?? 'document', root), options);
}

interface TextOptions extends Pick<ReadOptions, 'strict'> {
  readonly name: string;
}

const nowhere: Refusal = {
  message: 'The reference leads to another file, but the document was not read from a file',
  remedy: 'Give the path of the document instead, or put what it refers to into it.',
  forbidden: false,
};

/** What lies beside a document. */
type Beside = Pick<Folder, 'read'> & Partial<Folder>;

const nothingBeside: Beside = { read: async () => nowhere };

/** Reads a document, then what it refers to, then what that refers to, until nothing is wanted. */
async function readWith(
  given: Source,
  uri: string,
  beside: Beside,
  options: ReadOptions,
  allowance: Allowance,
): Promise<Document> {
  const { source, files } = await overlaid(given, options.overlays ?? [], allowance);
  const { main, identity, references } = begin(source, uri);
  await resultInSlices(references.begin());
  for (let wanted = references.wanted(); wanted.length > 0; wanted = references.wanted()) {
    // Files first: one may have the `$id` that looks like the address of another host.
    const files = wanted.filter((other) => !isRemote(other));
    const read = (other: string) => (isRemote(other) ? readRemote(other, options, allowance) : beside.read(other));
    for (const [other, answer] of await readAll(files.length > 0 ? files : wanted, read)) {
      if ('message' in answer) {
        references.refuse(other, answer);
      } else {
        supply(references, identity, other, answer);
      }
    }
  }
  await readExamples(references, beside);
  const paths = beside.paths && [...beside.paths, ...files];
  return resultInSlices(assemble(source.name, main, identity, references, { paths, strict: options.strict }));
}

/** What is read of each, in the order in which they are named, few at a time. */
async function readAll<Answer>(
  names: readonly string[],
  read: (name: string) => Promise<Answer>,
): Promise<readonly (readonly [name: string, answer: Answer])[]> {
  const answers: (readonly [string, Answer])[] = [];
  const open = names.entries();
  const reader = async () => {
    for (const [index, name] of open) answers[index] = [name, await read(name)];
  };
  await Promise.all(Array.from({ length: mostOpenFiles }, reader));
  return answers;
}

/** The document with its overlays applied, and the files of these. */
async function overlaid(document: Source, overlays: readonly (string | JsonObject)[], allowance: Allowance) {
  if (overlays.length === 0) return { source: document, files: [] };
  const read = await Promise.all(overlays.map((overlay) => readOverlay(overlay, allowance)));
  const source = await applyOverlays(
    document,
    read.map((overlay) => overlay.source),
  );
  return { source, files: read.flatMap(({ path }) => path ?? []) };
}

async function readOverlay(
  overlay: string | JsonObject,
  allowance: Allowance,
): Promise<{ readonly source: Source; readonly path?: string }> {
  if (typeof overlay !== 'string' || isText(overlay)) return { source: wholeSource('overlay', overlay) };
  const { openOverlay } = await import('./read-file.js');
  return openOverlay(overlay, allowance);
}

/** Puts the text of their files into examples (`externalValue`; OpenAPI 3.2, 4.19). Those of other hosts are not asked for. */
async function readExamples({ noted, report }: References, beside: Beside): Promise<void> {
  for (const { frame, file } of noted.externals) {
    const uri = placeOf(String(frame.value.externalValue), file);
    if (uri === undefined || isRemote(uri) || beside.readText === undefined) continue;
    const text = await beside.readText(uri);
    if (typeof text === 'string') {
      frame.value.serializedValue ??= text;
      continue;
    }
    const { message, remedy } = text;
    report.problems.push(() => {
      const location = file.source.locate([...segmentsOf(frame), 'externalValue']);
      return { id: 'example-unreadable', takes: 'nothing', message, remedy, location };
    });
  }
}

/** As `readWith`, where nothing else can be read. */
function readAlone(source: Source, { strict }: Pick<ReadOptions, 'strict'>): Document {
  const { main, identity, references } = begin(source, namelessUri);
  resultOf(references.begin());
  for (const uri of references.wanted()) references.refuse(uri, nowhere);
  return resultOf(assemble(source.name, main, identity, references, { strict }));
}

/** @throws CounterproofError DOCUMENT_INVALID, where the source is no OpenAPI document */
function begin(source: Source, uri: string) {
  if (source.problems.length > 0) throw new CounterproofError('DOCUMENT_INVALID', source.problems);
  const identity = identify(source.value);
  if ('message' in identity) {
    const { segments, ...problem } = identity;
    throw new CounterproofError('DOCUMENT_INVALID', { ...problem, location: source.locate(segments) });
  }
  const main: File = { uri, base: uri, self: selfOf(source.value, uri), source, dialect: identity.dialect, key: null };
  return { main, identity, references: new References(main) };
}

/** Gives a file that was asked for. What it is refused for is reported where it is referred to. */
function supply(references: References, identity: Identity, uri: string, { key, base, source }: Supply): void {
  if (source.problems.length > 0) {
    references.report.fileUnusable(source.problems);
    references.refuse(uri, null);
    return;
  }
  const own = identify(source.value);
  references.supply({
    uri,
    base: base ?? uri,
    self: selfOf(source.value, base ?? uri),
    source,
    dialect: 'dialect' in own ? own.dialect : identity.dialect,
    key,
  });
}
