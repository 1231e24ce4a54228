export { type Client, type ClientOptions, createClient } from './client.js';
export { decodeBody, readBytes } from './received.js';
export { parseTarget, type Target } from './target.js';
