import type { KillWorths } from './kill-order.js';

/** Learnt by `npm run kill-order`; do not edit. */
export const killOrderData: KillWorths = {};
