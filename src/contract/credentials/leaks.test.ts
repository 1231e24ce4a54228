import { describe, expect, it } from 'vitest';
import { createMask } from './mask.js';

const secret = 'sk/live+4eC39HqLyjW=DarjtT1zdp7dc';
const bytes = Array.from(new TextEncoder().encode(secret));
const each = (write: (byte: number, index: number) => string, between = '') => bytes.map(write).join(between);
const hex = (byte: number) => byte.toString(16).padStart(2, '0');
const percent = (byte: number) => `%${hex(byte)}`;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const spaced = (between: string, every = 1) => secret.match(new RegExp(`.{1,${every}}`, 'g'))?.join(between) ?? '';
const half = Math.ceil(secret.length / 2);

const leaks: readonly [how: string, leak: string][] = [
  ['as it is', secret],
  ['in JSON', JSON.stringify({ key: secret })],
  ['with slashes escaped, as PHP does', secret.replaceAll('/', '\\/')],
  ['in JSON in JSON', JSON.stringify(JSON.stringify({ key: secret }).replaceAll('/', '\\/'))],
  ['with escapes of Unicode', each((byte) => `\\u00${hex(byte)}`)],
  ['with escapes of Unicode in upper case', each((byte) => `\\u00${hex(byte).toUpperCase()}`)],
  ['with some escapes of Unicode', secret.replace('/', '\\u002f').replace('+', '\\u002b')],
  ['with escapes of ECMAScript', each((byte) => `\\u{${hex(byte)}}`)],
  ['with escapes of C', each((byte) => `\\x${hex(byte)}`)],
  ['with octal escapes', each((byte) => `\\${byte.toString(8).padStart(3, '0')}`)],
  ['percent-encoded', encodeURIComponent(secret)],
  ['percent-encoded in lower case', encodeURIComponent(secret).toLowerCase()],
  [
    'percent-encoded, only the case of the codes lower',
    encodeURIComponent(secret).replace(/%../g, (c) => c.toLowerCase()),
  ],
  ['percent-encoded at every byte', each(percent)],
  ['percent-encoded at every byte, in upper case', each(percent).toUpperCase()],
  ['percent-encoded twice', encodeURIComponent(encodeURIComponent(secret))],
  ['percent-encoded three times', encodeURIComponent(encodeURIComponent(encodeURIComponent(secret)))],
  ['percent-encoded at every byte, twice', encodeURIComponent(each(percent))],
  ['with entities of HTML', secret.replaceAll('/', '&sol;').replaceAll('+', '&plus;').replaceAll('=', '&equals;')],
  ['with decimal entities', each((byte) => `&#${byte};`)],
  ['with hexadecimal entities', each((byte) => `&#x${hex(byte)};`)],
  ['with entities without a semicolon', each((byte) => `&#${byte}`, ' ')],
  ['with entities, escaped once more', each((byte) => `&amp;#${byte};`)],
  ['in hexadecimal', each(hex)],
  ['in upper hexadecimal', each(hex).toUpperCase()],
  ['in hexadecimal with colons', each(hex, ':')],
  ['in hexadecimal with blanks', each(hex, ' ')],
  ['as an array of hexadecimal numbers', each((byte) => `0x${hex(byte)}`, ', ')],
  ['as an array of numbers', `[${each(String, ', ')}]`],
  ['in upper case', secret.toUpperCase()],
  ['in lower case', secret.toLowerCase()],
  ['backwards', Array.from(secret).reverse().join('')],
  ['in wide characters', each((byte) => String.fromCharCode(byte + 0xfee0))],
  ['in UTF-16', each((byte) => `${String.fromCharCode(byte)}\0`)],
  ['in UTF-16, shown with escapes', each((byte) => `\\u0000${String.fromCharCode(byte)}`)],
  ['in base64', base64(secret)],
  ['in base64 for URLs', Buffer.from(secret).toString('base64url')],
  ['in base64, percent-encoded', encodeURIComponent(base64(secret))],
  ['in base64 with line ends', base64(secret).replace(/.{20}/g, '$&\r\n')],
  ['in base64 with line ends, in JSON', JSON.stringify(base64(secret).replace(/.{20}/g, '$&\r\n'))],
  ['in base64 of base64', base64(base64(secret))],
  ['in base64 of what is percent-encoded', base64(`?key=${encodeURIComponent(secret)}`)],
  ['inside of longer base64', base64(`{"sub":"me","key":"${secret}","more":1}`)],
  ['inside of longer base64, one byte on', base64(`{"sub":"you","key":"${secret}","more":1}`)],
  ['at the beginning of longer base64', base64(`${secret}!!`)],
  ['in the payload of a token', `eyJhbGciOiJub25lIn0.${Buffer.from(`{"key":"${secret}"}`).toString('base64url')}.x`],
  ['as user and password', base64(`user:${secret}`)],
  ['quoted-printable', each((byte) => `=${hex(byte).toUpperCase()}`).replace(/(.{30})/g, '$1=\r\n')],
  ['with blanks between its characters', spaced(' ')],
  ['split by hyphens', spaced('-', 4)],
  ['split as a program would', spaced('" + "', 7)],
  ['split over lines', spaced('\n', 9)],
  ['split over members', JSON.stringify(secret.match(/.{1,8}/g))],
  ['cut behind its half', `${secret.slice(0, half + 4)} and more`],
  ['cut before its half, by little', `${secret.slice(0, half - 2)} and more`],
  ['cut before its half', `…${secret.slice(-half - 4)}`],
  ['cut with dots', `${secret.slice(0, 24)}...`],
  ['in markup', `<b>${secret.slice(0, 12)}</b>${secret.slice(12)}`],
];

const harmless = [
  'status 401: the password is wrong, see https://example.com/live/keys?darj=1',
  '{"id":4,"name":"dp7","email":"live@example.com","at":"2025-01-15T09:30:00Z"}',
  `deadbeef${'0123456789abcdef'.repeat(8)}`,
  base64('Nothing of what was sent is in here, however long it may be.'),
];

describe('a credential that the target sends back', () => {
  const mask = createMask(new Map([['Key', secret]]));

  it.each(leaks)('%s is not shown', (_, leak) => {
    const shown = mask(`200\ncontent-type: text/plain\n\nbefore ${leak} after`);
    expect(shown).toContain('$KEY');
    for (let at = 0; at + 12 <= leak.length; at++) expect(shown).not.toContain(leak.slice(at, at + 12));
  });

  it('costs no more than the lines that it is in', () => {
    expect(mask(`200\nx-key: ${secret.toUpperCase()}\n\n{}`)).toBe(
      '200\n(left out: it holds $KEY, written otherwise)\n\n{}',
    );
  });

  it.each(harmless)('is not seen in %s', (text) => expect(mask(text)).toBe(text));

  it('is looked for by its parts: what stands before a password, and a word that it shares, may be shown', () => {
    const basic = createMask(new Map([['Basic', 'administrator@example.com:password-4711']]));
    expect(basic('administrator@example.com may not, the password is wrong')).not.toContain('left out');
    expect(basic('PASSWORD-4711')).toContain('left out');
  });
});
