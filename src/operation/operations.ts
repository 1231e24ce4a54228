import type { Document } from '../document/index.js';
import { createSchemas } from '../schema/schemas.js';
import type { Schemas } from '../schema/types.js';
import { child, pointerOf, valueAt } from '../text/pointer.js';
import { resultInSlices, resultOf, type Work } from '../text/slices.js';
import { isObject, type Json, type JsonObject } from '../text/value.js';
import { compileOperation } from './compile/operation.js';
import type { PathItem, Placed } from './compile/placed.js';
import { pathOf } from './http.js';
import { lacksQuery } from './match/lacks.js';
import type { Judge } from './match/leaf.js';
import { createLeftOutFinder } from './match/left-out.js';
import { creatingMatcher } from './match/matcher.js';
import { basePaths, createOriginTest, type Route } from './match/servers.js';
import { type Spelling, spellingOf } from './match/spelling.js';
import { checkRequest } from './request.js';
import { type CallbackEntry, httpMethods, type Operation, type OperationEntry, type Operations } from './types.js';

/**
 * A document ready to be matched against. Reads paths and methods only; an operation is compiled when it is asked
 * for, and then remembered.
 */
export function createOperations(document: Document, schemas?: Schemas): Operations {
  return resultOf(creatingOperations(document, schemas));
}

/** What `createOperations` does, in slices. Whoever is to find operations by requests prepares that too. */
export function operationsInSlices(document: Document): Promise<Operations> {
  return resultInSlices(creatingOperations(document));
}

