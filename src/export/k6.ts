import { plannedCases } from '../contract/index.js';
import { isUnsafe } from '../contract/internal.js';
import type { Document } from '../document/index.js';
import type { Mock } from '../mock/index.js';
import { type Operation, resultOf } from '../operation/index.js';
import { parsePointer, pointerOf } from '../text/pointer.js';
import { isObject, type Json, type JsonObject, setMember } from '../text/value.js';
import { credentialsOf } from './base-request.js';
import { createFits } from './fits.js';
import { serverUrl } from './requests.js';

/** Requests of one operation: more tell nothing new of a server under load. */
const mostRequests = 20;

interface LoadScript {
  readonly text: string;
  readonly notes: readonly string[];
}

/**
 * A script for k6 that draws valid requests from the cases of the suite, and holds status, media type and JSON of every answer
 * against the document.
 * @param allowWrites whether requests are sent too that may change something (RFC 9110, 9.2.1)
 */
export function loadScript(mock: Mock, allowWrites: boolean): LoadScript {
  return resultOf(writingLoadScript(mock, allowWrites));
}

export function* writingLoadScript(mock: Mock, allowWrites: boolean): Generator<null, LoadScript> {
  const { operations, fixtures, seed } = mock;
  const { named, placeholders } = credentialsOf(mock);
  const requests: JsonObject[] = [];
  const counts = new Map<string, number>();
  const answers: JsonObject = {};
  const schemas: JsonObject = {};
  let withheld = 0;
  for (const one of plannedCases({ operations, fixtures, seed, aspects: ['accepted'] })) {
    yield null;
    const { operationId, aspect, expectation, request } = one;
    const entry = operations.find(operationId);
    const count = counts.get(operationId) ?? 0;
    const isWanted = aspect === 'accepted' && expectation === 'accepted' && count < mostRequests;
    if (entry === undefined || !isWanted) continue;
    if (isUnsafe(request.method) && !allowWrites) {
      withheld += 1;
      continue;
    }
    const operation = operations.compile(entry);
    const { method, target, headers, body } = named(request, operation);
    const text = body === null ? null : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
    // A script holds text.
    if (text?.includes('\uFFFD')) continue;
    counts.set(operationId, count + 1);
    requests.push({ operation: operationId, method, target, headers: headers as JsonObject, body: text });
    if (!Object.hasOwn(answers, operationId))
      setMember(answers, operationId, answersOf(operation, operations.document, schemas));
  }
  const credentials = placeholders.map((name) => name.slice(1));
  const data = { requests, answers, schemas, baseUrl: serverUrl(mock), credentials };
  const notes = withheld === 0 ? [] : [`${withheld} requests that may change something are left out`];
  return { text: scriptOf(operations.document.name, data), notes };
}

/** What an operation may answer: by the key of the response and the media type the pointer of a schema, or null. */
function answersOf({ responses }: Operation, document: Document, schemas: JsonObject): JsonObject {
  const answers: JsonObject = {};
  for (const { key, content } of responses) {
    const types: JsonObject = {};
    for (const { mediaType, schema, sequence } of content) {
      const isWhole = schema !== null && sequence === undefined;
      setMember(types, mediaType.toLowerCase(), isWhole ? schema.pointer : null);
      if (isWhole) collect(schema.pointer, document, schemas);
    }
    answers[key.toUpperCase()] = types;
  }
  return answers;
}

const plainKeywords =
  `type enum const required pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum
  minItems maxItems uniqueItems minProperties maxProperties`.split(/\s+/);
const schemaKeywords = ['items', 'additionalProperties', 'propertyNames'];
const listKeywords = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const mapKeywords = ['properties', 'patternProperties'];

/** Puts the schema at a pointer, and all that it refers to, beside the others: what `createFits` heeds of them. */
export function collect(pointer: string, document: Document, schemas: JsonObject): void {
  if (Object.hasOwn(schemas, pointer)) return;
  setMember(schemas, pointer, true);
  setMember(schemas, pointer, heeded(document.at(pointer), document, schemas));
}

