export { leadsToMore } from './effort.js';
export { fits } from './fits.js';
export { createSchemas } from './schemas.js';
export type * from './types.js';
export { ownKeywords } from './types.js';
export { createPrebuilt, type Prebuilt } from './validate/prebuilt.js';
export { writeValidators } from './validate/write.js';
