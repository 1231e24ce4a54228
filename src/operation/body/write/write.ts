import { mediaTypeOf } from '../../media-type.js';
import { events } from './events.js';
import type { BodyFormat, UnwrittenBody, WrittenBody } from './format.js';
import { json, jsonLines } from './json.js';
import { multipart } from './multipart.js';
import { binary, other, text } from './text.js';
import { urlencoded } from './urlencoded.js';
import { xml } from './xml.js';

/** The first that covers a media type writes it. */
const formats: readonly BodyFormat[] = [json, jsonLines, events, urlencoded, multipart, xml, text, binary];

/** What each value is sent as, where the document names only a range. */
const concrete: Readonly<Record<string, string>> = {
  '*/*': 'application/json',
  'application/*': 'application/json',
  'text/*': 'text/plain',
  'image/*': 'image/png',
  'audio/*': 'audio/mpeg',
  'video/*': 'video/mp4',
  'multipart/*': 'multipart/form-data',
};

/** The media type that is sent for one that is declared: what it names, or the likeliest in its range. */
export function concreteMediaType(declared: string): string {
  const [essence = '', ...parameters] = declared.split(';');
  const name = essence.trim().toLowerCase();
  const chosen = concrete[name] ?? (name.endsWith('/*') ? 'application/octet-stream' : essence.trim());
  return [chosen.replace('*+', ''), ...parameters].join(';');
}

/** How bodies of a media type are written. */
export function formatOf(mediaType: string): BodyFormat {
  const type = mediaTypeOf(mediaType);
  return (type && formats.find((format) => format.covers(type))) ?? other;
}

/** Writes the body of a request or of an answer, with the Content-Type that it is sent with. */
export function writeBody(body: UnwrittenBody): WrittenBody {
  return formatOf(body.mediaType).write(body);
}
