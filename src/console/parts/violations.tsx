import type { Violation } from '../payloads.js';
import { documentLink, shortName } from '../route.js';

/** What is wrong with a request, each with the line of the document that says so. */
export function Violations({ violations }: { violations: readonly Violation[] }) {
  return (
    <ul class="violations">
      {violations.map((violation) => (
        <li key={`${violation.in} ${violation.pointer} ${violation.keyword} ${violation.message}`}>
          {violationText(violation)}{' '}
          {violation.location !== undefined && (
            <a class="place" href={documentLink(violation.location)} title={violation.location.file}>
              {shortName(violation.location.file)}:{violation.location.line}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

export function violationText({ in: where, pointer, message }: Violation): string {
  return `${where}${pointer === '' ? '' : ` ${pointer.slice(1)}`}: ${message}`;
}
