import { addAll } from '../../../text/many.js';
import { primitiveTypes, shapeOf } from '../../parameter/shape.js';
import { decodeText } from '../../text.js';
import { always, type BodyFormat, type BodyReading, type UnreadBody } from '../format.js';
import { bodyFault, undecodable, usableSchema } from '../read.js';
import { parseXml } from '../xml/parse.js';
import { draftXml } from '../xml/read.js';
import { writeXml } from '../xml/write.js';
import { withCharset } from './text.js';

/** One XML document, as the XML Objects of the schema say (OpenAPI 3.2, 4.26). */
export const xml: BodyFormat = {
  name: 'xml',
  covers: ({ subtype }) => subtype === 'xml' || subtype.endsWith('+xml'),
  isRead: true,
  fits: always,
  write({ value, mediaType, content, schemas }) {
    const { pointer = null, direction = 'response' } = content?.schema ?? {};
    // A string that is a document is it; another one is the text of its element.
    const isDocument = typeof value === 'string' && /^\s*</.test(value);
    const body = isDocument ? value : writeXml(value, pointer, direction, schemas);
    return { body, contentType: withCharset(mediaType) };
  },
  read: readXml,
};

function readXml({ content, type, bytes, document, budget }: UnreadBody): BodyReading {
  const charset = type.parameters.get('charset') ?? declaredEncoding(bytes);
  const text = decodeText(bytes, charset);
  if (!text.ok) return { violations: [undecodable(content, text)] };
  const reading = parseXml(text.text, budget);
  if (reading.ok === 'unread') return { value: text.text, violations: [] };
  if (!reading.ok) {
    const { line, column, found } = reading;
    const message = `body is not XML: at line ${line}, column ${column}: ${found}`;
    return { violations: [bodyFault(content, 'syntax', message, 'one XML document', { line, column, found })] };
  }
  const schema = usableSchema(content);
  // A string is the document itself, of which only a schema of XML could say more.
  if (schema === null || (shapeOf(schema, document).types & ~primitiveTypes) === 0) {
    return { value: text.text, violations: [] };
  }
  const { draft, violations } = draftXml(reading.root, schema, document);
  addAll(violations, draft.settle(schema, 'body', ''));
  return { value: draft.value, violations };
}

/** The encoding that the XML declaration names, of those that have ASCII in them (XML 1.0, 4.3.3). */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  return /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(start)?.[1];
}
