import type { JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import { amountPhrase } from './amount-texts.js';

/** The first member whose name says something, and whose value is of a type. */
export function memberNamed(
  object: JsonObject,
  pattern: RegExp,
  type: 'string' | 'number' | 'boolean',
): string | undefined {
  const phrase = type === 'number' ? amountPhrase : phraseOf;
  return Object.keys(object).find((name) => typeof object[name] === type && pattern.test(phrase(name)));
}
