import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import {
  type Beside,
  type Document,
  type Fixtures,
  findHandlers,
  fixtureNames,
  fixturesBeside,
  type Operations,
  operationsInSlices,
  readDocuments,
} from '../index.js';
import { documentFiles, hostOf, type Prefix, prefixesOf, readInput, standardInput } from './document-file.js';

/** What to read, as the command line says it. */
export interface Source {
  /** Several are served as one; undefined for the document that is built in. */
  readonly document: string | readonly string[] | undefined;
  /** Where documents are served, in the place of the base paths of their servers. */
  readonly prefixes?: readonly Prefix[];
  readonly fixtures: string | undefined;
  readonly allowRemote: readonly string[];
  /** Files to apply to the document, in this order. */
  readonly overlays: readonly string[];
  /** undefined for the project that the document lies in. */
  readonly root: string | undefined;
  /** Most bytes of a document with all that it refers to. */
  readonly maxDocument: number;
  /** Whether problems of the document end the command. */
  readonly strict?: boolean;
}

/** A document and its fixtures. */
export interface Subject {
  readonly document: Document;
  readonly operations: Operations;
  readonly fixtures: Fixtures | undefined;
  /** As a person would name it from where the command runs; null for none. */
  readonly fixturesName: string | null;
  /** Whether the document is the one that comes with the package. */
  readonly isBuiltIn: boolean;
}

/** How a document is to be read, as the flags that all commands share say it. */
export function readingOf(flags: {
  readonly 'allow-remote': Source['allowRemote'];
  readonly overlay: Source['overlays'];
  readonly root: Source['root'];
  readonly 'max-document': Source['maxDocument'];
}): Pick<Source, 'allowRemote' | 'overlays' | 'root' | 'maxDocument'> {
  const { overlay: overlays, root, 'allow-remote': allowRemote, 'max-document': maxDocument } = flags;
  return { allowRemote, overlays, root, maxDocument };
}

/**
 * Reads a document and its fixtures.
 * @param previous what was made of the same before: it is served where one of several cannot be used any more
 * @throws CounterproofError where it is no document, with all its problems where `strict`, or else all of the fixtures
 */
export async function read(source: Source, previous?: Document): Promise<Subject> {
  const { files, isBuiltIn } = documentFiles(source.document);
  const prefixes = prefixesOf(files, source.prefixes ?? []);
  const { strict } = source;
  const document = await readDocuments(
    files.map((file, index) => ({
      document: file === standardInput ? readInput(source.maxDocument) : file,
      name: nameOf(file),
      prefix: prefixes[index],
      allowRemote: [...hostOf(file), ...source.allowRemote],
      overlays: source.overlays,
      maxDocumentBytes: source.maxDocument,
      ...(source.root !== undefined && { root: source.root }),
    })),
    { previous, ...(strict !== undefined && { strict }) },
  );
  const operations = await operationsInSlices(document);
  const besides = besidesOf({ ...source, handlers: 'none' });
  const names = besides.flatMap(({ fixtures }) => (fixtures === null ? [] : shortest(fixtures)));
  return {
    document,
    operations,
    fixtures: await fixturesBeside(besides, operations),
    fixturesName: names.length === 0 ? null : names.join(', '),
    isBuiltIn,
  };
}

/** What messages call a document. */
const nameOf = (file: string): string => (file === standardInput ? 'standard input' : shortest(file));

/** What stands beside the documents. What is named is for all of them. */
export function besidesOf({
  document,
  fixtures,
  handlers,
  overlays,
}: Pick<Source, 'document' | 'fixtures' | 'overlays'> & { readonly handlers: string | undefined }): Beside[] {
  const { files, isBuiltIn } = documentFiles(document);
  const said = (given: string | undefined) => (given === undefined || given === 'none' ? null : given);
  const forAll = { document: null, fixtures: said(fixtures), handlers: said(handlers), areHandlersNamed: true };
  const each = files.map((file) => {
    const own = fixtureFile(file, fixtures);
    return {
      document: nameOf(file),
      fixtures: fixtures === undefined ? own : null,
      // What comes with the package was checked before it was published.
      areFixturesChecked: isBuiltIn && overlays.length === 0,
      handlers: handlers === undefined ? findHandlers(file, own) : null,
      areHandlersNamed: false,
    };
  });
  return [forAll, ...each];
}

/** Where the fixtures of a document are looked for when none are named, best first. */
export const fixtureCandidates = (document: string): string[] =>
  fixtureNames(document).map((name) => join(dirname(document), name));

/**
 * The fixture file to use: the one that is named, none for `none`, or the first candidate that exists.
 * @returns null for none
 */
export function fixtureFile(document: string, named: string | undefined): string | null {
  if (named === 'none') return null;
  return named ?? fixtureCandidates(document).find((file) => existsSync(file)) ?? null;
}

/** The shorter way to name a file: from here, or from the root; an address is its own name. */
export function shortest(file: string): string {
  if (/^https?:\/\//i.test(file)) return file;
  const fromHere = relative('', file);
  return fromHere.startsWith('..') ? resolve(file) : fromHere;
}

/** The lines of a file of a document as messages name it, each file read once; null where it cannot be read. */
export function linesReader({ files = [] }: Pick<Document, 'files'>): (file: string) => readonly string[] | null {
  const known = new Map<string, readonly string[] | null>();
  return (file) => {
    const path = files.find((each) => each === file || each.endsWith(`/${file}`));
    if (!known.has(file)) known.set(file, path === undefined ? null : readLines(path));
    return known.get(file) ?? null;
  };
}

function readLines(path: string): readonly string[] | null {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/);
  } catch {
    return null;
  }
}
