import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentFor, isJson, parseMediaType } from './media-type.js';
import { negotiate } from './media-type-negotiate.js';
import type { Content } from './types.js';

const contents = (...mediaTypes: string[]): Content[] =>
  mediaTypes.map((mediaType) => ({ mediaType, pointer: `/${mediaType}`, schema: null, examples: [], encoding: {} }));

describe('parseMediaType', () => {
  it.each([
    ['text/html', 'text/html', {}],
    ['TEXT/HTML;Charset="utf-8"', 'text/html', { charset: 'utf-8' }],
    [' text/html ; charset=utf-8 ;; ', 'text/html', { charset: 'utf-8' }],
    ['multipart/form-data; boundary="a;b\\"c"', 'multipart/form-data', { boundary: 'a;b"c' }],
    ['application/vnd.github.v3+json', 'application/vnd.github.v3+json', {}],
    ['a/b; x=1; x=2', 'a/b', { x: '1' }],
    ['a/b; x; y=1; z = 2', 'a/b', { y: '1' }],
    ['a/b; x="unclosed; y=1', 'a/b', { y: '1' }],
    ['a/b; x=""', 'a/b', { x: '' }],
  ])('takes %s apart', (value, essence, parameters) => {
    const parsed = parseMediaType(value);
    expect(parsed?.essence).toBe(essence);
    expect(Object.fromEntries(parsed?.parameters ?? [])).toEqual(parameters);
  });

  it.each(['', 'text', 'text/', '/html', 'text/html, text/plain', 'te xt/html', 'text/ht ml', ';', 'text/html=x'])(
    'refuses %j',
    (value) => expect(parseMediaType(value)).toBeNull(),
  );

  it('never throws and never hangs', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (value) => void parseMediaType(value)));
    parseMediaType(`a/b;x="${'\\"'.repeat(10_000)}`);
    parseMediaType(`a/b${';x='.repeat(10_000)}`);
  });
});

describe('isJson', () => {
  it.each(['application/json', 'application/problem+json', 'text/json', 'Application/JSON; charset=utf-8'])(
    '%s',
    (type) => expect(isJson(type)).toBe(true),
  );
  it.each(['application/jsonp', 'application/x-ndjson', 'text/plain', 'application/json-seq', '', '*/*'])(
    'not %s',
    (type) => expect(isJson(type)).toBe(false),
  );
});

describe('contentFor', () => {
  it.each([
    [['application/json'], 'application/json', 'application/json'],
    [['application/json'], 'application/json; charset=utf-8', 'application/json'],
    [['application/json; charset=utf-8'], 'application/json', 'application/json; charset=utf-8'],
    [['application/json', 'application/json;version=2'], 'application/json; version=2', 'application/json;version=2'],
    [['application/json;version=1', 'application/json'], 'application/json; version=2', 'application/json'],
    [['text/html; charset=UTF-8', 'text/html'], 'text/html;charset=utf-8', 'text/html; charset=UTF-8'],
    [['*/*', 'text/*', 'text/plain'], 'text/plain', 'text/plain'],
    [['*/*', 'text/*', 'text/plain'], 'text/csv', 'text/*'],
    [['*/*', 'text/*', 'text/plain'], 'image/png', '*/*'],
    [['*/*'], 'not a media type', '*/*'],
    [['application/*', 'application/*+json'], 'application/problem+json', 'application/*+json'],
    [['application/*', 'application/*+json'], 'application/problem+xml', 'application/*'],
    [['application/json'], 'application/problem+json', undefined],
    [['application/json'], 'text/plain', undefined],
    [['application/json'], '', undefined],
    [[], 'application/json', undefined],
    [['text/plain; a=1', 'text/plain; a=2'], 'text/plain; a=3', 'text/plain; a=1'],
    // A key that is no media type.
    [['gzip'], 'application/gzip', 'gzip'],
    [['gzip', 'text/*'], 'text/csv', 'text/*'],
  ])('among %j finds for %s: %s, also among very many others', (declared, sent, expected) => {
    expect(contentFor(contents(...declared), sent)?.mediaType).toBe(expected);
    const others = Array.from({ length: 50 }, (_, index) => `application/vnd.other${index}+json`);
    expect(contentFor(contents(...others, ...declared, ...others), sent)?.mediaType).toBe(expected);
  });
});

