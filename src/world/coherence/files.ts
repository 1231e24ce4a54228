import { scalarText } from '../../text/integers.js';
import type { JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { memberNamed } from './member-named.js';
import { ifChanged, type Rule } from './rule.js';

/** The media type of a file by the extension of its name, of several the first is usual. */
const types: readonly (readonly [extension: string, type: string])[] = [
  ['pdf', 'application/pdf'],
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['svg', 'image/svg+xml'],
  ['webp', 'image/webp'],
  ['txt', 'text/plain'],
  ['log', 'text/plain'],
  ['csv', 'text/csv'],
  ['html', 'text/html'],
  ['md', 'text/markdown'],
  ['json', 'application/json'],
  ['xml', 'application/xml'],
  ['zip', 'application/zip'],
  ['mp3', 'audio/mpeg'],
  ['mp4', 'video/mp4'],
  ['doc', 'application/msword'],
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
];

const fileNames =
  /^(?:original |stored |display )?file ?name$|^original ?name$|^(?:file )?(?:name|title)$|^file ?path$|^path$/;
const extensionNames = /^(?:file )?ext(?:ension)?$/;
const typeNames = /^(?:content|mime|media|file mime|file content) ?type$|^mime$/;

/** What a file is called, its extension and its media type are of one kind. */
export const files: Rule = { names: [fileNames, extensionNames, typeNames], fewest: 2, apply: ofOneKind };

/** The extension of a name, which a name that is none of a file's has not. */
const ending = /\.([a-z\d]{2,5})$/i;

function* ofOneKind(object: JsonObject): Generator<JsonObject> {
  const named = (pattern: RegExp) => memberNamed(object, pattern, 'string');
  const [extension, type] = [named(extensionNames), named(typeNames)];
  const name = Object.keys(object).find(
    (one) => fileNames.test(phraseOf(one)) && typeof object[one] === 'string' && ending.test(scalarText(object[one])),
  );
  if ([name, extension, type].filter((one) => one !== undefined).length < 2) return;
  const held = type === undefined ? undefined : scalarText(object[type]);
  const byType = types.filter(([, one]) => one === held).map(([one]) => one);
  const own = name === undefined ? undefined : ending.exec(scalarText(object[name]))?.[1]?.toLowerCase();
  const said = extension === undefined ? undefined : scalarText(object[extension]).replace('.', '').toLowerCase();
  // What the type says first: it may be one of a few. Then what the name says, which somebody may have sent.
  const wanted = [byType.find((one) => one === own) ?? byType[0], own, said];
  for (const kind of new Set(wanted)) if (kind !== undefined) yield* ifChanged(object, asKind(kind));

  function asKind(kind: string): JsonObject {
    const changed = { ...object };
    if (name !== undefined && own !== kind) changed[name] = scalarText(object[name]).replace(ending, `.${kind}`);
    if (extension !== undefined && said !== kind)
      changed[extension] = scalarText(object[extension]).startsWith('.') ? `.${kind}` : kind;
    const known = types.find(([one]) => one === kind)?.[1];
    if (type !== undefined && known !== undefined) changed[type] = known;
    return changed;
  }
}
