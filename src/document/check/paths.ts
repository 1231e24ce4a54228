import { didYouMean, nearest } from '../../text/nearest.js';
import type { Work } from '../../text/slices.js';
import { describe, isObject, type Json, type JsonObject } from '../../text/value.js';
import { checkBody, checkParameter, checkResponse } from './parts.js';
import type { Placed, Report, Segments } from './report.js';
import { checkSecurity, type Schemes } from './security.js';
import {
  checkDeclared,
  checkIdentical,
  checkTemplate,
  type Declared,
  isTooLong,
  methodOf,
  methods,
  reportUndeclared,
  type Templates,
  type Undeclared,
} from './templates.js';

/** Members of a Path Item Object that are no methods (OpenAPI 3.2, 4.9.1). */
const otherMembers: readonly string[] = [
  '$ref',
  'summary',
  'description',
  'servers',
  'parameters',
  'additionalOperations',
];

/** Checks the Paths Object and the webhooks, with all that their operations hold. */
export function* checkOperations(
  report: Report,
  root: Placed<JsonObject>,
  schemes: Schemes,
  mayDeclareNothing: boolean,
): Work {
  const shared: Shared = { schemes, mayDeclareNothing, ids: new Map() };
  yield* checkPaths(report, root, shared);
  const webhooks = report.object(root, 'webhooks', 'an object of Path Item Objects by name');
  for (const { name, value, segments } of webhooks ? report.members(webhooks) : []) {
    if (value === null) {
      report.present(webhooks as Placed<JsonObject>, name, 'a Path Item Object');
      continue;
    }
    const parts = itemParts(report, { value, segments });
    if (parts.length > 0) checkPathItem(report, `webhook ${name}`, segments, parts, shared);
  }
}

function* checkPaths(report: Report, root: Placed<JsonObject>, shared: Shared): Work {
  const paths = report.object(root, 'paths', 'a Paths Object', 'path');
  if (paths === undefined) {
    // From 3.1 on a document may describe webhooks or components alone (OpenAPI 3.1, 4.8.1).
    const isPart = shared.mayDeclareNothing && (isObject(root.value.webhooks) || isObject(root.value.components));
    if (root.value.paths === undefined && !isPart) {
      report.add([], {
        id: 'paths-missing',
        message: '"paths" is missing: the document has no operation',
        expected: 'a Paths Object',
      });
    }
    return;
  }
  const templates: Templates = new Map();
  for (const { name: path, value, segments } of report.members(paths)) {
    yield null;
    if (isTooLong(report, path, segments)) {
      report.removals.push(() => delete paths.value[path]);
      continue;
    }
    checkTemplate(report, path, segments);
    if (value === null) {
      report.present(paths, path, 'a Path Item Object');
      continue;
    }
    const parts = itemParts(report, { value, segments });
    const reason = report.reasonAgainst({ value, segments }, 'a Path Item Object');
    if (reason !== undefined) report.leftOut.push({ name: path, reason });
    if (parts.length > 0) {
      checkIdentical(report, path, segments, parts, templates);
      checkPathItem(report, path, segments, parts, shared);
    }
  }
}

/** A path item and what its `$ref` leads to: both count (OpenAPI 3.1, 4.8.9.1). */
function itemParts(report: Report, own: Placed<Json>): Placed<JsonObject>[] {
  const target = report.follow(own, 'a Path Item Object', 'path');
  if (!isObject(own.value)) return [];
  const item = { value: own.value, segments: own.segments };
  return target === undefined || target.value === own.value ? [item] : [item, target];
}

function checkPathItem(
  report: Report,
  path: string,
  segments: Segments,
  parts: readonly Placed<JsonObject>[],
  known: Shared,
): void {
  const shared = parts.map((part) => checkParameters(report, part));
  const undeclared: Undeclared = new Map();
  for (const part of parts) {
    for (const { name, segments: at } of report.members(part)) {
      if (!methods.includes(name)) checkMember(report, name, at);
    }
  }
  for (const item of parts.flatMap((part) => [part, ...additional(report, part)])) {
    for (const { name: method, value, segments: at } of report.members(item)) {
      if (parts.includes(item) && !methods.includes(method)) continue;
      if (value === null) {
        report.present(item, method, 'an Operation Object');
      } else if (!isObject(value)) {
        report.add(at, {
          id: 'shape',
          takes: 'operation',
          message: 'Not an Operation Object',
          expected: 'an object',
          found: describe(value),
        });
        report.leftOut.push({ name: `${methodOf(method)} ${path}`, reason: 'it is not an Operation Object' });
      } else {
        const operation = { value, segments: at };
        checkOperation(report, operation, known);
        const declared = together([...shared, checkParameters(report, operation)]);
        checkDeclared(report, path, method, declared, undeclared);
        const [reason] = [...parts, operation].flatMap((part) => reasonsAgainst(report, part));
        if (reason !== undefined) {
          report.leftOut.push({ name: `${methodOf(method)} ${path}`, reason });
          report.removals.push(() => delete item.value[method]);
        }
      }
    }
  }
  reportUndeclared(report, segments, undeclared);
}

/** What all operations of a document are checked against. */
interface Shared {
  readonly schemes: Schemes;
  readonly mayDeclareNothing: boolean;
  /** Where each operationId was met first. */
  readonly ids: Map<string, Segments>;
}

