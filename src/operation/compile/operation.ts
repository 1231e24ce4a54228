import type { Problem } from '../../errors.js';
import type { Schemas } from '../../schema/index.js';
import { child, pointerOf } from '../../text/pointer.js';
import type { JsonObject } from '../../text/value.js';
import type { Operation, OperationEntry, RequestBody } from '../types.js';
import { compileContent } from './content.js';
import { compileParameters } from './parameters.js';
import { type PathItem, resolveObject } from './placed.js';
import { compileResponses } from './responses.js';
import { compileSecurity } from './security.js';

/** Reads an Operation Object (OpenAPI 3.1, 4.8.10): references followed, defaults filled in, schemas ready to compile. */
export function compileOperation(entry: OperationEntry, pathItem: PathItem, schemas: Schemas): Operation {
  const { document } = schemas;
  const value = document.at(entry.pointer) as JsonObject;
  const parameters = compileParameters({ value, pointer: entry.pointer }, pathItem, schemas);
  const requestBody = compileRequestBody(value, entry.pointer, schemas);
  const responses = compileResponses({ value, pointer: entry.pointer }, schemas);
  const security = compileSecurity(value, entry.pointer, document);
  const content = [
    requestBody?.content ?? [],
    ...responses.flatMap(({ headers, content }) => [headers, content]),
  ].flat();
  const schemasUsed = () => [...parameters, ...content].flatMap(({ schema }) => schema ?? []);
  let problems: readonly Problem[] | undefined;
  return {
    ...entry,
    document,
    schemas,
    description: typeof value.description === 'string' ? value.description : '',
    parameters,
    requestBody,
    responses,
    security: security.alternatives,
    get problems() {
      problems ??= unique([...security.problems, ...schemasUsed().flatMap((schema) => schema.problems)]);
      return problems;
    },
    get warnings() {
      return unique(schemasUsed().flatMap((schema) => schema.warnings));
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
function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.location?.pointer} ${problem.message}`, problem])).values()];
}