/** What `createOperations` does, in pieces: a document may have many thousands of paths. */
function* creatingOperations(document: Document, schemas: Schemas = createSchemas(document)): Work<Operations> {
  const entries: OperationEntry[] = [];
  const pathItems = new Map<OperationEntry, PathItem>();
  const byId = new Map<string, OperationEntry>();
  const byMethodAndPath = new Map<string, OperationEntry>();
  const routes: Route[] = [];
  // Nearly all operations have the servers of the whole document.
  const baseOf = new Map<Json | undefined, readonly string[]>();

  for (const pathItem of pathItemsOf(document)) {
    yield null;
    for (const [method, { value, pointer }] of operationsIn(pathItem)) {
      const label = `${method} ${pathItem.path}`;
      const id = typeof value.operationId === 'string' && value.operationId !== '' ? value.operationId : label;
      const entry = entryOf(byId.has(id) ? label : id, method, pathItem, { value, pointer });
      entries.push(entry);
      pathItems.set(entry, pathItem);
      byId.set(entry.id, entry);
      byMethodAndPath.set(label, entry);
      const nearestServers = [value, ...pathItem.parts.map((part) => part.value), document.root];
      const list = nearestServers.find(({ servers }) => servers !== undefined)?.servers;
      let bases = baseOf.get(list);
      if (bases === undefined) {
        bases = basePaths(list);
        baseOf.set(list, bases);
      }
      routes.push({ entry, basePaths: bases });
    }
  }

  const webhooks: OperationEntry[] = [];
  for (const pathItem of webhooksOf(document)) {
    const found = operationsIn(pathItem);
    for (const [method, operation] of found) {
      const name = found.size === 1 ? pathItem.path : `${method} ${pathItem.path}`;
      const entry = entryOf(name, method, pathItem, operation);
      webhooks.push(entry);
      pathItems.set(entry, pathItem);
    }
  }

  let match: Operations['match'] | undefined;
  let findLeftOut: ReturnType<typeof createLeftOutFinder> | undefined;
  let isServer: Operations['isServer'] | undefined;
  const compiled = new Map<OperationEntry, Operation>();
  const compile = (entry: OperationEntry): Operation => {
    let operation = compiled.get(entry);
    if (!operation) {
      operation = compileOperation(entry, pathItems.get(entry) as PathItem, schemas);
      compiled.set(entry, operation);
    }
    return operation;
  };
  const lacks = (entry: OperationEntry, target: string): boolean => {
    const value = document.at(entry.pointer);
    const operation = isObject(value) ? { value, pointer: entry.pointer } : undefined;
    return operation !== undefined && lacksQuery(operation, pathItems.get(entry) as PathItem, document, target);
  };
  const spellings = new WeakMap<object, Spelling | null>();
  const spelling: Operations['spelling'] = (entry) => {
    let known = spellings.get(entry);
    if (known === undefined) {
      const { method, path, pointer } = entry;
      if (!path.includes('{')) return null;
      const pathItem = pathItems.get(byMethodAndPath.get(`${method} ${path}`) as OperationEntry);
      const value = document.at(pointer);
      known = pathItem && isObject(value) ? spellingOf({ value, pointer }, pathItem, document) : null;
      spellings.set(entry, known);
    }
    return known;
  };
  const callbacks = new Map<OperationEntry, readonly CallbackEntry[]>();
  const matchesQuery = entries.some(({ path }) => /[?#]/.test(path));
  const finding = () => creatingMatcher(routes, createJudge(compile, lacks), spelling);
  // A request is asked for more than once on its way.
  let last: ReturnType<Operations['match']> | undefined;
  let [lastPath, lastMethod] = ['', ''];
  const operations: Operations = {
    document,
    schemas,
    entries,
    webhooks,
    callbacks(entry) {
      const known = callbacks.get(entry);
      if (known !== undefined) return known;
      const own: CallbackEntry[] = [];
      for (const { name, expression, pathItem } of callbacksOf(document, entry)) {
        for (const [method, operation] of operationsIn(pathItem)) {
          const callback = { ...entryOf(name, method, pathItem, operation), expression };
          own.push(callback);
          pathItems.set(callback, pathItem);
        }
      }
      callbacks.set(entry, own);
      return own;
    },
    match(method, target, headers) {
      match ??= resultOf(finding());
      const path = matchesQuery ? '' : pathOf(target);
      if (path !== '' && path === lastPath && method === lastMethod && last !== undefined) return last;
      const found = match(method, target, headers);
      if (path !== '' && found.kind === 'operation') [last, lastPath, lastMethod] = [found, path, method];
      if (found.kind === 'operation' || document.leftOut.length === 0) return found;
      findLeftOut ??= createLeftOutFinder(document);
      return Object.defineProperty(found, 'leftOut', { value: findLeftOut(method, target), enumerable: true });
    },
    *preparing() {
      match ??= yield* finding();
    },
    matchesQuery,
    isServer(origin) {
      isServer ??= createOriginTest([...baseOf.keys()].filter((list) => list !== undefined));
      return isServer(origin);
    },
    compile,
    spelling,
    find: (id) => byId.get(id) ?? byMethodAndPath.get(id),
  };
  byDocument.set(document, operations);
  return operations;
}

const byDocument = new WeakMap<Document, Operations>();

/** All operations of the document that one is of. */
export function operationsBeside({ document }: Operation): Operations {
  return byDocument.get(document) ?? createOperations(document);
}

/** Asks operations themselves which of those that say the same a request means. */
function createJudge(
  compile: (entry: OperationEntry) => Operation,
  lacks: (entry: OperationEntry, target: string) => boolean,
): Judge {
  return {
    fitsPath({ entry, pathParameters }) {
      const request = { method: entry.method, target: entry.path, headers: {}, body: null };
      return !checkRequest(compile(entry), request, pathParameters).violations.some(
        ({ in: place }) => place === 'path',
      );
    },
    worth({ entry, pathParameters }, target, headers) {
      if (lacks(entry, target)) return 0;
      const operation = compile(entry);
      const required = operation.parameters.filter(
        (parameter) => (parameter.in === 'query' || parameter.in === 'header') && parameter.required,
      );
      const request = { method: entry.method, target, headers, body: null };
      const fits = checkRequest(operation, request, pathParameters).violations.every(
        ({ in: place, pointer }) =>
          !required.some(
            (parameter) => parameter.in === place && `${pointer}/`.startsWith(`${pointerOf(parameter.name)}/`),
          ),
      );
      return fits ? required.length : 0;
    },
  };
}

/**
 * The Path Item Objects of `paths` (OpenAPI 3.1, 4.8.9). One that has `$ref` has two parts: itself, and what the
 * reference leads to.
 */
function* pathItemsOf(document: Document): Generator<PathItem> {
  const { paths } = document.root;
  for (const [path, value] of isObject(paths) ? Object.entries(paths) : []) {
    if (path.startsWith('x-') || !isObject(value)) continue;
    const own = { value, pointer: pointerOf('paths', path) };
    const target = document.resolve(value, own.pointer);
    const parts = target.value !== value && isObject(target.value) ? [own, { ...target, value: target.value }] : [own];
    yield { path: path.startsWith('/') ? path : `/${path}`, parts };
  }
}

/** The Path Item Objects of `webhooks`, by name. */
function* webhooksOf(document: Document): Generator<PathItem> {
  const { webhooks } = document.root;
  for (const [path, value] of isObject(webhooks) ? Object.entries(webhooks) : []) {
    const { value: item, pointer } = document.resolve(value, pointerOf('webhooks', path));
    if (!path.startsWith('x-') && isObject(item)) yield { path, parts: [{ value: item, pointer }] };
  }
}

/** The Path Item Objects of the Callback Objects of an operation (OpenAPI 3.1, 4.8.18). */
function* callbacksOf(document: Document, { pointer }: OperationEntry) {
  const held = child(document.at(pointer), 'callbacks');
  for (const [name, value] of isObject(held) ? Object.entries(held) : []) {
    const found = document.resolve(value, pointer + pointerOf('callbacks', name));
    for (const [expression, item] of isObject(found.value) ? Object.entries(found.value) : []) {
      const part = document.resolve(item, found.pointer + pointerOf(expression));
      if (expression.startsWith('x-') || !isObject(part.value)) continue;
      // An expression is no template of parameters: the callback goes by its name.
      yield { name, expression, pathItem: { path: name, parts: [{ value: part.value, pointer: part.pointer }] } };
    }
  }
}

function entryOf(id: string, method: string, pathItem: PathItem, { value, pointer }: Placed): OperationEntry {
  return {
    id,
    method,
    path: pathItem.path,
    pointer,
    summary: textOf([value, ...pathItem.parts.map((part) => part.value)], 'summary'),
    tags: Array.isArray(value.tags) ? value.tags.filter((tag) => typeof tag === 'string') : [],
    deprecated: value.deprecated === true,
  };
}

/** By method, in the order of `httpMethods`, and after them the additional ones as they are written. */
function operationsIn({ parts }: PathItem): Map<string, Placed> {
  const found = new Map<string, Placed>();
  const add = (method: string, { value, pointer }: Placed, ...steps: readonly string[]) => {
    const operation = valueAt(value, steps);
    if (isObject(operation) && !found.has(method))
      found.set(method, { value: operation, pointer: pointer + pointerOf(...steps) });
  };
  for (const method of httpMethods) for (const part of parts) add(method, part, method.toLowerCase());
  for (const part of parts) {
    const { additionalOperations } = part.value;
    for (const name of Object.keys(isObject(additionalOperations) ? additionalOperations : {})) {
      if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !name.startsWith('x-'))
        add(name, part, 'additionalOperations', name);
    }
  }
  return found;
}

/** The first text that one of the objects has under a name. */
function textOf(objects: readonly JsonObject[], name: string): string {
  return objects.map((object) => object[name]).find((value) => typeof value === 'string') ?? '';
}