/** Why the parameters and the body of an operation, or those of its path, keep it from being served. */
function reasonsAgainst(report: Report, { value, segments }: Placed<JsonObject>): string[] {
  const { parameters, requestBody } = value;
  const isList = parameters === undefined || Array.isArray(parameters);
  const list = Array.isArray(parameters) ? parameters : [];
  const ofParameters = list.map((item, index) =>
    report.reasonAgainst({ value: item, segments: [...segments, 'parameters', String(index)] }, 'a Parameter Object'),
  );
  const ofBody =
    requestBody === undefined
      ? undefined
      : report.reasonAgainst({ value: requestBody, segments: [...segments, 'requestBody'] }, 'a Request Body Object');
  const all = [isList ? undefined : '"parameters" is not a list', ...ofParameters, ofBody];
  return all.filter((reason) => reason !== undefined);
}

/** The operations of a path whose methods are not members of a Path Item Object, by method as it is sent. */
function additional(report: Report, part: Placed<JsonObject>): Placed<JsonObject>[] {
  const map = report.object(part, 'additionalOperations', 'an object of Operation Objects by method');
  for (const { name, segments } of map ? report.members(map) : []) {
    const isMember = methods.includes(name.toLowerCase());
    if (!isMember && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) continue;
    report.add(segments, {
      id: 'path-item-method',
      message: isMember
        ? `${describe(name)} is a member of the path item itself, and no additional operation`
        : `${describe(name)} cannot be a method`,
      expected: isMember ? JSON.stringify(name.toLowerCase()) : 'a token, as HTTP has it (RFC 9110, 9.1)',
      ...(isMember && { remedy: `Move it to "${name.toLowerCase()}" of the path.` }),
    });
  }
  return map ? [map] : [];
}

function checkMember(report: Report, name: string, segments: Segments): void {
  if (!otherMembers.includes(name)) {
    const remedy = didYouMean(nearest(name, methods, 1));
    report.add(segments, {
      id: 'path-item-member',
      message: `${JSON.stringify(name)} is no member of a path item and has no effect`,
      expected: 'a method in lower case, parameters, servers, summary or description',
      ...(remedy && { remedy }),
    });
  }
}

/** What several lists of parameters declare; null where one of them has a parameter that nobody can read, which may be any. */
function together(lists: readonly (Declared | null)[]): Declared | null {
  const all: Declared = new Map();
  for (const list of lists) {
    if (list === null) return null;
    for (const [key, parameter] of list) all.set(key, parameter);
  }
  return all;
}

/** @returns null where one of them cannot be read */
function checkParameters(report: Report, holder: Placed<JsonObject>): Declared | null {
  const declared: Declared = new Map();
  let isWhole = true;
  for (const placed of report.list(holder, 'parameters', 'a list of Parameter Objects', 'operation')) {
    checkParameter(report, placed);
    if (!isObject(placed.value)) continue;
    const parameter = report.follow(placed, 'a Parameter Object');
    if (parameter === undefined) isWhole = false;
    if (typeof parameter?.value.name !== 'string' || typeof parameter.value.in !== 'string') continue;
    const { name, in: place } = parameter.value as { name: string; in: string };
    const key = `${place} ${place === 'header' ? name.toLowerCase() : name}`;
    if (declared.has(key)) {
      report.add(placed.segments, {
        id: 'parameter-twice',
        message: `Parameter ${JSON.stringify(name)} in ${place} is declared twice`,
        remedy: 'Remove one of them.',
      });
    }
    declared.set(key, { name, in: place, segments: placed.segments });
  }
  return isWhole ? declared : null;
}

function checkOperation(
  report: Report,
  operation: Placed<JsonObject>,
  { schemes, mayDeclareNothing, ids }: Shared,
): void {
  const { value, segments } = operation;
  checkOperationId(report, { value, segments }, ids);
  checkSecurity(report, operation, schemes);
  if (report.present(operation, 'requestBody', 'a Request Body Object') !== undefined) {
    checkBody(report, { value: value.requestBody as Json, segments: [...segments, 'requestBody'] });
  }
  const responses = report.object(operation, 'responses', 'a Responses Object');
  const answers = responses ? report.members(responses) : [];
  const isAbsent = responses === undefined && value.responses === undefined && !mayDeclareNothing;
  if (isAbsent || (responses !== undefined && answers.length === 0)) {
    report.add(segments, {
      id: 'responses-missing',
      message: 'An operation declares no responses',
      expected: 'at least one response',
    });
  }
  if (answers.length > 0 && answers.every(({ name }) => /^[45]/.test(name))) {
    report.add([...segments, 'responses'], {
      id: 'success-missing',
      message: 'An operation declares errors alone',
      expected: 'a response for valid requests',
      found: answers.map(({ name }) => name).join(', '),
    });
  }
  for (const { name, value: response, segments: at } of answers) {
    if (!/^(?:\d{3}|[1-5]XX|default)$/.test(name)) {
      report.add(at, {
        id: 'status-code',
        takes: /^[1-5]xx$/i.test(name) ? 'nothing' : 'response',
        message: `${JSON.stringify(name)} is not a status code`,
        expected: 'three digits, a range such as 4XX, or default',
        found: describe(name),
        ...(/^[1-5]xx$/i.test(name) && { remedy: `Write ${name.toUpperCase()}.` }),
      });
    }
    checkResponse(report, { value: response, segments: at });
  }
}

function checkOperationId(report: Report, operation: Placed<JsonObject>, ids: Map<string, Segments>): void {
  report.text(operation, 'operationId', 'An operationId');
  const id = operation.value.operationId;
  if (id === undefined) return;
  const segments = [...operation.segments, 'operationId'];
  if (typeof id !== 'string') {
    report.add(segments, {
      id: 'operation-id',
      message: 'An operationId is not a string and is ignored',
      found: describe(id),
    });
  } else if (ids.has(id)) {
    report.add(segments, {
      id: 'operation-id',
      message: `operationId ${describe(id)} is taken by an earlier operation, so this one is known by its method and path`,
      remedy: 'Give each operation an operationId of its own.',
    });
  } else {
    ids.set(id, segments);
  }
}
