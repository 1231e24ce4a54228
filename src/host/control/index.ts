export {
  type Active,
  type ActiveInput,
  caseNames,
  commonCases,
  operationNamed,
  sequenceOf,
  type WantedFor,
} from './active.js';
export { createControlApi } from './api.js';
export { type Control, createControl } from './control.js';
export type { ControlAnswer } from './control-answer.js';
export { refusalOf } from './guard.js';
export { answerHandled } from './handled.js';
export type { JournalEntry } from './journal.js';
export type { Session, SessionChange, SessionPlace, SessionSnapshot } from './session.js';
export { type Sessions, sessionHeader } from './sessions.js';
export { type StateStore, StoreUnavailable } from './store.js';
