import { expect, test } from 'vitest';
import { secretCookies, secretsHandedOut, secretsInBody } from './secrets.js';

const bodyOf = (body: string, type: string) => ({
  body: new TextEncoder().encode(body),
  headers: { 'content-type': type },
});

const form = (...parts: string[]) => [...parts.map((part) => `--b\r\n${part}\r\n`), '--b--\r\n'].join('');
const field = (name: string, content: string, more = '') =>
  `Content-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}`;
const multipart = 'multipart/form-data; boundary=b';

test.each([
  ['application/json', '{"login":"ada","deep":[{"password":"correct-horse"}]}'],
  ['application/json', '{"login":"ada","password":"correct-horse",}'],
  ['application/json', "{'password': 'correct-horse', login: 'ada'}"],
  ['application/x-www-form-urlencoded', 'login=ada&password=correct-horse'],
  [multipart, form(field('login', 'ada'), field('password', 'correct-horse'))],
  [multipart, form(field('who', '{"password":"correct-horse"}', '\r\nContent-Type: application/json'))],
  [multipart, `--b\r\n${field('password', 'correct-horse')}\r\n`],
  ['application/xml', '<a><login>ada</login><x:password xmlns:x="urn:x"><![CDATA[correct-horse]]></x:password></a>'],
  ['application/soap+xml', '<a login="ada" password="correct-horse"/>'],
  ['text/xml', '<a><login>ada</login><password>correct-horse</password>'],
])('what has the name of a secret is found in %s: %s', (type, body) => {
  expect(secretsInBody(bodyOf(body, type))).toEqual(['correct-horse']);
});

test.each([
  ['names without an end', 'a'.repeat(1024 * 1024)],
  ['open quotes', 'password:"\\'.repeat(80_000)],
  ['open elements', '<password>'.repeat(90_000)],
  ['blanks', `password${' '.repeat(1_000_000)}`],
])('no body takes long to look through: %s', (_name, body) => {
  const start = process.cpuUsage();
  for (const type of ['application/json', 'application/xml', multipart]) secretsInBody(bodyOf(body, type));
  expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
});

test.each([
  ['PHPSESSID=f00dface; Path=/', ['f00dface']],
  ['connect.sid=s%3Af00dface', ['f00dface'].map((value) => `s%3A${value}`)],
  ['a=f00dface; Path=/; HttpOnly', ['f00dface']],
  ['theme=dark; Path=/', []],
  ['sid=; Max-Age=0', []],
])('of a cookie that is set, what lets its bearer in is a secret: %s', (cookie, secrets) => {
  expect(secretCookies([['Set-Cookie', cookie]])).toEqual(secrets);
  expect(secretsHandedOut([['set-cookie', [cookie]]], '{"token":7411}')).toEqual([...secrets, '7411']);
});
