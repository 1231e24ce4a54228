import { sameThing } from './answer.js';
import type { Outlines } from './outlines.js';
import type { PathNode } from './path.js';
import type { Shape } from './shape.js';
import { insideOf } from './site.js';

/**
 * What a thing looks like where nothing shows it: as it is sent, or as it is answered with where that looks alike.
 * @param item the path of the thing
 * @param collection the one above it
 */
export function writtenRow(
  outlines: Outlines,
  item: PathNode,
  collection: PathNode | null,
  noun: string,
): Shape | null {
  if (outlines.at(item, 'GET')?.answer) return null;
  const places = [
    [item, 'PUT'],
    [collection, 'POST'],
    [item, 'PATCH'],
    [item, 'POST'],
  ] as const;
  for (const [node, method] of places) {
    const outline = outlines.at(node, method);
    const [body] = outline?.bodies ?? [];
    const sent = body ? insideOf(body.shape, noun) : null;
    const shown = outline?.answer ? insideOf(outline.answer.shape, noun, sent) : null;
    if (sent !== null) return shown !== null && sent.likeness(shown) >= sameThing ? shown : sent;
    if (body === undefined && shown !== null) return shown;
  }
  return null;
}
