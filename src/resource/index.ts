export { boundScope } from './bound.js';
export { countNames } from './counted.js';
export { findResources } from './find.js';
export { keyOf, listedIn, readAt, setAt, valuesAt } from './row.js';
export { membersAt } from './shape.js';
export type * from './types.js';
export { isHolder, isSameName, resourceObjectMembers, shortFormsOf } from './words.js';
