import type { Document } from '../document/index.js';
import type { Operations } from '../operation/index.js';
import { viewOf } from '../schema/view.js';
import { Shapes } from './shape.js';

/** The names of the members of what stands at a path of members below a schema, those of branches too. */
export function membersAt(document: Document, pointer: string, path: readonly string[]): readonly string[] {
  const shape = new Shapes(document).of(document.at(pointer), () => pointer).at(path);
  return [...(shape?.members.keys() ?? [])];
}

/** Where a member of rows, perhaps inside another one, is described. */
export function memberPointers(
  { schemas }: Pick<Operations, 'schemas'>,
  schema: string,
  path: readonly string[],
): readonly string[] {
  const view = viewOf(schemas.document);
  let pointers: readonly string[] = [schema];
  for (const step of path) {
    const certain = view.member(view.certain(...pointers), step);
    const edges = certain.length > 0 ? certain : view.member(view.possible(...pointers), step).slice(0, 1);
    pointers = edges.map(({ pointer }) => pointer);
  }
  // Where one part of a row forbids what another one describes, no row fits: its key is as it is described.
  return [...new Set(pointers)].filter((pointer) => schemas.at(pointer, 'response').value !== false);
}
