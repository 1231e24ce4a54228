import { describe, isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import { schemaKeywords } from '../upgrade/two/parameter.js';
import type { Placed, Report } from './report.js';
import { checkExamples, checkStyle } from './written.js';

/** Schema Objects may also be booleans (JSON Schema 2020-12); in place of what is neither, anything is valid. What is inside is read when it is compiled. */
export function checkSchema(report: Report, { value, segments }: Placed<Json>, holder: JsonObject): void {
  if (!isObject(value) && typeof value !== 'boolean') {
    setMember(holder, segments.at(-1) as string, true);
    report.add(segments, {
      id: 'shape',
      takes: 'schema',
      message: 'Not a Schema Object',
      expected: 'an object or a boolean',
      found: describe(value),
    });
  }
}

const places: readonly string[] = ['path', 'query', 'header', 'cookie', 'querystring'];

/** RFC 9110, 5.6.2. */
const token = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;
const tokenCharacters = "letters, digits and any of !#$%&'*+-.^_`|~ (RFC 9110, 5.6.2)";

/**
 * The name of a header that is sent, which HTTP can carry: without blanks around it.
 * @returns whether it can, then
 */
export function checkFieldName(
  report: Report,
  { value, segments }: Placed<JsonObject>,
  outcome: string,
  id: 'header-name' | 'security-scheme' = 'header-name',
): boolean {
  const { name } = value;
  if (typeof name !== 'string' || name === '' || token.test(name)) return true;
  const trimmed = name.trim();
  const isRead = token.test(trimmed);
  if (isRead) value.name = trimmed;
  report.add([...segments, 'name'], {
    id: isRead ? 'header-name' : id,
    message: isRead
      ? `${JSON.stringify(name)} cannot be the name of a header, and was read as ${JSON.stringify(trimmed)}`
      : `${JSON.stringify(name)} cannot be the name of a header${outcome}`,
    expected: tokenCharacters,
    found: describe(name),
  });
  return isRead;
}

/** A Parameter Object (OpenAPI 3.1, 4.8.12), or a reference to one. */
export function checkParameter(report: Report, placed: Placed<Json>): void {
  const parameter = report.once(placed, 'a Parameter Object', 'operation');
  if (parameter === undefined) return;
  const { value, segments } = parameter;
  report.text(parameter, 'name', 'The name of a parameter');
  const called = typeof value.name === 'string' ? `Parameter ${JSON.stringify(value.name)}` : 'A parameter';
  // The name of a whole query stands nowhere on the wire, and the specification's own examples have none.
  if ((typeof value.name !== 'string' || value.name === '') && value.in !== 'querystring') {
    report.spoil(value, 'a parameter has no name');
    report.add('name' in value ? [...segments, 'name'] : segments, {
      id: 'parameter-name',
      takes: 'operation',
      message: 'A parameter has no name',
      expected: 'a string',
      found: describe(value.name),
    });
  }
  const isPlaced = typeof value.in === 'string' && places.includes(value.in);
  if (!isPlaced) {
    report.spoil(value, `${called} does not say where it is`);
    report.add('in' in value ? [...segments, 'in'] : segments, {
      id: 'parameter-place',
      takes: 'operation',
      message: `${called} does not say where it is`,
      expected: 'path, query, querystring, header or cookie',
      found: describe(value.in),
    });
  }
  if (value.in === 'header') checkFieldName(report, parameter, ', and it was left out');
  if (value.in === 'path' && value.required !== true) {
    report.add(segments, {
      id: 'path-parameter-optional',
      message: `${called} is in the path and so is required`,
      expected: 'required: true',
      found: describe(value.required),
    });
  }
  checkStyle(report, parameter, called);
  // In 2.0 the schema is made from what stands beside "in".
  if (isPlaced || !('type' in value)) checkSchemaOrContent(report, parameter, called);
}

/** A Header Object (4.8.21), or a reference to one. */
export function checkHeader(report: Report, placed: Placed<Json>): void {
  const header = report.once(placed, 'a Header Object');
  if (header !== undefined) checkDescribed(report, header);
}

function checkSchemaOrContent(report: Report, holder: Placed<JsonObject>, called: string): void {
  if (checkDescribed(report, holder)) return;
  if (typeof holder.value.type === 'string') {
    readAsBefore(report, holder, called);
    return;
  }
  report.add(holder.segments, {
    id: 'parameter-schema',
    message: `${called} has neither "schema" nor "content"`,
    expected: 'one of both',
    found: 'nothing',
    remedy: 'Add a schema, for example: schema: { type: string }',
  });
}

/** What 2.0 writes beside `name` and `in` can only be the schema. */
function readAsBefore(report: Report, { value, segments }: Placed<JsonObject>, called: string): void {
  const said = Object.entries(value).filter(([name]) => schemaKeywords.has(name));
  value.schema = Object.fromEntries(said);
  report.add([...segments, 'type'], {
    id: 'version-two',
    message: `${called} has no "schema", and what it says of its value as in 2.0 was read as one`,
    expected: '"schema"',
    remedy: 'Put "type" and what belongs to it under "schema".',
  });
}

/** @returns whether there is a schema or content */
function checkDescribed(report: Report, holder: Placed<JsonObject>): boolean {
  const schema = report.present(holder, 'schema', 'a Schema Object');
  if (schema !== undefined)
    checkSchema(report, { value: schema, segments: [...holder.segments, 'schema'] }, holder.value);
  checkExamples(report, holder);
  checkContent(report, holder);
  return schema !== undefined || 'content' in holder.value;
}

/** The media types of a parameter, body, response or header (4.8.14). */
function checkContent(report: Report, holder: Placed<JsonObject>): void {
  const content = report.object(holder, 'content', 'an object of Media Type Objects by media type');
  if (content === undefined) return;
  for (const { name, value, segments } of report.members(content)) {
    if (!/^[^\s/]+\/[^\s/]+/.test(name)) {
      report.add(segments, {
        id: 'media-type',
        message: `${JSON.stringify(name)} is not a media type`,
        expected: 'type/subtype, for example application/json',
      });
    }
    if (value === null) {
      report.present(content, name, 'a Media Type Object');
      content.value[name] = {};
      continue;
    }
    checkMediaType(report, { value, segments });
  }
  shareSchemas(report, content);
}

const withoutCharset = (mediaType: string): string => mediaType.toLowerCase().replace(/\s*;\s*charset=[^;]*/, '');

/** `application/json` with examples alone beside `application/json; charset=utf-8` with a schema are one media type (RFC 9110, 8.3.1). */
function shareSchemas(report: Report, content: Placed<JsonObject>): void {
  const schemas = new Map<string, Json>();
  const all = report.members(content);
  for (const { name, value } of all) {
    if (isObject(value) && value.schema !== undefined) schemas.set(withoutCharset(name), value.schema);
  }
  for (const { name, value, segments } of all) {
    const schema = schemas.get(withoutCharset(name));
    const isOpen = isObject(value) && !['schema', 'itemSchema', '$ref'].some((member) => Object.hasOwn(value, member));
    if (schema === undefined || !isOpen) continue;
    report.add(segments, {
      id: 'media-type-twice',
      message: `${JSON.stringify(name)} has no schema, and is declared once more with one`,
      expected: 'one entry for a media type',
      remedy: 'Put both into one entry.',
    });
    value.schema = schema;
  }
}

/** A Media Type Object (OpenAPI 3.2, 4.14), or a reference to one. */
export function checkMediaType(report: Report, placed: Placed<Json>): void {
  const mediaType = report.once(placed, 'a Media Type Object', 'schema');
  if (mediaType === undefined) return;
  checkExamples(report, mediaType);
  for (const member of ['schema', 'itemSchema']) {
    const schema = report.present(mediaType, member, 'a Schema Object');
    if (schema !== undefined)
      checkSchema(report, { value: schema, segments: [...mediaType.segments, member] }, mediaType.value);
  }
}

/** A Request Body Object (4.8.13), or a reference to one. */
export function checkBody(report: Report, placed: Placed<Json>): void {
  const body = report.once(placed, 'a Request Body Object', 'operation');
  if (body === undefined) return;
  checkContent(report, body);
  if (!('content' in body.value)) {
    report.add(body.segments, {
      id: 'content-missing',
      message: 'A request body declares no content',
      expected: '"content"',
      found: 'nothing',
    });
  }
}

/** A Response Object (4.8.17), or a reference to one. */
export function checkResponse(report: Report, placed: Placed<Json>): void {
  const response = report.once(placed, 'a Response Object', 'response');
  if (response === undefined) return;
  const { schema } = response.value;
  if (isObject(schema) && !('content' in response.value)) {
    response.value.content = { 'application/json': { schema } };
    report.add([...response.segments, 'schema'], {
      id: 'version-two',
      message: 'A response has a schema of its own, as in 2.0, and was read as one of JSON',
      expected: '"content"',
      remedy: 'Put it under the media type, in "content".',
    });
  }
  const headers = report.object(response, 'headers', 'an object of Header Objects by name');
  for (const { value, segments } of headers ? report.members(headers) : []) {
    const name = String(segments.at(-1));
    if (token.test(name)) checkHeader(report, { value, segments });
    else {
      report.add(segments, {
        id: 'header-name',
        message: `${JSON.stringify(name)} cannot be the name of a header, and it was left out`,
        expected: tokenCharacters,
        found: describe(name),
      });
      delete headers?.value[name];
    }
  }
  checkContent(report, response);
}
