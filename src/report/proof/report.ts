import type { RunFinding } from '../../contract/run/result.js';
import { visible } from '../../text/visible.js';
import type { Cell, Matrix, Report, Row, Suite, Test } from '../report.js';
import { count, duration } from '../words.js';
import type { FaultSummary, ProofResult, Trial } from './result.js';

/** What is right and accused is a finding too, of this rule. */
const falseAlarm = { id: 'false-alarm', summary: 'a right implementation is accused' };

/** What is reported of a proof. A fault that survives is a finding, and so is a false alarm. */
export function reportOfProof(result: ProofResult): Report {
  const { document, seed, requests, variants, notTried, placesLeftOut, tool } = result;
  const title = [document.title, document.version].filter(Boolean).join(' ') || document.name;
  const survived = result.trials.filter(isSurvivor).map((trial) => survivorFinding(result, trial));
  const alarms = alarmFindings(result);
  const left = notTried + placesLeftOut;
  const sent = `${count(result.cases, 'case')}, ${count(requests, 'request')} in ${duration(result.duration)}`;
  const tried = `${count(variants, 'harmless variant')} tried`;
  const facts = [sent, tried, `seed ${seed}`];
  return {
    tool: { name: 'counterproof prove', version: tool.version },
    title,
    document: document.name,
    openapi: null,
    target: 'the mock, with each fault',
    seed,
    requests,
    duration: result.duration,
    outcome: isProven(result) ? 'kept' : result.score === null ? 'incomplete' : 'broken',
    verdict: verdictOfProof(result),
    headline: visible(`${title}, ${document.name}`),
    effort: facts.join(', ') + (left === 0 ? '' : `; not tried: ${count(left, 'place')} in the schemas`),
    facts,
    partial: null,
    rules: [...result.faults, falseAlarm].map(({ id, summary }) => ({ id, summary })),
    findings: joined([...survived, ...alarms]),
    findingsNotKept: 0,
    columns: [
      { name: 'Fault' },
      { name: 'Caught', isNumber: true },
      { name: 'Survived', isNumber: true },
      { name: 'Does not apply', isNumber: true },
      { name: 'Not tried', isNumber: true },
      { name: 'How' },
    ],
    rows: rowsOf(result),
    checks: [],
    operationNames: new Map(),
    suites: [...result.faults.map(({ id }) => suiteOf(result, id)), harmlessSuite(alarms)],
    coverage: [],
    undeclaredStatuses: [],
    matrix: matrixOf(result),
    grid: null,
    notSent: [],
    mistakes: [],
    raise: [],
    notes: notesOf(result),
    result,
  };
}

/** Whether the suite caught all that it should, and complained of nothing that is right. */
export function isProven({ score, trials, falseAlarms }: ProofResult): boolean {
  return score !== null && !trials.some(isSurvivor) && falseAlarms.length === 0;
}

/** What the proof says, in one line. A score is rounded down, so that nothing short of all is shown as 100 %. */
export function verdictOfProof(result: ProofResult): string {
  const { score, falseAlarms, operations, trials } = result;
  if (score === null) return 'Not proven: no fault of the catalogue can show in these operations';
  const killed = result.faults.reduce((sum, fault) => sum + fault.killed, 0);
  const all = count(killed + trials.filter(isSurvivor).length, 'fault');
  const percent = Math.floor(score * 1000) / 10;
  const alarms = falseAlarms.length === 0 ? 'no false alarm' : count(falseAlarms.length, 'false alarm');
  const where = count(operations, 'operation');
  return `${isProven(result) ? 'Proven' : 'Not proven'}: ${killed.toLocaleString('en')} of ${all} caught (${percent} %) on ${where}, ${alarms}`;
}

function isSurvivor({ outcome }: Trial): boolean {
  return outcome.kind === 'survived';
}

