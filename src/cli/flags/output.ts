import { diffFormats, type ReportFormat, reportFormats } from '../../report/formats.js';
import type { Flag } from './flag.js';
import { fileIn, oneOf, text } from './kinds.js';

const formats = Object.keys(reportFormats) as ReportFormat[];

/** What a command prints and writes. */
export const outputFlags = {
  out: {
    commands: ['build', 'import', 'suggest', 'export', 'types', 'schema'],
    short: 'o',
    kind: text,
    value: 'FILE',
    help: 'the file to write, such as mock.js',
    helpOf: {
      import: 'the fixture file to write (.yaml or .json); without it, it is printed',
      export: 'the file to write, for bruno the folder; without it, it is printed',
      schema: 'the file to write, such as openapi.fixtures.schema.json; without it, it is printed',
      types: 'the file to write, such as openapi.d.ts; without it, it is printed',
      suggest: 'the overlay to write, such as mend.overlay.yaml; without it, it is printed',
    },
  },
  from: {
    commands: ['suggest'],
    kind: text,
    value: 'FILE',
    help: 'report of check, merge or proxy as JSON, or HTTP Archive (HAR 1.2) with the traffic',
  },
  suggest: {
    commands: ['check', 'proxy'],
    kind: text,
    value: 'FILE',
    help: 'write an OpenAPI Overlay that makes the document true of what is answered',
  },
  report: {
    commands: ['check', 'proxy', 'prove', 'merge', 'report'],
    short: 'r',
    kind: fileIn(formats),
    value: 'FORMAT=FILE',
    many: true,
    help: `report to write: ${formats.join(', ')}; may be repeated`,
  },
  baseline: {
    commands: ['check', 'merge'],
    kind: text,
    value: 'FILE',
    otherwise: 'every finding is new',
    help: 'JSON report of an earlier run: what it had found already is known, and does not make the exit code 1',
  },
  open: {
    commands: ['report', 'mock', 'proxy'],
    default: false,
    help: 'open the page in the browser',
    helpOf: { mock: 'open the console in the browser', proxy: 'open the console in the browser' },
  },
  ignore: {
    commands: ['lint'],
    kind: text,
    value: 'ID',
    many: true,
    help: 'kind of problem that is not to be listed; may be repeated',
  },
  format: {
    commands: ['lint', 'resources', 'diff'],
    kind: oneOf(diffFormats),
    kindIn: { lint: oneOf(['text', 'json', 'sarif'] as const), resources: oneOf(['text', 'json'] as const) },
    value: 'FORMAT',
    default: 'text',
    help: 'how to list the problems: text, json or sarif',
    helpOf: {
      resources: 'how to show them: text or json',
      diff: 'how to show the changes: text, markdown, json, sarif or github',
    },
  },
  list: {
    commands: ['check'],
    default: false,
    help: 'print the cases and send none',
  },
  quiet: {
    commands: ['mock', 'proxy', 'check', 'prove', 'merge'],
    short: 'q',
    default: false,
    help: 'print no line for each request',
    helpOf: {
      prove: 'print the verdict alone',
      check: 'print the verdict alone',
      merge: 'print the verdict alone',
    },
  },
  json: {
    commands: ['mock', 'proxy', 'check', 'prove', 'faults', 'merge'],
    default: false,
    help: 'print one JSON object a line',
    helpOf: {
      merge: 'print the result as JSON',
      faults: 'print the catalogue as JSON',
      prove: 'print the result as JSON',
      check: 'print the result as JSON',
    },
  },
  help: {
    commands: ['*'],
    short: 'h',
    default: false,
    help: 'print help and end',
  },
  version: {
    commands: ['*'],
    short: 'v',
    default: false,
    help: 'print the version and end',
  },
} as const satisfies Record<string, Flag>;
