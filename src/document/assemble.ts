import { CounterproofError, type ErrorCode, type Location, type Problem } from '../errors.js';
import type { JsonObject } from '../text/value.js';
import { checkDocument } from './check/check.js';
import { createDocument, type Document } from './document.js';
import { type Identity, located } from './read/identify.js';
import { embeddedFiles, Origins } from './read/origins.js';
import type { File } from './refer/reference.js';
import type { References } from './refer/references.js';
import { embed, type Moves, relink } from './refer/relink.js';
import { segmentsOf } from './refer/walk.js';
import { type OldSchema, upgradeSchemas } from './upgrade/schemas.js';
import { renamedMembers, reshapeVersionTwo } from './upgrade/two/document.js';

/**
 * Brings a description whose files are all there into one tree of the shape of OpenAPI 3.1, and checks it.
 * @throws CounterproofError DOCUMENT_INVALID or REFERENCE_FORBIDDEN, with all that is wrong
 */
export function assemble(
  name: string,
  main: File,
  identity: Identity,
  references: References,
  paths?: readonly string[],
): Document {
  const { report } = references;
  report.reportCircles(references.links);
  const files = [...references.files.values()];
  const origins = new Origins();
  const { tree, elsewhere } = bringToThreeOne(main, identity, references, origins);
  const locate = (segments: readonly string[]): Location => origins.locate(tree, files, segments);

  const warnings = (): Problem[] =>
    inOrder(
      [
        ...files.flatMap((file) => file.source.warnings),
        ...identity.warnings.map((misfit) => located(misfit, main.source.locate)),
        ...report.warnings.map((warning) => warning()),
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
  const problems = [...report.problems, ...checked.problems.map((misfit) => located(misfit, locate))];
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
    references.report.warnings.push(
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
