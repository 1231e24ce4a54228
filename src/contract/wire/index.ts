export { type Client, type ClientOptions, createClient } from './client.js';
export { certificateRemedy } from './connection.js';
export { decodeBody, readBytes } from './received.js';
export { parseTarget, type Target } from './target.js';
