import {
  httpMethods,
  type OperationEntry,
  type Operations,
  pathOf,
  percentDecode,
  readPathKey,
} from '../../operation/index.js';
import { literal } from '../../text/literal.js';
import type { Base } from './base-request.js';
import type { Draft } from './draft.js';
import { draft } from './draft-of.js';
import { writeRequest } from './plan.js';
import type { Workbench } from './workbench.js';

/** Methods that are usual with a body (RFC 9110, 9.3). */
const withBody: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE', 'QUERY'];

/**
 * Each method that the path does not declare, on the base request: without its body, but where that is required, since
 * who serves the method all the same would refuse it for the body alone. Once for a path: the first
 * of its operations has them. CONNECT asks for a tunnel, so it is never sent.
 */
export function* methods(bench: Workbench, base: Base): Iterable<Draft> {
  const { operation, operations } = bench;
  const paths = pathsOf(operations);
  if (paths.firstOf(operation.path)?.id !== operation.id) return;
  const whole = writeRequest(operation, { ...base.plan, body: null });
  if (whole === null) return;
  const bodied = operation.requestBody?.required ? writeRequest(operation, base.plan) : null;
  const declared = paths.methodsAt(whole.target);
  for (const method of httpMethods) {
    if (declared.has(method)) continue;
    // A server answers these two by itself, or does not: RFC 9110, 9.3.2 and 9.3.7. Older parsers do not know QUERY.
    const isOwn = method === 'OPTIONS' || (method === 'HEAD' && declared.has('GET')) || method === 'QUERY';
    const request = (withBody.includes(method) && bodied) || whole;
    yield draft(base, { ...request, method }, isOwn ? 'survived' : 'method-not-allowed', {
      aspect: 'method',
      rank: 'method',
      title: isOwn ? `${method} (not declared, a server may know it)` : `${method} (not declared)`,
      varies: { in: 'method', name: method, keyword: 'method', pointer: parentOf(operation.pointer) },
    });
  }
}

interface Paths {
  firstOf(path: string): OperationEntry | undefined;
  /** Methods that any path of the document declares which this target can be of, whichever a router prefers. */
  methodsAt(target: string): ReadonlySet<string>;
}

const known = new WeakMap<Operations, Paths>();

function pathsOf(operations: Operations): Paths {
  let paths = known.get(operations);
  if (!paths) {
    paths = indexPaths(operations.entries);
    known.set(operations, paths);
  }
  return paths;
}

function indexPaths(entries: readonly OperationEntry[]): Paths {
  const first = new Map<string, OperationEntry>();
  const methodsOf = new Map<string, Set<string>>();
  const byShape = new Map<string, Path[]>();
  for (const entry of entries) {
    const known = methodsOf.get(entry.path);
    known?.add(entry.method);
    if (known !== undefined) continue;
    const methods = new Set([entry.method]);
    methodsOf.set(entry.path, methods);
    first.set(entry.path, entry);
    const template = decoded(readPathKey(entry.path).path);
    const shape = shapeOf(template, firstOf(template));
    const alike = byShape.get(shape) ?? [];
    byShape.set(shape, alike);
    alike.push(new Path(template, methods));
  }
  return {
    firstOf: (path) => first.get(path),
    methodsAt(target) {
      const path = decoded(pathOf(target));
      const alike = [firstOf(path), ''].flatMap((first) => byShape.get(shapeOf(path, first)) ?? []);
      return new Set(alike.flatMap((one) => (one.fits(path) ? [...one.methods] : [])));
    },
  };
}

class Path {
  readonly methods: ReadonlySet<string>;
  readonly #template: string;
  #pattern: RegExp | undefined;

  constructor(template: string, methods: ReadonlySet<string>) {
    this.methods = methods;
    this.#template = template;
  }

  fits(path: string): boolean {
    this.#pattern ??= patternOf(this.#template);
    return this.#pattern.test(path);
  }
}

/** A path in which one text is written in one way: a template may have what a request has to encode. */
function decoded(path: string): string {
  if (!path.includes('%')) return path;
  return path
    .split('/')
    .map((segment) => percentDecode(segment)?.replaceAll('/', '%2F') ?? segment)
    .join('/');
}

/** What a path and a template have in common if the one is of the other: how many segments, and the first. */
function shapeOf(path: string, first: string): string {
  return `${path.split('/').length} ${first}`;
}

/** The first segment; none where it has a parameter. */
function firstOf(path: string): string {
  const first = path.split('/', 2)[1] ?? '';
  return first.includes('{') ? '' : first;
}

/** No expression is made of a longer path: it is taken for one that any of its shape may be. */
const longestPath = 4096;

function patternOf(path: string): RegExp {
  if (path.length > longestPath) return /^/;
  const parts = path.split(/\{[^{}]*\}/).map(literal);
  return new RegExp(`^${parts.join('[^/]*')}$`);
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}
