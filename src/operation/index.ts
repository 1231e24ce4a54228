export type * from './types.js';
export { httpMethods, ownKeywords } from './types.js';
