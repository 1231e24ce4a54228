import { type Content, headerOf, type Operation, type OperationEntry } from '../../operation/index.js';
import { typesOf, viewOf } from '../../schema/view.js';
import type { Json } from '../../text/value.js';
import { sentBody } from '../things/sent-body.js';
import type { Exchange } from '../types.js';
import { isSuccess, nameOf } from './answers.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, told } from './life.js';
import { isOctets, shownBy } from './members.js';

/**
 * A file that a thing was made of is what can be fetched of it, also after other members of it were changed, and its size is the
 * one that is shown.
 */
export async function checkContent(life: Life, made: Made): Promise<void> {
  const file = fileIn(made.exchange);
  if (file === null || (made.exchange.received.status === 202 && !life.hands.isPatient)) return;
  await checkSize(life, made, made.exchange, file);
  for (const { download } of placesOf(life)) await checkFetched(life, made, download, made.exchange, file);
}

/** What is put where a file can be fetched is what is fetched there from then on. */
export async function checkContentPut(life: Life, made: Made): Promise<void> {
  const { hands } = life;
  for (const { download, upload } of placesOf(life)) {
    if (upload === undefined) continue;
    const path = pathTo(life, upload, made);
    const putting = await hands.send({ entry: upload, path, title: 'put another file there', mayBeRefused: true });
    const type = putting ? (headerOf(putting.request, 'content-type') ?? '') : '';
    const isFile = /^application\/octet-stream\b/i.test(type);
    const sent = putting?.request.body ?? null;
    if (!putting || !isSuccess(putting) || putting.received.status === 202 || !isFile || sent === null) continue;
    await checkFetched(life, made, download, putting, sent);
    await checkSize(life, made, putting, sent);
  }
}

interface Place {
  readonly download: OperationEntry;
  readonly upload: OperationEntry | undefined;
}

/** Where below the path of a thing a file of it can be fetched, and put. */
function placesOf({ hands, resource }: Life): Place[] {
  const below = hands.below(resource);
  const all = below.filter(({ method }) => method === 'GET').filter((entry) => givesFile(hands.operation(entry)));
  // Of several nobody knows which is the one, and which are made of it.
  const [download, ...others] = all;
  if (download === undefined || others.length > 0) return [];
  const upload = below.find(({ method, path }) => method === 'PUT' && path === download.path);
  return [{ download, upload }];
}

/** Whether octets alone are what it answers with, so that they are what was given. */
function givesFile({ document, responses }: Operation): boolean {
  const contents = responses.filter(({ key }) => /^2/.test(key)).flatMap(({ content }) => content);
  const view = viewOf(document);
  // What is described as an object is no file, whatever media types there may be for it.
  const mayBeText = ({ schema }: Content): boolean =>
    schema === null || (typesOf(view.certain(schema.pointer))?.has('string') ?? true);
  const areOctets = (content: Content): boolean =>
    /^application\/octet-stream\b|^\*\/\*/i.test(content.mediaType) && mayBeText(content);
  return contents.length > 0 && contents.every(areOctets);
}

/** The one file of a form; null: there is none, or are several. */
function fileIn({ operation, request }: Exchange): Uint8Array | null {
  const { document, requestBody } = operation;
  const type = headerOf(request, 'content-type') ?? '';
  if (/^application\/octet-stream\b/i.test(type)) return request.body;
  const value = /^multipart\/form-data\b/i.test(type) ? sentBody(operation, request)?.value : undefined;
  const content = requestBody?.content.find(({ mediaType }) => /^multipart\/form-data\b/i.test(mediaType));
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !content?.schema) return null;
  const view = viewOf(document);
  const isFile = (name: string, held: Json) =>
    typeof held === 'string' &&
    isOctets(view.certain(...view.member(view.certain(content.schema?.pointer ?? ''), name).map(({ to }) => to)));
  const [file, ...others] = Object.entries(value).filter(([name, held]) => isFile(name, held));
  return file === undefined || others.length > 0 ? null : bytesIn(String(file[1]));
}

/** Octets stand in a text as one character each. */
function bytesIn(text: string): Uint8Array | null {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  return codes.every((code) => code < 0x80) ? Uint8Array.from(codes) : null;
}

async function checkFetched(
  life: Life,
  made: Made,
  download: OperationEntry,
  giving: Exchange,
  sent: Uint8Array,
): Promise<void> {
  await life.hands.hold(giving === made.exchange ? 'values-kept' : 'change-kept', async () => {
    const path = pathTo(life, download, made);
    const fetched = await life.hands.send({ entry: download, path, title: 'fetch the file', mayBeRefused: true });
    if (fetched === null || !isSuccess(fetched) || fetched.received.status === 202) return null;
    const { body } = fetched.received;
    if (body.length === sent.length && body.every((byte, index) => byte === sent[index])) return kept(fetched);
    return broken(fetched, {
      message: `A file is fetched as another one than was sent: ${told(giving)}, and then ${nameOf(fetched)}`,
      expected: `the ${sent.length} bytes that were sent`,
      received: body.length === sent.length ? 'other bytes' : `${body.length} bytes`,
      cause: 'another file than was sent',
    });
  });
}

const ofSize = /^(?:file|content|byte)?[_-]?(?:size|length|bytes)(?:[_-]?(?:in[_-]?)?bytes)?$/i;

/** What says in bytes how large the file is. */
async function checkSize(life: Life, made: Made, giving: Exchange, sent: Uint8Array): Promise<void> {
  const { read } = life.roles;
  if (read === undefined) return;
  const said = shownBy(life.operation(read), read).find(
    ({ name, parts }) =>
      ofSize.test(name) &&
      (/bytes/i.test(name) || parts.some(({ schema }) => /\bbytes?\b/i.test(String(schema.description ?? '')))),
  );
  if (said === undefined) return;
  await life.hands.hold(giving === made.exchange ? 'values-kept' : 'change-kept', async () => {
    const reading = await life.read(made.thing, 'read how large the file is');
    const size = reading?.row?.[said.name];
    if (!reading || typeof size !== 'number') return null;
    if (size === sent.length) return kept(reading.exchange);
    return broken(reading.exchange, {
      message: `The size of a file is another one than was sent: ${told(giving)}, and then ${nameOf(reading.exchange)}: "${said.name}"`,
      expected: `${sent.length}, in bytes`,
      received: String(size),
      cause: 'another size than was sent',
    });
  });
}

function pathTo({ hands, roles }: Life, entry: OperationEntry, { thing }: Made): Readonly<Record<string, Json>> {
  const { keyParameter = null, scope = [] } = roles.read ?? {};
  return hands.pathTo({ entry, keyParameter, scope }, thing);
}
