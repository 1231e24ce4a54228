import type { ParameterIn, Schemas } from '../../schema/index.js';
import { child, pointerOf } from '../../text/pointer.js';
import type { Json } from '../../text/value.js';
import { isToken } from '../http.js';
import { readPathKey, templateNames } from '../match/template.js';
import { styleIn } from '../parameter/styles/table.js';
import type { Parameter } from '../types.js';
import { compileContent, examplesIn, schemaIn } from './content.js';
import { type PathItem, type Placed, resolveObject } from './placed.js';
import { serializedExamples } from './serialized.js';

const places: readonly string[] = ['path', 'query', 'querystring', 'header', 'cookie'] satisfies ParameterIn[];

/** Header parameters that say nothing, besides those whose names no header can have: other parts of the document describe these (OpenAPI 3.1, 4.8.12.1). */
const ignoredHeaders = new Set(['accept', 'content-type', 'authorization']);

/**
 * The parameters of an operation: its own, and those of its path that it does not override by name and place. A name in
 * the path template that nobody describes is a string; one that is described and not in the template cannot be sent, and
 * is left out. What stands in braces in the query of the path's key is a query parameter, wherever it is described.
 */
export function compileParameters(operation: Placed, pathItem: PathItem, schemas: Schemas): Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const { value, pointer } of [...pathItem.parts].reverse().concat(operation)) {
    const list = child(value, 'parameters');
    for (const [index, item] of Array.isArray(list) ? list.entries() : []) {
      const parameter = compileParameter(item, pointer + pointerOf('parameters', index), schemas);
      if (parameter) {
        const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
        parameters.set(`${parameter.in} ${name}`, parameter);
      }
    }
  }
  const { path, query } = readPathKey(pathItem.path);
  const inTemplate = templateNames(path);
  for (const name of inTemplate) {
    const key = `path ${name}`;
    parameters.set(key, parameters.get(key) ?? undescribed(name, operation.pointer, schemas));
  }
  for (const [name, value] of query) {
    const expression = value === null ? undefined : /^\{([^{}]+)\}$/.exec(value)?.[1];
    if (expression === undefined) continue;
    const described = parameters.get(`query ${name}`) ?? parameters.get(`path ${expression}`);
    const parameter = described ?? undescribed(name, operation.pointer, schemas);
    const form = parameter.in === 'path' ? ({ style: 'form', explode: true } as const) : {};
    parameters.set(`query ${name}`, { ...parameter, ...form, name, in: 'query', required: true });
  }
  return [...parameters.values()].filter(({ in: place, name }) => place !== 'path' || inTemplate.includes(name));
}

function compileParameter(item: Json, at: string, schemas: Schemas): Parameter | undefined {
  const found = resolveObject(schemas.document, item, at);
  const place = found?.value.in;
  const name = found?.value.name ?? (place === 'querystring' ? place : undefined);
  if (!found || typeof name !== 'string' || typeof place !== 'string' || !places.includes(place)) {
    return undefined;
  }
  const { value, pointer } = found;
  const where = place as ParameterIn;
  if (where === 'header' && (ignoredHeaders.has(name.toLowerCase()) || !isToken(name))) return undefined;
  const style = styleIn(where, value.style);
  const [content] = compileContent(child(value, 'content'), pointer + pointerOf('content'), schemas, 'request');
  const schema = schemaIn(value, pointer, schemas, 'request') ?? content?.schema ?? anything(pointer, schemas);
  const parameter: Parameter = {
    name,
    in: where,
    pointer,
    required: where === 'path' || value.required === true,
    deprecated: value.deprecated === true,
    description: typeof value.description === 'string' ? value.description : '',
    style: style.name,
    explode: typeof value.explode === 'boolean' ? value.explode : style.explodes,
    allowReserved: value.allowReserved === true,
    allowEmptyValue: value.allowEmptyValue === true,
    mediaType: value.schema === undefined && content ? content.mediaType : null,
    content: value.schema === undefined ? (content ?? null) : null,
    schema,
    examples: [...examplesIn(value, pointer, schemas), ...(content?.examples ?? [])],
  };
  const serialized = serializedExamples(parameter, value, schemas.document);
  return serialized.length > 0 ? { ...parameter, examples: [...serialized, ...parameter.examples] } : parameter;
}

function anything(pointer: string, schemas: Schemas) {
  return schemas.inline(true, pointer, 'request');
}

function undescribed(name: string, pointer: string, schemas: Schemas): Parameter {
  return {
    name,
    in: 'path',
    pointer,
    required: true,
    deprecated: false,
    description: '',
    style: 'simple',
    explode: false,
    allowReserved: false,
    allowEmptyValue: false,
    mediaType: null,
    content: null,
    schema: schemas.inline({ type: 'string' }, pointer, 'request'),
    examples: [],
  };
}
