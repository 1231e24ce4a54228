import { expect, test } from 'vitest';
import { aboveZero, duration, fileIn, fromOneTo, host, pair, shard, size } from './kinds.js';

const parsed = <Value>({ parse }: { parse: (text: string) => Value }, ...texts: string[]) => texts.map(parse);

test('a duration has a unit, or is what a number alone is taken for', () => {
  expect(parsed(duration, '500ms', '10s', '1.5s', '2m', '24h', '2000', '10', '0.5')).toEqual([
    500, 10_000, 1500, 120_000, 86_400_000, 2000, 10_000, 500,
  ]);
  expect(parsed(duration, '', '0', '-1s', '25h', 'ten', '1e3', '99999m')).toEqual(Array(7).fill(undefined));
});

test('a size is in bytes, or has one of the units that people write', () => {
  expect(parsed(size, '1', '64KiB', '8MB', '8 mb', '1.5MiB', '2GB')).toEqual([
    1, 65_536, 8_000_000, 8_000_000, 1_572_864, 2_000_000_000,
  ]);
  expect(parsed(size, '', '0', '-1', '8M', '1e3', 'ten', '9999GB')).toEqual(Array(7).fill(undefined));
});

test('a shard is a part and the number of parts', () => {
  expect(parsed(shard, '1/1', '3/4')).toEqual([
    { index: 1, count: 1 },
    { index: 3, count: 4 },
  ]);
  expect(parsed(shard, '0/4', '5/4', '1', '1/0', 'a/b', '1/2/3')).toEqual(Array(6).fill(undefined));
});

test('a host is no address of a page', () => {
  const hosts = ['localhost', 'localhost:9000', 'example.com', '[::1]', '[::1]:80'];
  expect(parsed(host, ...hosts)).toEqual(hosts);
  expect(parsed(host, '', 'http://a', 'a/b', 'a:b', 'a b')).toEqual(Array(5).fill(undefined));
});

test('a pair is split at the first equals sign', () => {
  expect(parsed(pair(''), 'a=b', 'a=b=c')).toEqual([
    ['a', 'b'],
    ['a', 'b=c'],
  ]);
  expect(parsed(pair(''), '=b', 'a=', 'a', '')).toEqual(Array(4).fill(undefined));
});

test('numbers have their bounds', () => {
  expect(parsed(aboveZero, '0.5', '3', '0', '-1', 'x')).toEqual([0.5, 3, undefined, undefined, undefined]);
  expect(parsed(fromOneTo(9), '1', '9', '0', '10', '1.5')).toEqual([1, 9, undefined, undefined, undefined]);
});

test('a report has one of the formats that there are', () => {
  const formats = ['junit', 'html'];
  expect(fileIn(formats).parse('html=a=b.html')).toEqual({ format: 'html', file: 'a=b.html' });
  expect(fileIn(formats).parse('pdf=a')).toBeUndefined();
});
