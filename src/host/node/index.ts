export type { Mount, RunningServer, ServedExchange, ServeOptions } from './options.js';
export { serve } from './serve.js';
