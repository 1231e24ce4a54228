export { ownOrigin } from './address.js';
export { type ShownBody, UnfitBody } from './body.js';
export { coherent } from './coherence/coherent.js';
export { heededNames, heeding } from './heed.js';
export type { Change } from './kept-row.js';
export type { Row } from './row.js';
export type { Rows, RowsWrite } from './rows.js';
export { type CollectionReader, State, type StateReader, type StateSnapshot } from './state.js';
export { World, type WorldAnswer } from './world.js';
