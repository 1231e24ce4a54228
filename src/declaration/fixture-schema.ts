import { fixtureFileSchema, successKey } from '../fixture/index.js';
import type { Content, Operation, Operations, Parameter, Response } from '../operation/index.js';
import { findResources } from '../resource/index.js';
import { percentEncoded } from '../text/percent.js';
import { type Json, type JsonObject, Members } from '../text/value.js';
import { Shapes, type ShapeUse } from './shapes.js';

/**
 * The JSON Schema (2020-12) of fixture files of one document, for editors: with its operations, parameters, statuses and bodies.
 * It refuses nothing that is taken when the file is read; what it cannot say of a file is said then.
 */
export function fixtureSchemaOf(operations: Operations): JsonObject {
  const shapes = new Shapes(operations.document);
  const properties = new Members() as JsonObject;
  const own: JsonObject = {};
  const parameters = new Members() as JsonObject;
  for (const [index, entry] of operations.entries.entries()) {
    const operation = operations.compile(entry);
    const name = String(index + 1);
    own[`operation-${name}`] = operationSchema(operation, name, shapes);
    for (const key of new Set([entry.id, `${entry.method} ${entry.path}`]))
      properties[key] = reference(`operation-${name}`);
    own[`case-${name}`] = caseSchema(operation, name, shapes);
    own[`answer-${name}`] = answerSchema(operation, shapes);
    for (const parameter of operation.parameters) parameters[parameter.name] ??= described(parameter.description);
  }
  const base = objectAt(fixtureFileSchema, 'properties');
  const resources = objectAt(base, 'resources');
  const found = findResources(operations).all.map(({ name }) => [name, resources.additionalProperties ?? true]);
  return {
    ...fixtureFileSchema,
    $id: `urn:counterproof:fixtures:${percentEncoded(operations.document.name)}`,
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

/** What the document adds to what the file may say of an operation. */
function operationSchema(operation: Operation, name: string, shapes: Shapes): JsonObject {
  const { method, path, summary, parameters, requestBody } = operation;
  const values = parameters.map((parameter) => [parameter.name, parameterShape(parameter, shapes)]);
  return {
    description: `${method} ${path}${summary === '' ? '' : `: ${summary}`}`,
    allOf: [reference('operation')],
    properties: {
      cases: { additionalProperties: reference(`case-${name}`), items: reference(`case-${name}`) },
      contract: {
        properties: {
          parameters: { additionalProperties: false, properties: Object.fromEntries(values) },
          body: requestBody === null ? false : bodyShape(requestBody.content, 'request', shapes),
        },
      },
    },
  };
}

function parameterShape({ schema, description }: Parameter, shapes: Shapes): JsonObject {
  return { ...described(description), allOf: [shapes.at(schema.pointer, 'request')] };
}

/** What it adds to a case, named or not. */
function caseSchema(operation: Operation, name: string, shapes: Shapes): JsonObject {
  const parts = ['path', 'query', 'header', 'cookie'].map((part): [string, Json] => {
    const values = operation.parameters
      .filter((parameter) => parameter.in === part)
      // In an address all is text, and a request that is refused has what the document does not allow.
      .map((parameter) => [parameter.name, { anyOf: [parameterShape(parameter, shapes), true] }]);
    const closed = part === 'path' ? { additionalProperties: false } : {};
    return [part, { properties: Object.fromEntries(values), ...closed }];
  });
  const content = operation.requestBody?.content;
  const body = content === undefined ? false : bodyShape(content, 'part', shapes);
  return {
    allOf: [reference(`answer-${name}`)],
    properties: {
      when: { properties: { ...Object.fromEntries(parts), body } },
      // biome-ignore lint/suspicious/noThenProperty: it is the word of the file, and no promise.
      then: { items: reference(`answer-${name}`) },
    },
  };
}

/** What it adds to an answer, of a case or of a step of its sequence. */
function answerSchema(operation: Operation, shapes: Shapes): JsonObject {
  const { responses } = operation;
  const statuses = responses.flatMap(({ key, description }): JsonObject[] =>
    /^\d+$/.test(key) ? [{ const: Number(key), ...described(description) }] : [],
  );
  const mediaTypes = [...new Set(responses.flatMap(({ content }) => content.map(({ mediaType }) => mediaType)))];
  const fields = responses.flatMap(({ headers }) => headers.map(({ name }): [string, Json] => [name, true]));
  const bodies = responses.map((response) => bodyByStatus(operation, response, shapes));
  return {
    properties: {
      // Others may be there where they are meant, and these are to be completed.
      status: { anyOf: [...statuses, true] },
      ...(mediaTypes.length > 0 && { mediaType: { anyOf: [{ enum: mediaTypes }, true] } }),
      headers: { properties: Object.fromEntries(fields) },
    },
    ...(bodies.length > 0 && { allOf: bodies }),
  };
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
