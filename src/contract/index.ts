export { checks, checkTable, createRunChecks } from './checks/index.js';
export { credentialPlaceholder, fillCredentials, placeCredential } from './credential.js';
export { curlCommand } from './curl.js';
export { type DeriveOptions, deriveCases } from './derive.js';
export type * from './types.js';
export { aspects, severities, unsafeMethods } from './types.js';
