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
    { what: 'an object that is closed' },
  ),
  keywordFault('additional-item', 'required', 'adds an item where none may be added', ['unevaluatedItems', 'items'], {
    what: 'a list that is closed',
  }),
  keywordFault('additional-name', 'required', 'names a member as none may be named', ['propertyNames']),
  keywordFault('required-dependent', 'required', 'leaves out a member that another one demands', ['dependentRequired']),
];

/** snake_case as camelCase and the reverse; a plain word in capitals. */
function recased(name: string): string {
  if (name.includes('_')) return name.replaceAll(/_([a-z])/gi, (_, letter: string) => letter.toUpperCase());
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return snake === name ? name.toUpperCase() : snake;
}
