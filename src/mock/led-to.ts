import { parsePointer, valueAt } from '../text/pointer.js';
import type { Json } from '../text/value.js';

/**
 * What a member of a document leads to: what stands there, or what a reference within the document names.
 * @param root the document
 */
export function ledTo(root: Json, name: string, member: Json | undefined): Json | undefined {
  const isReference = name === '$ref' && typeof member === 'string' && member.startsWith('#/');
  return isReference ? valueAt(root, parsePointer(member.slice(1))) : member;
}
