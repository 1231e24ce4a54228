import { isObject } from '../text/value.js';
import { keywordFault } from './keyword.js';
import type { Fault } from './types.js';

/** The family of objects with a member too few or too many. */
export const requiredFaults: readonly Fault[] = [
  keywordFault('required-dropped', 'required', 'leaves out a required member', ['required']),
  keywordFault('required-renamed', 'required', 'sends a required member in other case', ['required'], {
    value: (value, required) =>
      isObject(value) && Array.isArray(required)
        ? required.map((name) =>
            Object.fromEntries(
              Object.entries(value).map(([member, one]) => [member === name ? recased(member) : member, one]),
            ),
          )
        : [],
  }),
  keywordFault(
    'additional-added',
    'required',
    'adds a member where none may be added',
    ['additionalProperties', 'unevaluatedProperties'],
    { schema: (schema, keyword) => schema[keyword] === false, what: 'an object that is closed' },
  ),
];

/** snake_case as camelCase and the reverse; a plain word in capitals. */
function recased(name: string): string {
  if (name.includes('_')) return name.replaceAll(/_([a-z])/gi, (_, letter: string) => letter.toUpperCase());
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return snake === name ? name.toUpperCase() : snake;
}
