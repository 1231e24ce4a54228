import { wordsOf } from '../text/words.js';
import { commonKeys } from './relation-words.js';
import type { Shape } from './shape.js';
import type { Resource } from './types.js';
import { fold, singularsOf } from './words.js';

interface Things {
  readonly resource: Resource;
  readonly row: Shape;
}

/** A number that is called as several things are is how many there are. */
export function isCount(name: string, value: Shape): boolean {
  return value.is('integer') && singularsOf(wordsOf(name).at(-1) ?? '').length > 1;
}

export function isAddress(value: Shape): boolean {
  return /^(?:uri|iri|url)(?:-reference)?$/.test(value.text('format'));
}

/**
 * A number is a key where keys are numbers; a plain text may be anything that is called so, one of a form is not, nor is one
 * that is described as a key: "ID of the customer".
 */
export function isLikeKey(value: Shape, { resource, row }: Things): boolean {
  const key = resource.key && row.at(resource.key.member);
  if (!key) return false;
  if (value.core === key.core) return true;
  const format = value.keyword('format');
  if (value.keyword('enum') !== undefined || format !== key.keyword('format')) return false;
  const said = value.text('description');
  const isNamed = format !== undefined || /\b(?:id|identifier|key)\b/i.test(said) || saysKey(said, resource);
  return (value.is('integer') && key.is('integer')) || (isNamed && value.is('string') && key.is('string'));
}

/** Whether values are of the type of a key, as far as either says one. */
export function isOfType(value: Shape, { resource, row }: Things): boolean {
  const key = resource.key && row.at(resource.key.member);
  return key?.types == null || [...key.types].some((type) => value.may(type));
}

/**
 * Whether a description has the word that the things of a resource are told apart by, and that few others are ("Licence of the
 * driver"), or begins with it and says of what: "Slug of an existing category".
 */
function saysKey(description: string, { key }: Resource): boolean {
  const name = key?.member.at(-1) ?? '';
  if (/^(?:slug|code|handle)$/i.test(name) && new RegExp(`^(?:the |a )?${name} (?:of|for) `, 'i').test(description))
    return true;
  const words = description.toLowerCase().split(/[^\p{L}\p{N}_-]+/u);
  return name.length > 2 && !commonKeys.test(fold(name)) && words.includes(name.toLowerCase());
}
