import { fixtureFileSchema, successKey } from '../fixture/index.js';
import type { Content, Operation, Operations, Parameter, Response } from '../operation/index.js';
import { findResources } from '../resource/index.js';
import type { Json, JsonObject } from '../text/value.js';
import { Shapes, type ShapeUse } from './shapes.js';

/**
 * The JSON Schema (2020-12) of fixture files of one document, for editors: with its operations, parameters, statuses and bodies.
 * It refuses nothing that is taken when the file is read; what it cannot say of a file is said then.
 */
export function fixtureSchemaOf(operations: Operations): JsonObject {
  const shapes = new Shapes(operations.document);
  const properties: JsonObject = {};
  const own: JsonObject = {};
  const parameters: JsonObject = {};
  for (const [index, entry] of operations.entries.entries()) {
    const operation = operations.compile(entry);
    const name = String(index + 1);
    own[`operation-${name}`] = operationSchema(operation, name, shapes);
    for (const key of new Set([entry.id, `${entry.method} ${entry.path}`]))
      properties[key] = reference(`operation-${name}`);
    const bodies = operation.responses.map((response) => bodyByStatus(operation, response, shapes));
    own[`bodies-${name}`] = bodies.length === 0 ? true : { allOf: bodies };
    own[`case-${name}`] = answerSchema(operation, 'case', name, shapes);
    own[`listedCase-${name}`] = answerSchema(operation, 'listedCase', name, shapes);
    own[`step-${name}`] = answerSchema(operation, 'step', name, shapes);
    for (const parameter of operation.parameters) parameters[parameter.name] ??= described(parameter.description);
  }
  const base = objectAt(fixtureFileSchema, 'properties');
  const resources = objectAt(base, 'resources');
  const found = findResources(operations).all.map(({ name }) => [name, resources.additionalProperties ?? true]);
  return {
    ...fixtureFileSchema,
    $id: `urn:counterproof:fixtures:${encodeURIComponent(operations.document.name)}`,
    title: `Counterproof fixtures of ${operations.document.name}`,
    properties: {
      ...base,
      operations: { ...objectAt(base, 'operations'), properties, additionalProperties: false },
      resources: { ...resources, properties: Object.fromEntries(found) },
      contract: {
        ...objectAt(base, 'contract'),
        properties: { parameters: { properties: parameters } },
      },
    },
    $defs: {
      ...objectAt(fixtureFileSchema, '$defs'),
      schema: { $ref: 'https://json-schema.org/draft/2020-12/schema' },
      ...own,
      ...shapes.definitions,
    },
  };
}

const reference = (name: string): JsonObject => ({ $ref: `#/$defs/${name}` });
const objectAt = (value: JsonObject, name: string): JsonObject => value[name] as JsonObject;
const described = (text: string): JsonObject => (text === '' ? {} : { description: text });
const definition = (name: string): JsonObject => objectAt(objectAt(fixtureFileSchema, '$defs'), name);

function operationSchema(operation: Operation, name: string, shapes: Shapes): JsonObject {
  const { method, path, summary, parameters, requestBody } = operation;
  const base = definition('operation');
  const cases = objectAt(objectAt(base, 'properties'), 'cases');
  const values = parameters.map((parameter) => [parameter.name, parameterShape(parameter, shapes)]);
  return {
    ...base,
    description: `${method} ${path}${summary === '' ? '' : `: ${summary}`}`,
    properties: {
      ...objectAt(base, 'properties'),
      cases: { ...cases, additionalProperties: reference(`case-${name}`), items: reference(`listedCase-${name}`) },
      contract: {
        ...definition('contract'),
        properties: {
          parameters: { type: 'object', additionalProperties: false, properties: Object.fromEntries(values) },
          body: requestBody === null ? false : bodyShape(requestBody.content, 'request', shapes),
        },
      },
    },
  };
}

function parameterShape({ schema, description }: Parameter, shapes: Shapes): JsonObject {
  return { ...described(description), allOf: [shapes.at(schema.pointer, 'request')] };
}

