import { expect, test } from 'vitest';
import type { JsonObject } from '../../../text/value.js';
import { joined, listAsText } from './list-text.js';

const list = (collectionFormat: string, items: JsonObject, more: JsonObject = {}) => ({
  type: 'array',
  collectionFormat,
  items,
  ...more,
});

test.each<[string, JsonObject, readonly string[], readonly string[]]>([
  ['numbers with bars between', list('pipes', { type: 'integer' }), ['', '1', '1|-2|3'], ['1,2', 'a|1', '1|']],
  ['words with blanks', list('ssv', { type: 'string' }), ['a', 'a b,c'], ['a  b']],
  ['words with tabs', list('tsv', { enum: ['a.b', 'c'] }), ['a.b\tc'], ['axb', 'a.b c']],
  ['so many', list('csv', { type: 'boolean' }, { minItems: 2, maxItems: 3 }), ['true,false'], ['true', '', 't,t,t,t']],
  [
    'lists of lists',
    list('pipes', list('csv', { type: 'number' }, { minItems: 1 })),
    ['', '1,2.5', '1|2,3e2|4'],
    ['1||2', 'a'],
  ],
  ['three deep', list('ssv', list('pipes', list('csv', { type: 'string' }))), ['a,b|c d'], []],
])('%s', (_, written, right, wrong) => {
  const { pattern } = listAsText(written);
  const test = (text: string) => new RegExp(String(pattern), 'u').test(text);
  expect([right.filter((text) => !test(text)), wrong.filter(test)]).toEqual([[], []]);
});

test('a default is written out', () => {
  const written = list('pipes', list('csv', { type: 'integer' }), { default: [[1, 2], [3]] });
  expect(listAsText(written).default).toBe('1,2|3');
  expect(joined(['a', 'b'], list('tsv', {}))).toBe('a\tb');
});
