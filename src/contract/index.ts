/** `counterproof/contract`: the suite, what it is given, and what it gives. */
export { checks, checkTable } from './checks/index.js';
export { type Comparison, createComparison } from './compare/compare.js';
export {
  type CredentialOptions,
  type Credentials,
  createCredentials,
  standInCredential,
} from './credentials/credentials.js';
export { credentialsFromEnvironment, parseHeader, schemeNames } from './credentials/environment.js';
export { againstBaseline, mergeResults } from './run/merge.js';
export type { Budget, Progress, RunOptions } from './run/options.js';
export type * from './run/result.js';
export { run } from './run/run.js';
export { selectAspects, selectChecks, selectOperations } from './run/select.js';
export { plannedCases, plannedCasesInSlices } from './run/tasks.js';
export type * from './types.js';
export { aspects, severities } from './types.js';
export { type Client, type ClientOptions, createClient, parseTarget, type Target } from './wire/index.js';
export { readWorkflows, type Workflow } from './workflow/arazzo.js';
