import { listedValues, viewOf } from '../schema/view.js';
import { crashed } from './robustness.js';
import { noInput } from './status.js';
import type { Fault } from './types.js';

const caughtBy = ['well-formed', 'accepts-valid'];

/** The family of answers that come late, in part, now and then, or never. */
export const timingFaults: readonly Fault[] = [
  {
    id: 'hang',
    family: 'timing',
    summary: 'takes the request and never answers',
    caughtBy,
    unfit: () => null,
    spoil: (answer) => ({ ...answer, effect: { kind: 'hang' } }),
  },
  {
    id: 'drip',
    family: 'timing',
    summary: 'sends one byte of the body a second',
    caughtBy,
    unfit: ({ responses }) => (responses.some(({ content }) => content.length > 0) ? null : 'no answer has a body'),
    spoil: (answer) => (answer.body.length > 0 ? { ...answer, effect: { kind: 'drip', bytesPerSecond: 1 } } : null),
  },
  {
    id: 'reset',
    family: 'timing',
    summary: 'resets the connection before the answer',
    caughtBy,
    unfit: () => null,
    spoil: (answer) => ({ ...answer, effect: { kind: 'reset', afterBytes: 0 } }),
  },
  {
    id: 'reset-on-invalid',
    family: 'timing',
    summary: 'resets the connection on an invalid request',
    caughtBy: ['well-formed', 'rejects-invalid'],
    unfit: noInput,
    spoil: (answer, { violations }) =>
      violations.length > 0 ? { ...answer, effect: { kind: 'reset', afterBytes: 0 } } : null,
  },
  {
    id: 'hang-on-value',
    family: 'timing',
    summary: 'never answers for one of the listed values of a parameter',
    generated: true,
    caughtBy,
    unfit: (operation) =>
      operation.parameters.some((parameter) => lastValue(operation, parameter) !== undefined)
        ? null
        : 'no parameter has a closed list of values',
    spoil(answer, { operation, values }) {
      const struck = operation.parameters.some((parameter) => {
        const value = lastValue(operation, parameter);
        return value !== undefined && values[parameter.in][parameter.name] === value;
      });
      return struck ? { ...answer, effect: { kind: 'hang' } } : null;
    },
  },
  {
    id: 'every-fourth-fails',
    family: 'timing',
    summary: 'answers every fourth request with 500',
    caughtBy: ['no-server-error', 'accepts-valid'],
    unfit: () => null,
    // Where nobody counts, a request that asks for it is the fourth.
    spoil: (answer, { ordinal }) => (ordinal === null || ordinal % 4 === 3 ? crashed(answer) : null),
  },
];

type Unfit = Fault['unfit'];

function lastValue(
  { document }: Parameters<Unfit>[0],
  { schema }: Parameters<Unfit>[0]['parameters'][number],
): unknown {
  const values = listedValues(viewOf(document).certain(schema.pointer));
  return values.length > 1 ? values.at(-1) : undefined;
}
