export { type Active, type ActiveInput, caseNames, commonCases, sequenceOf } from './active.js';
export { createControlApi } from './api.js';
export { type Control, createControl } from './control.js';
export type { ControlAnswer } from './control-answer.js';
export { refusalOf } from './guard.js';
export { sessionHeader } from './sessions.js';
