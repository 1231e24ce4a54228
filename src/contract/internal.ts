/** What `prove/`, `proxy/` and `host/` need of the suite beyond what is public. Nothing here is promised to anybody else. */
export { createRunChecks } from './checks/index.js';
export { createCredentials } from './credentials/credentials.js';
export { createBase } from './derive/base-request.js';
export { bodyFor } from './derive/body-values.js';
export { deriveCases } from './derive/derive.js';
export { type Plan, withParameter, writeRequest } from './derive/plan.js';
export { whyNone } from './derive/why-none.js';
export { createWorkbench } from './derive/workbench.js';
export type { CheckComplaint } from './run/judge.js';
export { type KillWorths, kindOf } from './run/kill-order.js';
export { type Judgement, type LiveOptions, LiveRun, type ReadRequest } from './run/live.js';
export type { RunListener } from './run/options.js';
export { runLives, runTrial } from './run/run.js';
export type { Clock } from './run/sender.js';
export { creatorOf } from './things/make.js';
export { isUnsafe } from './types.js';
export { decodeBody, readBytes } from './wire/index.js';
export { evaluate } from './workflow/expression.js';
