export {
  githubAnnotations,
  type Paint as ReportPaint,
  plainPaint,
  type ReportFormat,
  reportFormats,
  terminal as terminalReport,
} from '../report/run/index.js';
export { verdictLine } from '../report/run/words.js';
export { checks, checkTable, createRunChecks } from './checks/index.js';
export { type DeriveOptions, deriveCases } from './derive/derive.js';
export type { Budget } from './run/budget.js';
export { credentialPlaceholder, fillCredentials, placeCredential } from './run/credential.js';
export { type CredentialOptions, type Credentials, createCredentials, standInCredential } from './run/credentials.js';
export { credentialsFromEnvironment, parseHeader, schemeNames } from './run/credentials-environment.js';
export { judge } from './run/judge.js';
export { inKillOrder, type KillWorths, killWorths, kindOf } from './run/kill-order.js';
export type { Progress, RunOptions } from './run/options.js';
export type * from './run/result.js';
export { run } from './run/run.js';
export { selectChecks, selectOperations } from './run/select.js';
export { plannedCases } from './run/tasks.js';
export type * from './types.js';
export { aspects, severities, unsafeMethods } from './types.js';
export { type Client, type ClientOptions, createClient, parseTarget, readBytes, type Target } from './wire/index.js';
