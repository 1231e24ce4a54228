export { type Fault, faults, harmlessVariants } from '../fault/index.js';
export type * from '../report/proof/result.js';
export { proveAndLearn } from './kills.js';
export { type Kills, learn, worthsById } from './learn.js';
export { type ProveOptions, prove } from './prove.js';
