import { httpMethods, type OperationEntry, type Operations, pathOf, readPathKey } from '../../operation/index.js';
import type { Base } from './base-request.js';
import type { Draft } from './draft.js';
import { draft } from './draft-of.js';
import { writeRequest } from './plan.js';
import type { Workbench } from './workbench.js';

/**
 * Each method that the path does not declare, on the base request without its body. Once for a path: the first
 * of its operations has them. CONNECT asks for a tunnel, so it is never sent.
 */
export function* methods(bench: Workbench, base: Base): Iterable<Draft> {
  const { operation, operations } = bench;
  const paths = pathsOf(operations);
  if (paths.firstOf(operation.path)?.id !== operation.id) return;
  const whole = writeRequest(operation, { ...base.plan, body: null });
  if (whole === null) return;
  const declared = paths.methodsAt(whole.target);
  for (const method of httpMethods) {
    if (declared.has(method)) continue;
    // A server answers these two by itself, or does not: RFC 9110, 9.3.2 and 9.3.7. Older parsers do not know QUERY.
    const isOwn = method === 'OPTIONS' || (method === 'HEAD' && declared.has('GET')) || method === 'QUERY';
    yield draft(base, { ...whole, method }, isOwn ? 'survived' : 'method-not-allowed', {
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
  const bySize = new Map<number, Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>>();
  for (const entry of entries) {
    if (!first.has(entry.path)) first.set(entry.path, entry);
    const size = entry.path.split('/').length;
    const sized = bySize.get(size) ?? new Map();
    bySize.set(size, sized);
    const path = sized.get(entry.path) ?? { pattern: patternOf(readPathKey(entry.path).path), methods: new Set() };
    sized.set(entry.path, path);
    path.methods.add(entry.method);
  }
  return {
    firstOf: (path) => first.get(path),
    methodsAt(target) {
      const path = pathOf(target);
      const sized = bySize.get(path.split('/').length) ?? new Map();
      return new Set([...sized.values()].flatMap(({ pattern, methods }) => (pattern.test(path) ? [...methods] : [])));
    },
  };
}

function patternOf(path: string): RegExp {
  const parts = path.split(/\{[^{}]*\}/).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]*')}$`);
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}
