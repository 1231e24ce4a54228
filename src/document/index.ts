export { parsePointer, pointerOf } from './pointer.js';
export { documentFromObject, documentFromText, readDocument } from './read.js';
export type * from './types.js';
