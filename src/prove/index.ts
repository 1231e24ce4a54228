export { type ProveOptions, prove } from './prove.js';
export type * from './types.js';
