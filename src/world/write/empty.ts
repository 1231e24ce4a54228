import { isObject, type Json } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';

const countNames =
  /\bcounts?$|^(?:(?:up|down)?votes|likes|dislikes|views|stars|forks|shares|downloads|followers|following|replies|reactions|hits|bookmarks|favou?rites|subscribers|watchers|reposts|saves|plays|impressions|clicks|(?:open|closed|unread|pending|completed|resolved|failed) \w+s)$/;
/** What there is nothing of before anything has happened. */
const amountNames =
  /^(?:(?:available|current|account|total|outstanding) )?balance$|^(?:amount (?:paid|used|spent|refunded)|(?:paid|used|spent|refunded) amount|used|spent|progress|usage|(?:total|lifetime) (?:spent|spend|usage|value)|(?:times?|usage) (?:used|redeemed)|redemptions|renewals|reschedules|reminders sent|retries|attempts|failures|(?:loyalty |reward )?points|xp|streak|percent (?:complete|completed|done)|completion)$/;

/** What names another one of the same kind to which a new thing need not belong, or somebody who has nothing to do with it yet. */
const laterNames =
  /^(?:assignee|assigned (?:to|user|agent)|reviewer|approver|resolver|(?:closed|resolved|approved|reviewed|cancell?ed|deleted|archived) by|parent(?: \w+)?|in reply to|reply to|replaced by|superseded by|merged into|duplicate of|forked from)(?: (?:id|uuid|key))?$/;

/** What stands in the place of what is counted or collected of a thing, of which there is none when it is new; else nothing. */
export function emptyOf(name: string, value: Json): readonly Json[] {
  if (Array.isArray(value)) return [[]];
  const words = phraseOf(name);
  if (laterNames.test(words)) return [null];
  if (typeof value === 'number') return countNames.test(words) || amountNames.test(words) ? [0] : [];
  if (!isObject(value) || !/^(?:stats|statistics|counts|counters)$/.test(words)) return [];
  return [Object.fromEntries(Object.entries(value).map(([key, one]) => [key, typeof one === 'number' ? 0 : one]))];
}

const proseNames =
  /^(?:long |short )?(?:description|notes?|comments?|bio|about|summary|remarks?|instructions|caption)$/;

/**
 * What stands in the place of a member of which nothing was said.
 * @param types that it may have; null: all
 * @param isLeftOut whether rows need what a client might have said: no prose was written then
 */
export function unsaidOf(name: string, types: ReadonlySet<string> | null, isLeftOut: boolean): readonly Json[] {
  const isUnwritten = isLeftOut && types?.size === 1 && types.has('string') && proseNames.test(phraseOf(name));
  return [...(types?.has('null') ? [null] : []), ...(types?.has('array') ? [[]] : []), ...(isUnwritten ? [''] : [])];
}
