import { CounterproofError, type ErrorCode, type Location, type Problem } from '../../errors.js';
import type { JsonObject } from '../../text/value.js';
import { checkDocument } from '../check/check.js';
import { segmentsOf } from '../check/walk.js';
import { createDocument } from '../document.js';
import { embed } from '../refer/embed.js';
import type { File, Refusal } from '../refer/reference.js';
import { References } from '../refer/references.js';
import { type Moves, relink } from '../refer/relink.js';
import type { Document } from '../types.js';
import { type OldSchema, upgradeSchemas } from '../upgrade/schemas.js';
import { renamedMembers, reshapeVersionTwo } from '../upgrade/two/document.js';
import { type Identity, identify, type Misfit } from './identify.js';
import { embeddedFiles, Origins } from './origins.js';
import type { Source } from './source.js';

/** A description of which the first file is read, and the references are known. */
export interface Reading {
  readonly identity: Identity;
  readonly main: File;
  readonly references: References;
}

/** The URI of a document that has none: relative references need one to be resolved against. */
export const namelessUri = 'counterproof:/document';

/**
 * Begins to read a description. Whoever can read files then supplies those that `references.wanted()`
 * names, until it names none.
 * @throws CounterproofError DOCUMENT_INVALID, where the source is no OpenAPI document
 */
export function beginReading(source: Source, uri: string): Reading {
  if (source.problems.length > 0) throw new CounterproofError('DOCUMENT_INVALID', source.problems);
  const identity = identify(source.value);
  if ('message' in identity) throw new CounterproofError('DOCUMENT_INVALID', located(identity, source.locate));
  const main: File = { uri, base: uri, source, dialect: identity.dialect, key: null };
  return { identity, main, references: new References(main) };
}

/** A file that was asked for. */
export interface Supply {
  /** Its name in the finished tree. */
  readonly key: string;
  /** What its relative references are resolved against, where redirects led elsewhere (RFC 3986, 5.1.3). */
  readonly base?: string;
  readonly source: Source;
}

/** Gives a file that was asked for. What it is refused for is reported where it is referred to. */
export function supplyFile({ identity, references }: Reading, uri: string, { key, base, source }: Supply): void {
  if (source.problems.length > 0) {
    references.problems.push(...source.problems);
    references.refuse(uri, null);
    return;
  }
  const own = identify(source.value);
  references.supply({
    uri,
    base: base ?? uri,
    source,
    dialect: 'dialect' in own ? own.dialect : identity.dialect,
    key,
  });
}

/** Answers what is still wanted with one refusal. */
export function refuseFiles({ references }: Reading, refusal: (uri: string) => Refusal): void {
  for (const uri of references.wanted()) references.refuse(uri, refusal(uri));
}

/**
 * Brings a description whose files are all there into one tree of the shape of OpenAPI 3.1, and checks it.
 * @throws CounterproofError DOCUMENT_INVALID or REFERENCE_FORBIDDEN, with all that is wrong
 */
export function finishReading(
  name: string,
  { identity, main, references }: Reading,
  paths?: readonly string[],
): Document {
  references.reportCircles();
  const files = [...references.files.values()];
  const origins = new Origins();
  const { tree, elsewhere } = bringToThreeOne(main, identity, references, origins);
  const locate = (segments: readonly string[]): Location => origins.locate(tree, files, segments);

  const warnings = (): Problem[] =>
    inOrder(
      [
        ...files.flatMap((file) => file.source.warnings),
        ...identity.warnings.map((misfit) => located(misfit, main.source.locate)),
        ...references.warnings.map((warning) => warning()),
        ...checked.warnings.map((misfit) => located(misfit, locate)),
      ],
      files,
    );
  const { declaredVersion } = identity;
  const document = createDocument({
    name,
    declaredVersion,
    root: tree,
    warnings,
    locate,
    elsewhere,
    ...(paths && { files: paths }),
  });
  const checked = checkDocument(document);
  const problems = [...references.problems, ...checked.problems.map((misfit) => located(misfit, locate))];
  if (problems.length > 0) {
    const code: ErrorCode = references.forbidden ? 'REFERENCE_FORBIDDEN' : 'DOCUMENT_INVALID';
    throw new CounterproofError(code, inOrder(problems, files));
  }
  return document;
}

/** Reshapes, upgrades and relinks. Works on the trees of the files themselves, which belong to the reading. */
function bringToThreeOne(
  main: File,
  { root, dialect }: Identity,
  references: References,
  origins: Origins,
): { readonly tree: JsonObject; readonly elsewhere: ReadonlyMap<JsonObject, string> } {
  const { links } = references;
  const old: OldSchema[] = references.oldSchemas.map(({ frame, file }) => ({
    value: frame.value,
    place: { file, segments: () => segmentsOf(frame) },
  }));
  let tree = root;
  let prefixes: Moves['prefixes'] = [];
  let linksOfSchemas = links;
  if (dialect === '2.0') {
    const reshaped = reshapeVersionTwo(main, root, links, origins);
    references.warnings.push(
      ...reshaped.warnings.map(({ place, ...warning }) => () => ({
        ...warning,
        location: place.file.source.locate(place.segments()),
      })),
    );
    tree = reshaped.root;
    prefixes = renamedMembers;
    old.push(...reshaped.schemas);
    // The others were followed while reshaping, or written anew.
    linksOfSchemas = links.filter(({ site }) => site.kind === 'schema');
  }
  if (dialect !== '3.1') tree.openapi = '3.1.1';
  const holders = upgradeSchemas(old, origins);
  const embedded = embed(links);
  if (embedded !== undefined) tree[embeddedFiles] = embedded;
  return { tree, elsewhere: relink(tree, linksOfSchemas, { prefixes, holders }) };
}

function located({ segments, ...problem }: Misfit, locate: (segments: readonly string[]) => Location): Problem {
  return { ...problem, location: locate(segments) };
}

/** As a person reads them: file by file, from top to bottom. */
function inOrder(problems: readonly Problem[], files: readonly File[]): Problem[] {
  const ranks = new Map(files.map((file, index) => [file.source.name, index]));
  const rank = ({ location }: Problem) => (location ? (ranks.get(location.file) ?? files.length) : -1);
  return problems.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
      (a.location?.column ?? 0) - (b.location?.column ?? 0),
  );
}
