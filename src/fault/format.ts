import { keywordFault } from './keyword.js';
import type { Fault } from './types.js';

/** Values that come from servers that format by hand. */
const broken: Readonly<Record<string, readonly string[]>> = {
  'date-time': ['2026-02-30 10:00', '02/30/2026'],
  date: ['2026-02-30', '30.02.2026'],
  time: ['25:61', 'noon'],
  duration: ['one day', 'P'],
  uuid: ['not-a-uuid', '123e4567-e89b-12d3-a456-42661417400g'],
  email: ['nobody', 'nobody@'],
  uri: ['example.com/no scheme', '/relative only'],
  hostname: ['-bad-.example', 'a b'],
  ipv4: ['256.1.1.1', '1.2.3'],
  ipv6: ['::g', '1:2:3'],
};

/** The family of strings that do not keep their declared format (JSON Schema Validation, 7.3). */
export const formatFaults: readonly Fault[] = [
  ...Object.entries(broken).map(([format, values]) =>
    keywordFault(`format-${format}`, 'format', `sends a broken ${format}`, ['format'], {
      schema: (schema) => schema.format === format,
      what: `a string of format ${format}`,
      value: () => values,
    }),
  ),
  keywordFault('format-number-range', 'format', 'sends a number that does not fit int32', ['format'], {
    schema: (schema) => schema.format === 'int32',
    what: 'a number of format int32',
    value: () => [2 ** 31, 2 ** 40],
  }),
];
