import { writeJson } from '../../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../../text/value.js';
import { isJson } from '../../media-type.js';
import { formPairs } from '../../parameter/pairs.js';
import { styleIn } from '../../parameter/styles/table.js';
import { decodeUtf8, percentDecodeForm } from '../../text.js';
import { type FormValue, readForm } from '../form.js';
import type { BodyFormat, UnwrittenBody } from '../format.js';
import { undecodable } from '../read.js';

/**
 * A form (WHATWG URL, 5.2): each property as a query parameter of style `form`, objects as JSON, unless its Encoding
 * Object says otherwise (OpenAPI 3.1, 4.8.15.1).
 */
export const urlencoded: BodyFormat = {
  name: 'urlencoded',
  covers: ({ essence }) => essence === 'application/x-www-form-urlencoded',
  isRead: true,
  fits: (value) => isObject(value) || typeof value === 'string',
  write(body) {
    const { value, mediaType } = body;
    return {
      body: typeof value === 'string' ? value : formText(body.content, isObject(value) ? value : { value }),
      contentType: mediaType,
    };
  },
  read({ content, bytes, document, budget }) {
    const text = decodeUtf8(bytes);
    if (!text.ok) return { violations: [undecodable(content, text)] };
    const fields = new Map<string, FormValue[]>();
    for (const [name, raws] of formPairs(text.text, () => budget.spend('members')).byName) {
      fields.set(
        name,
        raws.map((raw) => ({ raw })),
      );
    }
    return readForm({ fields, decode: percentDecodeForm, budget }, content, document);
  },
};

/** The pairs of a form, as the Encoding Objects of its content say. */
export function formText(content: UnwrittenBody['content'], value: JsonObject): string {
  const pieces = Object.entries(value).map(([name, member]) => {
    const encoding = (content && Object.hasOwn(content.encoding, name) && content.encoding[name]) || {};
    return field(name, member, encoding);
  });
  return pieces
    .filter((piece) => piece !== null && piece !== '')
    .join('&')
    .replaceAll('%20', '+');
}

function field(name: string, member: Json, encoding: JsonObject): string | null {
  const { style: named, explode, allowReserved, contentType } = encoding;
  const style = styleIn('query', named);
  const isExploded = typeof explode === 'boolean' ? explode : style.explodes;
  if (named !== undefined || explode !== undefined || allowReserved !== undefined)
    return style.write({ name, in: 'query', explode: isExploded }, member);
  const asJson = typeof contentType === 'string' && isJson(contentType);
  const written = (item: Json) => (asJson || typeof item === 'object' ? writeJson(item) : item);
  const value = Array.isArray(member) ? member.map(written) : member === null ? null : written(member);
  return style.write({ name, in: 'query', explode: true }, value);
}
