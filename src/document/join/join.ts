import type { Location } from '../../errors.js';
import { pointerOf, valueAt } from '../../text/pointer.js';
import { type JsonObject, setMember } from '../../text/value.js';
import { createDocument, type Document, type DocumentPart } from '../document.js';
import type { DocumentProblem, LeftOut } from '../problems.js';
import { joinInfo, joinTags } from './about.js';
import { labelsOf } from './labels.js';
import { mountsOf } from './mounts.js';
import { mounted, placesIn, type Renaming, renamingsOf } from './names.js';
import { type Origin, type Part, partOf } from './part.js';
import { joinPaths, memberOf } from './paths.js';
import { rewrite } from './rewrite.js';
import { joinServers } from './servers.js';

/** A document that is to be one of several. */
export interface Joined {
  readonly document: Document;
  /** The path that it is served under, in the place of the base path of its servers. */
  readonly prefix?: string | undefined;
}

/**
 * Makes one document of several. They stay as they are.
 * @param lacking what is to be said of documents that are not among them
 */
export function joinDocuments(
  given: readonly [Joined, ...Joined[]],
  lacking: { readonly problems?: readonly DocumentProblem[]; readonly leftOut?: readonly LeftOut[] } = {},
): Document {
  const documents = given.map(({ document }) => document);
  const labels = labelsOf(documents.map(({ name }) => name));
  const mounts = mountsOf(given);
  const parts = documents.map((document, index) =>
    partOf(document, labels[index] ?? '', mounts[index] ?? { path: '', isGiven: false }),
  );
  const renamings = renamingsOf(parts);
  const origins = new Map<string, Origin>();

  const root: JsonObject = { openapi: '3.2.0', info: joinInfo(parts) };
  const servers = joinServers(parts);
  if (servers !== undefined) root.servers = servers;
  Object.assign(root, joinTags(parts, renamings));
  const taken = joinPaths(root, parts, origins);
  for (const [index, part] of parts.entries()) placeMembers(root, part, renamings[index] as Renaming, origins);
  const anchors = new Set<string>();
  const elsewhere = new Map(
    parts.flatMap((part, index) => [...rewrite(part, renamings[index] as Renaming, root, anchors)]),
  );

  const versions = documents.map(({ declaredVersion }) => declaredVersion);
  const files = documents.flatMap((document) => document.files ?? []);
  return createDocument({
    name: documents.map(({ name }) => name).join(', '),
    declaredVersion: versions.toSorted().at(-1) ?? '',
    root,
    problems: () => [...problemsOf(documents), ...taken.problems, ...(lacking.problems ?? [])],
    leftOut: [...documents.flatMap(({ leftOut }) => leftOut), ...taken.leftOut, ...(lacking.leftOut ?? [])],
    locate: (segments) => locate(segments, origins, documents[0] as Document),
    elsewhere,
    ...(files.length > 0 && { files: [...new Set(files)] }),
    parts: parts.map((part, index) => shownPart(part, renamings[index] as Renaming, origins)),
  });
}

/** What an overlay of all does not find in one of them may be there for another. */
function problemsOf(documents: readonly Document[]): DocumentProblem[] {
  const all = documents.flatMap(({ problems }) => problems);
  const key = ({ location, message }: DocumentProblem) => `${location?.file} ${location?.pointer} ${message}`;
  const unmatched = all.filter(({ id }) => id === 'overlay-unmatched').map(key);
  return all.filter((problem, index) => {
    if (problem.id !== 'overlay-unmatched') return true;
    const alike = unmatched.filter((each) => each === key(problem));
    return alike.length === documents.length && all.findIndex((each) => key(each) === key(problem)) === index;
  });
}

/** Puts the members of the maps of a part, and what else references of it lead to, where the whole has them. */
function placeMembers(root: JsonObject, part: Part, renaming: Renaming, origins: Map<string, Origin>): void {
  const wanted = new Set(part.links.map(({ target }) => target.segments[0]));
  const others = renaming.moves.filter(({ from }) => from.length === 1 && wanted.has(from[0])).map(({ from }) => from);
  for (const segments of [...placesIn(part.root), ...others]) {
    const place = renaming.moved(...segments);
    const holder = place.slice(0, -1).reduce((at, name) => memberOf(at, name), root);
    const name = place.at(-1) ?? '';
    if (Object.hasOwn(holder, name)) continue;
    setMember(holder, name, valueAt(part.root, segments));
    origins.set(pointerOf(...place), { document: part.document, segments });
  }
}

function locate(segments: readonly string[], origins: ReadonlyMap<string, Origin>, first: Document): Location {
  for (let length = Math.min(segments.length, 4); length > 0; length -= 1) {
    const origin = origins.get(pointerOf(...segments.slice(0, length)));
    if (origin) return origin.document.locate(pointerOf(...origin.segments, ...segments.slice(length)));
  }
  return first.locate(pointerOf(...segments.slice(0, 1)));
}

function shownPart(
  { document, label, mount }: Part,
  { operations }: Renaming,
  origins: ReadonlyMap<string, Origin>,
): DocumentPart {
  return {
    document,
    label,
    mount: mount.path,
    nameInWhole(name) {
      const [, method = '', path] = /^(\S+ )?(\/.*)$/s.exec(name) ?? [];
      return path === undefined ? (operations.get(name) ?? name) : `${method}${mounted(mount.path, path)}`;
    },
    ownOperation({ id, method, path }) {
      const steps = [[method.toLowerCase()], ['additionalOperations', method], []];
      const [origin] = steps.flatMap((each) => origins.get(pointerOf('paths', path, ...each)) ?? []);
      if (origin?.document !== document) return undefined;
      const own = mounted('', origin.segments[1] ?? path);
      const renamed = [...operations].find(([, inWhole]) => inWhole === id);
      return { id: renamed?.[0] ?? (id === `${method} ${path}` ? `${method} ${own}` : id), method, path: own };
    },
  };
}
