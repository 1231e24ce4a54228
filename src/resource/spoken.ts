import { wordsOf } from '../text/words.js';
import { nearest, type References } from './references.js';
import type { Shape } from './shape.js';
import type { Relation, Resource } from './types.js';
import { fold } from './words.js';

/** What things are called by, best first. */
const calledNames = ['name', 'title', 'label', 'slug'];

/** The texts of a row that say by their names of which things they have what these are called: `category`, or `labels` in a list. */
export function spokenOf({ row, references, relations, key }: Speaking, all: References): Relation[] {
  const known = new Set([...references, ...relations, ...(key === null ? [] : [key])].map(({ member }) => member[0]));
  return [...row.members].flatMap(([name, shape]): Relation[] => {
    const value = shape.item ?? shape;
    if (known.has(name) || !isPlainText(name, value)) return [];
    const things = all.called(wordsOf(name)).filter((one) => one.row !== row && one.resource.scope.length === 0);
    const resource = nearest(things);
    const own = things.find((one) => one.resource === resource)?.row;
    const by = calledNames.find((one) => own?.members.get(one)?.is('string'));
    return resource && by ? [{ name, member: [name], isList: shape.item !== undefined, inside: [by], resource }] : [];
  });
}

type Speaking = Pick<Resource, 'references' | 'relations' | 'key'> & { readonly row: Shape };

/** Whether a text may be what a thing is called: one of which the document says and shows nothing else. */
function isPlainText(name: string, value: Shape): boolean {
  if (!value.is('string') || freeTexts.test(fold(name))) return false;
  return ['enum', 'const', 'format', 'pattern', 'example', 'examples', 'default'].every(
    (keyword) => value.keyword(keyword) === undefined,
  );
}

/** What is called like a thing, and is what somebody writes. */
const freeTexts =
  /(?:notes?|comments?|messages?|descriptions?|texts?|contents?|body|summary|title|name|address|email|phone|files?|images?|links?|pages?|answers?|questions?|response|request|reviews?|events?)$/;
