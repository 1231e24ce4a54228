import { describe, expect, it } from 'vitest';
import { parseTarget } from './target.js';

describe('a target', () => {
  it('is taken apart', () => {
    expect(parseTarget('https://api.example.com/v1/?x#y')).toEqual({
      url: 'https://api.example.com/v1',
      secure: true,
      host: 'api.example.com',
      port: 443,
      authority: 'api.example.com',
      basePath: '/v1',
      loopback: false,
    });
    expect(parseTarget('http://[::1]:3000')).toMatchObject({ host: '::1', port: 3000, authority: '[::1]:3000' });
  });

  it.each([
    'localhost',
    'LOCALHOST.',
    'a.localhost',
    '127.0.0.1',
    '127.9.9.9',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0x7f.1',
  ])('on %s is on this machine', (host) => expect(parseTarget(`http://${host}:1/`).loopback).toBe(true));

  it.each(['example.com', 'localhost.example.com', '128.0.0.1', '0.0.0.0', '10.0.0.1', '[::2]', '127.0.0.1.nip.io'])(
    'on %s is not',
    (host) => expect(parseTarget(`http://${host}/`).loopback).toBe(false),
  );

  it.each(['', 'localhost:3000', 'ftp://x', '/a', 'http://'])('that is no base URL is refused: %j', (url) =>
    expect(() => parseTarget(url)).toThrow('is not an http or https URL'),
  );

  it('has no credentials in it', () => {
    expect(() => parseTarget('http://me:secret@localhost')).toThrow('--auth');
    expect(() => parseTarget('http://me:secret@localhost')).not.toThrow('secret');
  });
});
