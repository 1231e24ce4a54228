import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePreferences, parsePrefer, preferenceApplied } from './prefer.js';

describe('a Prefer field', () => {
  it.each([
    ['code=422', { status: 422 }],
    ['Code=422', { status: 422 }],
    ['code="422"', { status: 422 }],
    ['code = 422', { status: 422 }],
    ['code=404, example=not-found', { status: 404, example: 'not-found' }],
    ['example="with, comma and \\"quotes\\""', { example: 'with, comma and "quotes"' }],
    ['dynamic', { dynamic: true }],
    ['dynamic=false', { dynamic: false }],
    ['validate=off', { validate: false }],
    ['validate=no;strict', { validate: false }],
    ['seed=7, fault=reset', { seed: 7, fault: 'reset' }],
    ['fault=type@/components/schemas/A/type', { fault: 'type@/components/schemas/A/type' }],
    ['code=200, code=500', { status: 200 }],
    ['respond-async, return=minimal; foo="some,value", code=201', { status: 201 }],
    ['', {}],
    [' , ,', {}],
  ])('%s asks for %j', (header, expected) => {
    expect(parsePrefer(header)).toEqual({ ...expected, problems: [] });
  });

  it('may be there several times', () => {
    expect(parsePrefer(['code=422', 'validate=off'])).toEqual({ status: 422, validate: false, problems: [] });
    expect(parsePrefer(undefined)).toEqual({ problems: [] });
  });

  it('says what makes no sense in it', () => {
    expect(
      parsePrefer('code=abc, seed=x, validate=maybe, dynamic=2, example=, code, "x"').problems,
    ).toMatchInlineSnapshot(`
      [
        "Prefer has code="abc", expected a status code of three digits",
        "Prefer has seed="x", expected an integer",
        "Prefer has validate="maybe", expected on or off",
        "Prefer has dynamic="2", expected on or off",
        "Prefer has example="", expected the name of an example or a scripted case",
      ]
    `);
  });

  it('is read whatever it holds', () => {
    fc.assert(fc.property(fc.string(), (header) => Array.isArray(parsePrefer(header).problems)));
    fc.assert(
      fc.property(fc.array(fc.constantFrom('code=2', ',', ';', '"', '=', ' ', '\\', 'x')), (pieces) =>
        Array.isArray(parsePrefer(pieces.join('')).problems),
      ),
    );
  });

  it('is read in time that grows with its length', () => {
    for (const piece of [';', '"', 'a;', 'a="', '\\"', 'a=;"', ' ', ';"']) parsePrefer(piece.repeat(1_000_000));
  });
});

describe('what a host has set', () => {
  it('holds beside what the request asks for, unless both choose an answer', () => {
    expect(mergePreferences({ seed: 2 }, { example: 'a', seed: 1 })).toEqual({ example: 'a', seed: 2 });
    expect(mergePreferences({ status: 422 }, { example: 'a', seed: 1 })).toEqual({ status: 422, seed: 1 });
    expect(mergePreferences({ fault: 'f' }, { status: 422 })).toEqual({ fault: 'f' });
    expect(mergePreferences({ status: 422 }, undefined)).toEqual({ status: 422 });
  });
});

describe('Preference-Applied', () => {
  it('names what was heeded', () => {
    const preference = { status: 422, example: 'a b"c', validate: false, seed: 1 };
    expect(preferenceApplied(preference, true)).toBe('code=422, example="a b\\"c", seed=1, validate=off');
    expect(preferenceApplied(preference, false)).toBe('seed=1, validate=off');
    expect(preferenceApplied({ status: 422 }, false)).toBeNull();
    expect(preferenceApplied({}, true)).toBeNull();
  });
});
