export { type Fault, faults, harmlessVariants } from '../fault/index.js';
export { type Kills, learn } from './learn.js';
export { type ProveOptions, prove } from './prove.js';
export { isProven, proofReports, proofTerminal, proofVerdict } from './report/index.js';
export type * from './types.js';
