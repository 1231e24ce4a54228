import { excerpt } from '../contract/excerpt.js';
import type { Document } from '../document/index.js';
import { equalityKey } from '../schema/equality.js';
import { parsePointer } from '../text/pointer.js';
import { isObject, type Json } from '../text/value.js';
import { type Difference, extensibleEnum, memberOf, type Spot } from './compare.js';
import type { Found, Pair } from './pairs.js';

/**
 * What else the documents say differently of an operation. What is told already is left out.
 * @param breaking what is told
 */
export function otherChanges(pair: Pair, breaking: readonly Found[]): Found[] {
  // What is told of an operation as a whole tells nothing of its parts.
  const whole: readonly (string | null)[] = [null, pair.old.pointer, pair.new.pointer];
  const told = breaking.flatMap(({ old, new: other }) => [old, other]).filter((pointer) => !whole.includes(pointer));
  const isTold = ({ pointer }: Spot) =>
    told.some((other) => other !== null && (isAround(pointer, other) || isAround(other, pointer)));
  return [...differences(pair)]
    .filter((difference) => !isTold(difference.old) && !isTold(difference.new))
    .map((difference) => {
      const { name, old, new: other } = difference;
      const kind = kindOf(pair, difference);
      return {
        kind,
        message: wordsOf(name, old, other),
        cause: `${kind === 'default-changed' ? 'default' : 'other'} ${old.pointer} ${other.pointer}`,
        old: old.value === undefined ? null : old.pointer,
        new: other.value === undefined ? null : other.pointer,
      };
    });
}

interface OtherDifference extends Difference {
  readonly isOfBody: boolean;
  readonly isOfRequest: boolean;
}

function* differences({ old, new: other, comparison }: Pair): Generator<OtherDifference> {
  const between = function* (name: string, before: Spot, after: Spot): Generator<OtherDifference> {
    const isOfBody = name === 'requestBody';
    const of = { isOfBody, isOfRequest: isOfBody || name.startsWith('parameter ') };
    if (before.value !== undefined && after.value !== undefined) {
      for (const difference of comparison.differences(before, after)) yield { ...difference, ...of };
    } else if ((before.value ?? after.value ?? false) !== false) yield { name, old: before, new: after, ...of };
  };
  const spot = ({ document }: Pair['old'], pointer: string | undefined): Spot =>
    pointer === undefined ? { value: undefined, pointer: '-' } : { value: document.at(pointer), pointer };
  const keyOf = ({ in: place, name }: Pair['old']['parameters'][number]) => `${place} ${name}`;
  const [olds, others] = [old, other].map((side) => new Map(side.parameters.map((one) => [keyOf(one), one.pointer])));
  for (const key of new Set([...old.parameters, ...other.parameters].map(keyOf))) {
    const [before, after] = [olds?.get(key), others?.get(key)];
    yield* between(`parameter ${key}`, spot(old, before), spot(other, after));
  }
  const schemes = new Map(other.security.flat().map((scheme) => [scheme.name, scheme]));
  for (const scheme of old.security.flat()) {
    const twin = schemes.get(scheme.name);
    if (twin) yield* between(`security ${scheme.name}`, spot(old, scheme.pointer), spot(other, twin.pointer));
  }
  for (const name of ['requestBody', 'responses', 'deprecated', 'x-sunset']) {
    yield* between(name, memberOf(spot(old, old.pointer), name), memberOf(spot(other, other.pointer), name));
  }
}

function isAround(pointer: string, other: string): boolean {
  return `${other}/`.startsWith(`${pointer}/`);
}

const octets = 'application/octet-stream';
const contentKeywords = ['contentMediaType', 'contentEncoding', 'contentSchema'];

function kindOf({ old, new: other }: Pair, { name, isOfBody, isOfRequest, ...sides }: OtherDifference): Found['kind'] {
  const [before, after] = [sides.old.value, sides.new.value];
  const holders = [holderOf(old.document, sides.old), holderOf(other.document, sides.new)];
  if (contentKeywords.includes(name) && !holders.every(isBytes)) return 'content-changed';
  if (name === extensibleEnum && isOfRequest && isWithdrawn(before, after)) return 'value-withdrawn';
  if (name === 'default' && isOfBody && before !== undefined && isLeftOut(old.document, sides.old))
    return 'default-changed';
  if (name === 'deprecated' && after === true) return 'deprecated';
  return before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
}

function isWithdrawn(before: Json | undefined, after: Json | undefined): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  const known = new Set(after.map(equalityKey));
  return before.some((value) => !known.has(equalityKey(value)));
}

function holderOf(document: Document, { pointer }: Spot): Json | undefined {
  return document.at(pointer.slice(0, pointer.lastIndexOf('/')));
}

/** What 3.0 says of bytes by `format`, and many do in 3.1 as well, where other keywords say it. */
function isBytes(schema: Json | undefined): boolean {
  if (!isObject(schema)) return false;
  const { format, contentMediaType, contentEncoding } = schema;
  return format === 'binary' || format === 'byte' || contentMediaType === octets || contentEncoding === 'base64';
}

/** Whether a default is that of a member which may be left out. */
function isLeftOut(document: Document, { pointer }: Spot): boolean {
  const found = /^(.*)\/properties\/([^/]*)\/default$/.exec(pointer);
  const holder = found === null ? undefined : document.at(found[1] ?? '');
  const [name = ''] = parsePointer(`/${found?.[2]}`);
  return isObject(holder) && !(Array.isArray(holder.required) && holder.required.includes(name));
}

function wordsOf(name: string, before: Spot, after: Spot): string {
  const place = (after.value === undefined ? before : after).pointer;
  if (name === 'deprecated' && after.value === true) return `${place}: is deprecated`;
  if (before.value === undefined) return `${place}: is new (${excerpt(after.value, 60)})`;
  if (after.value === undefined) return `${place}: is no more (${excerpt(before.value, 60)})`;
  return `${place}: ${excerpt(before.value, 60)} → ${excerpt(after.value, 60)}`;
}
