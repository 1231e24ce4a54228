import type { Document } from '../../document/index.js';
import { type Content, type Parameter, serializeParameter } from '../../operation/index.js';
import type { Schemas } from '../../schema/index.js';
import { lookAt } from '../../schema/outlook.js';
import { viewOf } from '../../schema/view.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { contentHash } from './content-hash.js';

/** A body that is still a value, with the entry of `content` that it is written for. */
export interface BodyPlan {
  readonly content: Content;
  readonly value: Json;
  readonly document: Document;
  readonly schemas: Schemas;
}

export interface WrittenBody {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

type Form = 'json' | 'urlencoded' | 'multipart' | 'text' | 'binary';

/** How bodies of a media type are written, and which concrete type a range stands for; null where we cannot. */
export function formOf(mediaType: string): { readonly form: Form; readonly contentType: string } | null {
  const essence = (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (essence === '*/*' || essence === 'application/*') return { form: 'json', contentType: 'application/json' };
  if (essence === 'application/json' || essence === 'text/json' || essence.endsWith('+json')) {
    return essence.includes('*')
      ? { form: 'json', contentType: 'application/json' }
      : { form: 'json', contentType: mediaType };
  }
  if (essence === 'application/x-www-form-urlencoded') return { form: 'urlencoded', contentType: essence };
  if (essence === 'multipart/form-data') return { form: 'multipart', contentType: essence };
  if (essence === 'text/*') return { form: 'text', contentType: 'text/plain' };
  if (essence === 'text/plain' || essence === 'text/markdown') return { form: 'text', contentType: mediaType };
  if (essence === 'application/octet-stream') return { form: 'binary', contentType: mediaType };
  if (/^(image|audio|video)\//.test(essence)) {
    return { form: 'binary', contentType: essence.endsWith('/*') ? essence.replace('*', 'png') : mediaType };
  }
  return null;
}

/** Whether values of this media type keep their JSON types on the wire. */
export function keepsTypes(content: Content): boolean {
  return formOf(content.mediaType)?.form === 'json';
}

/** The bytes of a body, or null where the value has no form in this media type. */
export function writeBody(plan: BodyPlan): WrittenBody | null {
  const form = formOf(plan.content.mediaType);
  if (form === null) return null;
  const { contentType } = form;
  const encoder = new TextEncoder();
  switch (form.form) {
    case 'json':
      return { bytes: encoder.encode(JSON.stringify(plan.value)), contentType };
    case 'text':
    case 'binary':
      return typeof plan.value === 'string' ? { bytes: encoder.encode(plan.value), contentType } : null;
    case 'urlencoded':
      return isObject(plan.value) ? { bytes: encoder.encode(urlencoded(plan, plan.value)), contentType } : null;
    case 'multipart':
      return isObject(plan.value) ? multipart(plan, plan.value) : null;
  }
}

/** Whether a body is a form without a field: many a server reads it as no form at all. */
export function isEmptyForm({ content, value }: BodyPlan): boolean {
  const form = formOf(content.mediaType)?.form;
  if ((form !== 'urlencoded' && form !== 'multipart') || !isObject(value)) return false;
  return Object.values(value).every((member) => Array.isArray(member) && member.length === 0);
}

/** OpenAPI 3.1, 4.8.15.1: each property as a query parameter of style `form`, unless its Encoding says otherwise. */
function urlencoded(plan: BodyPlan, value: JsonObject): string {
  const pieces = Object.entries(value).map(([name, member]) => {
    const encoding = plan.content.encoding[name] ?? {};
    const styled = encoding.style !== undefined || encoding.explode !== undefined;
    const json = isObject(member) && !styled;
    if (json) return `${encodeURIComponent(name)}=${encodeURIComponent(JSON.stringify(member))}`;
    const style = (typeof encoding.style === 'string' ? encoding.style : 'form') as Parameter['style'];
    return serializeParameter(
      {
        name,
        in: 'query',
        pointer: plan.content.pointer,
        required: false,
        deprecated: false,
        description: '',
        style,
        explode: typeof encoding.explode === 'boolean' ? encoding.explode : style === 'form',
        allowReserved: encoding.allowReserved === true,
        allowEmptyValue: false,
        mediaType: null,
        schema: plan.schemas.inline(true, plan.content.pointer, 'request'),
        examples: [],
      },
      member,
    );
  });
  return pieces.filter((piece) => piece !== null && piece !== '').join('&');
}

interface Part {
  readonly name: string;
  readonly text: string;
  readonly contentType: string | null;
  readonly fileName: string | null;
}

/** OpenAPI 3.1, 4.8.15.2 and RFC 7578: scalars as text, objects as JSON, binary strings as files, arrays as repeated parts. */
function multipart(plan: BodyPlan, value: JsonObject): WrittenBody {
  const parts = Object.entries(value).flatMap(([name, member]): Part[] => {
    const encoding = plan.content.encoding[name];
    const declared = typeof encoding?.contentType === 'string' ? (encoding.contentType.split(',', 1)[0] ?? null) : null;
    const isFile = isBinary(plan, name, member);
    return (Array.isArray(member) ? member : [member]).map((each) => {
      const structured = typeof each === 'object' && each !== null;
      const fallback = structured ? 'application/json' : isFile ? 'application/octet-stream' : null;
      return {
        name,
        text: structured ? JSON.stringify(each) : String(each),
        contentType: declared?.includes('*') ? fallback : (declared ?? fallback),
        fileName: isFile ? 'counterproof.bin' : null,
      };
    });
  });
  const boundary = `counterproof-${contentHash(new TextEncoder().encode(JSON.stringify(parts)))}`;
  const lines = parts.flatMap(({ name, text, contentType, fileName }) => [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${quoted(name)}"${fileName ? `; filename="${fileName}"` : ''}`,
    ...(contentType ? [`Content-Type: ${contentType}`] : []),
    '',
    text,
  ]);
  const bytes = new TextEncoder().encode([...lines, `--${boundary}--`, ''].join('\r\n'));
  return { bytes, contentType: `multipart/form-data; boundary=${boundary}` };
}

function isBinary({ content, value, schemas }: BodyPlan, name: string, member: Json): boolean {
  if (!content.schema) return false;
  const view = viewOf(schemas.document);
  const { parts } = lookAt(schemas, 'request', [content.schema.pointer], value);
  const own = view.member(parts, name).map(({ pointer }) => pointer);
  const held = lookAt(schemas, 'request', own, member).parts;
  const items = view.certain(...view.under(held, 'items').map(({ to }) => to));
  return [...held, ...items].some(
    ({ schema }) => schema.format === 'binary' || schema.contentMediaType === 'application/octet-stream',
  );
}

/** As browsers do (HTML, "multipart/form-data encoding algorithm"). */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
