import { keywordFault } from './keyword.js';
import type { Fault } from './types.js';

/** The family of values outside a closed list or beyond a limit. */
export const boundsFaults: readonly Fault[] = [
  keywordFault('enum-undeclared', 'bounds', 'sends a value that is not in the list', ['enum']),
  keywordFault('const-other', 'bounds', 'sends another value than the only one', ['const']),
  keywordFault('bounds-minimum', 'bounds', 'sends a number below its minimum', ['minimum', 'exclusiveMinimum']),
  keywordFault('bounds-maximum', 'bounds', 'sends a number above its maximum', ['maximum', 'exclusiveMaximum']),
  keywordFault('bounds-multiple-of', 'bounds', 'sends a number between two steps', ['multipleOf']),
  keywordFault('bounds-min-length', 'bounds', 'sends a string that is too short', ['minLength']),
  keywordFault('bounds-max-length', 'bounds', 'sends a string that is too long', ['maxLength']),
  keywordFault('bounds-pattern', 'bounds', 'sends a string that its pattern does not match', ['pattern']),
  keywordFault('bounds-min-items', 'bounds', 'sends too few items', ['minItems']),
  keywordFault('bounds-max-items', 'bounds', 'sends too many items', ['maxItems']),
  keywordFault('bounds-duplicates', 'bounds', 'sends an item twice under uniqueItems', ['uniqueItems']),
  keywordFault(
    'bounds-contains',
    'bounds',
    'sends a list with too few or too many items of the kind that it must contain',
    ['contains', 'minContains', 'maxContains'],
  ),
  keywordFault('bounds-min-properties', 'bounds', 'sends too few members', ['minProperties']),
  keywordFault('bounds-max-properties', 'bounds', 'sends too many members', ['maxProperties']),
];
