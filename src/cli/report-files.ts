import { appendFileSync, lstatSync, writeFileSync } from 'node:fs';
import type { RunResult } from '../contract/index.js';
import { type ReportFormat, type Result, renderReport, terminalReport, verdictLine } from '../report/index.js';
import { whyUnwritten } from '../text/file-failure.js';
import { replaceFileSync } from '../text/replaced-file.js';
import { usage } from './arguments.js';
import type { Terminal } from './terminal.js';

/** One `--report FORMAT=FILE`. */
interface Report {
  readonly format: ReportFormat;
  readonly file: string;
}

/** So long is between two partial reports, in milliseconds: so many times what one costs, within these bounds. */
const interval = 500;
const maximumInterval = 5000;
const costs = 20;

/**
 * Writes reports while the run goes on, and at its end. A reader finds a whole file at any time, even when
 * this process is killed: each is written beside its place and then moved there.
 */
export class ReportWriter {
  readonly #command: string;
  readonly #reports: readonly Report[];
  #next = 0;
  #hasWritten = false;

  /** @param command the one that an error is said to be of */
  constructor(command: string, reports: readonly Report[]) {
    this.#command = command;
    this.#reports = reports;
  }

  /**
   * Writes partial reports, where it is time for that. What cannot be written from the beginning ends the command; a disk that fills up later
   * does not: at the end it may have room again, and else that is said there.
   */
  update(snapshot: () => Result): void {
    const began = performance.now();
    if (this.#reports.length === 0 || began < this.#next) return;
    const result = snapshot();
    this.#writeAll(result, true, (error) => {
      if (!this.#hasWritten) throw error;
    });
    this.#hasWritten = true;
    const now = performance.now();
    this.#next = now + Math.min(maximumInterval, Math.max(interval, (now - began) * costs));
  }

  /** One that cannot be written costs no other. */
  finish(result: Result): void {
    const errors: unknown[] = [];
    this.#writeAll(result, false, (error) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  }

  #writeAll(result: Result, onlyWhereReplaced: boolean, onError: (error: unknown) => void): void {
    for (const report of this.#reports) {
      try {
        this.#write(report, result, onlyWhereReplaced);
      } catch (error) {
        onError(error);
      }
    }
  }

  #write({ format, file }: Report, result: Result, onlyWhereReplaced: boolean): void {
    try {
      const isReplaced = isPlace(file);
      if (!isReplaced && onlyWhereReplaced) return;
      const text = renderReport(format, result);
      if (isReplaced) replaceFileSync(file, text);
      else if (file === '-') process.stdout.write(text);
      else writeFileSync(file, text);
    } catch (error) {
      throw usage(this.#command, `the report ${file} cannot be written: ${whyUnwritten(error)}`);
    }
  }
}

/** The end of a command: writes its reports, and says what was found also where one of them cannot be written. */
export function conclude(reports: ReportWriter, result: Result, flags: Announced, terminal: Terminal): void {
  try {
    reports.finish(result);
  } finally {
    announce(result, flags, terminal);
  }
}

/** Takes each of these steps, whichever of them fail: one file that cannot be written costs no other. Throws the first error. */
export async function doAll(...steps: readonly (() => unknown)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

/** Flags that say how a result is announced. */
interface Announced {
  readonly report: readonly Report[];
  readonly json: boolean;
  readonly quiet: boolean;
}

/**
 * Says what was found: all of it, with `--quiet` the verdict, with `--json` the result. What whoever runs this did wrong is said
 * beside a verdict: without it that speaks of the target.
 */
function announce(result: Result, { report, json, quiet }: Announced, { out, error, paint, columns }: Terminal): void {
  // A report on standard output has it for itself.
  const isTaken = report.some(({ file }) => file === '-');
  if ((isTaken || (quiet && !json)) && 'mistakes' in result) for (const mistake of result.mistakes) error(mistake);
  if (isTaken) error(verdictLine(result));
  else if (json) out(renderReport('json', result).trimEnd());
  else if (quiet) out(verdictLine(result));
  else out(terminalReport(result, paint, columns));
}

/** Adds to the summary of a step of GitHub Actions. */
export function appendSummary(file: string, text: string): void {
  try {
    appendFileSync(file, text);
  } catch (error) {
    throw usage('check', `$GITHUB_STEP_SUMMARY cannot be written: ${whyUnwritten(error)}`);
  }
}

/** Whether a file stands or can stand there: not a pipe, a device or a terminal. */
function isPlace(file: string): boolean {
  if (file === '-') return false;
  const found = lstatSync(file, { throwIfNoEntry: false });
  return found === undefined || found.isFile();
}

/** 0: kept, or broken only by what a baseline has too; 1: broken; 2: could not run, or not to its end. */
export function exitCode({ verdict, newCauses, partial }: RunResult): number {
  if (verdict === 'broken') return newCauses === 0 && partial === null ? 0 : 1;
  return verdict === 'kept' ? 0 : 2;
}
