import { expect, it } from 'vitest';
import { casesOfPost, firstBody } from './library/posting.js';

const text = { type: 'string' };

it('demands of no server to miss what it says in words that it makes itself, and sends it only where it is required', () => {
  const schema = {
    type: 'object',
    required: ['name', 'uid'],
    properties: {
      name: text,
      uid: { ...text, description: 'Output only. Tells it from others.' },
      madeAt: { ...text, description: 'When it was made. Read-only.' },
    },
  };
  const cases = casesOfPost(schema);
  const missing = cases.flatMap(({ varies }) => (varies?.keyword === 'required' ? [varies.name] : []));
  expect(missing).toEqual(['name']);
  expect(Object.keys(firstBody(cases))).toEqual(['name', 'uid']);
});
