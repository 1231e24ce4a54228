import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.js';
import { Compiler, groupsIn, symbolsOf } from './program.js';
import { matchesAnywhere, matchesByTrying } from './run.js';
import { type PatternNode, parsePattern } from './syntax.js';

/** So many steps that no pattern of these tests comes to their end. */
const plenty = { steps: 1e9 };

describe('the own matchers', () => {
  it('say the same as the regular expression engine, with the flag u and without', () => {
    fc.assert(
      fc.property(patterns, fc.array(texts, { minLength: 1, maxLength: 6 }), (pattern, list) => {
        for (const flags of ['u', '']) expectSameVerdicts(pattern, tryCompile(pattern, flags), list);
      }),
      { numRuns: 2000 },
    );
  });

  // V8 of Node 24 now and then finds no "A" by (?i:b|a), by what else its process compiled: the flags are its oracle.
  it('take a modifier for the flag of the same name', () => {
    const modifiers = fc.subarray(['i', 'm', 's'], { minLength: 1 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(patterns, modifiers, fc.array(texts, { minLength: 1, maxLength: 6 }), (pattern, letters, list) => {
        for (const flags of ['u', '']) {
          expectSameVerdicts(`(?${letters}:${pattern})`, tryCompile(pattern, flags + letters), list);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['^(?i:a(?-i:b))$', ['ab', 'Ab'], ['aB', 'AB']],
    ['^(?i:a)b$', ['ab', 'Ab'], ['aB']],
    ['^(?s-i:a.)$', ['a\n', 'ab'], ['A\n']],
    ['^(?s:(?-s:.)).$', ['ab'], ['\nb', 'a\n']],
    ['a(?m:$)', ['a', 'a\nb'], ['ab']],
  ])('end the modifiers of %s where its group ends', (pattern, matching, others) => {
    const node = parsePattern(pattern, true);
    expect(node && matching.map((text) => ownVerdicts(node, true, text))).toEqual(matching.map(() => [true, true]));
    expect(node && others.map((text) => ownVerdicts(node, true, text))).toEqual(others.map(() => [false, false]));
  });
});

describe('a pattern that backtracks', () => {
  it.each([
    '^(https?:\\/\\/)?([\\da-z\\.-]+)\\.([a-z\\.]{2,6})([\\/\\w \\.-]*)*\\/?$',
    '^([a-zA-Z0-9]+\\s?)+$',
    '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$',
    '^\\w+([.-]?\\w+)*@\\w+([.-]?\\w+)*(\\.\\w{2,3})+$',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '^(a|aa)+$',
    '^(a|a?)+$',
    '(.*a){11}$',
    '^(?:(?!aa+b)a)+$',
    '(?<=^(a|a)*)!',
    'a*a*a*b',
    '\\s+$',
  ])('%s is decided for any text, and soon', (pattern) => {
    const compiled = compilePattern(pattern);
    expect(compiled?.decided).toBe(true);
    expect(compiled?.test(`${'a'.repeat(50_000)}${'a.'.repeat(25_000)}\n#`)).toBe(false);
  });

  it('counts as matching where it cannot be decided soon, and says that this may be', () => {
    const compiled = compilePattern('^(a+)+\\1b$');
    expect(compiled?.decided).toBe(false);
    expect(compiled?.test('aaaab')).toBe(true);
    expect(compiled?.test('aaaac')).toBe(false);
    expect(compiled?.test(`${'a'.repeat(1000)}c`)).toBe(true);
  });
});

describe('a pattern that people write', () => {
  it.each([
    '^[a-z][a-z0-9-]{0,62}$',
    '^(?=.*[a-z])(?=.*\\d).{8,72}$',
    '^.{1,2048}$',
    '^(?:.|\\n){0,4096}$',
    '^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$',
    '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$',
    '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$',
    '^((25[0-5]|(2[0-4]|1\\d|[1-9]|)\\d)\\.?\\b){4}$',
    '^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\\d{12}:[^/]+(/[^/]+)*$',
  ])('%s is decided for any text', (pattern) => {
    expect(compilePattern(pattern)?.decided).toBe(true);
  });
});

describe('a pattern out of all proportion', () => {
  it.each([
    ['5,000 groups in each other', `${'('.repeat(5000)}a${')*'.repeat(5000)}`],
    ['5,000 groups after each other', '(a*)'.repeat(5000)],
    ['repetitions of repetitions', '(((a{1,1000}){1,1000}){1,1000}){1,1000}b'],
    ['repetitions of nothing', '(?:(?:){1,999999999}){999999999}'],
    ['a megabyte of text', 'ab'.repeat(500_000)],
    ['a megabyte of alternatives', 'ab|'.repeat(300_000)],
    ['nothing that matches', '[]'],
    ['an unlimited number of nothing', '(?:(?:)*)*(?:\\b)+(?=)'],
  ])('%s costs no exception', (_, pattern) => {
    const compiled = compilePattern(pattern);
    if (!compiled) return;
    for (const text of ['', 'a', 'ab'.repeat(1000)]) expect(compiled.test(text)).toBeTypeOf('boolean');
    expect(compiled.decided).toBeTypeOf('boolean');
  });

  it('that is longer than a text does not match it', () => {
    expect(compilePattern('ab'.repeat(500_000))?.test('ab')).toBe(false);
  });
});

/** Holds the own matchers against an expression that means the same as `pattern`, where there is one. */
function expectSameVerdicts(pattern: string, expression: RegExp | null, list: string[]): void {
  const node = expression && parsePattern(pattern, expression.unicode);
  if (!expression || !node) return;
  for (const text of list) {
    const found = expression.exec(text);
    // V8 looks for matches inside of a surrogate pair, too (ECMA-262, 22.2.7.3 does not).
    if (found && expression.unicode && isInsidePair(text, found.index)) continue;
    const matches = ownVerdicts(node, expression.unicode, text);
    expect({ expression, text, matches }).toEqual({ expression, text, matches: matches.map(() => found !== null) });
  }
}

/** What each matcher says that can read a pattern. */
function ownVerdicts(node: PatternNode, unicode: boolean, text: string): boolean[] {
  const symbols = symbolsOf(text, unicode);
  const groups = groupsIn(node).length;
  const trying = new Compiler(unicode, true, groups);
  const tried = trying.compile(node);
  const followed = JSON.stringify(node).includes('"again"') ? null : new Compiler(unicode, false, groups).compile(node);
  return [
    ...(tried ? [matchesByTrying(tried, trying.registers, symbols, { ...plenty })] : []),
    ...(followed ? [matchesAnywhere(followed, symbols, { ...plenty })] : []),
  ];
}

function tryCompile(pattern: string, flags: string): RegExp | null {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return null;
  }
}

function isInsidePair(text: string, index: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(index - 1, index + 1));
}

const atoms = fc.constantFrom(
  ...['a', 'b', 'ab', '.', '\\w', '\\W', '\\s', '[ab]', '[^a]', '[]', '[^]', '[\\b]', '[\\]a]', '^', '$', '\\b', '\\B'],
  ...['\\1', '\\2', '\\k<n>', '\\8', '\\0', '\\12', '\\x61', '\\u0061', '\\u{61}', '\\ca', '\\c', '\\n', '\\-', '\\/'],
  ...['\\p{L}', '😀', '[😀b]', '\\ud83d\\ude00', '\\ud83d', '{', '}', ']', 'a{2'],
);

const { patterns } = fc.letrec<{ patterns: string }>((tie) => {
  const inner = tie('patterns');
  const quantifiers = fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}', '{0}', '*?', '+?', '??', '{1,3}?');
  const openings = fc.constantFrom('(', '(?:', '(?<n>', '(?=', '(?!', '(?<=', '(?<!');
  return {
    patterns: fc.oneof(
      { depthSize: 'small' },
      atoms,
      fc.tuple(inner, inner).map(([left, right]) => `${left}${right}`),
      fc.tuple(inner, inner).map(([left, right]) => `(?:${left}|${right})`),
      fc.tuple(openings, inner).map(([opening, one]) => `${opening}${one})`),
      fc.tuple(inner, quantifiers).map(([one, quantifier]) => `(?:${one})${quantifier}`),
      fc.tuple(inner, quantifiers).map(([one, quantifier]) => `${one}${quantifier}`),
    ),
  };
});

const characters = ['a', 'b', 'A', 'B', ' ', '_', '\n', '\u2028', '😀', '\ud83d', '\ude00', '1', '2', '8', 'u', 'c'];
const texts = fc.string({ unit: fc.constantFrom(...characters, '\0', '\x01', '\\', '-', '{'), maxLength: 8 });
