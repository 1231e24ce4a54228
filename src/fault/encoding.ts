import type { Answer } from '../operation/http.js';
import type { Json } from '../text/value.js';
import { bytesOf, jsonOf, nodesOf, replaced, succeeds, textOf, withBody, withHeader } from './body.js';
import { noJson } from './status.js';
import type { Fault, FaultContext } from './types.js';

const byteOrderMark = [0xef, 0xbb, 0xbf];

/** A fault in how a JSON body is written, whatever it says. */
function encodingFault(
  id: string,
  summary: string,
  spoil: (answer: Answer, body: Json, context: FaultContext) => Answer | null,
): Fault {
  return {
    id,
    family: 'encoding',
    summary,
    caughtBy: ['well-formed', 'response-schema'],
    unfit: noJson,
    spoil(answer, context) {
      const body = succeeds(answer) ? jsonOf(answer) : undefined;
      return body === undefined ? null : spoil(answer, body, context);
    },
  };
}

/** The family of bodies that do not arrive as one JSON text in UTF-8 (RFC 8259, 8.1). */
export const encodingFaults: readonly Fault[] = [
  encodingFault('encoding-truncated', 'cuts the JSON off, under a Content-Length that fits', (answer) => {
    const text = textOf(answer);
    // A number that is cut off is another number.
    const cut = text.length > 2 ? text.slice(0, -2) : text.slice(0, -1) || '{';
    return isJson(cut) ? null : withBody(answer, cut);
  }),
  encodingFault('encoding-truncated-transfer', 'ends the connection before the promised length', (answer) => ({
    ...answer,
    effect: { kind: 'truncate', afterBytes: Math.floor(bytesOf(answer).length / 2) },
  })),
  encodingFault('encoding-length-too-long', 'promises more bytes than it sends', (answer) => ({
    ...answer,
    effect: { kind: 'length', contentLength: bytesOf(answer).length + 8 },
  })),
  encodingFault('encoding-invalid-utf8', 'sends a byte that is not UTF-8 inside a string', (answer) => {
    const bytes = [...bytesOf(answer)];
    const quote = bytes.indexOf(0x22);
    bytes.splice(quote === -1 ? bytes.length : quote + 1, 0, 0xff);
    return withBody(answer, Uint8Array.from(bytes));
  }),
  encodingFault('encoding-byte-order-mark', 'begins the body with a byte order mark', (answer) =>
    withBody(answer, Uint8Array.from([...byteOrderMark, ...bytesOf(answer)])),
  ),
  encodingFault('encoding-two-texts', 'sends two JSON texts in one body', (answer) =>
    withBody(answer, `${textOf(answer)}\n${textOf(answer)}`),
  ),
  encodingFault('encoding-single-quotes', 'quotes with apostrophes', (answer) => {
    const text = textOf(answer);
    return text.includes('"') ? withBody(answer, text.replaceAll('"', "'")) : null;
  }),
  {
    ...encodingFault(
      'encoding-raw-newline',
      'leaves a line break unescaped, in one of the strings',
      (answer, body, context) => {
        const schema = context.declared(answer).content?.schema;
        const strings = schema ? nodesOf(body, schema, context).filter(({ value }) => typeof value === 'string') : [];
        const node = strings[Math.floor(context.random() * strings.length)];
        if (!node) return null;
        const marked = JSON.stringify(replaced(body, node.path, 'line@@break'));
        return withBody(answer, marked.replace('line@@break', 'line\nbreak'));
      },
    ),
    generated: true,
  },
  encodingFault('encoding-duplicate-member', 'names a member of an object twice', (answer) => {
    const text = textOf(answer);
    const doubled = text.replace(/\{("(?:[^"\\]|\\.)*"):/, '{$1:null,$1:');
    return doubled === text ? null : withBody(answer, doubled);
  }),
  encodingFault('encoding-not-gzip', 'says Content-Encoding: gzip over plain bytes', (answer) =>
    withHeader(answer, 'Content-Encoding', 'gzip'),
  ),
  encodingFault('encoding-empty', 'sends no body at all', (answer) => withBody(answer, '')),
];

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
