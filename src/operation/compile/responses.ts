import type { Schemas } from '../../schema/index.js';
import { child, pointerOf } from '../../text/pointer.js';
import { isObject } from '../../text/value.js';
import type { Header, Response } from '../types.js';
import { compileContent, examplesIn, schemaIn } from './content.js';
import { type Placed, resolveObject } from './placed.js';

/** The Responses Object of an operation (OpenAPI 3.1, 4.8.16), in the order of the document. */
export function compileResponses(operation: Placed, schemas: Schemas): Response[] {
  const responses = child(operation.value, 'responses');
  return Object.entries(isObject(responses) ? responses : {}).flatMap(([key, item]) => {
    const found = resolveObject(schemas.document, item, operation.pointer + pointerOf('responses', key));
    if (!found || !/^(?:[1-5][0-9][0-9]|[1-5][Xx][Xx]|default)$/.test(key)) return [];
    const { value, pointer } = found;
    return {
      key: key === 'default' ? key : key.toUpperCase(),
      pointer,
      description: typeof value.description === 'string' ? value.description : '',
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
    return {
      name,
      pointer,
      required: value.required === true,
      schema: schemaIn(value, pointer, schemas, 'response') ?? content?.schema ?? null,
      mediaType: value.schema === undefined && content ? content.mediaType : null,
      explode: value.explode === true,
      examples: [...examplesIn(value, pointer, schemas), ...(content?.examples ?? [])],
    };
  });
}
