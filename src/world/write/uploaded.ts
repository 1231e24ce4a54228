import { type HttpRequest, type Upload, uploadsIn } from '../../operation/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { phraseOf, remembering } from '../../text/words.js';

const told: readonly (readonly [words: RegExp, tell: (upload: Upload) => Json | null])[] = [
  [/^(?:original )?file ?name$|^original ?name$/, ({ name }) => name],
  [/^(?:file |content )?(?:size|length)(?: bytes| in bytes)?$|^(?:bytes|byte size)$/, ({ bytes }) => bytes.length],
  [/^(?:content|mime|media|file mime) ?type$/, ({ mediaType }) => mediaType],
  [/^(?:file )?ext(?:ension)?$/, ({ name }) => /\.(\w{1,8})$/.exec(name ?? '')?.[1] ?? null],
];

/** What a member of a name says of a file; null: nothing. */
const tellerOf = remembering((name) => told.find(([words]) => words.test(phraseOf(name)))?.[1] ?? null);

/** What is called so is a file's where its size or type stands beside it. */
const plainName = /^(?:name|title)$/;

/** A row that says of the file that was sent what it is called, how large it is and of which type. */
export function uploaded(
  row: Json,
  { request, isNew }: { readonly request: HttpRequest; readonly isNew: boolean },
  sent: JsonObject,
  isValid: (row: Json) => boolean,
): Json {
  if (!isObject(row)) return row;
  const ofFile = Object.keys(row).filter((name) => tellerOf(name) !== null);
  const plain =
    ofFile.length === 0 || !isNew ? undefined : Object.keys(row).find((name) => plainName.test(phraseOf(name)));
  const names = [...ofFile, ...(plain === undefined ? [] : [plain])].filter((name) => !Object.hasOwn(sent, name));
  const [upload] = names.length === 0 ? [] : uploadsIn(request);
  if (upload === undefined) return row;
  let whole: JsonObject = row;
  for (const name of names) {
    const value = name === plain ? upload.name : (tellerOf(name)?.(upload) ?? null);
    if (value === null) continue;
    const changed = { ...whole, [name]: typeof whole[name] === 'string' ? scalarText(value) : value };
    if (isValid(changed)) whole = changed;
  }
  return whole;
}
