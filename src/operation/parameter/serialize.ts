import { writeJson } from '../../text/integers.js';
import { isObject } from '../../text/value.js';
import { formText } from '../body/formats/urlencoded.js';
import { isJson, mediaTypeOf } from '../media-type.js';
import { percentEncode } from '../text.js';
import type { Parameter } from '../types.js';
import { assign, primitiveText } from './styles/pieces.js';
import { styleIn } from './styles/table.js';

/**
 * Writes a value as the document says (OpenAPI 3.2, 4.12; RFC 6570): reading it again gives the value. All but
 * unreserved characters are percent-encoded, and with `allowReserved` those reserved ones that delimit nothing stay.
 * @returns for the query `a=1&a=2`, for a path the segment, for a header the field value, for cookies `a=1; a=2`;
 * null where the style does not say how (an array in an array, null, an empty array), or where reading again would
 * give something else (a comma within a header's array).
 */
export function serializeParameter(parameter: Parameter, value: unknown): string | null {
  const { mediaType, in: place, style } = parameter;
  const text =
    mediaType === null ? styleIn(place, style).write(parameter, value) : content(parameter, mediaType, value);
  if (text !== null && parameter.allowReserved && mediaType === null) return withReserved(text, place);
  if (place === 'path') return asSegment(text);
  return place === 'header' ? asFieldValue(text) : text;
}

/** Whether the style of a parameter is for single values, too, and not only for arrays and objects. */
export function takesOneValue({ in: place, style }: Parameter): boolean {
  return styleIn(place, style).takesOne;
}

/** Reserved characters (RFC 3986, 2.2) that delimit nothing in any style. In a path `/` and `?` delimit. */
function withReserved(text: string, place: Parameter['in']): string | null {
  const kept = place === 'path' ? /%(?:3A|40|21|24|27|28|29|2A)/g : /%(?:3A|40|21|24|27|28|29|2A|2F|3F)/g;
  const written = text.replaceAll(kept, decodeURIComponent);
  return place === 'path' ? asSegment(written) : written;
}

function content({ in: place, name, content }: Parameter, mediaType: string, value: unknown): string | null {
  if (place === 'querystring' && mediaTypeOf(mediaType)?.essence === 'application/x-www-form-urlencoded') {
    return isObject(value) ? formText(content, value) || null : null;
  }
  const text = isJson(mediaType) ? (writeJson(value) as string | undefined) : primitiveText(value);
  if (text === undefined || text === null || place === 'header') return text ?? null;
  return place === 'path' || place === 'querystring'
    ? percentEncode(text)
    : assign(percentEncode(name), percentEncode(text));
}

/** Dot segments are removed on the way (RFC 3986, 5.2.4), even encoded ones, and an empty segment matches no template. */
function asSegment(segment: string | null): string | null {
  return segment === null || /^(?:\.|%2e){0,2}$/i.test(segment) ? null : segment;
}

/** What can stand in a field value and comes through unchanged (RFC 9110, 5.5). */
function asFieldValue(text: string | null): string | null {
  return text !== null && /^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/.test(text) ? text : null;
}
