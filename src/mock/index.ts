export type { Answer } from '../operation/index.js';
export { type Change, type Rows, type RowsWrite, State, type StateSnapshot } from '../world/index.js';
export { createMock, type MockOptions } from './answer.js';
export { faultProblem } from './fault.js';
export { ownProblem } from './held.js';
export type * from './types.js';
export { type WebhookRequest, webhookRequest } from './webhook.js';
