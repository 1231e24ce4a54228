import { expect, it } from 'vitest';
import { isLoopback } from './loopback.js';

it.each(['localhost', 'LOCALHOST.', 'a.b.localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]', '[::ffff:7f00:1]'])(
  '%s is this machine',
  (host) => expect(isLoopback(host)).toBe(true),
);

it.each(['localhost.example', 'notlocalhost', '127.0.0.1.example', '128.0.0.1', '0.0.0.0', '::', '::ffff:8000:1', ''])(
  '%s is not',
  (host) => expect(isLoopback(host)).toBe(false),
);
