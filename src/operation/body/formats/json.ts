import { writeJson } from '../../../text/integers.js';
import { isJson } from '../../media-type.js';
import { decodeUtf8 } from '../../text.js';
import { always, type BodyFormat } from '../format.js';
import { bodyFault, undecodable, usableSchema } from '../read.js';

/** One JSON text (RFC 8259): UTF-8 whatever `charset` says, which the media type does not have. */
export const json: BodyFormat = {
  name: 'json',
  covers: ({ essence }) => isJson(essence),
  isRead: true,
  fits: always,
  write: ({ value, mediaType }) => ({ body: writeJson(value), contentType: mediaType }),
  read({ content, bytes, budget }) {
    const text = decodeUtf8(bytes);
    if (!text.ok) return { violations: [undecodable(content, text)] };
    const reading = budget.readJson(text.text);
    if (!reading.ok) {
      const { line, column, expected, found } = reading.fault;
      const message = `body is not JSON: expected ${expected} at line ${line}, column ${column}, found ${found}`;
      return { violations: [bodyFault(content, 'syntax', message, expected, { line, column, found })] };
    }
    return { value: reading.value, violations: usableSchema(content)?.validate(reading.value, 'body', '') ?? [] };
  },
};
