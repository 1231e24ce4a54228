export { type Console, type ConsoleOptions, consolePath, createConsole, picturePath } from './console.js';
export type { RunningServer, ServedExchange, ServeOptions } from './options.js';
export { serve } from './serve.js';
export { type KeptState, keepState } from './state-file.js';
export { addressProblem, sendWebhook } from './webhook.js';
