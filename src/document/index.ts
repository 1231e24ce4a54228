export { parsePointer, pointerOf } from '../text/pointer.js';
export { isObject } from '../text/value.js';
export type { Document, Reference } from './document.js';
export { embeddedFiles } from './read/origins.js';
export { documentFromObject, documentFromText, type ReadOptions, readDocument } from './read/read.js';
export { isSource, type Source, sourceFromText } from './read/source.js';
