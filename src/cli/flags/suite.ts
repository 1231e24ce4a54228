import type { Flag } from './flag.js';
import { aboveZero, budget, duration, fromOneTo, pair, shard, text } from './kinds.js';

/** What the contract suite sends, and to whom. */
export const suiteFlags = {
  target: {
    commands: ['check'],
    short: 't',
    kind: text,
    value: 'URL',
    help: 'base URL of the implementation to check',
  },
  auth: {
    commands: ['check'],
    kind: pair('SCHEME=VALUE, with the name of a security scheme of the document'),
    value: 'SCHEME=VALUE',
    many: true,
    otherwise: '$COUNTERPROOF_AUTH_ and the name of the scheme',
    help: 'credential for a security scheme (USER:PASSWORD for http basic); shown nowhere; may be repeated',
  },
  header: {
    commands: ['check'],
    short: 'H',
    kind: text,
    value: "'NAME: VALUE'",
    many: true,
    otherwise: '$COUNTERPROOF_HEADERS, one a line',
    help: 'header to send with every request; its value is shown nowhere; may be repeated',
  },
  set: {
    commands: ['check'],
    kind: pair('NAME=VALUE, with the name of a parameter'),
    value: 'NAME=VALUE',
    many: true,
    help: 'value of a parameter that exists on the target, as JSON or as text; may be repeated',
  },
  operation: {
    commands: ['check', 'prove'],
    kind: text,
    value: 'PATTERN',
    many: true,
    help: "operations to check: an id, 'GET /path', * for anything, ! before what to leave out; may be repeated",
    helpOf: {
      prove: "operations to try: an id, 'GET /path', * for anything, ! before what to leave out; may be repeated",
    },
  },
  check: {
    commands: ['check'],
    kind: text,
    value: 'PATTERN',
    many: true,
    help: 'checks to make: an id, * for anything, ! before what to leave out; may be repeated',
  },
  'allow-writes': {
    commands: ['check'],
    default: false,
    help: 'send POST, PUT, PATCH and DELETE also to a target that is not on this machine',
  },
  'max-cases': {
    commands: ['check'],
    kind: fromOneTo(1_000_000),
    value: 'NUMBER',
    otherwise: 'all',
    help: 'most cases for each operation; the most telling are kept',
  },
  budget: {
    commands: ['check'],
    kind: budget,
    value: 'BUDGET',
    otherwise: 'everything is sent',
    help: 'send what catches most first, until the budget is spent: a duration such as 2s, or a number of requests',
  },
  order: {
    commands: ['check', 'prove'],
    kind: text,
    value: 'FILE',
    otherwise: 'what was learnt from other documents',
    help: 'what the cases of this document are worth, for --budget, as prove --order wrote it',
    helpOf: { prove: 'file to write: what each case of this document is worth, for check --budget --order' },
  },
  shard: {
    commands: ['check'],
    kind: shard,
    value: 'PART/PARTS',
    help: 'send only this part of the cases, such as 1/4; the parts together are all of them',
  },
  concurrency: {
    commands: ['check'],
    kind: fromOneTo(1000),
    value: 'NUMBER',
    default: 8,
    help: 'requests at the same time',
  },
  rate: {
    commands: ['check'],
    kind: aboveZero,
    value: 'NUMBER',
    otherwise: 'no limit',
    help: 'most requests a second',
  },
  timeout: {
    commands: ['check'],
    kind: duration,
    value: 'DURATION',
    otherwise: '10s',
    help: 'how long one exchange may take, such as 500ms or 10s',
  },
  insecure: {
    commands: ['check'],
    default: false,
    help: 'accept any certificate of an https target',
  },
} as const satisfies Record<string, Flag>;
