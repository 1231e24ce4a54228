export { type CreatedProxy, type CreateProxyOptions, createProxy } from './create-proxy.js';
export type { ForwardProxy } from './proxy.js';
export {
  createRecord,
  exchangesIn,
  formatOfFile,
  recordOfHar,
  recordText,
  type TrafficRecord,
} from './record/index.js';
export { answersOfReport, asReplay } from './record/replay.js';
export type { ProxiedExchange, Turn } from './types.js';
export { parseUpstream } from './upstream.js';
export { proxyOfEnvironment } from './upstream-proxy.js';
