import { type HttpRequest, headerOf } from '../http.js';
import { mediaTypeOf } from '../media-type.js';
import { BodyBudget, openBodyLimits } from './limits.js';
import { readParts } from './multipart.js';

/** A file that was sent. */
export interface Upload {
  readonly name: string | null;
  /** As sent, without parameters; null where nobody says. */
  readonly mediaType: string | null;
  /** In bytes. */
  readonly size: number;
}

/** The first file of a multipart form (RFC 7578, 4.2), or a body that is none of a known kind; null where no file was sent. */
export function uploadIn(request: HttpRequest): Upload | null {
  const { body } = request;
  const type = mediaTypeOf(headerOf(request, 'content-type') ?? '');
  if (body === null || body === undefined || typeof body === 'string' || type === null) return null;
  if (type.essence !== 'multipart/form-data')
    return /^(?:image|audio|video|application\/(?:octet-stream|pdf|zip))/.test(type.essence)
      ? { name: null, mediaType: type.essence, size: body.length }
      : null;
  const read = readParts(body, type.parameters.get('boundary'), new BodyBudget(openBodyLimits));
  const file = read.ok ? read.parts.find(({ fileName }) => fileName !== null) : undefined;
  if (file === undefined) return null;
  return { name: file.fileName, mediaType: file.mediaType?.split(';')[0] ?? null, size: file.bytes.length };
}