/** A case, or a step of its sequence, of one operation. */
function answerSchema(
  operation: Operation,
  kind: 'case' | 'listedCase' | 'step',
  name: string,
  shapes: Shapes,
): JsonObject {
  const base = definition(kind);
  const properties = objectAt(base, 'properties');
  const { responses } = operation;
  const statuses = responses.flatMap(({ key, description }): JsonObject[] =>
    /^\d+$/.test(key) ? [{ const: Number(key), ...described(description) }] : [],
  );
  const mediaTypes = [...new Set(responses.flatMap(({ content }) => content.map(({ mediaType }) => mediaType)))];
  const { type, minimum, maximum, ...status } = objectAt(properties, 'status');
  const fields = responses.flatMap(({ headers }) => headers.map(({ name }): [string, Json] => [name, true]));
  const headers = objectAt(properties, 'headers');
  return {
    ...base,
    properties: {
      ...properties,
      status: { ...status, anyOf: [...statuses, { type, minimum, maximum } as JsonObject] },
      ...(mediaTypes.length > 0 && {
        mediaType: { anyOf: [{ enum: mediaTypes }, properties.mediaType as JsonObject] },
      }),
      headers: {
        ...headers,
        properties: Object.fromEntries(fields.map(([name]) => [name, headers.additionalProperties ?? true])),
      },
      ...(kind !== 'step' && { when: whenSchema(operation, objectAt(properties, 'when'), shapes) }),
      // biome-ignore lint/suspicious/noThenProperty: it is the word of the file, and no promise.
      ...(kind !== 'step' && { then: { ...objectAt(properties, 'then'), items: reference(`step-${name}`) } }),
    },
    allOf: [reference(`bodies-${name}`)],
  };
}

function whenSchema(operation: Operation, base: JsonObject, shapes: Shapes): JsonObject {
  const parts = Object.entries(objectAt(base, 'properties')).map(([part, said]): [string, Json] => {
    if (part === 'body') {
      const content = operation.requestBody?.content;
      return [
        part,
        content === undefined ? false : { ...(said as JsonObject), allOf: [bodyShape(content, 'part', shapes)] },
      ];
    }
    const values = operation.parameters
      .filter((parameter) => parameter.in === part)
      // In an address all is text, and a request that is refused has what the document does not allow.
      .map((parameter) => [parameter.name, { anyOf: [parameterShape(parameter, shapes), true] }]);
    const closed = part === 'path' ? { additionalProperties: false } : {};
    return [part, { ...(said as JsonObject), properties: Object.fromEntries(values), ...closed }];
  });
  return { ...base, properties: Object.fromEntries(parts) };
}

/** The body of an answer that has the status of a response, unless it is meant not to be the document's. */
function bodyByStatus(operation: Operation, response: Response, shapes: Shapes): JsonObject {
  const { responses } = operation;
  const { key, content } = response;
  const declared = responses.flatMap((one) => (/^\d+$/.test(one.key) ? [Number(one.key)] : []));
  const range = Number(key.charAt(0)) * 100;
  const ranges = responses.flatMap((one) => (/^\dXX$/.test(one.key) ? [Number(one.key.charAt(0)) * 100] : []));
  const others = [
    ...(declared.length > 0 ? [{ enum: declared }] : []),
    ...ranges.flatMap((from) => (key === 'default' ? [{ minimum: from, maximum: from + 99 }] : [])),
  ];
  const status: JsonObject = /^\d+$/.test(key)
    ? { const: Number(key) }
    : {
        ...(key !== 'default' && { minimum: range, maximum: range + 99 }),
        ...(others.length > 0 && { allOf: others.map((other) => ({ not: other })) }),
      };
  const [body, merge] = [bodyShape(content, 'response', shapes), bodyShape(content, 'part', shapes)];
  return {
    if: {
      properties: { status, offContract: { not: { const: true } } },
      ...(key === successKey(operation) ? {} : { required: ['status'] }),
    },
    // biome-ignore lint/suspicious/noThenProperty: the keyword's name
    then: { properties: content.length === 0 ? { body: false, merge: false } : { body, merge } },
  };
}

function bodyShape(content: readonly Content[], use: ShapeUse, shapes: Shapes): Json {
  const all = content.map(({ schema }) => (schema === null ? true : shapes.at(schema.pointer, use)));
  const [only, second] = all;
  return only === undefined || all.includes(true) ? true : second === undefined ? only : { anyOf: all };
}
