import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { certificate } from '../../tests/contract/certificate.js';
import { certificateOf } from './certificate.js';

const folder = mkdtempSync(join(tmpdir(), 'counterproof-certificate-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [cert, key, empty, missing] = ['cert.pem', 'key.pem', 'empty.pem', 'missing.pem'].map((name) =>
  join(folder, name),
) as [string, string, string, string];
writeFileSync(cert, certificate.cert);
writeFileSync(key, certificate.key);
writeFileSync(empty, '');

const of = (cert?: string, key?: string) => certificateOf('mock', { 'tls-cert': cert, 'tls-key': key });

test('both files are a certificate, and neither is none', () => {
  expect(of(cert, key)).toEqual({ certificate });
  expect(of()).toEqual({});
});

test.each([
  ['one alone', () => of(undefined, key), '--tls-key needs --tls-cert beside it'],
  ['a file that is not there', () => of(missing, key), `--tls-cert ${missing} cannot be read: there is no such file`],
  ['an empty one', () => of(cert, empty), `--tls-key ${empty} is empty`],
  ['two empty ones', () => of(empty, empty), `--tls-cert ${empty} is empty`],
  ['the same file twice', () => of(key, key), 'are no certificate and its private key in PEM: no start line'],
])('%s is told', (_, make, message) => {
  expect(make).toThrow(message);
});
