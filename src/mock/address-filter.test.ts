import { expect, test } from 'vitest';
import { asking } from './library/asking.js';
import { answer, count, list, object } from './library/document.js';

const email = { type: 'string', format: 'email' };

const bookings = (members: object) =>
  asking({
    openapi: '3.1.0',
    info: { title: 'Bookings', version: '1' },
    paths: {
      '/bookings': {
        get: {
          parameters: [{ name: 'email', in: 'query', schema: email }],
          responses: { 200: answer(list(object({ id: count, ...members }))) },
        },
      },
    },
  });

test('email asks for the one address that a row has, and for none where it has two', () => {
  for (const [members, shown] of [
    [{ customer_email: email }, 1],
    [{ customer_email: email, agent_email: email }, 25],
  ] as const) {
    const mock = bookings(members);
    const rows = mock.read('GET', '/bookings') as unknown as { customer_email: string }[];
    const asked = encodeURIComponent(rows[3]?.customer_email ?? '');
    const found = mock.read('GET', `/bookings?email=${asked}`) as unknown as unknown[];
    expect(found.length).toBe(shown);
  }
});
