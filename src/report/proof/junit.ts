import { escapeXml } from '../run/junit.js';
import type { FaultSummary, ProofResult, Trial } from './result.js';
import { survivors } from './words.js';

/** JUnit XML: a suite for each fault, a test case for each place where it was tried. */
export function junit(result: ProofResult): string {
  const tests = result.trials.length + 1;
  const failures = survivors(result).length + (result.falseAlarms.length > 0 ? 1 : 0);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="counterproof prove" tests="${tests}" failures="${failures}" errors="0" time="${(result.duration / 1000).toFixed(3)}">`,
    ...result.faults.map((fault) => suite(fault, result)),
    harmless(result),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function suite(fault: FaultSummary, { trials }: ProofResult): string {
  const own = trials.filter((trial) => trial.fault === fault.id);
  const counts = `tests="${own.length}" failures="${fault.survived}" errors="0" skipped="${fault.notApplicable + fault.notTried}"`;
  return [`  <testsuite name="${escapeXml(fault.id)}" ${counts}>`, ...own.map(testCase), '  </testsuite>'].join('\n');
}

function testCase({ fault, operationId, site, outcome }: Trial): string {
  const name = site === null ? operationId : `${operationId} at ${site}`;
  const head = `    <testcase classname="${escapeXml(fault)}" name="${escapeXml(name)}"`;
  if (outcome.kind === 'killed') return `${head}/>`;
  const content =
    outcome.kind === 'survived'
      ? `<failure message="${escapeXml(`no check complained in ${outcome.requests} requests, such as: ${outcome.example}`)}"/>`
      : `<skipped message="${escapeXml(outcome.reason)}"/>`;
  return `${head}>${content}</testcase>`;
}

function harmless({ falseAlarms }: ProofResult): string {
  const failed = falseAlarms.length > 0 ? 1 : 0;
  const text = falseAlarms.map(
    ({ variant, operationId, check, message }) => `${check}: ${variant ?? 'the mock'}, ${operationId}: ${message}`,
  );
  const content = failed
    ? `<failure message="${falseAlarms.length} false alarms">${escapeXml(text.join('\n'), true)}</failure>`
    : '';
  return `  <testsuite name="harmless variants" tests="1" failures="${failed}" errors="0" skipped="0">\n    <testcase classname="harmless" name="nothing that is right is complained about">${content}</testcase>\n  </testsuite>`;
}
