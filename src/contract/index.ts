export { checks, checkTable, createRunChecks } from './checks/index.js';
export { credentialPlaceholder, fillCredentials, placeCredential } from './credential.js';
export { type CredentialOptions, type Credentials, createCredentials, standInCredential } from './credentials.js';
export { credentialsFromEnvironment, parseHeader, schemeNames } from './credentials-environment.js';
export { type DeriveOptions, deriveCases } from './derive.js';
export { inKillOrder, type KillWorths, killWorths, kindOf } from './kill-order.js';
export {
  githubAnnotations,
  type Paint as ReportPaint,
  plainPaint,
  type ReportFormat,
  reportFormats,
  terminal as terminalReport,
} from './report/index.js';
export { verdictLine } from './report/words.js';
export { run } from './run.js';
export type { Budget } from './run-budget.js';
export { judge } from './run-judge.js';
export type { Progress, RunOptions } from './run-options.js';
export type * from './run-result.js';
export { selectChecks, selectOperations } from './run-select.js';
export { plannedCases } from './run-tasks.js';
export type * from './types.js';
export { aspects, severities, unsafeMethods } from './types.js';
export { type Client, type ClientOptions, createClient, parseTarget, readBytes, type Target } from './wire/index.js';
