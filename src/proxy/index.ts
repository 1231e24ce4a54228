export { type CreatedProxy, type CreateProxyOptions, createProxy } from './create-proxy.js';
export type { ForwardProxy } from './proxy.js';
export type { ProxiedExchange, Turn } from './types.js';
