export { impliedStatus, impliedStatuses, type Situation } from './implied-status.js';
export { contentFor, isJson } from './media-type.js';
export { negotiate } from './media-type-negotiate.js';
export { createOperations } from './operations.js';
export { problemsOf } from './operations-problems.js';
export { checkResponse, isBodiless, responseFor } from './response.js';
export { createSchemas } from './schema.js';
export type * from './types.js';
export { httpMethods, ownKeywords } from './types.js';
