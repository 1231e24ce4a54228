import { type Resource, readAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import type { Ground } from '../ground.js';

/** Names of members of which no two rows have the same value. */
const uniqueNames = /^(e ?mail( address)?|user ?name|login|handle|slug|sku|isbn|iban)$/;

const refusing = new WeakMap<Resource, boolean>();

/** Whether some operation that writes a row declares 409: only then two rows may not be alike in these. */
function refusesConflicts(resource: Resource, { operations }: Ground): boolean {
  const known =
    refusing.get(resource) ??
    resource.roles.some(
      ({ kind, entry }) =>
        kind !== 'list' && kind !== 'read' && operations.compile(entry).responses.some(({ key }) => key === '409'),
    );
  refusing.set(resource, known);
  return known;
}

/** What a row has that no other row may have, each as a text. */
export function uniqueTexts(resource: Resource, row: Json, ground: Ground): string[] {
  if (!isObject(row) || !refusesConflicts(resource, ground)) return [];
  return Object.entries(row)
    .filter(([name, value]) => typeof value === 'string' && value !== '' && uniqueNames.test(phraseOf(name)))
    .filter(([name]) => readAt(row, resource.key?.member ?? []) !== row[name])
    .map(([name, value]) => `${name} ${scalarText(value).toLowerCase()}`);
}

/** Which member has such a text. */
export function memberOfText(text: string): string {
  return text.slice(0, text.indexOf(' '));
}
