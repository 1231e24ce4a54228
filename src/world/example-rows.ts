import { shownExample } from '../operation/index.js';
import { keyInName, listedIn, type Resource, readAt, shownRow } from '../resource/index.js';
import { viewOf } from '../schema/view.js';
import { scalarText } from '../text/integers.js';
import { addAll } from '../text/many.js';
import { isObject, type Json, without } from '../text/value.js';
import type { Ground } from './ground.js';
import { keyMakerOf } from './keys.js';
import { answerContentOf } from './shape.js';

/** The rows that whole-body examples of the document show, as far as they fit or can be mended. */
export function exampleRows(resource: Resource, ground: Ground): readonly Json[] {
  const rows: Json[] = [];
  for (const role of resource.roles) {
    if (role.kind !== 'list' && role.kind !== 'read') continue;
    const answer = answerContentOf(role, ground);
    if (answer === null || role.answer === null) continue;
    for (const example of answer.content.examples) {
      const { value } = shownExample(answer.content, example);
      const shown = role.kind === 'list' ? (listedIn(value, role.answer) ?? []) : [shownRow(value, role.answer)];
      addAll(
        rows,
        shown.filter((row) => row !== undefined && isObject(row)),
      );
    }
  }
  return rows.map((row) => withoutMisfit(row, resource, ground));
}

/** A row that an example shows with a key which can be none (`project-1` where it is a UUID) has another one. */
function withoutMisfit(row: Json, resource: Resource, ground: Ground): Json {
  const [name, ...inside] = resource.key?.member ?? [];
  const key = name === undefined || inside.length > 0 ? undefined : readAt(row, [name]);
  if (name === undefined || !isObject(row) || (typeof key !== 'string' && typeof key !== 'number')) return row;
  const maker = keyMakerOf(resource, ground);
  return maker.accepts(maker.read(keyInName(resource, scalarText(key)))) ? row : without(row, name);
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
