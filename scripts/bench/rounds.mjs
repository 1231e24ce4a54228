import { median, processorTimeOf } from './command.mjs';
import { load } from './load.mjs';

const roundCount = 9;
const seconds = 1;
/** A ratio whose middle half is wider than this share of it says nothing. */
const widestSpread = 0.25;

/**
 * Short rounds of load, each contestant in each round, so that what the machine does beside it touches all alike. The first round
 * only warms them up.
 *
 * @typedef {{ pid?: number }} Process
 * @param {Record<string, { child: Process, processes?: () => Process[], port: number, request: (turn: number) => Buffer }>} contestants
 * of one that is several processes, `processes` are those that answer
 * @returns for each its rounds: requests a second, and milliseconds of processor time for one, of the busiest of its processes
 */
export async function rounds(contestants) {
  const names = Object.keys(contestants);
  const found = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round <= roundCount; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const { child, processes = () => [child], port, request } = contestants[name];
      const before = processes().map((each) => [each, processorTimeOf(each)]);
      const rate = await load(port, request, seconds);
      const taken = before.map(([each, time]) => processorTimeOf(each) - time);
      const cost = Math.max(...taken) / (rate * seconds);
      if (round > 0) found[name].push({ rate, cost });
    }
  }
  return found;
}

/** The median of the ratios of pairs that were measured side by side, and the quartiles around it. */
export function spreadOf(values, bases) {
  const ratios = values.map((value, index) => value / bases[index]).toSorted((a, b) => a - b);
  const at = (share) => ratios[Math.round(share * (ratios.length - 1))];
  return { ratio: median(ratios), low: at(0.25), high: at(0.75) };
}

/** As a person reads it: `0.81 (0.79–0.83)`; nothing is said where it is too wide. */
export function ratioText({ ratio, low, high }) {
  const range = `${low.toFixed(2)}–${high.toFixed(2)}`;
  return (high - low) / ratio > widestSpread ? `between ${range}, too wide to say` : `${ratio.toFixed(2)} (${range})`;
}

/** Whether a bar is kept: by the ratio, where its spread says something. */
export function verdict({ ratio, low, high }, holds) {
  if ((high - low) / ratio > widestSpread && holds(low) !== holds(high)) return 'not decided';
  return holds(ratio) ? 'kept' : 'NOT KEPT';
}

/**
 * A row about requests a second beside a base of the same run.
 *
 * @param {string} workload its name in the table
 * @param {string} subject who was measured
 * @param {Array<{ rate: number, cost: number }>} own the rounds of it
 * @param {Array<{ rate: number, cost: number }>} base the rounds of what it is held against
 * @param {number | undefined} bar the least ratio
 */
export function rateRow(workload, subject, own, base, bar) {
  const byRate = spreadOf(
    own.map(({ rate }) => rate),
    base.map(({ rate }) => rate),
  );
  const byProcessor = spreadOf(
    base.map(({ cost }) => cost),
    own.map(({ cost }) => cost),
  );
  return {
    workload,
    subject,
    measured: `${Math.round(median(own.map(({ rate }) => rate)))} requests/s`,
    ratio: ratioText(byRate),
    processor: ratioText(byProcessor),
    bar: bar === undefined ? '' : `≥ ${bar}`,
    verdict: bar === undefined ? '' : verdict(byRate, (ratio) => ratio >= bar),
  };
}
