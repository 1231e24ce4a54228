// What scripts/documents.mjs shows of what it found.
import { availableParallelism, loadavg } from 'node:os';

/** How the trial of a document ended, in one word or the reason why not. */
export function outcome({ refused, died, verdict, partial, version, operations }) {
  if (refused !== undefined) return 'refused';
  if (operations === 0) return 'nothing to send';
  if (verdict === 'kept' || verdict === 'broken') return verdict;
  if (died !== undefined) return version === undefined ? 'not served' : 'not ended';
  return partial === null ? 'not proven' : 'not ended';
}

/** Why a document was not kept: the first of its reasons, for a line. */
export function reason(found) {
  const { refused, died, partial, findings = [], undone = [], remarks = [] } = found;
  if (outcome(found) === 'kept') return '';
  const first =
    refused ??
    died ??
    (findings.length > 0 ? `${findings[0].check}: ${findings[0].operationId}: ${findings[0].message}` : undefined) ??
    partial ??
    undone[0] ??
    remarks.find(({ severity }) => severity === 'warning')?.message ??
    (found.operations === 0 ? 'it has no operations' : 'a check could not tell');
  return first.replaceAll(/\s+/g, ' ').slice(0, 160);
}

const seconds = (milliseconds) => (milliseconds === undefined ? '–' : `${(milliseconds / 1000).toFixed(1)} s`);

/** `shape 2, status-code 1` */
function kinds(problems = []) {
  const numbers = new Map();
  for (const { id } of problems) numbers.set(id, (numbers.get(id) ?? 0) + 1);
  return [...numbers].map(([id, number]) => (number === 1 ? id : `${id} ${number}`)).join(', ');
}

/** What the table says of a document. */
function cells(found) {
  const { name, version = '–', operations, leftOut = [], answered, counts, read, check, memory } = found;
  const problems = [...(found.problems ?? []), ...(found.schemas ?? [])];
  return [
    name,
    version,
    operations === undefined ? '–' : `${operations} of ${operations + leftOut.length}`,
    kinds(problems) || '–',
    answered?.marked ? `${answered.marked}` : '–',
    counts?.cases ?? '–',
    outcome(found),
    seconds(read),
    seconds(check),
    `${Math.round(memory)} MiB`,
  ].map(String);
}

export function row(found) {
  return [...cells(found), reason(found)];
}

/** How many documents ended how. */
export function sums(all) {
  const number = (wanted) => all.filter((found) => outcome(found) === wanted).length;
  const served = all.filter(({ version }) => version !== undefined).length;
  const outcomes = ['kept', 'broken', 'nothing to send', 'not proven', 'not ended', 'not served', 'refused'];
  const ends = outcomes.flatMap((wanted) => (number(wanted) > 0 ? [`${number(wanted)} ${wanted}`] : []));
  const failed = all.reduce((total, { answered }) => total + (answered?.failed ?? 0), 0);
  return `${all.length} documents, ${served} served; ${ends.join(', ')}; ${failed} answers failed with a 500 of the mock's own.`;
}

export function markdownTable(all, { cases, seconds: most }) {
  const titles = ['document', 'OpenAPI', 'served', 'problems', 'marked', 'cases', 'outcome', 'read', 'check', 'memory'];
  const escaped = (text) => text.replaceAll('|', '\\|');
  const lines = all.map((found) => `| ${cells(found).map(escaped).join(' | ')} |`);
  const others = all.filter((found) => outcome(found) !== 'kept');
  return [
    '# Documents that were tried',
    '',
    'Written by `npm run documents`, which serves each of these public documents, sends its own mock the contract suite',
    `(at most ${cases} cases an operation and ${most} s of processor time a document), and says what it found. They come from npm packages that`,
    'scripts/documents/list.json names. `npm run documents -- FOLDER` does the same with your own.',
    '',
    sums(all),
    '',
    '- **served**: operations that are served, of those that are declared.',
    '- **problems**: kinds of problems that `counterproof lint` lists, with their number.',
    '- **marked**: answers with `valid=no`, since no body fits what the document declares, or its example does not.',
    '- **outcome**: whether the mock kept to its document, by every check of the suite.',
    `- **read**, **check**: seconds, where ${Math.round(loadavg()[2])} programs wanted ${availableParallelism()} cores.`,
    '',
    `| ${titles.join(' | ')} |`,
    `|${titles.map(() => ' --- |').join('')}`,
    ...lines,
    ...(others.length > 0 ? ['', 'Not kept:', '', ...others.map((found) => `- ${found.name}: ${reason(found)}`)] : []),
    '',
  ].join('\n');
}
