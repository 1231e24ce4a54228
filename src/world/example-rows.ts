import { shownExample } from '../operation/index.js';
import { listedIn, type Resource, readAt } from '../resource/index.js';
import { isObject, type Json } from '../text/value.js';
import type { Ground } from './ground.js';
import { answerContentOf, rowPlaceOf } from './shape.js';

/** The rows that whole-body examples of the document show, as far as they fit or can be mended. */
export function exampleRows(resource: Resource, ground: Ground): readonly Json[] {
  const rows: Json[] = [];
  for (const role of resource.roles) {
    if (role.kind !== 'list' && role.kind !== 'read') continue;
    const answer = answerContentOf(role, ground);
    if (answer === null) continue;
    for (const example of answer.content.examples) {
      const { value } = shownExample(answer.content, example);
      const shown =
        role.kind === 'list'
          ? ((role.answer && listedIn(value, role.answer)) ?? [])
          : [readAt(value, rowPlaceOf(role).path)];
      rows.push(...shown.filter((row) => row !== undefined && isObject(row)));
    }
  }
  return rows as Json[];
}
