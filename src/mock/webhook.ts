import { createFaker } from '../fake/index.js';
import {
  type Content,
  concreteMediaType,
  type HttpRequest,
  isJson,
  type OperationEntry,
  type Operations,
  type Parameter,
  serializeParameter,
  shownExample,
  type WrittenBody,
  writeBody,
} from '../operation/index.js';
import type { Schema, Schemas } from '../schema/index.js';
import type { Json } from '../text/value.js';

/** A webhook as it would be sent, or why it cannot be. */
export type WebhookRequest =
  | { readonly ok: true; readonly request: HttpRequest }
  | { readonly ok: false; readonly message: string };

/**
 * The request of a webhook (OpenAPI 3.2, 4.1.1): its body, its declared header fields and its required query, as the document
 * shows them, or made from their schemas. The same seed gives the same request. The target is what stands behind the
 * address of the receiver.
 */
export function webhookRequest(operations: Operations, entry: OperationEntry, seed = 1): WebhookRequest {
  const operation = operations.compile(entry);
  const faker = createFaker(operations.schemas);
  const make: Make = (schema, salt) => {
    if (schema.problem !== null) return undefined;
    const generated = faker.generate(schema, { seed, salt: `${entry.id} ${salt}` });
    return generated.ok ? generated.value : undefined;
  };
  const headers: Record<string, string> = {};
  const query: string[] = [];
  for (const parameter of operation.parameters) {
    if (parameter.in === 'path' || !(parameter.in === 'header' || parameter.required)) continue;
    const text = textOf(parameter, make);
    if (text === null && parameter.required) {
      return { ok: false, message: `No value was found for the ${parameter.in} parameter ${parameter.name}` };
    }
    if (text === null) continue;
    if (parameter.in === 'header') headers[parameter.name.toLowerCase()] = text;
    else if (parameter.in === 'cookie') headers.cookie = [headers.cookie, text].filter(Boolean).join('; ');
    else query.push(text);
  }
  const target = query.length > 0 ? `?${query.join('&')}` : '';
  const contents = operation.requestBody?.content ?? [];
  const content = contents.find(({ mediaType }) => isJson(mediaType)) ?? contents[0];
  if (content === undefined) return { ok: true, request: { method: entry.method, target, headers, body: null } };
  const written = bodyOf(content, operations.schemas, make);
  if (written === null) return { ok: false, message: `No body was found that fits ${content.pointer}` };
  headers['content-type'] = written.contentType;
  const body = typeof written.body === 'string' ? new TextEncoder().encode(written.body) : written.body;
  return { ok: true, request: { method: entry.method, target, headers, body } };
}

/** Makes a value of a schema; undefined where none is found. */
type Make = (schema: Schema, salt: string) => Json | undefined;

function textOf(parameter: Parameter, make: Make): string | null {
  const shown = parameter.examples.find(({ value }) => parameter.schema.accepts(value))?.value;
  const value = shown ?? make(parameter.schema, parameter.name);
  return value === undefined ? null : serializeParameter(parameter, value);
}

function bodyOf(content: Content, schemas: Schemas, make: Make): WrittenBody | null {
  const mediaType = concreteMediaType(content.mediaType);
  const [example] = content.examples;
  const shown = example && shownExample(content, example);
  const text = example?.serialized ?? (shown?.isText ? String(shown.value) : undefined);
  if (text !== undefined) return { body: text, contentType: mediaType };
  const value = shown?.value ?? (content.schema === null ? {} : make(content.schema, 'body'));
  return value === undefined ? null : writeBody({ value, mediaType, content, schemas });
}