/** What a finding of a proof has in common with all others. */
const once = {
  severity: 'violation',
  concern: 'contract',
  aspect: null,
  caseId: '',
  curl: '',
  flaky: false,
  flakyCases: 0,
  cases: 1,
  otherTitles: [],
} as const;
const nowhere = { file: '', line: 1, column: 1, pointer: '' };

function findingOf(one: Omit<RunFinding, 'id' | 'operations' | keyof typeof once> & { caseId?: string }): RunFinding {
  const finding = { ...once, ...one };
  const { operationId, caseId, title, expected, received, location, curl, cases, flakyCases } = finding;
  const own = { operationId, caseId, title, expected, received, location, curl, cases, flakyCases };
  return { ...finding, id: `${one.check} ${one.message}`, operations: [{ ...own, aspects: [], exchange: null }] };
}

/** Those together that say the same of several operations or places. */
function joined(findings: readonly RunFinding[]): RunFinding[] {
  const byId = new Map<string, RunFinding>();
  for (const finding of findings) {
    const { cases, otherTitles, operations } = byId.get(finding.id) ?? { ...finding, cases: 0, operations: [] };
    const isOther = (title: string) =>
      title !== (byId.get(finding.id) ?? finding).title && !otherTitles.includes(title);
    byId.set(finding.id, {
      ...(byId.get(finding.id) ?? finding),
      cases: cases + 1,
      otherTitles: isOther(finding.title) ? [...otherTitles, finding.title] : otherTitles,
      operations: operations.some(({ operationId }) => operationId === finding.operationId)
        ? operations
        : [...operations, ...finding.operations],
    });
  }
  return [...byId.values()].sort((a, b) => b.operations.length - a.operations.length || b.cases - a.cases);
}

function survivorFinding({ places, faults }: ProofResult, { fault, operationId, site, outcome }: Trial): RunFinding {
  const { requests, example } = outcome.kind === 'survived' ? outcome : { requests: 0, example: '' };
  const checks = faults.find(({ id }) => id === fault)?.caughtBy ?? [];
  return findingOf({
    check: fault,
    operationId,
    title: site === null ? example : `at ${site}`,
    message: `The suite does not notice ${fault}`,
    expected: `a complaint of ${checks.join(' or ') || 'a check'}`,
    received: `none in ${count(requests, 'request')}, such as: ${example}`,
    location: (site === null ? undefined : places[site]) ?? places[operationId] ?? nowhere,
  });
}

function alarmFindings({ falseAlarms, places }: ProofResult): RunFinding[] {
  return falseAlarms.map(({ variant, operationId, check, caseId, title, message }) =>
    findingOf({
      check: falseAlarm.id,
      operationId,
      caseId,
      title,
      message: `${check} accuses ${variant ?? 'the mock as it is'}`,
      expected: 'no complaint',
      received: message,
      location: places[operationId] ?? nowhere,
    }),
  );
}

/** One row a fault, those last that do not apply. */
function rowsOf(result: ProofResult): Row[] {
  const width = Math.max(...result.faults.map(({ killed, survived }) => `${killed}/${killed + survived}`.length), 7);
  const rows = result.faults.map((fault): Row => {
    const { id, killed, survived, notApplicable, notTried } = fault;
    const isTried = killed + survived > 0;
    const note = fateOf(result, fault);
    return {
      state: survived > 0 ? 'broken' : isTried ? 'kept' : 'not-sent',
      heading: isTried ? fault.family : 'does not apply',
      name: id,
      amount: isTried ? `${killed}/${killed + survived}`.padStart(width) : '',
      note,
      cells: [id, killed, survived, notApplicable, notTried, note],
    };
  });
  return [...rows.filter(({ state }) => state !== 'not-sent'), ...rows.filter(({ state }) => state === 'not-sent')];
}

