import type { Document } from '../../../document/index.js';
import { viewOf } from '../../../schema/view.js';
import { isObject, type Json, type JsonObject } from '../../../text/value.js';
import { always, type BodyFormat } from '../format.js';
import { readText } from '../read.js';
import { withCharset } from './text.js';

/**
 * A value as XML, with names, attributes and wrapping as the XML Objects of its schema say (OpenAPI 3.1, 4.8.26).
 * What XML has no room for is told plainly: null is an empty element, a member whose name is no XML name is escaped.
 */
export const xml: BodyFormat = {
  name: 'xml',
  covers: ({ subtype }) => subtype === 'xml' || subtype.endsWith('+xml'),
  isRead: false,
  fits: always,
  write({ value, mediaType, content, schemas }) {
    const body = typeof value === 'string' ? value : xmlText(value, schemas.document, content?.schema?.pointer ?? null);
    return { body, contentType: withCharset(mediaType) };
  },
  read: (body) => readText({ ...body, content: { ...body.content, schema: null } }),
};

function xmlText(value: Json, document: Document, schemaPointer: string | null): string {
  const name = schemaPointer === null ? 'root' : rootName(document, schemaPointer);
  // A text has one root: a list at the top is wrapped whether or not its schema says so.
  const root = Array.isArray(value)
    ? `<${qualified(name, {})}>${elements('item', value, document, schemaPointer)}</${qualified(name, {})}>`
    : element(name, value, document, schemaPointer);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

function element(name: string, value: Json, document: Document, pointer: string | null): string {
  const xml = xmlObject(document, pointer);
  const tag = qualified(typeof xml.name === 'string' ? xml.name : name, xml);
  const namespace =
    typeof xml.namespace === 'string'
      ? ` xmlns${typeof xml.prefix === 'string' ? `:${xml.prefix}` : ''}="${escaped(xml.namespace)}"`
      : '';
  if (Array.isArray(value)) {
    const items = elements(name, value, document, pointer);
    return pointer !== null && xml.wrapped === true ? `<${tag}${namespace}>${items}</${tag}>` : items;
  }
  if (typeof value !== 'object' || value === null) {
    return `<${tag}${namespace}>${escaped(value === null ? '' : String(value))}</${tag}>`;
  }
  const parts = pointer === null ? [] : viewOf(document).certain(pointer);
  let attributes = '';
  let content = '';
  for (const [member, inner] of Object.entries(value)) {
    const place = viewOf(document).member(parts, member)[0]?.pointer ?? null;
    const own = xmlObject(document, place);
    if (own.attribute === true && typeof inner !== 'object') {
      attributes += ` ${qualified(String(own.name ?? member), own)}="${escaped(String(inner))}"`;
    } else content += element(member, inner, document, place);
  }
  return `<${tag}${namespace}${attributes}>${content}</${tag}>`;
}

/** The items of a list, one after the other. */
function elements(name: string, list: readonly Json[], document: Document, pointer: string | null): string {
  const view = viewOf(document);
  const parts = pointer === null ? [] : view.certain(pointer);
  const of = (index: number) => view.item(parts, index)[0]?.pointer ?? null;
  return list.map((item, index) => element(name, item, document, of(index))).join('');
}

/** The root is named by its XML Object, else after its component, else by its title. */
function rootName(document: Document, pointer: string): string {
  const { value, pointer: place } = document.resolve(document.at(pointer), pointer);
  const component = /^\/components\/schemas\/([^/]+)$/.exec(place)?.[1];
  const title = isObject(value) && typeof value.title === 'string' ? value.title : undefined;
  return component ?? title ?? 'root';
}

/** The nearest XML Object: a reference may have one beside it. */
function xmlObject(document: Document, pointer: string | null): JsonObject {
  const parts = pointer === null ? [] : viewOf(document).certain(pointer);
  return parts.map(({ schema }) => schema.xml).find(isObject) ?? {};
}

function qualified(name: string, xml: JsonObject): string {
  const safe = name.replaceAll(/[^\p{L}\p{N}_.-]/gu, '_').replace(/^(?![\p{L}_])/u, '_');
  return typeof xml.prefix === 'string' ? `${xml.prefix}:${safe}` : safe;
}

/** Markup is escaped; characters that XML 1.0 (2.2) has no room for are replaced. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
