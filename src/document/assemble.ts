import { CounterproofError, type ErrorCode, type Location } from '../errors.js';
import { addAll } from '../text/many.js';
import type { Work } from '../text/slices.js';
import type { JsonObject } from '../text/value.js';
import { checkDocument } from './check/check.js';
import { createDocument, type Document, resolve } from './document.js';
import { type DocumentProblem, located, problemKinds } from './problems.js';
import type { Identity } from './read/identify.js';
import { embeddedFiles, Origins, type Place } from './read/origins.js';
import { shorten, tooDeep } from './refer/chains.js';
import type { NotedObjects } from './refer/noted.js';
import type { File, Link } from './refer/reference.js';
import type { References } from './refer/references.js';
import { embed, inlineMisplaced, type Moves, relink } from './refer/relink.js';
import { segmentsOf } from './refer/walk.js';
import { allowNulls, type OldSchema, upgradeSchemas } from './upgrade/schemas.js';
import { describeSequences } from './upgrade/sequences.js';
import { renamedMembers, reshapeVersionTwo } from './upgrade/two/document.js';

/**
 * Brings a description whose files are all there into one tree of the shape of OpenAPI 3.2, mends in it what has one
 * reading, and leaves out what cannot be used. Piece by piece.
 * @param options.paths the files that it was read from
 * @throws CounterproofError with `strict`, DOCUMENT_INVALID or REFERENCE_FORBIDDEN, with all that is wrong
 */
export function* assemble(
  name: string,
  main: File,
  identity: Identity,
  references: References,
  { paths, strict }: { readonly paths?: readonly string[] | undefined; readonly strict?: boolean | undefined },
): Work<Document> {
  const { report } = references;
  report.reportCircles(references.links);
  yield null;
  references.links = shorten(references.links);
  yield null;
  report.reportDepth(yield* tooDeep(references.links));
  yield null;
  const files = [...references.files.values()];
  const origins = new Origins();
  const { tree, elsewhere } = yield* bringToThreeTwo(main, identity, references, origins);
  const locate = (segments: readonly string[]): Location => origins.locate(tree, files, segments);
  const { declaredVersion } = identity;
  const resolving = { root: tree, elsewhere };
  const checked = yield* checkDocument({
    root: tree,
    declaredVersion,
    resolve: (value, pointer) => resolve(resolving, value, pointer),
  });

  let found: readonly DocumentProblem[] | undefined;
  const problems = () => {
    found ??= inOrder(
      [
        ...files.flatMap(({ source }) =>
          source.warnings.map((warning) => ({ id: 'syntax', takes: 'nothing', ...warning }) as const),
        ),
        ...identity.warnings.map((misfit) => located(misfit, main.source.locate)),
        ...report.problems.map((problem) => problem()),
        ...checked.problems.map((misfit) => located(misfit, locate)),
      ],
      files,
    );
    return found;
  };
  if (strict) {
    const refused = problems().filter(({ id }) => problemKinds[id].refused);
    const code: ErrorCode = references.forbidden ? 'REFERENCE_FORBIDDEN' : 'DOCUMENT_INVALID';
    if (refused.length > 0) throw new CounterproofError(code, refused);
  }
  if (checked.leftOut.length > 0) {
    // What is taken out has no place any more.
    problems();
    checked.remove();
  }
  const { leftOut } = checked;
  return createDocument({
    name,
    declaredVersion,
    root: tree,
    problems,
    leftOut,
    locate,
    elsewhere,
    ...(paths && { files: paths }),
  });
}

/** Reshapes, upgrades and relinks. Works on the trees of the files themselves, which belong to the reading. */
function* bringToThreeTwo(
  main: File,
  { root, dialect }: Identity,
  references: References,
  origins: Origins,
): Work<{ readonly tree: JsonObject; readonly elsewhere: ReadonlyMap<JsonObject, string> }> {
  const links: readonly Link[] = [
    ...inlineMisplaced(references.links, origins),
    ...describeSequences(references.noted.sequences, origins),
  ];
  yield null;
  const placed = (schemas: NotedObjects['oldSchemas']): OldSchema[] =>
    schemas.map(({ frame, file }) => ({ value: frame.value, place: { file, segments: () => segmentsOf(frame) } }));
  const old = placed(references.noted.oldSchemas);
  const nullable = placed(references.noted.nullableSchemas);
  references.report.problems.push(
    ...nullable.map(
      ({ place }) =>
        () =>
          nullableAsBefore(place),
    ),
  );
  let tree = root;
  let prefixes: Moves['prefixes'] = [];
  let linksOfSchemas = links;
  if (dialect === '2.0') {
    const reshaped = reshapeVersionTwo(main, root, links, origins);
    references.report.problems.push(
      ...reshaped.warnings.map(({ place, ...warning }) => () => ({
        id: 'version-two' as const,
        takes: 'nothing' as const,
        ...warning,
        location: place.file.source.locate(place.segments()),
      })),
    );
    tree = reshaped.root;
    prefixes = renamedMembers;
    addAll(old, reshaped.schemas);
    // The others were followed while reshaping, or written anew.
    linksOfSchemas = links.filter(({ site }) => site.kind === 'schema');
  }
  if (dialect !== '3.2') tree.openapi = '3.2.0';
  yield null;
  const holders = new Map([...upgradeSchemas(old, origins), ...allowNulls(nullable, origins)]);
  yield null;
  const embedded = embed(links);
  if (embedded !== undefined) tree[embeddedFiles] = embedded;
  return { tree, elsewhere: yield* relink(tree, linksOfSchemas, { prefixes, holders }) };
}

function nullableAsBefore({ file, segments }: Place): DocumentProblem {
  return {
    id: 'schema-read-as',
    takes: 'nothing',
    message: '"nullable" says nothing in OpenAPI 3.1 and later: it is read as in 3.0, so that null is valid',
    expected: '"null" among the types',
    found: 'nullable: true',
    location: file.source.locate([...segments(), 'nullable']),
  };
}

/** As a person reads them: file by file, from top to bottom. */
function inOrder(problems: readonly DocumentProblem[], files: readonly File[]): DocumentProblem[] {
  const ranks = new Map(files.map((file, index) => [file.source.name, index]));
  const rank = ({ location }: DocumentProblem) => (location ? (ranks.get(location.file) ?? files.length) : -1);
  return problems.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
      (a.location?.column ?? 0) - (b.location?.column ?? 0),
  );
}
