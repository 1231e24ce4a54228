import { type Content, concreteMediaType, formatOf, matchesRange, writeBody } from '../../operation/index.js';
import type { Schemas } from '../../schema/index.js';
import { isObject, type Json } from '../../text/value.js';

/** A body that is still a value, with the entry of `content` that it is written for. */
export interface BodyPlan {
  readonly content: Content;
  readonly value: Json;
  readonly schemas: Schemas;
}

/** How bodies of a declared media type are written; null where what is sent could not be judged. */
export function formOf(declared: string): ReturnType<typeof formatOf>['name'] | null {
  const mediaType = concreteMediaType(declared);
  const { isRead, name } = formatOf(mediaType);
  return isRead && matchesRange(declared, mediaType) ? name : null;
}

/** Whether values of this media type keep their JSON types on the wire. */
export function keepsTypes(content: Content): boolean {
  const form = formOf(content.mediaType);
  return form === 'json' || form === 'json lines' || form === 'json sequence';
}

/** The bytes of a body, or null where the value has no form in this media type. */
export function bytesOf(plan: BodyPlan): { readonly bytes: Uint8Array; readonly contentType: string } | null {
  const mediaType = concreteMediaType(plan.content.mediaType);
  if (formOf(plan.content.mediaType) === null || !formatOf(mediaType).fits(plan.value)) return null;
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
