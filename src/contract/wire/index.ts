export { type Client, type ClientOptions, createClient } from './client.js';
export { parseTarget, type Target } from './target.js';
