import type { CheckResult, OperationResult, RunFinding, RunResult } from '../../contract/run/result.js';
import type { Aspect } from '../../contract/types.js';
import { shortened, shortenedInside, visible } from '../../text/visible.js';
import { anchorOf } from '../html/finding.js';
import type { CheckRow, Grid, GridCell, Report, Row, Suite, Test } from '../report.js';
import { count, duration } from '../words.js';

/** Names of the parts of coverage, in the order in which they are shown. */
const coverageParts = {
  operations: 'operations',
  parameters: 'parameters',
  enumValues: 'enum values',
  responses: 'responses',
  keywords: 'schema keywords',
} as const satisfies Record<keyof RunResult['coverage'], string>;

/** Most of the name of an operation in a row at a terminal, in characters. */
const maximumName = 60;

/** What is reported of a run, be it at its end or not. What only some formats show of many operations is made for those alone. */
export function reportOfRun(result: RunResult): Report {
  const { document, counts, target, seed, strict, shard, tool } = result;
  const again = counts.sentAgain > 0 ? `, ${counts.sentAgain.toLocaleString('en')} of them sent again` : '';
  const removals = counts.removals ? `, and ${counts.removals.toLocaleString('en')} more to remove what was made` : '';
  const requests = `${count(counts.requests, 'request')} in ${duration(result.duration)}`;
  const title = `${document.title} ${document.version}`.trim();
  let suites: readonly Suite[] | undefined;
  let grid: Grid | undefined;
  return {
    tool,
    title,
    document: document.name,
    openapi: document.openapi,
    target: { code: target },
    seed,
    requests: counts.requests,
    duration: result.duration,
    outcome: result.verdict,
    verdict: verdictOfRun(result),
    headline: visible(`${title} at ${target}, seed ${seed}${strict ? ', strict' : ''}`),
    effort: `${counts.causes > 0 ? `${count(counts.causes, 'cause')}; ` : ''}${requests}${again}${removals}`,
    facts: [
      `${count(counts.cases, 'case')}, ${requests}`,
      `seed ${seed}`,
      strict ? 'strict' : '',
      shard ? `shard ${shard.index} of ${shard.count}` : '',
      result.startedAt,
    ].filter(Boolean),
    partial: result.partial,
    rules: result.checks.map(({ id, summary }) => ({ id, summary: `Holds when ${summary}` })),
    findings: result.findings,
    findingsNotKept: result.findingsNotKept,
    columns: [
      { name: 'Operation' },
      { name: 'Cases', isNumber: true },
      { name: 'Answers', isWide: true },
      { name: 'Broken by' },
    ],
    rows: result.operations.map((operation) => new OperationRow(operation)),
    checks: checkRows(result),
    get operationNames() {
      return new Map(result.operations.map(({ id, method, path }) => [id, `${method} ${path}`]));
    },
    get suites() {
      suites ??= suitesOf(result);
      return suites;
    },
    coverage: Object.entries(coverageParts).flatMap(([part, words]) => {
      const counted = result.coverage[part as keyof typeof coverageParts];
      // All of nothing is no hundred per cent.
      return counted.total === 0 ? [] : [{ part: words, ...counted }];
    }),
    undeclaredStatuses: result.undeclaredStatuses,
    matrix: null,
    get grid() {
      grid ??= gridOf(result);
      return grid;
    },
    notSent: result.notSent.map(
      ({ count: number, message }) => `${count(number, 'case')} ${number === 1 ? 'of those that' : 'that'} ${message}`,
    ),
    mistakes: result.mistakes,
    raise: result.raise,
    notes: [...result.notes, ...unseenNote(result.checks)],
    result,
  };
}

