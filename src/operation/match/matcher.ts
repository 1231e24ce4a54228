import { nearest } from '../../text/nearest.js';
import { resultOf, type Work } from '../../text/slices.js';
import { pathOf } from '../http.js';
import type { OperationEntry, Operations } from '../types.js';
import { best, type Judge, type Leaf } from './leaf.js';
import type { Route } from './servers.js';
import type { Spelling } from './spelling.js';
import { decode, matchMixed, type PathKey, parseTemplate, readPathKey, type Segment, splitPath } from './template.js';

interface Node {
  readonly literals: Map<string, Node>;
  /** The most specific first. */
  readonly mixed: { readonly segment: Mixed; readonly node: Node }[];
  parameter: Node | null;
  readonly leaves: Leaf[];
}

/**
 * Finds operations by method and target: a tree by segment, so that the cost depends on the length of the path
 * and not on the number of operations. Concrete segments go before templated ones (OpenAPI 3.1, 4.8.8.2), from left to
 * right; of two templates that say the same, the one with the server's base path goes first, and one whose base path may
 * be anything goes last.
 *
 * Where the first template that fits does not have the method and a later one does, that one answers, as routers do.
 * @param judge asked only where several paths say the same
 * @param spellingOf the path of an operation whose parameters may stand for several segments; what they are is then sent with slashes
 * as they are, or percent-encoded
 */
export function createMatcher(routes: readonly Route[], judge: Judge, spellingOf?: SpellingOf): Operations['match'] {
  return resultOf(creatingMatcher(routes, judge, spellingOf));
}

type SpellingOf = (entry: OperationEntry) => Spelling | null;

/** What `createMatcher` does, in pieces: there may be many thousands of routes. */
export function* creatingMatcher(
  routes: readonly Route[],
  judge: Judge,
  spellingOf: SpellingOf = () => null,
): Work<Operations['match']> {
  const root = createNode();
  const templates = new Map<string, readonly Segment[]>();
  const parsed = (template: string): readonly Segment[] => {
    let segments = templates.get(template);
    if (segments === undefined) {
      segments = parseTemplate(template);
      templates.set(template, segments);
    }
    return segments;
  };
  for (const { entry, basePaths } of routes) {
    yield null;
    const key = readPathKey(entry.path);
    const spelling = spellingOf(entry);
    for (const base of new Set([...basePaths, ''])) {
      const before = base === '' ? [] : parsed(base);
      const place = { entry, base, before, key };
      add(root, { ...place, own: parsed(key.path), spelling: null });
      if (spelling !== null) add(root, { ...place, own: parsed(spelling.path), spelling });
    }
  }

  const nearest = createNearest(routes);

  return (method, target, headers = {}) => {
    const path = pathOf(target);
    if (path === '') return { kind: 'not-found', nearest: null };
    let found: ReturnType<typeof best>;
    const refusing: Leaf[] = [];
    search(root, splitPath(path), 0, [], (leaves, values) => {
      found = best(leaves, values, { method, target, headers, judge, refusing });
      return found !== undefined;
    });
    if (found) return { kind: 'operation', ...found };
    const [first] = refusing;
    if (first) return { kind: 'method-not-allowed', path: first.template, allow: allowedBy(refusing) };
    return {
      kind: 'not-found',
      // Worked out only where somebody asks: it looks at every path.
      get nearest() {
        return nearest(path);
      },
    };
  };
}

