import { count, duration, visible } from '../run/words.js';
import type { FaultSummary, ProofResult, Trial } from './result.js';

/** 0.984 as `98.4 %`; rounded down, so that nothing short of all is shown as 100 %. */
export function percent(score: number): string {
  return `${Math.floor(score * 1000) / 10} %`;
}

/** Whether the suite caught all that it should, and complained of nothing that is right. */
export function isProven(result: ProofResult): boolean {
  return result.score !== null && survivors(result).length === 0 && result.falseAlarms.length === 0;
}

export function survivors(result: ProofResult): readonly Trial[] {
  return result.trials.filter(({ outcome }) => outcome.kind === 'survived');
}

/** The verdict in one line. */
export function verdict(result: ProofResult): string {
  const { score, falseAlarms, operations } = result;
  if (score === null) return 'Not proven: no fault of the catalogue can show in these operations';
  const killed = result.faults.reduce((sum, fault) => sum + fault.killed, 0);
  const lost = survivors(result).length;
  const word = isProven(result) ? 'Proven' : 'Not proven';
  const caught = `${killed.toLocaleString('en')} of ${count(killed + lost, 'fault')} caught (${percent(score)})`;
  const alarms = falseAlarms.length === 0 ? 'no false alarm' : count(falseAlarms.length, 'false alarm');
  return `${word}: ${caught} on ${count(operations, 'operation')}, ${alarms}`;
}

/** What it took. */
export function effort(result: ProofResult): string {
  const { requests, cases, seed, variants, notTried, placesLeftOut } = result;
  const sent = `${count(cases, 'case')}, ${count(requests, 'request')} in ${duration(result.duration)}`;
  const tried = `${count(variants, 'harmless variant')} tried, seed ${seed}`;
  const left = notTried + placesLeftOut;
  return `${sent}, ${tried}${left === 0 ? '' : `; not tried: ${count(left, 'place')} in the schemas`}`;
}

/** One fault in the place where it struck, for a person. */
export function trialName({ fault, operationId, site }: Trial): string {
  return visible(`${fault} in ${operationId}${site === null ? '' : ` at ${site}`}`);
}

/** How a fault fared: what caught it, with which case, after how many requests; or why it does not apply. */
export function fateOf(result: ProofResult, fault: FaultSummary): string {
  const own = result.trials.filter((trial) => trial.fault === fault.id);
  const killed = own.flatMap(({ outcome }) => (outcome.kind === 'killed' ? [outcome] : []));
  const [first] = killed;
  if (first === undefined) return visible(reasonOf(own));
  const checks = [...new Set(killed.flatMap(({ by }) => by))].join(', ');
  const most = Math.max(...killed.map(({ requests }) => requests));
  const where = killed.length > 1 ? ` (${killed.length} times, after ${most} at most)` : '';
  return `${checks} · after ${count(first.requests, 'request')}: ${visible(first.title)}${where}`;
}

function reasonOf(trials: readonly Trial[]): string {
  const reasons = trials.flatMap(({ outcome }) => ('reason' in outcome ? [outcome.reason] : []));
  return reasons[0] ?? '';
}
