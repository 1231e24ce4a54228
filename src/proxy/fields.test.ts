import { expect, it } from 'vitest';
import { byName, endToEnd, fieldsOf } from './fields.js';

it('passes on what is not about the connection, in its order and spelling (RFC 9110, 7.6.1)', () => {
  const raw = ['X-B', '1', 'Connection', 'close, X-Hop', 'x-hop', '2', 'TE', 'trailers', 'x-b', '3', 'Upgrade', 'a'];
  expect(endToEnd(raw)).toEqual(['X-B', '1', 'x-b', '3']);
});

it('reads fields of one name as a list, and a name like any other', () => {
  const fields = fieldsOf(['Set-Cookie', 'a=1', 'set-cookie', 'b=2', '__proto__', 'x']);
  expect({ ...byName(fields) }).toEqual({ 'set-cookie': ['a=1', 'b=2'], ['__proto__']: 'x' });
});
