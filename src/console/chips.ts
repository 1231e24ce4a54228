import type { Active, OperationDetail } from './payloads.js';

/** An answer that one click gives. */
export interface Chip {
  readonly label: string;
  readonly status: number | null;
  /** Whether the document has such an answer; else the chip is dashed. */
  readonly isDeclared: boolean;
  readonly wish: (active: Active | null) => Active | null;
  readonly isOn: (active: Active | null) => boolean;
  readonly title: string;
}

/** What every page has to stand, whatever the document declares. */
const usualStatuses = [401, 403, 404, 409, 422, 429, 500, 503];
/** A pause that a person notices, in milliseconds. */
export const slowMilliseconds = 3000;

const keptIn = (active: Active | null): Active => ({ ...(active?.delay !== undefined && { delay: active.delay }) });

/** The answers that are wanted most, in the order of use: what the operation declares, what may go wrong, and the network. */
export function chipsOf({ statuses, faults }: OperationDetail): Chip[] {
  const ofStatus = (status: number): Chip => ({
    label: String(status),
    status,
    isDeclared: statuses.includes(status),
    wish: (active) => ({ ...keptIn(active), ...(active?.data && { data: active.data }), status }),
    isOn: (active) => active?.status === status && active.example === undefined && active.body === undefined,
    title: statuses.includes(status) ? `Answers ${status}` : `Answers ${status}, which the document does not declare`,
  });
  const known = new Set(faults.map(({ id }) => id));
  const ofFault = (label: string, fault: string, title: string): Chip[] =>
    known.has(fault)
      ? [
          {
            label,
            status: null,
            isDeclared: false,
            wish: (active) => ({ ...keptIn(active), fault }),
            isOn: (active) => active?.fault === fault,
            title,
          },
        ]
      : [];
  const all = [...new Set([...statuses, ...usualStatuses])].sort((a, b) => a - b);
  const successes = all.filter((status) => status < 300);
  return [
    ...successes.map(ofStatus),
    {
      label: 'empty',
      status: null,
      isDeclared: true,
      wish: (active) => ({ ...keptIn(active), data: 'empty' }),
      isOn: (active) => active?.data === 'empty',
      title: 'Lists are empty, what may be absent is',
    },
    ...all.filter((status) => status >= 300).map(ofStatus),
    ...ofFault('offline', 'reset', 'The connection is reset'),
    ...ofFault('timeout', 'hang', 'Nothing comes, ever'),
    {
      label: 'slow',
      status: null,
      isDeclared: true,
      wish: (active) => ({ ...active, delay: slowMilliseconds }),
      isOn: (active) => active?.delay === slowMilliseconds,
      title: `Answers after ${slowMilliseconds / 1000} s`,
    },
    ...ofFault('broken JSON', 'encoding-truncated', 'The JSON is cut off'),
  ];
}

/** What a chip that is on leaves when it is pressed again; null where that is nothing. */
export function without(active: Active | null, chip: Chip): Active | null {
  const { delay, data, ...rest } = active ?? {};
  if (chip.label === 'slow') return orNothing({ ...rest, ...(data && { data }) });
  if (chip.label === 'empty') return orNothing({ ...rest, ...(delay !== undefined && { delay }) });
  return orNothing({ ...(delay !== undefined && { delay }), ...(data && { data }) });
}

const orNothing = (active: Active): Active | null => (Object.keys(active).length === 0 ? null : active);
