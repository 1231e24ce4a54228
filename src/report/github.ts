import type { RunFinding } from '../contract/run/result.js';
import type { Severity } from '../contract/types.js';
import type { Location } from '../errors.js';
import { shortened, visible } from '../text/visible.js';
import type { Report } from './report.js';

/** GitHub shows ten annotations of each kind for a step. */
export const maximumOfEach = 10;

const commands = { violation: 'error', warning: 'warning', information: 'notice' } as const satisfies Record<
  Severity,
  string
>;

/** Workflow commands that put findings at lines of the document, one a line. */
export function github({ findings }: Report): readonly string[] {
  const shown: Record<Severity, number> = { violation: 0, warning: 0, information: 0 };
  return findings.filter(({ severity }) => ++shown[severity] <= maximumOfEach).map(annotation);
}

function annotation({ severity, check, message, location, title, expected, received, curl }: RunFinding): string {
  const lines = [message, title, `expected ${expected}`, `received ${received}`, curl];
  return annotationOf({ command: commands[severity], location, title: `counterproof ${check}`, lines });
}

/** One workflow command (GitHub Actions, "Workflow commands"). */
export function annotationOf(of: {
  readonly command: 'error' | 'warning' | 'notice';
  readonly location: Location | null;
  readonly title: string;
  readonly lines: readonly string[];
}): string {
  const { command, location, title, lines } = of;
  const place = location ? `file=${property(location.file)},line=${location.line},col=${location.column},` : '';
  const text = lines
    .filter(Boolean)
    .map((line) => visible(shortened(line, 1000)))
    .join('\n');
  return `::${command} ${place}title=${property(title)}::${data(text)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
