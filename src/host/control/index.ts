export type { Preference } from '../../mock/index.js';
export { type ControlAnswer, type ControlApiOptions, createControlApi, whyNot } from './api.js';
export { type Control, type ControlOptions, createControl } from './control.js';
export { type GuardOptions, refusalOf } from './guard.js';
export { defaultJournalLimits, type JournalEntry, type JournalLimits } from './journal.js';
export type { Session, SessionEvent } from './session.js';
export { defaultSession, Sessions, sessionHeader, sessionNameOf } from './sessions.js';
