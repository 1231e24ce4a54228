import { didYouMean, nearest } from '../../text/nearest.js';
import { describe, isObject, type JsonObject } from '../../text/value.js';
import type { Placed, Report, Segments } from './report.js';

/** The methods that are members of a Path Item Object (OpenAPI 3.2, 4.9.1). */
export const methods: readonly string[] = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
];

/** A method as it is sent, by the member that declares its operation. */
export function methodOf(member: string): string {
  return methods.includes(member) ? member.toUpperCase() : member;
}

/** What every recipient of a request has to bear, in octets (RFC 9110, 4.1). */
const longestPath = 8000;

/** Says of a path that no request can name that it is left out. @returns whether it is */
export function isTooLong(report: Report, path: string, segments: Segments): boolean {
  if (path.length <= longestPath) return false;
  report.add(segments, {
    id: 'path-long',
    takes: 'path',
    message: `Path ${describe(path)} is longer than a request can name`,
    expected: `at most ${longestPath} characters (RFC 9110, 4.1)`,
    found: `${path.length} characters`,
  });
  report.leftOut.push({ name: path, reason: 'it is longer than a request can name' });
  return true;
}

/** Checks a template by itself (OpenAPI 3.1, 4.8.8). */
export function checkTemplate(report: Report, path: string, segments: Segments): void {
  if (!path.startsWith('/')) {
    report.add(segments, {
      id: 'path-slash',
      message: `Path ${describe(path)} does not begin with "/"`,
      expected: JSON.stringify(`/${path.replace(/^\.?\/*/, '')}`),
      found: describe(path),
    });
  }
  const names = expressionsOf(path);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined || /[{}]/.test(path.replaceAll(/\{[^{}]*\}/g, ''))) {
    report.add(segments, {
      id: 'path-braces',
      message:
        repeated === undefined
          ? `Path ${describe(path)} has a brace that belongs to no parameter`
          : `Path ${describe(path)} has {${repeated}} twice`,
      remedy: 'Give each part of the path that varies a name of its own, in braces.',
    });
  }
  if (/[?#]/.test(path)) {
    report.add(segments, {
      id: 'path-query',
      message: `Path ${describe(path)} has a query or a fragment, which no request path has`,
      remedy: 'Declare query parameters instead.',
    });
  }
}

/** The names in braces. */
function expressionsOf(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] as string);
}

/** Methods by template without its names, each with the path that declares it. */
export type Templates = Map<string, Map<string, string>>;

/**
 * "Templated paths with the same hierarchy but different templated names MUST NOT exist as they are
 * identical" (4.8.8.2). Where they have no method in common it is still clear which operation is meant,
 * and well-known documents do so.
 */
export function checkIdentical(
  report: Report,
  path: string,
  segments: Segments,
  parts: readonly Placed<JsonObject>[],
  templates: Templates,
): void {
  const anonymous = path.replaceAll(/\{[^{}]*\}/g, '{}');
  const taken = templates.get(anonymous) ?? new Map<string, string>();
  templates.set(anonymous, taken);
  const [first] = taken.values();
  const own = parts.flatMap(({ value }) => [
    ...methods.filter((method) => isObject(value[method])),
    ...Object.keys(isObject(value.additionalOperations) ? value.additionalOperations : {}),
  ]);
  const common = own.filter((method) => taken.has(method)).map(methodOf);
  if (first !== undefined) {
    const problem = {
      message: `Path ${describe(path)} is the same as ${describe(first)}: only the names of parameters differ`,
      remedy: 'Put the operations of both under one of them.',
    };
    if (common.length > 0) {
      report.add(segments, { id: 'path-identical', ...problem, found: `${common.join(', ')} in both` });
    } else {
      report.add(segments, { id: 'path-alike', ...problem });
    }
  }
  for (const method of own) taken.set(method, taken.get(method) ?? path);
}

/** By template expression, the methods that do not declare it, and the path parameters that stand there instead. */
export type Undeclared = Map<string, { readonly operations: string[]; readonly candidates: Set<string> }>;

/** By `in` and name, where each declared parameter stands. */
export type Declared = Map<string, { readonly name: string; readonly in: string; readonly segments: Segments }>;

/** Compares the template expressions of a path with the parameters of one of its operations, where all are known. */
export function checkDeclared(
  report: Report,
  path: string,
  method: string,
  declared: Declared | null,
  undeclared: Undeclared,
): void {
  if (declared === null) return;
  // What stands in braces behind the path is a query parameter, however it is declared.
  const template = /^(?:\{[^{}]*\}|[^?#])*/.exec(path)?.[0] ?? path;
  const expressions = new Set(expressionsOf(template));
  const behind = expressionsOf(path.slice(template.length));
  const names = [...declared.values()].filter((parameter) => parameter.in === 'path');
  for (const expression of expressions) {
    if (!names.some(({ name }) => name === expression)) {
      const entry = undeclared.get(expression) ?? { operations: [], candidates: new Set() };
      undeclared.set(expression, entry);
      entry.operations.push(methodOf(method));
      for (const { name } of names) {
        if (!expressions.has(name)) entry.candidates.add(name);
      }
    }
  }
  for (const { name, segments } of names) {
    if (!expressions.has(name) && !behind.includes(name)) {
      const remedy = didYouMean(nearest(name, expressions, 1));
      report.add(segments, {
        id: 'path-parameter-unknown',
        message: `Path parameter ${JSON.stringify(name)} is not in the template ${JSON.stringify(path)}`,
        expected: expressions.size > 0 ? `one of ${[...expressions].join(', ')}` : `{${name}} in the path`,
        ...(remedy && { remedy }),
      });
    }
  }
}

/** Reports the template expressions that operations declare no parameter for. */
export function reportUndeclared(report: Report, segments: Segments, undeclared: Undeclared): void {
  for (const [name, { operations, candidates }] of undeclared) {
    const remedy = didYouMean(nearest(name, candidates, 1));
    report.add(segments, {
      id: 'path-parameter-undeclared',
      message: `The template has {${name}}, but ${operations.join(', ')} ${operations.length === 1 ? 'declares' : 'declare'} no such path parameter`,
      expected: `a parameter with name: ${name}, in: path, required: true`,
      found: candidates.size > 0 ? `path parameters ${[...candidates].join(', ')}` : 'no path parameter',
      ...(remedy && { remedy }),
    });
  }
}
