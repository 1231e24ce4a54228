export { type Fault, faults, harmlessVariants } from '../fault/index.js';
export type * from '../report/proof/result.js';
export { type Kills, learn, proveAndLearn, worthsById } from './learn.js';
export type { ProveOptions } from './options.js';
export { prove } from './prove.js';
