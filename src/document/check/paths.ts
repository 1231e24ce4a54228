import { didYouMean, nearest } from '../../text/nearest.js';
import { describe, isObject, type Json, type JsonObject } from '../../text/value.js';
import { checkBody, checkParameter, checkResponse } from './parts.js';
import type { Placed, Report, Segments } from './report.js';
import { checkSecurity } from './security.js';

const methods: readonly string[] = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** Members of a Path Item Object that are no methods (OpenAPI 3.1, 4.8.9). */
const otherMembers: readonly string[] = [
  '$ref',
  'summary',
  'description',
  'servers',
  'parameters',
  'additionalOperations',
];

/** Checks the Paths Object and all that its operations hold. */
export function checkOperations(report: Report, root: Placed<JsonObject>, schemes: ReadonlySet<string>): void {
  const paths = report.object(root, 'paths', 'a Paths Object');
  if (paths === undefined) {
    if (root.value.paths === undefined) {
      report.warn([], { message: '"paths" is missing: the document has no operation', expected: 'a Paths Object' });
    }
    return;
  }
  const templates: Templates = new Map();
  const ids = new Map<string, Segments>();
  for (const { name: path, value, segments } of report.members(paths)) {
    checkTemplate(report, path, segments);
    if (value === null) {
      report.present(paths, path, 'a Path Item Object');
      continue;
    }
    const parts = itemParts(report, { value, segments });
    if (parts.length > 0) {
      checkIdentical(report, path, segments, parts, templates);
      checkPathItem(report, path, segments, parts, schemes, ids);
    }
  }
}

/** A path item and what its `$ref` leads to: both count (OpenAPI 3.1, 4.8.9.1). */
function itemParts(report: Report, own: Placed<Json>): Placed<JsonObject>[] {
  const target = report.follow(own, 'a Path Item Object');
  if (!isObject(own.value)) return [];
  const item = { value: own.value, segments: own.segments };
  return target === undefined || target.value === own.value ? [item] : [item, target];
}

