import { participlesOf, undoneBy } from '../text/participles.js';
import { phraseOf, wordsOf } from '../text/words.js';
import type { Shape } from './shape.js';

/** Whether a row says that something was done to it which a word says to do: `close`, where it has `closed_at`, or may be `closed`. */
export function isState(word: string, row: Shape): boolean {
  const [verb = '', ...others] = wordsOf(word);
  const forms = new Set((undoneBy(verb) ?? [verb]).flatMap(participlesOf));
  if (others.length > 0) return false;
  return [...row.members].some(([name, shape]) => {
    const words = phraseOf(name);
    const listed = shape.keyword('enum');
    if (/^(status|state|phase)$/.test(words) && Array.isArray(listed))
      return listed.some((value) => forms.has(String(value).toLowerCase()));
    return forms.has(words.replace(/^is | (?:at|on|date)$/g, '')) && shape.isScalar;
  });
}
