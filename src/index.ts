export type { Document } from './document/index.js';
export { CounterproofError, type ErrorCode, type Location, type Problem } from './errors.js';
