import type { Answer } from '../operation/http.js';
import { type Content, itemSchemaOf, type Operation, readBody, writeBody } from '../operation/index.js';
import { isObject, type Json } from '../text/value.js';
import { bytesOf, succeeds, successes, textOf, withBody } from './body.js';
import type { Fault, FaultContext } from './types.js';

/** A stream as it was sent, and what it stands for. */
interface Streamed {
  readonly content: Content;
  readonly mediaType: string;
  readonly items: readonly Json[];
  readonly frames: readonly string[];
  readonly end: string;
  /** Whether the document allows a body: what it allows is no fault. */
  allows(body: string): boolean;
}

function streamOf(answer: Answer, context: FaultContext): Streamed | null {
  const { effect } = answer;
  const { content } = context.declared(answer);
  if (!succeeds(answer) || effect?.kind !== 'stream' || !content?.sequence) return null;
  const mediaType = String(answer.headers['Content-Type'] ?? content.mediaType);
  const { document } = content.sequence.schemas;
  const { value } = readBody(content, mediaType, bytesOf(answer), document);
  if (!Array.isArray(value) || value.length === 0) return null;
  const allows = (body: string) =>
    readBody(content, mediaType, new TextEncoder().encode(body), document).violations.length === 0;
  return { content, mediaType, items: value as Json[], frames: effect.frames, end: effect.end, allows };
}

/** The first of several bodies that the document does not allow. */
function streamFault(
  id: string,
  summary: string,
  caughtBy: readonly string[],
  bodies: (stream: Streamed, answer: Answer) => Iterable<string>,
): Fault {
  return {
    id,
    family: 'stream',
    summary,
    caughtBy,
    unfit: noStream,
    spoil(answer, context) {
      const stream = streamOf(answer, context);
      if (stream === null) return null;
      for (const body of bodies(stream, answer)) if (!stream.allows(body)) return withBody(answer, body);
      return null;
    },
  };
}

function noStream(operation: Operation): string | null {
  const contents = successes(operation).flatMap(({ content }) => content);
  return contents.some((content) => content.sequence !== undefined && itemSchemaOf(content) !== null)
    ? null
    : 'no stream with a schema of its items is declared';
}

/** What stands in the place of an item, the likelier mistake first. */
function* instead(item: Json): Iterable<Json> {
  if (isObject(item)) {
    for (const name of Object.keys(item)) {
      const { [name]: _, ...others } = item;
      yield others;
      yield { ...item, [name]: null };
      yield { ...item, [name]: typeof item[name] === 'string' ? 0 : 'counterproof' };
    }
  }
  yield* [null, 'counterproof', 0, {}, []];
}

function* withLast({ items, content, mediaType }: Streamed): Iterable<string> {
  const { schemas } = content.sequence ?? {};
  if (schemas === undefined) return;
  for (const last of instead(items.at(-1) ?? null)) {
    const value = [...items.slice(0, -1), last];
    yield String(writeBody({ value, mediaType, content, schemas }).body);
  }
}

const half = (text: string): string => text.slice(0, Math.ceil(text.length / 2));

/** The family of streams whose items are not what they should be, or do not arrive as such (OpenAPI 3.2, 4.14.3). */
export const streamFaults: readonly Fault[] = [
  {
    ...streamFault('stream-item-invalid', 'sends one item that does not fit', ['response-schema'], withLast),
    generated: true,
  },
  streamFault(
    'stream-item-broken',
    'breaks the frame of one item',
    ['well-formed', 'response-schema'],
    ({ frames, end }) => {
      const before = frames.slice(0, -1).join('');
      const last = frames.at(-1) ?? '';
      // Without the names of its fields, without its delimiter, or cut in the middle with what comes behind it as it was.
      const bare = last.replaceAll(/^\w+: ?/gm, '');
      return [bare, last.replace(/^.*\r\n/, ''), `${half(last)}\n`].map((frame) => before + frame + end);
    },
  ),
  streamFault('stream-cut-off', 'ends in the middle of an item', ['well-formed', 'response-schema'], ({ frames }) => {
    const before = frames.slice(0, -1).join('');
    const last = frames.at(-1) ?? '';
    return [before + half(last), before + last.trimEnd(), before + last.slice(0, -2)];
  }),
  streamFault(
    'stream-joined',
    'puts nothing between its items',
    ['well-formed', 'response-schema'],
    ({ frames, end }) => [
      frames.map((frame) => frame.trim()).join('') + end,
      frames.map((frame) => `${frame.trim()}\n`).join('') + end,
    ],
  ),
  streamFault('stream-as-list', 'sends its items as one JSON list', ['well-formed', 'response-schema'], ({ items }) => [
    JSON.stringify(items),
    `${JSON.stringify(items)}\n\n`,
  ]),
  streamFault(
    'stream-doubled-encoding',
    'sends each item as a JSON text within a text',
    ['response-schema'],
    function* (stream, answer) {
      const { items, content, mediaType } = stream;
      const { schemas } = content.sequence ?? {};
      if (schemas === undefined || textOf(answer) === '') return;
      yield String(writeBody({ value: items.map((item) => JSON.stringify(item)), mediaType, content, schemas }).body);
    },
  ),
];
