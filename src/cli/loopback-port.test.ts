import { expect, test } from 'vitest';
import { documentFromObject } from '../index.js';
import type { Json } from '../text/value.js';
import { loopbackPort } from './loopback-port.js';

const portOf = (...servers: Json[]) =>
  loopbackPort(documentFromObject({ openapi: '3.1.0', info: { title: 't', version: '1' }, paths: {}, servers }));

test.each([
  [{ url: 'http://localhost:3000' }, 3000],
  [{ url: 'http://127.0.0.1:8080/api' }, 8080],
  [{ url: 'http://[::1]:8081' }, 8081],
  [{ url: 'http://localhost:{port}/v1', variables: { port: { default: '9000' } } }, 9000],
  [{ url: 'http://localhost' }, undefined],
  [{ url: 'https://localhost:3000' }, undefined],
  [{ url: 'https://example.com:3000' }, undefined],
  [{ url: 'http://localhost.example.com:3000' }, undefined],
  [{ url: '/api' }, undefined],
])('%j names port %s', (server, port) => {
  expect(portOf(server)).toBe(port);
});

test('the first loopback server counts, wherever it stands', () => {
  const servers = ['https://a.example', 'http://localhost:3000', 'http://localhost:4000'].map((url) => ({ url }));
  expect(portOf(...servers)).toBe(3000);
  expect(portOf()).toBeUndefined();
});