/** What the run says, in one line. */
export function verdictOfRun(result: RunResult): string {
  const { counts, verdict, partial, newCauses } = result;
  const looked = `${count(counts.cases, 'case')} on ${count(counts.operationsReached, 'operation')}`;
  const stopped = partial === null ? '' : ` (partial: ${visible(partial)})`;
  if (verdict === 'broken') {
    const broken = result.operations.filter(({ state }) => state === 'broken').length;
    const flaky = counts.flaky > 0 ? `, ${counts.flaky.toLocaleString('en')} of them flaky` : '';
    const where = `${broken} of ${count(counts.operations, 'operation')}`;
    const told = newCauses === 0 ? 'no cause' : count(newCauses ?? 0, 'cause');
    const known = newCauses === undefined ? '' : `; ${told} of ${counts.causes.toLocaleString('en')} new`;
    return `Broken: ${count(counts.violations, 'violation')}${flaky}, in ${counts.casesBroken.toLocaleString('en')} of ${count(counts.cases, 'case')}, on ${where}${known}${stopped}`;
  }
  const never = result.operations.filter(({ state }) => state === 'not-exercised').length;
  const unseen = never === 0 ? '' : `, ${never.toLocaleString('en')} of them never exercised`;
  if (verdict === 'kept') return `Kept: ${looked}${unseen}, no violation`;
  const why = result.unproven?.length ? `: ${result.unproven.map((each) => visible(each)).join('; ')}` : '';
  return `Not proven: ${looked}${unseen}, no violation, and not all was looked at${why}${stopped}`;
}

/** A terminal shows few of very many, so that what is shown of one is made when it is. */
class OperationRow implements Row {
  readonly #operation: OperationResult;
  readonly heading = '';

  constructor(operation: OperationResult) {
    this.#operation = operation;
  }

  get state(): Row['state'] {
    return this.#operation.state;
  }

  get name(): string {
    const { method, path } = this.#operation;
    return shortenedInside(`${method} ${path}`, maximumName);
  }

  get amount(): string {
    const { state, cases } = this.#operation;
    return state === 'not-sent' ? '' : `${String(cases).padStart(5)} ${cases === 1 ? 'case ' : 'cases'}`;
  }

  get note(): string {
    const { state, problem, unexercised, violations, named } = this.#operation;
    if (state === 'not-sent' && problem !== null) return 'cannot be used';
    if (state === 'not-sent') return unexercised === null ? 'not sent' : `not sent: ${unexercised}`;
    if (state === 'not-exercised') return `not exercised: ${unexercised}`;
    const broken = Object.entries(violations).map(([check, number]) => `${check} ${number}`);
    return broken.join(' · ') || visible(shortened(named ?? '', maximumName));
  }

  get cells(): Row['cells'] {
    const { method, path, cases, statuses, violations, problem } = this.#operation;
    const answers = Object.entries(statuses).map(([status, number]) => `${status} × ${number}`);
    const broken = Object.entries(violations).map(([check, number]) => `${check} × ${number}`);
    return [{ code: `${method} ${path}` }, cases, problem ?? answers.join(', '), broken.join(', ')];
  }
}

/** Each check in each operation, with the way to the finding. */
function gridOf({ checks, operations, findings }: RunResult): Grid {
  const anchors = new Map<string, string>();
  for (const finding of findings) {
    for (const { operationId } of finding.severity === 'violation' ? finding.operations : []) {
      const key = `${operationId} ${finding.check}`;
      if (!anchors.has(key)) anchors.set(key, anchorOf(finding));
    }
  }
  const rows = operations.map(
    ({
      id,
      method,
      path,
      state,
      requests,
      duration: time,
      violations,
      exchanges,
      problem,
      unexercised,
      untried,
      named,
    }) => ({
      // What begins alike is told apart by its end, and a cell has room for that.
      name: shortened(`${method} ${path}`, 300),
      state,
      requests,
      duration: time,
      note: problem ?? unexercised ?? named ?? '',
      cells: checks.map(({ id: check }): GridCell => {
        const count = violations[check] ?? 0;
        if (count > 0) return { state: 'broken', anchor: anchors.get(`${id} ${check}`) ?? null, count };
        if ((exchanges[check] ?? 0) === 0) return { state: 'not-sent', anchor: null, count };
        return { state: isSeenWhole({ unexercised, untried }, check) ? 'kept' : 'not-exercised', anchor: null, count };
      }),
    }),
  );
  const isSeen = checks.map((_, index) => rows.some(({ cells }) => cells[index]?.state !== 'not-sent'));
  const seen = <Each>(each: readonly Each[]): Each[] => each.filter((_, index) => isSeen[index]);
  return {
    checks: seen(checks).map(({ id }) => id),
    unseen: checks.flatMap(({ id }, index) => (isSeen[index] ? [] : [id])),
    rows: rows.map((row) => ({ ...row, cells: seen(row.cells) })),
  };
}

