import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { sampleResult } from '../../tests/contract/sample-result.js';
import { conclude, ReportWriter } from './report-files.js';

afterEach(() => vi.useRealTimers());

test('a report that can no longer be written ends no run, and costs neither another one nor what is said', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const around = mkdtempSync(join(tmpdir(), 'report-'));
  const folder = join(around, 'reports');
  mkdirSync(folder);
  const report = [
    { format: 'json', file: join(folder, 'a.json') },
    { format: 'json', file: join(around, 'b.json') },
  ] as const;
  const reports = new ReportWriter('check', report);
  reports.update(() => sampleResult());
  rmSync(folder, { recursive: true });
  writeFileSync(folder, '');
  vi.advanceTimersByTime(60_000);
  const later = { ...sampleResult(), seed: 77 };
  reports.update(() => later);
  expect(JSON.parse(readFileSync(join(around, 'b.json'), 'utf8')).seed).toBe(77);

  const said: string[] = [];
  const terminal = { out: (line: string) => said.push(line), error: (line: string) => said.push(line) };
  const flags = { report, json: false, quiet: true };
  expect(() => conclude(reports, sampleResult(), flags, terminal as never)).toThrow(/a\.json cannot be written: /);
  expect(said.join()).toMatch(/^Broken: /);
});

test('a report that cannot be written from the beginning ends the run before it has begun', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'report-')), 'plain');
  writeFileSync(file, '');
  const reports = new ReportWriter('check', [{ format: 'json', file: join(file, 'a.json') }]);
  expect(() => reports.update(() => sampleResult())).toThrow(/cannot be written: a part of its path is no folder/);
});
