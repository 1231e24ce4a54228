import { shownExample } from '../operation/index.js';
import { listedIn, type Resource, readAt } from '../resource/index.js';
import { viewOf } from '../schema/view.js';
import { addAll } from '../text/many.js';
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
      addAll(
        rows,
        shown.filter((row) => row !== undefined && isObject(row)),
      );
    }
  }
  return rows as Json[];
}

/** Whether the author shows what a member of rows is like, in its schema or in theirs. */
export function isExemplified({ schema }: Resource, name: string, { operations: { document } }: Ground): boolean {
  const view = viewOf(document);
  const ofRow = view.certain(schema).flatMap((part) => [part.schema.example, part.schema.examples].flat());
  const ofMember = view.within(schema, [name]).map((part) => part.schema);
  return (
    ofRow.some((row) => isObject(row) && Object.hasOwn(row, name)) ||
    ofMember.some((said) => shownBy.some((keyword) => said[keyword] !== undefined))
  );
}

const shownBy = ['example', 'examples', 'default', 'const', 'enum'] as const;

/** Whether every row may say something by a member of this name. */
export function declaresMember({ schema }: Resource, name: string, { operations: { document } }: Ground): boolean {
  const view = viewOf(document);
  return view.member(view.certain(schema), name).length > 0;
}