/** The methods of paths, with HEAD where GET is (RFC 9110, 9.3.2). */
function allowedBy(leaves: readonly Leaf[]): string[] {
  const methods = leaves.flatMap((leaf) => [...leaf.methods.values()].map(({ method }) => method));
  return [...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
}

function createNode(): Node {
  return { literals: new Map(), mixed: [], parameter: null, leaves: [] };
}

/** One way to say the path of an operation. */
interface Way extends Pick<Leaf, 'spelling'> {
  readonly entry: OperationEntry;
  readonly base: string;
  readonly key: PathKey;
  /** The segments of the base path. */
  readonly before: readonly Segment[];
  /** The segments of the path. */
  readonly own: readonly Segment[];
}

function add(root: Node, { entry, base, key: { query, hasFragment }, before, own, spelling }: Way): void {
  let node = root;
  for (const segment of [...before, ...own]) node = childFor(node, segment);
  const variables = before.flatMap(namesIn).map(() => null);
  const rank = variables.length > 0 ? 0 : base === '' ? 1 : 2;
  let leaf = node.leaves.find((other) => other.rank === rank && other.template === entry.path);
  if (!leaf) {
    const names = [...variables, ...own.flatMap(namesIn)];
    leaf = { rank, names, template: entry.path, spelling, query, hasFragment, methods: new Map() };
    node.leaves.push(leaf);
    node.leaves.sort((left, right) => right.rank - left.rank);
  }
  if (!leaf.methods.has(entry.method)) leaf.methods.set(entry.method, entry);
}

function namesIn(segment: Segment): readonly string[] {
  if (segment.kind === 'literal') return [];
  return segment.kind === 'parameter' ? [segment.name] : segment.names;
}

function childFor(node: Node, segment: Segment): Node {
  if (segment.kind === 'parameter') {
    node.parameter ??= createNode();
    return node.parameter;
  }
  if (segment.kind === 'mixed') {
    const known = node.mixed.find((other) => shapeOf(other.segment) === shapeOf(segment));
    if (known) return known.node;
    const created = { segment, node: createNode() };
    node.mixed.push(created);
    node.mixed.sort(
      (left, right) =>
        fixedLength(right.segment) - fixedLength(left.segment) ||
        left.segment.names.length - right.segment.names.length,
    );
    return created.node;
  }
  let literal = node.literals.get(segment.text);
  if (!literal) {
    literal = createNode();
    node.literals.set(segment.text, literal);
  }
  return literal;
}

type Mixed = Segment & { kind: 'mixed' };

/** The same for two segments that differ in the names of their parameters only. */
function shapeOf({ literals }: Mixed): string {
  return JSON.stringify(literals);
}

/** How many characters are fixed: the more, the more specific. */
function fixedLength({ literals }: Mixed): number {
  return literals.reduce((sum, text) => sum + text.length, 0);
}

/**
 * Shows the leaves that a path leads to, the most specific first, those together that say the same, until `visit` has
 * seen enough.
 * @returns Whether it has.
 */
function search(
  node: Node,
  segments: readonly string[],
  depth: number,
  values: readonly string[],
  visit: (leaves: readonly Leaf[], values: readonly string[]) => boolean,
): boolean {
  let [at, index, seen] = [node, depth, values];
  for (;;) {
    const segment = segments[index];
    if (segment === undefined) return at.leaves.length > 0 && visit(at.leaves, seen);
    index += 1;
    const literal = at.literals.get(decode(segment));
    const parameter = segment === '' ? null : at.parameter;
    const hasOther = at.mixed.length > 0 || parameter !== null;
    // Where there is one way alone it is gone without calling: a template may have thousands of segments.
    if (literal && hasOther && search(literal, segments, index, seen, visit)) return true;
    for (const { segment: mixed, node: next } of at.mixed) {
      const inside = matchMixed(mixed, segment);
      if (inside && search(next, segments, index, [...seen, ...inside], visit)) return true;
    }
    if (parameter !== null) seen = [...seen, segment];
    const next = parameter ?? (hasOther ? undefined : literal);
    if (next === undefined || next === null) return false;
    at = next;
  }
}

interface Candidate {
  readonly path: string;
  readonly segments: readonly Segment[];
}

/**
 * Finds the path template that a path that matches none was most likely meant for, with its base path; null where none is
 * near. Forgives a slash too many or too few, case, an empty parameter, and typing errors in fixed segments.
 */
function createNearest(routes: readonly Route[]): (path: string) => string | null {
  let candidates: Candidate[] | undefined;
  return (path) => {
    candidates ??= candidatesOf(routes);
    const wanted = path.split('/').filter((segment) => segment !== '');
    let best: string | null = null;
    let bestScore = Number.POSITIVE_INFINITY;
    for (const candidate of candidates) {
      const score = difference(wanted, candidate.segments, bestScore);
      if (score < bestScore) {
        bestScore = score;
        best = candidate.path;
      }
    }
    return best;
  };
}

function candidatesOf(routes: readonly Route[]): Candidate[] {
  const paths = new Set(routes.flatMap(({ entry, basePaths }) => [...basePaths, ''].map((base) => base + entry.path)));
  return [...paths].map((path) => ({
    path,
    segments: parseTemplate(path).filter((segment) => segment.kind !== 'literal' || segment.text !== ''),
  }));
}

/** 0 for the same segments; infinite where they are not near each other. */
function difference(wanted: readonly string[], segments: readonly Segment[], bound: number): number {
  const missing = segments.length - wanted.length;
  if (missing < 0 || missing > 1 || (missing === 1 && segments.at(-1)?.kind !== 'parameter')) {
    return Number.POSITIVE_INFINITY;
  }
  let score = missing;
  for (const [index, text] of wanted.entries()) {
    if (score >= bound) return score;
    score += segmentDifference(decode(text), segments[index]);
  }
  return score;
}

function segmentDifference(text: string, segment: Segment | undefined): number {
  if (segment === undefined) return Number.POSITIVE_INFINITY;
  if (segment.kind === 'literal') {
    if (segment.text === text) return 0;
    if (segment.text.toLowerCase() === text.toLowerCase()) return 0.5;
    return nearest(text, [segment.text], 1).length > 0 ? 1 : Number.POSITIVE_INFINITY;
  }
  // A templated segment fits anything, but less well than the same text.
  return segment.kind === 'parameter' || matchMixed(segment, text) ? 0.25 : Number.POSITIVE_INFINITY;
}