describe('negotiate', () => {
  it.each([
    // Absent, empty or broken: everything is accepted, JSON preferred.
    [['text/html', 'application/json'], undefined, 'application/json'],
    [['text/html', 'text/csv'], undefined, 'text/html'],
    [['application/json'], '', 'application/json'],
    [['application/json'], 'garbage', 'application/json'],
    [['application/json'], 'text/html;q=x', 'application/json'],
    [['application/json'], 'text/html;q=2', 'application/json'],
    [['application/json'], 'text/html, garbage', 'application/json'],
    [['application/json'], ', ,', 'application/json'],
    // Weights.
    [['application/json', 'text/html'], 'application/json;q=0.5, text/html', 'text/html'],
    [['application/json', 'text/html'], 'text/html;q=0.5, application/json;q=0.7', 'application/json'],
    [['application/json'], 'application/json;q=0', undefined],
    [['application/json', 'text/html'], '*/*, application/json;q=0', 'text/html'],
    [['application/json'], '*/*;q=0', undefined],
    [['application/json', 'text/html'], 'text/*;q=0, */*;q=0.1', 'application/json'],
    [['application/json'], 'application/json;q=0.001', 'application/json'],
    // What browsers and the Java runtime send.
    [['application/json', 'text/html'], 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
    [['application/json'], 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'application/json'],
    [['application/json'], 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', 'application/json'],
    [['text/plain', 'application/json'], 'application/json, text/plain, */*', 'application/json'],
    // RFC 9110, 12.5.1: the most specific range has the say.
    [['text/plain', 'text/html'], 'text/*;q=0.3, text/html;q=0.7', 'text/html'],
    [['text/html;level=1', 'text/html'], 'text/html;q=0.7, text/html;level=1', 'text/html;level=1'],
    [['text/html', 'text/html;level=1'], 'text/html;level=1;q=0.1, text/html;q=0.9', 'text/html'],
    [['application/json', 'application/xml'], 'application/xml, */*', 'application/xml'],
    // Parameters that nothing declares.
    [['application/json'], 'application/json; charset=utf-8', 'application/json'],
    [['application/json'], 'application/json; indent="a,b;c"', 'application/json'],
    [['application/json;version=1'], 'application/json', 'application/json;version=1'],
    [['application/json; charset=UTF-8'], 'application/json;charset=utf-8', 'application/json; charset=UTF-8'],
    // Not acceptable.
    [['application/json'], 'text/html', undefined],
    [['application/json'], 'application/problem+json', undefined],
    [['application/json'], 'application/*+json', undefined],
    [['application/hal+json'], 'application/*+json', 'application/hal+json'],
    [[], '*/*', undefined],
    // Declared ranges.
    [['text/*'], 'text/csv', 'text/*'],
    [['application/*+json', 'application/json'], undefined, 'application/json'],
    [['application/*+json', 'application/hal+json'], 'application/*', 'application/hal+json'],
    [['application/*+json', 'text/html'], undefined, 'application/*+json'],
    [['*/*'], 'image/png', '*/*'],
    [['text/*'], 'image/png', undefined],
    [['text/*'], 'text/csv;q=0', undefined],
    [['gzip'], 'application/octet-stream', 'gzip'],
    [['gzip'], 'text/html', undefined],
    // What a client of a vendor's asks for is JSON.
    [['application/json'], 'application/vnd.github.v3+json', 'application/json'],
    [['text/html', 'application/json'], 'application/vnd.github+json; v=3, text/plain', 'application/json'],
    [['application/json', 'application/vnd.a+json'], 'application/vnd.a+json', 'application/vnd.a+json'],
    [['application/xml'], 'application/vnd.a+xml', 'application/xml'],
    [['application/xml'], 'application/atom+xml', undefined],
    [['application/json'], 'application/vnd.a+json, application/json;q=0', undefined],
    [['application/json'], 'application/vnd.a+json;q=0', undefined],
    [['application/json'], 'application/vnd.github.v3.raw', undefined],
  ])('of %j for Accept: %s gives %s', (declared, accept, expected) =>
    expect(negotiate(contents(...declared), accept)?.mediaType).toBe(expected),
  );

  it('gives the same answer when asked again', () => {
    const declared = contents('application/json', 'text/html');
    const first = negotiate(declared, 'text/html');
    expect(negotiate(declared, 'text/html')).toBe(first);
    expect(first).toBe(declared[1]);
  });

  it('never throws, and chooses nothing that is not declared', () => {
    const declared = contents('application/json', 'text/*', 'text/html; level=1');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[a-z*/;=q0-9., "\\]*$/)), (accept) => {
        const chosen = negotiate(declared, accept);
        expect(chosen === undefined || declared.includes(chosen)).toBe(true);
      }),
    );
  });
});
