import { expect, test } from 'vitest';
import type { Exchange } from '../types.js';
import { showExchange } from './shown.js';

test('the command of a finding lets a shell fill in the credentials, and nothing else that looks like one', () => {
  const headers = { authorization: 'Bearer $COUNTERPROOF_AUTH_TOKEN', 'x-note': '$HOME' };
  const exchange = {
    request: { method: 'GET', target: '/a', headers, body: null },
    received: { status: 200, headers: [], body: new Uint8Array(), problems: [] },
  } as unknown as Exchange;
  const credentials = { mask: (text: string) => text, placeholders: ['$COUNTERPROOF_AUTH_TOKEN'] };
  const { curl } = showExchange(exchange, 'http://localhost:3000', null, credentials);
  expect(curl).toContain(`-H 'authorization: Bearer '"$COUNTERPROOF_AUTH_TOKEN"`);
  expect(curl).toContain(`-H 'x-note: $HOME'`);
});

test('a credential that comes back as the name of a header field is shown nowhere', () => {
  const body = new Uint8Array();
  const exchange = {
    request: { method: 'GET', target: '/a', headers: {}, body: null },
    received: { status: 200, headers: [['x-letmein', '1']], body, problems: [] },
  } as unknown as Exchange;
  const mask = (text: string) => text.replaceAll('letmein', '$KEY');
  const shown = JSON.stringify(showExchange(exchange, 'http://localhost:3000', null, { mask, placeholders: [] }));
  expect(shown).toContain('x-$KEY');
  expect(shown).not.toContain('letmein');
});

test('of a head with very many fields the first are shown, and their number', () => {
  // Together no more than would be kept whole: each field takes many times its text.
  const headers = Array.from({ length: 2000 }, (_, index) => [`set-cookie`, `c${index}=v`]);
  const exchange = {
    request: { method: 'GET', target: '/a', headers: {}, body: null },
    received: { status: 200, headers, body: new Uint8Array(), problems: [] },
  } as unknown as Exchange;
  const credentials = { mask: (text: string) => text, placeholders: [] };
  const { exchange: shown } = showExchange(exchange, 'http://localhost:3000', null, credentials);
  expect(shown?.response.split('\n')).toHaveLength(102);
  expect(shown?.response).toContain('… (2000 fields)');
  expect(shown?.replay).toBeNull();
});
