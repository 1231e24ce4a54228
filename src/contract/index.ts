export type * from './types.js';
export { aspects, severities, unsafeMethods } from './types.js';
