export type { Answer } from '../operation/index.js';
export { type Change, type Rows, type RowsWrite, State, type StateSnapshot } from '../world/index.js';
export { createMock, type MockOptions } from './create-mock.js';
export { faultProblem } from './fault.js';
export type { HandlerPlaces } from './handler/table.js';
export type * from './handler/types.js';
export { ownProblem } from './held.js';
export type * from './types.js';
export { type WebhookRequest, webhookRequest } from './webhook.js';
