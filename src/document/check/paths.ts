import { didYouMean, nearest } from '../../text/nearest.js';
import { describe, isObject, type Json, type JsonObject } from '../../text/value.js';
import { checkBody, checkParameter, checkResponse } from './parts.js';
import type { Placed, Report, Segments } from './report.js';
import { checkSecurity } from './security.js';
import {
  checkDeclared,
  checkIdentical,
  checkTemplate,
  type Declared,
  methods,
  reportUndeclared,
  type Templates,
  type Undeclared,
} from './templates.js';

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
  reportUndeclared(report, segments, undeclared);
}

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