/** How a fault fared: what caught it, with which case, after how many requests; or why it does not apply. */
function fateOf({ trials }: ProofResult, { id }: FaultSummary): string {
  const outcomes = trials.filter(({ fault }) => fault === id).map(({ outcome }) => outcome);
  const killed = outcomes.filter((outcome) => outcome.kind === 'killed');
  const [first] = killed;
  if (first === undefined) return outcomes.flatMap((outcome) => ('reason' in outcome ? [outcome.reason] : []))[0] ?? '';
  const checks = [...new Set(killed.flatMap(({ by }) => by))].join(', ');
  const most = Math.max(...killed.map(({ requests }) => requests));
  const where = killed.length > 1 ? ` (${killed.length} times, after ${most} at most)` : '';
  return `${checks} · after ${count(first.requests, 'request')}: ${first.title}${where}`;
}

/** A suite for each fault, a test for each place where it was to strike. */
function suiteOf(result: ProofResult, id: string): Suite {
  const own = result.trials.filter(({ fault }) => fault === id);
  const tests = own.map((trial): Test => {
    const { operationId, site, outcome } = trial;
    const name = site === null ? operationId : `${operationId} at ${site}`;
    const findings = isSurvivor(trial) ? [survivorFinding(result, trial)] : [];
    const skipped = 'reason' in outcome ? outcome.reason : null;
    return { group: id, name, assertions: 1, duration: 0, findings, error: null, skipped };
  });
  return { name: id, duration: 0, tests };
}

function harmlessSuite(findings: readonly RunFinding[]): Suite {
  const name = 'nothing that is right is complained about';
  const test = { group: 'harmless', name, assertions: 1, duration: 0, findings, error: null, skipped: null };
  return { name: 'harmless variants', duration: 0, tests: [test] };
}

function matrixOf({ trials, faults }: ProofResult): Matrix {
  const operations = [...new Set(trials.map(({ operationId }) => operationId))];
  const byPlace = new Map<string, Trial[]>();
  for (const trial of trials) {
    const place = `${trial.fault} ${trial.operationId}`;
    const others = byPlace.get(place);
    if (others === undefined) byPlace.set(place, [trial]);
    else others.push(trial);
  }
  const rows = faults.map(({ id, summary }) => ({
    name: id,
    summary,
    cells: operations.map((operation) => cellsOf(byPlace.get(`${id} ${operation}`) ?? [])),
  }));
  return { operations, rows };
}

/** One fault in one operation: how often it was caught, by what; or why it does not apply. */
function cellsOf(trials: readonly Trial[]): Cell[] {
  const outcomes = trials.map(({ outcome }) => outcome);
  const killed = outcomes.filter((outcome) => outcome.kind === 'killed');
  const lost = trials.filter(isSurvivor).length;
  const reason = outcomes.flatMap((outcome) => ('reason' in outcome ? [outcome.reason] : []))[0] ?? 'not tried';
  const cells: Cell[] = [];
  if (killed.length > 0) {
    const details = killed.map(({ title, requests, caseId }) => `${title} [${caseId}], request ${requests}`);
    const checks = [...new Set(killed.flatMap(({ by }) => by))].join(', ');
    const times = killed.length > 1 ? `${killed.length} × ` : '';
    cells.push({ state: 'kept', text: `${times}${checks}`, details: details.join('; ') });
  }
  if (lost > 0) cells.push({ state: 'broken', text: `${lost} survived`, details: '' });
  return cells.length > 0 ? cells : [{ state: 'not-sent', text: '', details: reason }];
}

/** What was not tried, by name: the score says nothing of it. */
function notesOf({ unusable, trials, placesLeftOut }: ProofResult): string[] {
  const notes = unusable.map(({ operationId, reason }) => `Not tried: ${operationId}: ${reason}`);
  for (const { fault, operationId, site, outcome } of trials) {
    if (outcome.kind === 'not-tried') notes.push(`Not tried: ${fault} in ${operationId} at ${site}: ${outcome.reason}`);
  }
  if (placesLeftOut > 0) {
    const places = count(placesLeftOut, 'more place');
    notes.push(`Not tried: ${places}: each fault is tried at a part of the places where an operation has very many`);
  }
  return notes;
}
