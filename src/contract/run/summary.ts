import type { Location } from '../../errors.js';
import { resultOf, type Work } from '../../operation/index.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import { bodyJson } from '../checks/received.js';
import { shortened } from '../excerpt.js';
import { whyUnknown } from '../things/why-unknown.js';
import { isUnsafe } from '../types.js';
import { CoverageTally } from './coverage.js';
import { mistakesOf, raiseOf } from './mistakes.js';
import { notesOf } from './notes.js';
import type { TrialOptions } from './options.js';
import {
  type CheckResult,
  type LearntValues,
  type NotSent,
  notSentReasons,
  type OperationResult,
  type RunCounts,
  type RunFinding,
  type RunResult,
} from './result.js';
import { selectChecks } from './select.js';
import type { RunState } from './state.js';
import type { OperationTally } from './tally.js';

/**
 * What is known of a run, now or at its end.
 *
 * @param partial why it has not come to its end, or null
 */
export function makeResult(state: RunState, partial: string | null): RunResult {
  return resultOf(makingResult(state, partial));
}

/** What `makeResult` does, in pieces: there may be many thousands of operations. */
export function* makingResult(state: RunState, partial: string | null): Work<RunResult> {
  const { options, tallies } = state;
  const { document } = options.operations;
  const info = (document.root.info ?? {}) as Record<string, unknown>;
  const { findings, notKept } = findingsOf(state);
  yield null;
  const counts = countsOf(state, findings);
  yield null;
  const unproven = unprovenIn(state, counts);
  yield null;
  const notes = notesOf(state).map((note) => shortened(state.mask(note), longestNote));
  yield null;
  const mistakes = mistakesOf(state);
  const raise = raiseOf(state);
  yield null;
  const learnt = learntOf(state);
  yield null;
  const checks = yield* checksOf(state);
  const operations: OperationResult[] = [];
  for (const tally of tallies) {
    const unknown =
      tally.isExercised || (!tally.isTouched && tally.withheld === null) ? null : whyUnknown(state, tally.entry);
    operations.push(tally.result(state.context.bases.get(tally.entry.id), unknown, state.mask));
    yield null;
  }
  const coverage = (state.coverage ?? new CoverageTally(options.operations)).result(
    tallies.map(({ entry }) => entry),
    options.shard !== undefined,
  );
  yield null;
  return {
    schemaVersion: 2,
    tool: { name: 'counterproof', version: options.version ?? '' },
    document: {
      name: document.name,
      title: typeof info.title === 'string' ? info.title : document.name,
      version: typeof info.version === 'string' ? info.version : '',
      openapi: document.declaredVersion,
    },
    target: options.target,
    startedAt: new Date(performance.timeOrigin + state.began).toISOString(),
    duration: Math.round(performance.now() - state.began),
    seed: options.seed ?? 1,
    strict: options.strict ?? false,
    shard: options.shard ?? null,
    partial,
    verdict: verdictOf(counts, partial, unproven),
    ...(unproven.length > 0 && counts.violations === 0 && { unproven }),
    counts,
    notSent: notSentOf(state),
    mistakes,
    raise,
    ...learnt,
    ...(state.leftBehind.length > 0 && {
      leftBehind: state.leftBehind.map(({ thing, reason }) => ({ thing: shortened(thing), reason: shortened(reason) })),
    }),
    notes,
    checks,
    operations,
    findings,
    findingsNotKept: notKept,
    undeclaredStatuses: tallies.flatMap((tally) =>
      [...tally.undeclared]
        .sort(([a], [b]) => a - b)
        .map(([status, count]) => ({ operationId: tally.entry.id, status, count })),
    ),
    coverage,
  };
}

function countsOf({ tallies, removals }: RunState, findings: readonly RunFinding[]): RunCounts {
  const touched = tallies.filter(({ isTouched }) => isTouched);
  const sum = (of: (tally: OperationTally) => number) => touched.reduce((total, tally) => total + of(tally), 0);
  return {
    operations: tallies.length,
    operationsReached: touched.filter(({ requests }) => requests > 0).length,
    cases: sum(({ cases }) => cases),
    requests: sum(({ requests }) => requests),
    removals,
    sentAgain: sum(({ sentAgain }) => sentAgain),
    waited: sum(({ waited }) => waited),
    casesBroken: sum(({ broken }) => broken),
    violations: sum(({ counts: said }) => said.bySeverity.violation),
    causes: findings.filter(({ severity }) => severity === 'violation').length,
    warnings: sum(({ counts: said }) => said.bySeverity.warning),
    information: sum(({ counts: said }) => said.bySeverity.information),
    flaky: sum(({ counts: said }) => said.flaky),
  };
}

/** A note may name many things. */
const longestNote = 4_000;

/** Nothing that was looked at is broken, and everything was looked at that could be: only then it is kept. */
function verdictOf(counts: RunCounts, partial: string | null, unproven: readonly string[]): RunResult['verdict'] {
  if (counts.violations > 0) return 'broken';
  return partial !== null || unproven.length > 0 ? 'incomplete' : 'kept';
}

