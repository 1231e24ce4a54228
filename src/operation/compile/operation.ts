import type { Document, DocumentProblem } from '../../document/index.js';
import type { Problem } from '../../errors.js';
import type { Schemas } from '../../schema/index.js';
import { child, pointerOf } from '../../text/pointer.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { exampleMisfits } from '../example.js';
import type { Header, Operation, OperationEntry, RequestBody, Response, SecurityScheme } from '../types.js';
import { compileContent, examplesIn, schemaIn } from './content.js';
import { parameterOf } from './header.js';
import { compileParameters } from './parameters.js';
import { type PathItem, type Placed, resolveObject } from './placed.js';
import { serializedExamples } from './serialized.js';

/** Reads an Operation Object (OpenAPI 3.1, 4.8.10): references followed, defaults filled in, schemas ready to compile. */
export function compileOperation(entry: OperationEntry, pathItem: PathItem, schemas: Schemas): Operation {
  const { document } = schemas;
  const value = document.at(entry.pointer) as JsonObject;
  const parameters = compileParameters({ value, pointer: entry.pointer }, pathItem, schemas);
  const requestBody = compileRequestBody(value, entry.pointer, schemas);
  const responses = compileResponses({ value, pointer: entry.pointer }, schemas);
  const content = [
    requestBody?.content ?? [],
    ...responses.flatMap(({ headers, content }) => [headers, content]),
  ].flat();
  const schemasUsed = () => [...parameters, ...content].flatMap(({ schema }) => schema ?? []);
  let problems: readonly Problem[] | undefined;
  let warnings: readonly DocumentProblem[] | undefined;
  return {
    ...entry,
    document,
    schemas,
    description: typeof value.description === 'string' ? value.description : '',
    parameters,
    requestBody,
    responses,
    security: compileSecurity(value, document),
    get problems() {
      problems ??= unique(schemasUsed().flatMap((schema) => schema.problems));
      return problems;
    },
    get warnings() {
      warnings ??= unique([
        ...schemasUsed().flatMap((schema) => schema.warnings),
        ...exampleMisfits({ responses }, schemas),
      ]);
      return warnings;
    },
    *reading() {
      for (const schema of schemasUsed()) yield* schema.reading();
    },
  };
}

function compileRequestBody(operation: JsonObject, pointer: string, schemas: Schemas): RequestBody | null {
  const found = resolveObject(schemas.document, operation.requestBody, pointer + pointerOf('requestBody'));
  if (!found) return null;
  return {
    pointer: found.pointer,
    required: found.value.required === true,
    content: compileContent(child(found.value, 'content'), found.pointer + pointerOf('content'), schemas, 'request'),
  };
}

/** One problem of a shared component is one problem, however many places lead to it. */
function unique<One extends Problem>(problems: readonly One[]): One[] {
  return [...new Map(problems.map((problem) => [`${problem.location?.pointer} ${problem.message}`, problem])).values()];
}

/** The Responses Object of an operation (OpenAPI 3.1, 4.8.16), in the order of the document. */
function compileResponses(operation: Placed, schemas: Schemas): Response[] {
  const responses = child(operation.value, 'responses');
  return Object.entries(isObject(responses) ? responses : {}).flatMap(([key, item]) => {
    const found = resolveObject(schemas.document, item, operation.pointer + pointerOf('responses', key));
    if (!found || !/^(?:[1-5][0-9][0-9]|[1-5][Xx][Xx]|default)$/.test(key)) return [];
    const { value, pointer } = found;
    return {
      key: key === 'default' ? key : key.toUpperCase(),
      pointer,
      description: [value.description, value.summary].find((text) => typeof text === 'string') ?? '',
      headers: compileHeaders(found, schemas),
      content: compileContent(child(value, 'content'), pointer + pointerOf('content'), schemas, 'response'),
    };
  });
}

/** Header Objects (OpenAPI 3.1, 4.8.21). `Content-Type` says nothing here: `content` does (4.8.17.1). */
function compileHeaders(response: Placed, schemas: Schemas): Header[] {
  const headers = child(response.value, 'headers');
  return Object.entries(isObject(headers) ? headers : {}).flatMap(([name, item]) => {
    const found = resolveObject(schemas.document, item, response.pointer + pointerOf('headers', name));
    if (!found || name.toLowerCase() === 'content-type') return [];
    const { value, pointer } = found;
    const [content] = compileContent(child(value, 'content'), pointer + pointerOf('content'), schemas, 'response');
    const schema = schemaIn(value, pointer, schemas, 'response') ?? content?.schema ?? null;
    const header: Header = {
      name,
      pointer,
      required: value.required === true,
      schema,
      mediaType: value.schema === undefined && content ? content.mediaType : null,
      explode: value.explode === true,
      examples: [...examplesIn(value, pointer, schemas), ...(content?.examples ?? [])],
    };
    if (schema === null) return header;
    const serialized = serializedExamples(parameterOf({ ...header, schema }), value, schemas.document);
    return serialized.length > 0 ? { ...header, examples: [...serialized, ...header.examples] } : header;
  });
}

const types: readonly SecurityScheme['type'][] = ['apiKey', 'http', 'oauth2', 'openIdConnect', 'mutualTLS'];
const places: readonly SecurityScheme['in'][] = ['header', 'query', 'cookie'];

/**
 * The Security Requirement Objects of an operation (OpenAPI 3.1, 4.8.30): its own, or else the document's. Alternatives
 * (or), each a list (and).
 */
function compileSecurity(operation: JsonObject, document: Document): SecurityScheme[][] {
  const list = child(operation, 'security') ?? child(document.root, 'security');
  return (Array.isArray(list) ? list : []).map((requirement) =>
    Object.entries(isObject(requirement) ? requirement : {}).flatMap(
      ([name, scopes]) => compileScheme(name, scopes, document) ?? [],
    ),
  );
}

const known = new WeakMap<Document, readonly SecurityScheme[]>();

/** All security schemes that a document has (OpenAPI 3.1, 4.8.27), whoever demands them. */
export function securitySchemesOf(document: Document): readonly SecurityScheme[] {
  let schemes = known.get(document);
  if (schemes === undefined) {
    const named = document.at(pointerOf('components', 'securitySchemes'));
    const names = isObject(named) ? Object.keys(named) : [];
    schemes = names.flatMap((name) => compileScheme(name, [], document) ?? []);
    known.set(document, schemes);
  }
  return schemes;
}

function compileScheme(name: string, scopes: Json, document: Document): SecurityScheme | undefined {
  const at = pointerOf('components', 'securitySchemes', name);
  const { value, pointer } = document.resolve(document.at(at), at);
  const type = types.find((one) => one === child(value, 'type'));
  if (!isObject(value) || !type) return undefined;
  const place = places.find((one) => one === value.in) ?? null;
  const apiKey = type === 'apiKey';
  if (apiKey && (place === null || typeof value.name !== 'string')) return undefined;
  return {
    name,
    pointer,
    type,
    in: apiKey ? place : null,
    parameterName: apiKey && typeof value.name === 'string' ? value.name : null,
    httpScheme: type === 'http' && typeof value.scheme === 'string' ? value.scheme.toLowerCase() : null,
    scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [],
  };
}
