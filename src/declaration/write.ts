import { caseNamesOf, type Fixtures, noFixtures } from '../fixture/index.js';
import { type Content, isJson, type Operation, type Operations, type Response } from '../operation/index.js';
import type { Direction } from '../schema/index.js';
import { pointerOf } from '../text/pointer.js';
import { isObject } from '../text/value.js';
import { commentOf } from './comment.js';
import { indented, literal, memberName } from './names.js';
import { SchemaTypes } from './schema-types.js';

const withRequired = `
type WithRequired<Type, Name extends PropertyKey> = Type extends unknown
  ? Type & Required<Pick<Type, Extract<Name, keyof Type>>>
  : never;
`;

/**
 * Declares in TypeScript what a document says of its operations and schemas, and which cases its fixtures have: a module that
 * adds to the types of `counterproof` itself, and exports one type for each component.
 * @param fixtures those of the document; none where it is left out
 */
export function writeDeclarations(operations: Operations, fixtures: Fixtures = noFixtures()): string {
  const { document, entries } = operations;
  const compiled = entries.map((entry) => operations.compile(entry));
  const components = componentsOf(operations);
  const types = new SchemaTypes(document, components, compiled.flatMap(pointersOf));
  const members = compiled.map((operation) => {
    const { id, summary, deprecated } = operation;
    const comment = commentOf([
      `\`${operation.method} ${operation.path}\`${summary === '' ? '' : `: ${summary}`}`,
      ...(deprecated ? ['@deprecated'] : []),
    ]);
    return `${comment}${memberName(id)}: ${objectOf(membersOf(operation, fixtures, types))};`;
  });
  const schemas = types.declarations();
  const augmentation = `declare module 'counterproof' {\n  interface OperationTypes {\n${indented(indented(members.join('\n')))}\n  }\n}\n`;
  return [
    `// Written by \`counterproof types\` from ${document.name.replaceAll(/\s+/g, ' ')}: write it anew, and do not change it.\n`,
    `import ${literal('counterproof')};\n`,
    '\n',
    augmentation,
    schemas.includes('WithRequired<') || augmentation.includes('WithRequired<') ? withRequired : '',
    schemas === '' ? '' : `\n${schemas}`,
  ].join('');
}

function componentsOf({ document }: Operations): string[] {
  const schemas = document.at('/components/schemas');
  return isObject(schemas) ? Object.keys(schemas).map((name) => pointerOf('components', 'schemas', name)) : [];
}

/** Every schema that an operation has by itself. */
function pointersOf({ parameters, requestBody, responses }: Operation): string[] {
  const contents = [...(requestBody?.content ?? []), ...responses.flatMap(({ content }) => content)];
  const headers = responses.flatMap((response) => response.headers);
  const schemas = [...parameters, ...contents, ...headers].map(({ schema }) => schema);
  return schemas.flatMap((schema) => (schema === null ? [] : [schema.pointer]));
}

/** Members by name, an optional one with `?`. */
type Members = readonly (readonly [name: string, type: string])[];

function objectOf(members: Members): string {
  if (members.length === 0) return '{}';
  return `{\n${indented(members.map(([name, type]) => `${name}: ${type};`).join('\n'))}\n}`;
}

function membersOf(operation: Operation, fixtures: Fixtures, types: SchemaTypes): Members {
  const { id, method, path, responses } = operation;
  const cases = caseNamesOf(operation, fixtures.for(id));
  return [
    ['name', literal(`${method} ${path}`)],
    ['path', parametersIn(operation, 'path', types)],
    ['query', parametersIn(operation, 'query', types)],
    ['header', parametersIn(operation, 'header', types)],
    ['cookie', parametersIn(operation, 'cookie', types)],
    ['body', bodyOf(operation, types)],
    ['answers', objectOf(responses.map((response) => [keyOf(response), answerOf(response, method, types)]))],
    ['cases', cases.length === 0 ? 'never' : cases.map(literal).join(' | ')],
  ];
}

function parametersIn({ parameters }: Operation, place: string, types: SchemaTypes): string {
  const members = parameters
    .filter((parameter) => parameter.in === place)
    .map((parameter): [string, string] => {
      const name = place === 'header' ? parameter.name.toLowerCase() : parameter.name;
      const comment = commentOf([parameter.description, ...(parameter.deprecated ? ['@deprecated'] : [])]);
      return [
        `${comment}${memberName(name)}${parameter.required ? '' : '?'}`,
        types.at(parameter.schema.pointer, 'request'),
      ];
    });
  // Clients send other header fields too.
  return objectOf(place === 'header' ? [...members, ['[name: string]', 'unknown']] : members);
}

function bodyOf({ requestBody }: Operation, types: SchemaTypes): string {
  if (requestBody === null) return 'undefined';
  return contentType(requestBody.content, 'request', types, requestBody.required ? [] : ['undefined']);
}

/** A status as the number that it is. */
const keyOf = ({ key }: Response): string => (/^[1-5]\d\d$/.test(key) || key === 'default' ? key : literal(key));

function answerOf({ headers, content }: Response, method: string, types: SchemaTypes): string {
  const fields = headers.map(({ name, schema }): [string, string] => [
    `${memberName(name)}?`,
    schema === null ? 'string' : fieldType(types.at(schema.pointer, 'response')),
  ]);
  const body = content.length === 0 || method === 'HEAD' ? 'undefined' : contentType(content, 'response', types);
  return objectOf([
    ['headers', objectOf(fields)],
    ['body', body],
  ]);
}

/** The value of a header field: a text, or a number that becomes one. */
function fieldType(type: string): string {
  return /^(?:string|number|'[^']*'|\d+)(?: \| (?:string|number|'[^']*'|\d+))*$/.test(type) ? type : 'string | number';
}

/** What a body is in any of its media types: JSON, or else the text. */
function contentType(
  contents: readonly Content[],
  direction: Direction,
  types: SchemaTypes,
  more: readonly string[] = [],
): string {
  const all = contents.map(({ schema, mediaType }) => {
    if (schema !== null) return types.at(schema.pointer, direction);
    return isJson(mediaType) || !mediaType.startsWith('text/') ? 'unknown' : 'string';
  });
  return all.includes('unknown') || all.length === 0 ? 'unknown' : [...new Set([...all, ...more])].join(' | ');
}
