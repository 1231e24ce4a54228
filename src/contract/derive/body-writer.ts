import {
  type Content,
  concreteMediaType,
  type FormatName,
  formatOf,
  mediaTypeOf,
  octets,
  writeBody,
} from '../../operation/index.js';
import type { Schemas } from '../../schema/index.js';
import { isObject, type Json } from '../../text/value.js';

/** A body that is still a value, with the entry of `content` that it is written for. */
export interface BodyPlan {
  readonly content: Content;
  readonly value: Json;
  readonly schemas: Schemas;
}

/** How bodies of a declared media type are written. */
export function formOf(declared: string): FormatName {
  return formatOf(concreteMediaType(declared)).name;
}

/** Whether values of this media type keep their JSON types on the wire. */
export function keepsTypes(content: Content): boolean {
  const form = formOf(content.mediaType);
  return form === 'json' || form === 'json lines' || form === 'json sequence';
}

/** Whether a value has a form in the media type that it is planned for. */
export function isWritable({ content, value }: BodyPlan): boolean {
  const mediaType = concreteMediaType(content.mediaType);
  return formatOf(mediaType).fits(value, mediaTypeOf(mediaType) ?? octets);
}

/** The bytes of a body, or null where the value has no form in this media type. */
export function bytesOf(plan: BodyPlan): { readonly bytes: Uint8Array; readonly contentType: string } | null {
  if (!isWritable(plan)) return null;
  const mediaType = concreteMediaType(plan.content.mediaType);
  const { body, contentType } = writeBody({ ...plan, mediaType });
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  // An answer says of its text that it is UTF-8; a request says what the document says, and no more.
  return { bytes, contentType: contentType === `${mediaType}; charset=utf-8` ? mediaType : contentType };
}

/** Whether a body is a form without a field: many a server reads it as no form at all. */
export function isEmptyForm({ content, value }: BodyPlan): boolean {
  const form = formOf(content.mediaType);
  if ((form !== 'urlencoded' && form !== 'multipart') || !isObject(value)) return false;
  return Object.values(value).every((member) => Array.isArray(member) && member.length === 0);
}
