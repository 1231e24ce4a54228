import { type HttpRequest, headerOf } from '../http.js';
import { mediaTypeOf } from '../media-type.js';
import { BodyBudget, openBodyLimits } from './limits.js';
import { readParts } from './multipart.js';

/** A file that was sent. */
export interface Upload {
  /** Of the part of a form that it is; null where it is the whole body. */
  readonly part: string | null;
  /** Of the file; null where nobody says. */
  readonly name: string | null;
  /** As sent, without parameters; null where nobody says. */
  readonly mediaType: string | null;
  readonly bytes: Uint8Array;
}

/** The files of a multipart form (RFC 7578, 4.2), or a body that is none of a known kind. */
export function uploadsIn(request: HttpRequest): readonly Upload[] {
  const { body } = request;
  const type = mediaTypeOf(headerOf(request, 'content-type') ?? '');
  if (body === null || body === undefined || typeof body === 'string' || type === null) return [];
  if (type.essence !== 'multipart/form-data')
    return /^(?:image|audio|video|application\/(?:octet-stream|pdf|zip))/.test(type.essence)
      ? [{ part: null, name: null, mediaType: type.essence, bytes: body }]
      : [];
  const read = readParts(body, type.parameters.get('boundary'), new BodyBudget(openBodyLimits));
  const parts = read.ok ? read.parts.filter(({ fileName }) => fileName !== null) : [];
  return parts.map(({ name, fileName, mediaType, bytes }) => ({
    part: name,
    name: fileName,
    mediaType: mediaType?.split(';')[0] ?? null,
    bytes,
  }));
}