function heeded(schema: Json | undefined, document: Document, schemas: JsonObject): Json {
  // Inside of an `$id` references lead elsewhere than they say (JSON Schema 2020-12 Core, 8.2.1).
  if (!isObject(schema) || '$id' in schema || '$dynamicRef' in schema) return schema !== false;
  const inner = (value: Json | undefined) => heeded(value, document, schemas);
  const kept: JsonObject = {};
  if (typeof schema.$ref === 'string' && schema.$ref.startsWith('#/')) {
    kept.$ref = pointerOf(...parsePointer(schema.$ref));
    collect(kept.$ref, document, schemas);
  }
  for (const name of plainKeywords) if (schema[name] !== undefined) kept[name] = schema[name];
  for (const name of schemaKeywords) if (schema[name] !== undefined) kept[name] = inner(schema[name]);
  for (const name of listKeywords) if (Array.isArray(schema[name])) kept[name] = schema[name].map(inner);
  for (const name of mapKeywords) {
    const members: JsonObject = {};
    const map = schema[name];
    for (const [member, value] of isObject(map) ? Object.entries(map) : []) setMember(members, member, inner(value));
    if (isObject(map)) kept[name] = members;
  }
  if (Array.isArray(kept.required))
    kept.required = kept.required.filter((name) => !isWriteOnly(schema, String(name), document));
  return kept;
}

/** What is only sent, no answer has to have (OpenAPI 3.1, 4.8.24). */
function isWriteOnly({ properties }: JsonObject, name: string, document: Document): boolean {
  const member = document.resolve(isObject(properties) ? properties[name] : undefined, '').value;
  return isObject(member) && (member.writeOnly === true || 'allOf' in member);
}

function scriptOf(name: string, data: { readonly [member: string]: Json }): string {
  const literal = (value: Json | undefined) => JSON.stringify(value).replaceAll(/[\u2028\u2029]/g, escapedSeparator);
  const lists = (member: string) => `JSON.parse(${literal(JSON.stringify(data[member]))})`;
  return `// Load for ${name.replaceAll(/\s/g, ' ')}, written by counterproof export: k6 run -e BASE_URL=http://localhost:3000 THIS_FILE
// Each request is drawn from the valid ones of the contract suite, and each answer is held against the document.
import { check } from ${literal('k6')};
import http from ${literal('k6/http')};

const baseUrl = (__ENV.BASE_URL || ${literal(data.baseUrl)}).replace(/\\/+$/, '');
// As -e NAME=value: what stands for itself here is no secret.
const credentials = ${literal(data.credentials)};
const requests = ${lists('requests')};
const answers = ${lists('answers')};
const schemas = ${lists('schemas')};
const fits = (${createFits.toString()})(schemas);

export const options = {
  vus: Number(__ENV.VUS || 10),
  duration: __ENV.DURATION || '30s',
  thresholds: { checks: ['rate>0.99'] },
};

function filled(text) {
  return credentials.reduce((all, name) => all.split('$' + name).join(__ENV[name] || 'counterproof'), text);
}

function declaredFor(operation, status) {
  const responses = answers[operation];
  const range = Math.floor(status / 100) + 'XX';
  return responses[String(status)] || responses[range] || responses.DEFAULT;
}

// The media type that is declared for one that came: itself, or a range that covers it.
function typeFor(types, contentType) {
  const essence = (contentType || '').split(';')[0].trim().toLowerCase();
  return Object.keys(types).find((type) => {
    const own = type.split(';')[0].trim();
    return own === essence || own === '*/*' || (own.endsWith('/*') && essence.startsWith(own.slice(0, -1)));
  });
}

function fitsBody(text, pointer) {
  try {
    return fits(JSON.parse(text), schemas[pointer]);
  } catch (error) {
    return false;
  }
}

export default function () {
  const { operation, method, target, headers, body } = requests[Math.floor(Math.random() * requests.length)];
  const fields = {};
  for (const name of Object.keys(headers)) fields[name] = filled(String(headers[name]));
  const response = http.request(method, baseUrl + filled(target), body, {
    headers: fields,
    redirects: 0,
    tags: { name: operation },
  });
  const types = declaredFor(operation, response.status);
  const names = types === undefined ? [] : Object.keys(types);
  const contentType = response.headers['Content-Type'];
  const type = types === undefined ? undefined : typeFor(types, contentType);
  const isJson = /[/+]json\\b/i.test(contentType || '');
  const isEmpty = method === 'HEAD' || !response.body;
  check(response, {
    'no server error': ({ status }) => status > 0 && status < 500,
    'the status is declared': () => types !== undefined,
    'the media type is declared': () => names.length === 0 || isEmpty || type !== undefined,
    'the body fits its schema': () =>
      !isJson || isEmpty || type === undefined || types[type] === null || fitsBody(response.body, types[type]),
  });
}
`;
}

const escapedSeparator = (character: string): string => (character === '\u2028' ? '\\u2028' : '\\u2029');
