import { expect, test } from 'vitest';
import { fencedBlocks } from './part.js';

const texts = (page: string) => fencedBlocks(page).map(({ text }) => text);

test('a block is fenced by three or more backticks or tildes', () => {
  expect(texts('a\n```\nb\n```\nc')).toEqual(['b']);
  expect(texts('~~~~yaml x ~ `y`\nb\n~~~~')).toEqual(['b']);
  expect(texts('``\nb\n``')).toEqual([]);
});

test('only a fence of the same kind that is at least as long ends a block', () => {
  expect(texts('````yaml\n```\n~~~~\nb\n```` x\n`````\nc')).toEqual(['```\n~~~~\nb\n```` x']);
});

test('a block that is never closed ends with the page', () => {
  expect(texts('```yaml\na: 1')).toEqual(['a: 1']);
});

test('the indentation of the fence is taken from each line', () => {
  expect(fencedBlocks('1. first\n   ```yaml\n   a:\n     b: 1\n c\n   ```')).toEqual([
    { text: 'a:\n  b: 1\nc', linesBefore: 2, indentation: 3 },
  ]);
});

test('a backtick in the info string makes it inline code', () => {
  expect(texts('``` `x` ```\nb')).toEqual([]);
});

test('lines may end as on Windows', () => {
  expect(texts('```yaml\r\na: 1\r\n```\r\n')).toEqual(['a: 1\r']);
});
