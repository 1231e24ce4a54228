import { expect, it } from 'vitest';
import { saysReadOnly } from './read-only-words.js';

it.each([
  'Read-only.',
  'Output only. When it was made.',
  '[Output Only] Creation time in RFC 3339.',
  'When it was made. Read only',
  'When it was made (read-only)',
  'What it is. Populated by the system. Read-only. More info: https://example.com/a#b',
  'What tells it apart.\n\nPopulated by the system. Read-only. Clients have to treat it as opaque. More info: https://example.com',
  'How old it is. This field is read-only.',
])('hears that only the server sets what is described as %j', (description) => {
  expect(saysReadOnly(description)).toBe(true);
});

it.each([
  'A legacy read-only field that is no longer populated by the system.',
  'Whether the volume is mounted read-only.',
  'Mount it so. Read-only mounts are faster.',
  'Readers',
  'One of: read-only, read-write',
  'Set it to true to make it read-only',
  undefined,
])('does not hear so from %j', (description) => {
  expect(saysReadOnly(description)).toBe(false);
});
