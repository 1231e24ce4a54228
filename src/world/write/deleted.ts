import { readAt, setAt } from '../../resource/index.js';
import { fits, type Schema } from '../../schema/index.js';
import { isObject, type Json } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';

const deletedNames = /^(?:is )?(?:deleted|removed|destroyed|archived|trashed|in trash|success|successful|ok)$/;

/** What is answered where a thing was deleted says that it was. */
export function asDeleted(value: Json, schema: Schema | null): Json {
  const names = isObject(value) ? Object.keys(value).filter((name) => deletedNames.test(phraseOf(name))) : [];
  const told = names.reduce(
    (whole, name) => (readAt(whole, [name]) === false ? setAt(whole, [name], true) : whole),
    value,
  );
  return told !== value && fits(schema, told) ? told : value;
}
