import type { Flag } from './flag.js';
import { documentPrefix, fromZeroTo, host, size, text } from './kinds.js';

/** Commands that read a document and apply overlays to it. */
const appliers = [
  'mock',
  'proxy',
  'check',
  'prove',
  'faults',
  'build',
  'lint',
  'resources',
  'webhook',
  'import',
  'export',
  'suggest',
  'types',
  'schema',
  'init',
] as const;

const readers = [...appliers, 'diff', 'changelog'] as const;

/** What a command reads: the document, and what is said beyond it. */
export const subjectFlags = {
  config: {
    commands: ['*'],
    kind: text,
    value: 'FILE',
    off: true,
    otherwise: 'the nearest counterproof.config.ts, .js, .mjs or .json, up to the root of the project',
    help: 'file that says what is always the same; or read none',
  },
  seed: {
    commands: ['mock', 'proxy', 'check', 'prove', 'build', 'webhook', 'export', 'diff', 'changelog'],
    kind: fromZeroTo(4_294_967_295),
    value: 'NUMBER',
    default: 1,
    help: 'makes all generated data; the same seed gives the same answers',
    helpOf: {
      prove: 'makes all generated data; the same seed gives the same proof',
      check: 'makes all generated data; the same seed gives the same cases',
      diff: 'makes the requests and answers; the same seed gives the same',
      changelog: 'makes the requests and answers; the same seed gives the same',
    },
  },
  fixtures: {
    commands: ['mock', 'proxy', 'check', 'prove', 'build', 'export', 'resources', 'types'],
    kind: text,
    value: 'FILE',
    otherwise: 'for api.yaml, the first of: api.fixtures.yaml, fixtures/api.yaml, ../fixtures/api.yaml',
    help: 'scripted cases and refinements; "none" for none',
    helpOf: {
      prove: 'scripted cases, refinements and values for the suite; "none" for none',
      check: 'values that exist on the target; "none" for none',
      resources: 'corrections of what is inferred; "none" for none',
      types: 'scripted cases whose names are declared; "none" for none',
    },
  },
  overlay: {
    commands: readers,
    kind: text,
    value: 'FILE',
    many: true,
    help: 'OpenAPI Overlay (1.0 or 1.1) to apply to the document first; may be repeated',
    helpOf: {
      diff: 'OpenAPI Overlay (1.0 or 1.1) to apply to the new document first; may be repeated',
      changelog: 'OpenAPI Overlay (1.0 or 1.1) to apply to the new document first; may be repeated',
    },
  },
  prefix: {
    commands: ['mock', 'build', 'export', 'resources', 'types'],
    kind: documentPrefix,
    value: '[DOCUMENT=]PATH',
    many: true,
    otherwise: 'the base paths of its servers',
    help: 'where a document is served, such as users.yaml=/users; may be repeated',
  },
  handlers: {
    commands: ['mock', 'proxy'],
    kind: text,
    value: 'PATH',
    otherwise: 'the folder handlers beside the fixture file, where its files import counterproof',
    help: 'file or folder of functions that answer operations; "none" for none',
  },
  root: {
    commands: readers,
    kind: text,
    value: 'FOLDER',
    otherwise: 'the nearest around the document with .git or package.json, or else the current one',
    help: 'folder that no reference of the document may leave',
  },
  'allow-remote': {
    commands: readers,
    kind: host,
    value: 'HOST',
    many: true,
    help: 'host from which references may be fetched; may be repeated',
  },
  'max-document': {
    commands: readers,
    kind: size,
    value: 'SIZE',
    default: 67_108_864,
    otherwise: '64MiB',
    help: 'most that is read of a document with all that it refers to, such as 80MB; in bytes without a unit',
  },
  strict: {
    commands: ['check', 'prove'],
    default: false,
    help: 'refuse a document that has problems',
    helpOf: { check: 'allow no status that the document does not declare, and refuse a document that has problems' },
  },
} as const satisfies Record<string, Flag>;
