import type { RunFinding } from '../contract/run/result.js';

/** `1 case`, `2 cases`, `1,200 cases`. */
export function count(number: number, one: string, many: string = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** `3 operations, 12 cases, 2 of them flaky`. */
export function extentOf({ operations, cases, flakyCases }: RunFinding): string {
  const flaky =
    flakyCases === 0 ? '' : flakyCases === cases ? 'flaky' : `${flakyCases.toLocaleString('en')} of them flaky`;
  const where = operations.length > 1 ? count(operations.length, 'operation') : '';
  return [where, count(cases, 'case'), flaky].filter(Boolean).join(', ');
}

/** Milliseconds as a person says them: `340 ms`, `1.2 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1000)} s`;
}
