import type { Handlers } from '../../src/mock/index.js';

declare const handlers: Handlers;
export default handlers;
