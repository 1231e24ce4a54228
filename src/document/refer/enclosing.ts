import type { File, Target } from './reference.js';
import type { Resource } from './walk.js';

/**
 * The innermost schema with `$id` around a place that no walk has come by.
 * @param whole the resource of its file
 */
export function enclosing(
  target: Target,
  whole: Resource,
  named: Iterable<{ readonly file: File; readonly resource: Resource }>,
): Resource {
  let innermost = whole;
  for (const { file, resource } of named) {
    const isAround = resource.segments.every((segment, index) => segment === target.segments[index]);
    if (file === target.file && isAround && resource.segments.length >= innermost.segments.length) {
      innermost = resource;
    }
  }
  return innermost;
}
