export type { Preference } from '../../mock/index.js';
export { createControlApi, whyNot } from './api.js';
export { type Control, createControl } from './control.js';
export type { ControlAnswer } from './control-answer.js';
export { refusalOf } from './guard.js';
export { sessionHeader } from './sessions.js';
