import {
  type DocumentProblem,
  formatDocumentProblem,
  type LeftOut,
  problemKinds,
  problemsLine,
} from '../document/index.js';
import { tameJson, visible } from '../text/visible.js';
import { mostOfEachKind, mostResults } from './most.js';
import { sarifLog, sarifPlace, wholeRun } from './sarif.js';

/** What is wrong with a document. */
export interface Lint {
  /** The file of the document, as the user named it. */
  readonly document: string;
  readonly problems: readonly DocumentProblem[];
  readonly leftOut: readonly LeftOut[];
  /** All operations that it declares, those that are left out too. */
  readonly operations: number;
}

/** @returns what is wrong with a document, as a whole text of the format */
export function lintReport(format: 'text' | 'json' | 'sarif', lint: Lint, version: string): string {
  if (format === 'sarif') return sarif(lint, version);
  if (format === 'json') return `${tameJson({ schemaVersion: 1, ...lint })}\n`;
  const { shown, rest } = mostOfEachKind(lint.problems, ({ id }) => id);
  const lines = shown.map((problem) => `${formatDocumentProblem(problem)} [${problem.id}]`);
  return [...lines, ...rest, problemsLine(lint)].join('\n');
}

const levels = { nothing: 'warning', schema: 'error', response: 'error', operation: 'error', path: 'error' } as const;

function sarif({ document, problems }: Lint, version: string): string {
  const rules = Object.entries(problemKinds).map(([id, { summary }]) => ({ id, summary }));
  const { shown, rest } = mostOfEachKind(problems, ({ id }) => id, { most: mostResults });
  const results = shown.map(({ location, ...problem }) => ({
    ruleId: problem.id,
    ruleIndex: rules.findIndex(({ id }) => id === problem.id),
    level: levels[problem.takes],
    message: { text: visible(formatDocumentProblem(problem)) },
    locations: location ? [{ physicalLocation: sarifPlace(location) }] : [],
    properties: { pointer: location?.pointer, takes: problem.takes },
  }));
  const tool = { name: 'counterproof lint', version };
  return sarifLog({ tool, rules, document, results, invocation: wholeRun(rest) });
}
