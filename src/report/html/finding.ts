import type { Occurrence, RunFinding, ShownExchange } from '../../contract/run/result.js';
import { concerns, type Severity, severities } from '../../contract/types.js';
import { shortened } from '../../text/visible.js';
import { lines, type Markup, markup } from '../markup.js';
import type { Report } from '../report.js';
import { count, extentOf } from '../words.js';
import { list, nothing } from './parts.js';

const maximumOthers = 50;
/** Operations of one finding that are shown with their own request and answer. */
const maximumShown = 12;

/** The place of a finding on the page. */
export function anchorOf({ id }: Pick<RunFinding, 'id'>): string {
  return `f-${id.replace(/[^\w-]/g, '-')}`;
}

/** All findings, the most serious first, and switches that leave out what is not wanted: without a script, by style alone. */
export function findingsHtml({ findings }: Report): Markup {
  if (findings.length === 0) return markup`<p>None.</p>`;
  const kinds = severities.filter((severity) => findings.some((finding) => finding.severity === severity));
  const topics = concerns.filter((concern) => findings.some((finding) => finding.concern === concern));
  const known = findings.some(({ isKnown }) => isKnown) ? [filter('known', 'known to the baseline')] : [];
  const switches = [
    ...kinds.map((kind) => filter(kind, kind)),
    ...topics.map((topic) => filter(classOf(topic), topic)),
    ...known,
  ];
  const few =
    kinds.length + topics.length + known.length < 3
      ? nothing
      : markup`<fieldset class="filters"><legend>Show</legend>${switches}</fieldset>\n`;
  return markup`${few}${lines(findings.map(findingHtml))}`;
}

function filter(name: string, words: string): Markup {
  return markup`<label><input type="checkbox" id="show-${name}" checked> ${words}</label> `;
}

function classOf(concern: string): string {
  return concern.replace(' ', '-');
}

function findingHtml(finding: RunFinding): Markup {
  const { check, severity, concern, message, title, otherTitles, operations, isKnown } = finding;
  const about = operations.length > 1 ? '' : `${shortened(title, 120)} · `;
  const badge = isKnown ? markup` <span class="badge">known</span>` : nothing;
  const classes = `finding ${severity} ${classOf(concern)}${isKnown ? ' known' : ''}`;
  const shown = operations.slice(0, maximumShown);
  const rest = operations.slice(maximumShown).map(({ operationId }) => operationId);
  return markup`<details class="${classes}"${isOpen(severity, finding) ? markup` open` : nothing}>
<summary><b>${check}</b> ${shortened(message, 500)} <span class="badge">${concern}</span>${badge} <span class="quiet">${about}${extentOf(finding)}</span></summary>
<div id="${anchorOf(finding)}" tabindex="-1">${ruleHtml(finding)}
${lines(shown.map((own, index) => occurrenceHtml(own, index === 0)))}
${alsoHtml('Other cases', otherTitles)}${alsoHtml('Other operations', rest)}</div></details>`;
}

/** A crash is read at once; all others are opened by whoever wants them. */
function isOpen(severity: Severity, { concern, isKnown }: RunFinding): boolean {
  return severity === 'violation' && concern === 'crash' && !isKnown;
}

/** Where the document says so, with the lines around it. */
function ruleHtml({ location, source }: RunFinding): Markup {
  const place = `${location.file}:${location.line}:${location.column} ${shortened(location.pointer, 300)}`;
  if (!source) return markup`<p class="quiet">Document: <code>${place}</code></p>`;
  const numbered = source.lines.map((text, index) => {
    const number = source.from + index;
    const line = markup`<span class="line">${String(number).padStart(5)}</span> ${text}`;
    return number === location.line ? markup`<mark>${line}</mark>` : line;
  });
  return markup`<p class="quiet">Document: <code>${place}</code></p>\n<pre class="source">${lines(numbered)}</pre>`;
}

function occurrenceHtml(own: Occurrence, isFirst: boolean): Markup {
  const { operationId, title, caseId, expected, received, curl, exchange, cases } = own;
  const name = caseId ? `${title} (${caseId})` : title;
  const rows = Object.entries({ Case: name, Expected: expected, Received: received });
  const terms = rows.map(([term, text]) => markup`<dt>${term}</dt><dd>${shortened(text, 1000)}</dd>`);
  const again = curl === '' ? nothing : markup`\n<pre class="curl" aria-label="command">${shortened(curl, 4000)}</pre>`;
  const body = markup`<dl>\n${lines(terms)}\n</dl>${exchange === null ? nothing : exchangeHtml(exchange)}${again}`;
  const head = markup`<code>${shortened(operationId, 200)}</code> <span class="quiet">${count(cases, 'case')}</span>`;
  return markup`<details class="own"${isFirst ? markup` open` : nothing}><summary>${head}</summary>\n${body}</details>`;
}

/** Request and answer beside each other, the wrong line marked. */
function exchangeHtml({ request, response, wrongLine }: ShownExchange): Markup {
  const answer = response.split('\n').map((line, index) => (index === wrongLine ? markup`<mark>${line}</mark>` : line));
  return markup`<div class="exchange">
<figure><figcaption>Request</figcaption><pre>${lines(request)}</pre></figure>
<figure><figcaption>Answer</figcaption><pre>${lines(answer)}</pre></figure>
</div>`;
}

function alsoHtml(words: string, names: readonly string[]): Markup {
  const shown = names.slice(0, maximumOthers).map((name) => shortened(name, 300));
  if (names.length === 0) return nothing;
  return markup`<details class="own"><summary>${words}: ${names.length}</summary>${list(shown, names.length)}</details>\n`;
}
