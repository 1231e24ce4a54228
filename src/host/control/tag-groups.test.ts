import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documentFromObject, documentFromText } from '../../document/index.js';
import { tagPathIn } from './tag-groups.js';

test('a tag is shown behind those that it is nested under', () => {
  const text = readFileSync(new URL('../../../tests/documents/openapi/tags.yaml', import.meta.url), 'utf8');
  const pathOf = tagPathIn(documentFromText(text, { name: 'tags.yaml' }));
  const { tags } = documentFromText(text, { name: 'tags.yaml' }).root as { tags: { name: string; parent?: string }[] };
  const nested = tags.find(({ parent }) => parent !== undefined);
  expect(pathOf(nested?.name ?? '')).toContain(' › ');
  expect(pathOf('unknown')).toBe('unknown');
});

test('circles end, and what was usual before 3.2 says the same', () => {
  const document = documentFromObject({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: {},
    tags: [
      { name: 'a', parent: 'b' },
      { name: 'b', parent: 'a' },
      { name: 'c', 'x-displayName': 'Cars' },
    ],
    'x-tagGroups': [{ name: 'Wheels', tags: ['c'] }],
  });
  const pathOf = tagPathIn(document);
  expect(pathOf('a')).toBe('b › a');
  expect(pathOf('c')).toBe('Wheels › Cars');
});