/** Why nobody can say that everything that could be looked at was. */
function unprovenIn(state: RunState, counts: RunCounts): string[] {
  const { tallies } = state;
  const undecided = tallies.filter(({ counts: said }) => said.undecided > 0);
  const unmade = tallies.filter(({ problem, isExcused }) => problem !== null && !isExcused);
  const evidence = withoutEvidence(state, counts);
  return [
    ...(state.hasUntoldWorkflow ? ['a workflow could not be carried out, or not be judged whole'] : []),
    ...(undecided.length > 0 ? [`answers of ${namesOf(undecided)} could not be judged whole`] : []),
    ...(unmade.length > 0 ? [`no request could be made for ${namesOf(unmade)}: ${unmade[0]?.problem}`] : []),
    ...(evidence === null ? [] : [evidence]),
  ].map(state.mask);
}

function namesOf([first, ...others]: readonly OperationTally[]): string {
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${first?.entry.method} ${first?.entry.path}${more}`;
}

/** That nothing was sent or answered, or that nothing came that a check that was asked for is about; null where neither is so. */
function withoutEvidence(
  { tallies, options, checks, runChecks, lifeChecks, context }: RunState,
  counts: RunCounts,
): string | null {
  if (counts.requests > 0 && !tallies.some((tally) => tally.isAnswered)) return 'nothing was answered';
  // What a shard lacks the others have.
  if (options.shard !== undefined) return null;
  if (counts.requests === 0) return 'nothing was sent';
  // Refusals alone, and ids that nobody knows, show nothing of what is promised.
  if (context.bases.size > 0 && !tallies.some(({ isExercised }) => isExercised)) return 'no valid request was accepted';
  const asked = (options.check ?? []).filter((pattern) => !pattern.startsWith('!'));
  const chosen = [...checks, ...runChecks, ...lifeChecks];
  const empty = asked.find(
    (pattern) => !selectChecks(chosen, [pattern]).some(({ id }) => tallies.some(({ exchanges }) => exchanges.has(id))),
  );
  return empty === undefined ? null : `nothing came that --check ${empty} is about`;
}

/** A document is only asked for a place once: the first question may read it anew. */
function findingsOf({ findings, options }: RunState): { findings: RunFinding[]; notKept: number } {
  const places = new Map<string, Location>();
  const locate = (pointer: string): Location => {
    const known = places.get(pointer) ?? options.operations.document.locate(pointer);
    places.set(pointer, known);
    return known;
  };
  return findings.list({ locate, around: (location) => linesAround(location, options.linesOf) });
}

/** Lines before and after that of a rule. */
const around = 4;
const longestLine = 160;

function linesAround({ file, line }: Location, linesOf: TrialOptions['linesOf']): RunFinding['source'] {
  const all = linesOf?.(file) ?? null;
  if (all === null || line > all.length) return undefined;
  const from = Math.max(1, line - around);
  return { from, lines: all.slice(from - 1, line + around).map((text) => text.slice(0, longestLine)) };
}

function notSentOf({ notSent }: RunState): NotSent[] {
  const reasons = Object.keys(notSentReasons) as (keyof typeof notSentReasons)[];
  return reasons.flatMap((reason) => {
    const count = notSent.get(reason);
    return count === undefined ? [] : [{ reason, count, message: notSentReasons[reason] }];
  });
}

function* checksOf(state: RunState): Work<CheckResult[]> {
  const all = [...state.checks, ...state.runChecks, ...state.lifeChecks].map(({ id, summary }) => {
    return { id, summary, exchanges: 0, violations: 0, warnings: 0, information: 0 };
  });
  const byId = new Map(all.map((check) => [check.id, check]));
  for (const { exchanges, counts } of state.tallies) {
    for (const [id, count] of exchanges) {
      const check = byId.get(id);
      if (check) check.exchanges += count;
    }
    for (const [id, said] of Object.entries(counts.byCheck)) {
      const check = byId.get(id);
      if (check === undefined) continue;
      check.violations += said.violation;
      check.warnings += said.warning;
      check.information += said.information;
    }
    yield null;
  }
  return all;
}

const longestLearnt = 1_000;

function learntOf({ tallies }: RunState): Pick<RunResult, 'learnt'> {
  const found: Record<string, LearntValues> = {};
  for (const { entry, chosen, members, base, isExercised } of tallies) {
    if (!isExercised) continue;
    const isThere =
      chosen !== null && chosen.things.length > 0 && chosen.things.every(({ origin }) => origin !== 'made');
    // What is too long to be shown nobody keeps either.
    const isShort = Object.values(chosen?.values ?? {}).every((value) => scalarText(value).length <= longestLearnt);
    const parameters = isThere && isShort && !isUnsafe(entry.method) ? { parameters: chosen.values } : {};
    const body = members.length > 0 && base?.request.body ? bodyJson({ body: base.request.body }) : null;
    const values = { ...parameters, ...(body?.ok && { body: body.value as Json }) };
    if (Object.keys(values).length > 0) found[entry.id] = values;
  }
  return Object.keys(found).length > 0 ? { learnt: found } : {};
}
