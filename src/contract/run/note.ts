import { shortened } from '../excerpt.js';
import type { Exchange } from '../types.js';
import type { CheckComplaint } from './judge.js';
import { showExchange } from './shown.js';
import type { RunState } from './state.js';
import type { OperationTally } from './tally.js';
import type { Task } from './tasks.js';

/** What of a run a complaint is noted in. */
type Notes = Pick<RunState, 'mask' | 'findings' | 'credentials' | 'options'>;

/** A complaint of one case becomes part of a finding, with everything masked that is shown of it. */
export function note(
  state: Notes,
  { tally, case: contractCase }: Pick<Task, 'tally' | 'case'>,
  order: number,
  exchange: Exchange,
  complaint: CheckComplaint,
  isFlaky: boolean,
): void {
  const { mask, credentials } = state;
  tally.counts.add(complaint, isFlaky);
  state.findings.add(masked(state, complaint), {
    operationId: tally.entry.id,
    case: contractCase,
    order,
    title: mask(contractCase.title),
    isFlaky,
    shown: () => {
      const { placeholders } = credentials;
      return showExchange(exchange, state.options.target, complaint.at ?? null, { mask, placeholders });
    },
  });
}

/** A complaint that is of no single case. */
export function noteOfOperation(state: RunState, { entry, counts }: OperationTally, complaint: CheckComplaint): void {
  counts.add(complaint, false);
  state.findings.add(masked(state, complaint), {
    operationId: entry.id,
    case: null,
    order: Number.MAX_SAFE_INTEGER,
    title: `${entry.method} ${entry.path}`,
    isFlaky: false,
    shown: () => ({ curl: '', exchange: null }),
  });
}

function masked({ mask }: Notes, complaint: CheckComplaint): CheckComplaint {
  const { message, expected, received } = complaint;
  // Masked first: half a credential is not known again.
  const said = (text: string) => shortened(mask(text));
  return { ...complaint, message: said(message), expected: said(expected), received: said(received) };
}
