import { binaryString, type Content, contentFor, type Operation, type Upload, uploadsIn } from '../operation/index.js';
import { fits } from '../schema/index.js';
import { isObject, type Json } from '../text/value.js';
import { phraseOf } from '../text/words.js';
import { type Change, placeOf } from '../world/index.js';
import type { Choice } from './choose.js';
import type { Draft, Exchange } from './context.js';
import { declaredSuccess } from './declared.js';
import { refuse } from './refusal.js';

/** What is called so holds the files that were sent, by the paths at which they are: no resource is called so. */
const collection = '(files)';

/** A longer file is not kept. */
const maximumBytes = 10 * 1024 * 1024;

/** The end of a path at which the one file of a thing is put and fetched, whatever thing it is. */
const general =
  /^(?:(?:file|media|raw|binary) )?(?:content|file|upload|download|data|raw|binary|blob|bytes|media|body)s?$/;
/** The same of what shows less of a picture. */
const smaller = /^(?:thumb|thumbnail|preview)s?$/;
const copying = /^(?:copy|clone|duplicate|fork)$/;

/** Where the path of an operation leads, and where that leads without its last word, and this. */
function placesOf({ path }: Operation, values: Exchange['values']) {
  const [, above, word = ''] = /^(.+)[/:]([^/:{}]+)\/?$/.exec(path) ?? [];
  const named = values?.path ?? {};
  return {
    own: placeOf(path, named),
    above: above?.endsWith('}') ? placeOf(above, named) : null,
    word: phraseOf(word),
  };
}

/** What an answer gives back of a file that was sent; null where the request asks for none, or none was sent. */
export function fetched(
  exchange: Exchange,
  operation: Operation,
  choice: Extract<Choice, { kind: 'response' }>,
): Draft | null {
  const { values, state } = exchange;
  const { response } = choice;
  const files = state.collection(collection);
  if (files === undefined || response === null || values === null || !asksForFile(exchange, operation, choice))
    return null;
  const { own, above, word } = placesOf(operation, values);
  if (files.row(own) === null && operation.responses.some(({ key }) => key === '404'))
    return refuse(exchange, { status: 404, detail: `The file at ${own} was deleted` });
  const isOther = above !== null && (general.test(word) || smaller.test(word));
  const held = files.row(own) ?? (isOther ? files.row(above) : undefined);
  const file = held ? fileIn(held.value) : null;
  if (file === null || (smaller.test(word) && !/^image\//.test(file.type ?? ''))) return null;
  const content = contentFor(response.content, file.type ?? 'application/octet-stream') ?? octetsIn(response.content);
  if (content === undefined || !fits(content.schema, binaryString(file.bytes))) return null;
  const draft = declaredSuccess(exchange, operation, { ...choice, response: { ...response, content: [content] } });
  if (draft.status !== choice.status) return draft;
  const contentType = content.mediaType.includes('*') ? file.type : content.mediaType;
  const headers = withName(draft.headers, file.name);
  return { ...draft, headers, body: file.bytes, contentType, source: 'state', name: null, valid: true };
}

/** Whether a request asks for what may be a file, and for no other answer than the usual one. */
function asksForFile(
  { preference }: Exchange,
  { method }: Operation,
  { status, response }: Extract<Choice, { kind: 'response' }>,
): boolean {
  const { data, example } = preference;
  const isUsual = preference.status === undefined && example === undefined && data === undefined;
  return isUsual && method === 'GET' && status >= 200 && status < 300 && mayBeFile(response?.content ?? []);
}

/** What anything may be sent as. */
const octetsIn = (contents: readonly Content[]): Content | undefined =>
  contents.find(({ mediaType }) => /^application\/octet-stream\b/i.test(mediaType));

/** Whether some of an answer's forms are no JSON: it may be a file. */
const mayBeFile = (contents: readonly Content[]): boolean =>
  contents.some(({ mediaType }) => !/\bjson\b|^text\/event-stream/i.test(mediaType));

/** A field that says what the file is called (RFC 6266) says its own name, where the document declares it. */
function withName(headers: Draft['headers'], name: string | null): Draft['headers'] {
  const field = Object.keys(headers).find((each) => each.toLowerCase() === 'content-disposition');
  if (field === undefined || name === null) return headers;
  return { ...headers, [field]: `attachment; filename="${name.replaceAll(/[^\x20-\x7e]|["\\]/g, '_')}"` };
}

/**
 * An answer that keeps the files which were sent: at the path to which they were sent, or at that of what was made of them.
 * @param at where the thing is that was made; null for none
 */
export function keepingFiles(exchange: Exchange, operation: Operation, draft: Draft, at: string | null): Draft {
  const { request, values, state } = exchange;
  if (operation.method === 'GET' || draft.status < 200 || draft.status >= 300 || values === null) return draft;
  const { own, above, word } = placesOf(operation, values);
  const files = state.collection(collection);
  const keep = (key: string, row: Json | null): Change => ({ collection, key, row, isBase: false, unique: [] });
  const changing = (changes: readonly Change[]): Draft =>
    changes.length === 0 ? draft : { ...draft, changes: [...draft.changes, ...changes] };
  if (operation.method === 'DELETE') return changing(files?.row(own) ? [keep(own, null)] : []);
  const first = at ?? own;
  const copied = at !== null && above !== null && copying.test(word) ? files?.row(above) : undefined;
  if (copied) return changing([keep(at as string, copied.value)]);
  const uploads = uploadsIn(request).filter(({ bytes }) => bytes.length <= maximumBytes);
  return changing(
    uploads.flatMap((upload, index) => {
      const row = rowOf(upload);
      const places =
        index === 0 ? [first, ...(at === null && above !== null && general.test(word) ? [above] : [])] : [];
      const all = upload.part === null ? places : [...places, `${first}/${upload.part}`];
      return all.map((place) => keep(place, row));
    }),
  );
}

const rowOf = ({ name, mediaType, bytes }: Upload): Json => ({
  name,
  type: mediaType,
  bytes: btoa(binaryString(bytes)),
});

function fileIn(row: Json) {
  if (!isObject(row) || typeof row.bytes !== 'string') return null;
  const text = atob(row.bytes);
  return {
    name: typeof row.name === 'string' ? row.name : null,
    type: typeof row.type === 'string' ? row.type : null,
    bytes: Uint8Array.from(text, (character) => character.charCodeAt(0)),
  };
}
