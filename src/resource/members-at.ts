import type { Document } from '../document/index.js';
import { Shapes } from './shape.js';

/** The names of the members of what stands at a path of members below a schema, those of branches too. */
export function membersAt(document: Document, pointer: string, path: readonly string[]): readonly string[] {
  const shape = new Shapes(document).of(document.at(pointer), () => pointer).at(path);
  return [...(shape?.members.keys() ?? [])];
}
