/** `counterproof/diff`: what has changed from one document to another, and what of it breaks. */
export { type DiffOptions, diff } from './diff.js';
export * from './types.js';