/** Whether each check holds, where anything came that could show it: what no valid request has got as far as shows little. */
function checkRows({ checks, operations }: RunResult): CheckRow[] {
  const sent = operations.filter(({ state }) => state !== 'not-sent');
  return checks.map((check) => {
    const { id, summary, exchanges, violations } = check;
    const seen = sent.filter(({ exchanges: all }) => (all[id] ?? 0) > 0);
    const kept = seen.length === 0 || seen.some((one) => isSeenWhole(one, id)) ? 'kept' : 'not-exercised';
    const state = violations > 0 ? 'broken' : isUnseen(check) ? 'not-sent' : kept;
    return { id, summary, state, exchanges, violations };
  });
}

/** Whether all was tried of an operation that a check is about. */
function isSeenWhole(
  { unexercised, untried }: Pick<OperationResult, 'unexercised'> & { readonly untried?: readonly string[] | undefined },
  check: string,
): boolean {
  return unexercised === null && untried?.includes(check) !== true;
}

const isUnseen = ({ exchanges, violations }: CheckResult): boolean => exchanges === 0 && violations === 0;

/** So many checks are named; of more their marks say which. */
const mostNamed = 5;

function unseenNote(checks: readonly CheckResult[]): string[] {
  const unseen = checks.filter(isUnseen).map(({ id }) => id);
  if (unseen.length === 0) return [];
  return [
    unseen.length <= mostNamed
      ? `Nothing came that could show whether these checks hold: ${unseen.join(', ')}`
      : `Nothing came that could show whether the ${unseen.length} checks hold that are marked –`,
  ];
}

/** A suite for each operation, a test for each aspect of it. A run that did not come to its end is an error. */
function suitesOf(result: RunResult): Suite[] {
  const byOperation = new Map<string, OwnFinding[]>(result.operations.map(({ id }) => [id, []]));
  for (const finding of result.findings) {
    if (finding.severity !== 'violation') continue;
    for (const own of finding.operations) {
      const { aspects } = own;
      byOperation.get(own.operationId)?.push({ finding: { ...finding, ...own, operations: [own] }, aspects });
    }
  }
  const suites = result.operations.map((operation) => suiteOf(operation, byOperation.get(operation.id) ?? []));
  const unseen = result.checks.filter(isUnseen);
  const tests = unseen.map(({ id }) => ({ ...passed('checks', id), skipped: 'nothing came that it is about' }));
  if (tests.length > 0) suites.push({ name: 'checks', duration: 0, tests });
  if (result.partial === null) return suites;
  const end = { ...passed('counterproof', 'the run came to its end'), error: `partial: ${result.partial}` };
  return [...suites, { name: 'counterproof', duration: 0, tests: [end] }];
}

/** A finding as one operation shows it. */
interface OwnFinding {
  readonly finding: RunFinding;
  readonly aspects: readonly Aspect[];
}

function suiteOf({ id, method, path, aspects, problem, duration: time }: OperationResult, all: OwnFinding[]): Suite {
  const findingsOf = (isOwn: (own: OwnFinding) => boolean) => all.filter(isOwn).map(({ finding }) => finding);
  const tests: Test[] = aspects.map(({ aspect, cases, duration: took }) => ({
    ...passed(id, aspect),
    assertions: cases,
    duration: took,
    findings: findingsOf((own) => own.aspects.includes(aspect)),
  }));
  const whole = findingsOf((own) => own.aspects.length === 0);
  if (whole.length > 0) tests.push({ ...passed(id, 'the operation as a whole'), findings: whole });
  if (problem !== null) tests.push({ ...passed(id, 'the document'), error: problem });
  if (tests.length === 0) tests.push({ ...passed(id, 'not sent'), skipped: 'no case was sent' });
  return { name: `${method} ${path}`, duration: time, tests };
}

function passed(group: string, name: string): Test {
  return { group, name, assertions: 1, duration: 0, findings: [], error: null, skipped: null };
}
