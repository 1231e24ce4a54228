import type { Outline } from './outline.js';
import type { Outlines } from './outlines.js';
import type { PathNode } from './path.js';
import { fold } from './words.js';

/** What a path says that asks for rows by a body. */
const asking = new Set(['search', 'query', 'find', 'filter', 'lookup']);

/** What asks for the rows of a path: POST too, where the path ends in a word for that (`/databases/{id}/query`). */
export function askingAt(node: PathNode, outlines: Outlines): Outline | undefined {
  const outline = outlines.at(node, 'GET') ?? outlines.at(node, 'QUERY');
  const last = node.steps.at(-1);
  const isAsked = last !== undefined && 'word' in last && asking.has(fold(last.word));
  return outline ?? (isAsked ? outlines.at(node, 'POST') : undefined);
}
