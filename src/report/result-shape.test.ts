import { expect, test } from 'vitest';
import { sampleProof } from '../../tests/contract/sample-proof.js';
import { sampleResult } from '../../tests/contract/sample-result.js';
import type { Json } from '../text/value.js';
import { misfitOf, type Result, renderReport, terminalReport } from './index.js';
import { createPaint } from './paint.js';

const others: readonly Json[] = [null, 7, -1e300, 'x', true, [], {}, [null], { a: null }];

/** The value with another one in the place of each that it holds, and of itself. */
function* variantsOf(value: Json): Generator<Json> {
  yield* others;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const other of variantsOf(item)) yield value.with(index, other);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const { [name]: _, ...rest } = value;
      yield rest;
      for (const other of variantsOf(member)) yield { ...value, [name]: other };
    }
  }
}

test.each([
  ['check', sampleResult()],
  ['prove', sampleProof()],
])('whatever a report of %s holds in the wrong place is told, or shown', (_command, result) => {
  const whole = JSON.parse(JSON.stringify(result)) as Json;
  expect(misfitOf(whole)).toBeNull();
  let told = 0;
  for (const variant of variantsOf(whole)) {
    if (misfitOf(variant) !== null) told += 1;
    else {
      const shown = variant as unknown as Result;
      for (const format of ['junit', 'json', 'sarif', 'markdown', 'html'] as const) renderReport(format, shown);
      terminalReport(shown, createPaint(false));
    }
  }
  expect(told).toBeGreaterThan(200);
});

test('what is wrong with a report is said with its place', () => {
  const [finding] = sampleResult().findings;
  expect(misfitOf({ ...sampleResult(), findings: [{ ...finding, title: 7 }] })).toEqual({
    pointer: '/findings/0/title',
    expected: 'a string',
    found: 'the number 7',
  });
  expect(misfitOf({ ...sampleResult(), coverage: undefined })).toMatchObject({
    pointer: '/coverage',
    found: 'nothing',
  });
});
