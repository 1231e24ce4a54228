import type { ProblemId } from '../../document/index.js';
import { formatProblem } from '../../errors.js';
import { standInCredential } from '../credentials/credentials.js';
import { shortened } from '../excerpt.js';
import { authFlags, needsCredential } from './judge.js';
import type { LeftBehind } from './result.js';
import type { RunState } from './state.js';
import type { OperationTally } from './tally.js';

/** What is said of a schema that is judged all the same. */
const judged: ReadonlySet<ProblemId> = new Set(['schema-read-as', 'discriminator-overlap']);
/** What the document lacks without which something cannot be judged, though nothing is left out for it. */
const unjudged: ReadonlySet<ProblemId> = new Set(['parameter-schema', 'security-unknown', 'security-scheme']);

/** So many reasons why things are left are said, and of each so many things. */
const mostLeft = { reasons: 10, things: 5 };

/** Of an address so many characters. */
const longestLeft = 200;

/** What this run has left on the target: each reason once, with the things that it is of. */
function leftOf(leftBehind: readonly LeftBehind[]): string[] {
  const things = new Map<string, Set<string>>();
  for (const { thing, reason } of leftBehind) things.set(reason, (things.get(reason) ?? new Set()).add(thing));
  if (things.size === 0) return [];
  const said = [...things].slice(0, mostLeft.reasons).map(([reason, all]) => {
    const named = [...all].slice(0, mostLeft.things).map((thing) => shortened(thing, longestLeft));
    return `${named.join(', ')}${all.size > named.length ? ` and ${all.size - named.length} more` : ''} (${reason})`;
  });
  const rest = [...things.values()].slice(mostLeft.reasons).reduce((sum, all) => sum + all.size, 0);
  return [`Made by this run and still on the target: ${said.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`];
}

/** So many operations are named of which not all is tried, and of each so many bounds. */
const mostCut = { operations: 5, bounds: 3 };

/** What is tried in part alone, since there is too much of it. */
function cutsOf(tallies: readonly OperationTally[]): string[] {
  const cut = tallies.filter(({ cuts }) => cuts.size > 0);
  if (cut.length === 0) return [];
  const said = cut.slice(0, mostCut.operations).map(({ entry, cuts }) => {
    const rest = cuts.size - mostCut.bounds;
    const named = [...cuts].slice(0, mostCut.bounds).join('; ');
    return `${entry.method} ${entry.path} (${named}${rest > 0 ? `; and ${rest} more` : ''})`;
  });
  const rest = cut.length - said.length;
  return [`Not all that the document allows is tried: ${said.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`];
}

/** What is to be known of a run besides what was found. */
export function notesOf({ tallies, credentials, options, leftBehind, unlived }: RunState): string[] {
  const notes: string[] = [...unlived];
  notes.push(...leftOf(leftBehind));
  if (options.operations.entries.length === 0)
    notes.push('The document has no operation, so there is nothing to check');
  const demanding = tallies.filter(
    ({ operation, requests }) => operation && requests > 0 && needsCredential(operation) && !credentials.has(operation),
  );
  if (demanding.length > 0 && !demanding.some(({ standInRefused }) => standInRefused)) {
    const flags = [...new Set(demanding.flatMap(({ operation }) => (operation ? [authFlags(operation)] : [])))].join(
      ', ',
    );
    const instead = credentials.standsIn
      ? `takes "${standInCredential}" in its place`
      : `refuses one that is made up, but answers without any: none was sent`;
    notes.push(`No credential was given, and the target ${instead}; to try wrong ones, pass ${flags}`);
  }
  if (options.shard) {
    notes.push(`This is shard ${options.shard.index} of ${options.shard.count}: the other cases are in the others`);
  }
  for (const { name, reason } of options.operations.document.leftOut) notes.push(`Left out: ${name}: ${reason}`);
  const lacking = options.operations.document.problems.filter(
    ({ id, takes }) => takes === 'schema' || takes === 'response' || unjudged.has(id),
  );
  const warnings = tallies.flatMap(({ operation }) => operation?.warnings ?? []).filter(({ id }) => !judged.has(id));
  for (const problem of new Set([...lacking, ...warnings].map(formatProblem))) notes.push(`Not judged: ${problem}`);
  for (const { entry, problem } of tallies)
    if (problem !== null) notes.push(`${entry.method} ${entry.path} could not be checked whole: ${problem}`);
  notes.push(...cutsOf(tallies));
  return notes;
}
