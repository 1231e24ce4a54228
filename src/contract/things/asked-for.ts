import { literal } from '../../text/literal.js';

/** `leadId`, `owner_ids`, `uuid`: whatever form it has, not each value is the key of something that is there. */
export const nameOfKey = /(?:^|[_-])(?:id|uuid)s?$|^ID$|[a-z0-9](?:Id|ID|Uuid|UUID)s?$/;

/** Shorter names are words that a sentence may have for its own sake, and longer ones no sentence has. */
const [shortestName, longestName] = [3, 200];

/**
 * The first member that a refusal names and the body does not have: a target may ask for what the document calls optional.
 * @param words the body of the refusal
 * @param absent members that the body could have
 */
export function askedFor(words: string, absent: readonly string[]): string | undefined {
  const found = absent.flatMap((name) => {
    if (name.length < shortestName || name.length > longestName) return [];
    const place = words.search(new RegExp(`(?<![\\p{L}\\p{N}_-])${literal(name)}(?![\\p{L}\\p{N}_-])`, 'u'));
    return place < 0 ? [] : [{ name, place }];
  });
  return found.sort((a, b) => a.place - b.place)[0]?.name;
}