function checkTemplate(report: Report, path: string, segments: Segments): void {
  if (!path.startsWith('/')) {
    report.error(segments, {
      message: `Path ${describe(path)} does not begin with "/"`,
      expected: JSON.stringify(`/${path.replace(/^\.?\/*/, '')}`),
      found: describe(path),
    });
  }
  const names = expressionsOf(path);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined || /[{}]/.test(path.replaceAll(/\{[^{}]*\}/g, ''))) {
    report.warn(segments, {
      message:
        repeated === undefined
          ? `Path ${describe(path)} has a brace that belongs to no parameter`
          : `Path ${describe(path)} has {${repeated}} twice`,
      remedy: 'Give each part of the path that varies a name of its own, in braces.',
    });
  }
  if (/[?#]/.test(path)) {
    report.warn(segments, {
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
type Templates = Map<string, Map<string, string>>;

/**
 * "Templated paths with the same hierarchy but different templated names MUST NOT exist as they are
 * identical" (4.8.8.2). Where they have no method in common it is still clear which operation is meant,
 * and well-known documents do so.
 */
function checkIdentical(
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
  const own = methods.filter((method) => parts.some(({ value }) => isObject(value[method])));
  const common = own.filter((method) => taken.has(method)).map((method) => method.toUpperCase());
  if (first !== undefined) {
    const problem = {
      message: `Path ${describe(path)} is the same as ${describe(first)}: only the names of parameters differ`,
      remedy: 'Put the operations of both under one of them.',
    };
    if (common.length > 0) {
      report.error(segments, { ...problem, found: `${common.join(', ')} in both` });
    } else {
      report.warn(segments, problem);
    }
  }
  for (const method of own) taken.set(method, taken.get(method) ?? path);
}

function checkPathItem(
  report: Report,
  path: string,
  segments: Segments,
  parts: readonly Placed<JsonObject>[],
  schemes: ReadonlySet<string>,
  ids: Map<string, Segments>,
): void {
  const shared = new Map(parts.flatMap((part) => [...checkParameters(report, part)]));
  const undeclared: Undeclared = new Map();
  for (const item of parts) {
    for (const { name: method, value, segments: at } of report.members(item)) {
      if (!methods.includes(method)) {
        checkMember(report, method, at);
      } else if (value === null) {
        report.present(item, method, 'an Operation Object');
      } else if (!isObject(value)) {
        report.error(at, { message: 'Not an Operation Object', expected: 'an object', found: describe(value) });
      } else {
        const operation = { value, segments: at };
        checkOperation(report, operation, schemes, ids);
        const declared = new Map([...shared, ...checkParameters(report, operation)]);
        checkDeclared(report, path, method, declared, undeclared);
      }
    }
  }
  for (const [name, { operations, candidates }] of undeclared) {
    const remedy = didYouMean(nearest(name, candidates, 1));
    report.error(segments, {
      message: `The template has {${name}}, but ${operations.join(', ')} declares no such path parameter`,
      expected: `a parameter with name: ${name}, in: path, required: true`,
      found: candidates.size > 0 ? `path parameters ${[...candidates].join(', ')}` : 'no path parameter',
      ...(remedy && { remedy }),
    });
  }
}

/** By template expression, the methods that do not declare it, and the path parameters that stand there instead. */
type Undeclared = Map<string, { readonly operations: string[]; readonly candidates: Set<string> }>;

function checkMember(report: Report, name: string, segments: Segments): void {
  if (!otherMembers.includes(name)) {
    const remedy = didYouMean(nearest(name, methods, 1));
    report.warn(segments, {
      message: `${JSON.stringify(name)} is no member of a path item and has no effect`,
      expected: 'a method in lower case, parameters, servers, summary or description',
      ...(remedy && { remedy }),
    });
  }
}

/** By `in` and name, where each declared parameter stands. */
type Declared = Map<string, { readonly name: string; readonly in: string; readonly segments: Segments }>;

function checkParameters(report: Report, holder: Placed<JsonObject>): Declared {
  const declared: Declared = new Map();
  for (const placed of report.list(holder, 'parameters', 'a list of Parameter Objects')) {
    checkParameter(report, placed);
    const parameter = isObject(placed.value) ? report.follow(placed, 'a Parameter Object') : undefined;
    if (typeof parameter?.value.name !== 'string' || typeof parameter.value.in !== 'string') continue;
    const { name, in: place } = parameter.value as { name: string; in: string };
    const key = `${place} ${place === 'header' ? name.toLowerCase() : name}`;
    if (declared.has(key)) {
      report.error(placed.segments, {
        message: `Parameter ${JSON.stringify(name)} in ${place} is declared twice`,
        remedy: 'Remove one of them.',
      });
    }
    declared.set(key, { name, in: place, segments: placed.segments });
  }
  return declared;
}

/** Compares the template expressions of a path with the parameters of one of its operations. */
function checkDeclared(report: Report, path: string, method: string, declared: Declared, undeclared: Undeclared): void {
  const expressions = new Set(expressionsOf(path));
  const names = [...declared.values()].filter((parameter) => parameter.in === 'path');
  for (const expression of expressions) {
    if (!names.some(({ name }) => name === expression)) {
      const entry = undeclared.get(expression) ?? { operations: [], candidates: new Set() };
      undeclared.set(expression, entry);
      entry.operations.push(method.toUpperCase());
      for (const { name } of names) {
        if (!expressions.has(name)) entry.candidates.add(name);
      }
    }
  }
  for (const { name, segments } of names) {
    if (!expressions.has(name)) {
      const remedy = didYouMean(nearest(name, expressions, 1));
      report.error(segments, {
        message: `Path parameter ${JSON.stringify(name)} is not in the template ${JSON.stringify(path)}`,
        expected: expressions.size > 0 ? `one of ${[...expressions].join(', ')}` : `{${name}} in the path`,
        ...(remedy && { remedy }),
      });
    }
  }
}

function checkOperation(
  report: Report,
  operation: Placed<JsonObject>,
  schemes: ReadonlySet<string>,
  ids: Map<string, Segments>,
): void {
  const { value, segments } = operation;
  checkOperationId(report, value.operationId, [...segments, 'operationId'], ids);
  checkSecurity(report, operation, schemes);
  if (report.present(operation, 'requestBody', 'a Request Body Object') !== undefined) {
    checkBody(report, { value: value.requestBody as Json, segments: [...segments, 'requestBody'] });
  }
  const responses = report.object(operation, 'responses', 'a Responses Object');
  const answers = responses ? report.members(responses) : [];
  if (answers.length === 0 && (responses !== undefined || value.responses === undefined)) {
    report.warn(segments, { message: 'An operation declares no responses', expected: 'at least one response' });
  }
  for (const { name, value: response, segments: at } of answers) {
    if (!/^(?:\d{3}|[1-5]XX|default)$/.test(name)) {
      report.error(at, {
        message: `${JSON.stringify(name)} is not a status code`,
        expected: 'three digits, a range such as 4XX, or default',
        found: describe(name),
        ...(/^[1-5]xx$/i.test(name) && { remedy: `Write ${name.toUpperCase()}.` }),
      });
    }
    checkResponse(report, { value: response, segments: at });
  }
}

function checkOperationId(report: Report, id: Json | undefined, segments: Segments, ids: Map<string, Segments>): void {
  if (id === undefined) return;
  if (typeof id !== 'string') {
    report.warn(segments, { message: 'An operationId is not a string and is ignored', found: describe(id) });
  } else if (ids.has(id)) {
    report.warn(segments, {
      message: `operationId ${describe(id)} is taken by an earlier operation, so this one is known by its method and path`,
      remedy: 'Give each operation an operationId of its own.',
    });
  } else {
    ids.set(id, segments);
  }
}
