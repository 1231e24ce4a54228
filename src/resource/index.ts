export { boundScope } from './bound.js';
export type { ResourceCorrection } from './correct.js';
export { countNames } from './counted.js';
export { findingResources, findResources } from './finding.js';
export { membersAt } from './members-at.js';
export { type Mirror, mirrorsOf, type Side } from './mirror.js';
export { keyInName, keyOf, listedIn, nameOfKey, readAt, setAt, valuesAt } from './row.js';
export type * from './types.js';
export { afterNoun, isHolder, isSameName, resourceObjectMembers, shortFormsOf } from './words.js';
