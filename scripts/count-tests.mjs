// count-tests.mjs [NAME REPORT.json]…: adds up reports of `vitest --reporter=json`, and says what failed, and how many
// tests ran where. Exit code 1 where a run failed, or left no report, or ran nothing. Where there is no report, what
// REPORT.log holds of steps that failed before the tests is said.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** A failure is known by its first lines; the whole of it stands where the test ran. */
const maximumMessageLength = 1500;

/** The end of what a step printed is where it says what failed. */
const maximumStepLines = 40;

const total = { passed: 0, failed: 0, skipped: 0 };
let good = true;

const args = process.argv.slice(2);
for (let index = 0; index < args.length; index += 2) {
  const [name, file] = [args[index], args[index + 1]];
  if (!existsSync(file)) {
    for (const step of failedSteps(file.replace(/json$/, 'log'))) console.log(`FAILED on ${name}: ${step}`);
    console.log(`${name}: no report, so nothing is known of it`);
    good = false;
    continue;
  }
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  if (!report.success || counts.passed === 0) good = false;
  for (const { name: file, message, status, assertionResults } of report.testResults) {
    if (status !== 'failed') continue;
    // What reads the end of a long log alone sees what failed, and why.
    for (const test of assertionResults.filter((test) => test.status === 'failed')) {
      const why = stripVTControlCharacters(test.failureMessages.join('\n')).slice(0, maximumMessageLength);
      console.log(`FAILED on ${name}: ${relative('.', file)} > ${test.fullName}\n${why.replace(/^/gm, '  ')}`);
    }
    if (assertionResults.length > 0) continue;
    console.log(`${file} could not be run, which counts as one failure: ${message}`);
    counts.failed++;
  }
  for (const key of Object.keys(total)) total[key] += counts[key];
  console.log(`${name}, of which ${counts.passed} passed, ${counts.failed} failed and ${counts.skipped} were skipped`);
}

console.log(`Tests: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(good ? 0 : 1);

/**
 * What the steps of scripts/checks.mjs that failed printed, each with its first line and its last ones.
 *
 * @param {string} file the log of `npm test`
 */
function failedSteps(file) {
  if (!existsSync(file)) return [];
  const steps = stripVTControlCharacters(readFileSync(file, 'utf8')).split(/^(?=[✓✗] )/m);
  return steps
    .filter((step) => step.startsWith('✗'))
    .map((step) => {
      const [first, ...rest] = step.trimEnd().split('\n');
      return [first, ...rest.slice(-maximumStepLines)].join('\n  ');
    });
}
