import type { Document } from '../../document/index.js';
import { remembering } from '../../text/words.js';
import { mediaTypeOf, octets } from '../media-type.js';
import { primitiveTypes, shapeOf } from '../parameter/shape.js';
import type { Content } from '../types.js';
import type { BodyFormat, BodyReading, UnwrittenBody, WrittenBody } from './format.js';
import { csv } from './formats/csv.js';
import { json } from './formats/json.js';
import { multipart } from './formats/multipart.js';
import { binary, html, other, text } from './formats/text.js';
import { urlencoded } from './formats/urlencoded.js';
import { xml } from './formats/xml.js';
import { BodyBudget, BodyLimitExceeded, type BodyLimits, openBodyLimits } from './limits.js';
import { bodyFault } from './read.js';
import { eventStream, lines, mixed, records } from './sequence/sequence.js';

/** The first that covers a media type writes and reads it. */
const formats: readonly BodyFormat[] = [
  json,
  lines,
  records,
  eventStream,
  mixed,
  urlencoded,
  multipart,
  xml,
  csv,
  html,
  text,
  binary,
];

/** What each value is sent as, where the document names only a range. */
const concrete: Readonly<Record<string, string>> = {
  '*/*': 'application/json',
  'application/*': 'application/json',
  'text/*': 'text/plain',
  'image/*': 'image/png',
  'audio/*': 'audio/mpeg',
  'video/*': 'video/mp4',
  'font/*': 'font/woff2',
  'multipart/*': 'multipart/form-data',
};

/** The media type that is sent for one that is declared: what it names, or the likeliest in its range; octets for no type. */
export const concreteMediaType: (declared: string) => string = remembering((declared) => {
  const type = mediaTypeOf(declared);
  if (type === null) return octets.essence;
  const [essence = '', ...parameters] = declared.split(';');
  const chosen =
    concrete[type.essence] ?? essence.trim().replace('*+', 'vnd.example+').replace(/\/\*$/, '/octet-stream');
  return [chosen, ...parameters].join(';');
});

/** How bodies of a media type are written and read. */
export function formatOf(mediaType: string): BodyFormat {
  return mediaType.length > longestKnown ? formatFor(mediaType) : knownFormat(mediaType);
}

/** What is longer was made up by a client, and is not remembered. */
const longestKnown = 100;

function formatFor(mediaType: string): BodyFormat {
  return formats.find((format) => format.covers(mediaTypeOf(mediaType) ?? octets)) ?? other;
}

const knownFormat = remembering(formatFor);

/** Writes the body of a request or of an answer, with the Content-Type that it is sent with. */
export function writeBody(body: UnwrittenBody): WrittenBody {
  return formatOf(body.mediaType).write(body);
}

/**
 * Decodes and validates a body that falls under a declared content.
 *
 * @param mediaType The Content-Type as sent; where it was absent, that of the content.
 * @param isOpen whether more may come behind the end, as of a stream that was not read to its own
 * @param limits beyond which it is not read: that is one violation with the keyword `limit`, and no value
 */
export function readBody(
  content: Content,
  mediaType: string,
  bytes: Uint8Array,
  document: Document,
  isOpen = false,
  limits: BodyLimits = openBodyLimits,
): BodyReading {
  const type = mediaTypeOf(mediaType) ?? octets;
  try {
    const budget = new BodyBudget(limits);
    return formatOf(type.essence).read({ bytes, type, content, document, budget, isOpen });
  } catch (error) {
    if (!(error instanceof BodyLimitExceeded)) throw error;
    const { limit, expected } = error;
    const message = `body is not read: expected ${expected}, found more`;
    return { violations: [bodyFault(content, 'limit', message, expected, { limit })] };
  }
}

/** Whether a schema has a say over the bodies of a content. What is not read back is judged where it can be a string. */
export function isJudged({ mediaType, schema }: Content, document: Document): boolean {
  return formatOf(concreteMediaType(mediaType)).isRead || (shapeOf(schema, document).types & primitiveTypes) !== 0;
}
