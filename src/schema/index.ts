export { createSchemas } from './schemas.js';
export type * from './types.js';
export { ownKeywords } from './types.js';
