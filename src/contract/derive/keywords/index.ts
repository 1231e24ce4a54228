import { array } from './array.js';
import { composition } from './composition.js';
import { documented } from './documented.js';
import { constant, enumValues } from './enum.js';
import { number } from './number.js';
import { object } from './object.js';
import type { Family } from './proposal.js';
import { string } from './string.js';
import { type } from './type.js';

/** Every family of keywords that is varied. A new keyword goes into its family's file. */
export const families: readonly Family[] = [
  enumValues,
  constant,
  object,
  type,
  number,
  string,
  array,
  composition,
  documented,
];
export type { Proposal } from './proposal.js';
