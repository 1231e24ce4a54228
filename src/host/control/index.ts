export type { Preference } from '../../mock/index.js';
export { type ControlAnswer, createControlApi, whyNot } from './api.js';
export { type Control, createControl } from './control.js';
export { refusalOf } from './guard.js';
export { sessionHeader } from './sessions.js';
