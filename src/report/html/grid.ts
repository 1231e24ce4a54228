import { greatest } from '../../text/many.js';
import { type Markup, markup } from '../markup.js';
import type { Grid, GridCell } from '../report.js';
import { duration } from '../words.js';
import { hidden, nothing, row, signs, table } from './parts.js';

/** Operations down, checks across: what holds where, and the way to what does not. */
export function gridHtml({ checks, unseen, rows }: Grid): Markup {
  const slowest = greatest(
    rows.map((one) => one.duration),
    1,
  );
  const most = greatest(
    rows.map((one) => one.requests),
    1,
  );
  const body = rows.map(({ name, state, cells, requests, duration: time, note }) =>
    row([
      markup`<th scope="row" title="${note}"><span class="${state}" aria-hidden="true">${signs[state]}</span>${hidden(`${state.replace('-', ' ')} `)} <code>${brokenAtSlashes(name)}</code></th>`,
      ...cells.map((cell, index) => cellHtml(cell, checks[index] ?? '')),
      amount(requests, most, requests.toLocaleString('en')),
      amount(time, slowest, duration(time)),
    ]),
  );
  const heads = [
    { name: 'Operation' },
    ...checks.map((name) => ({ name })),
    { name: 'Requests', isNumber: true as const },
    { name: 'Time', isNumber: true as const },
  ];
  const legend = markup`<p class="quiet">✓ holds · ✗ does not: the way to the finding · ○ never exercised with success · – nothing came that it is about</p>`;
  const rest =
    unseen.length === 0
      ? nothing
      : markup`\n<p class="quiet">– in every operation: ${unseen.map((name, index) => markup`${index === 0 ? '' : ', '}<code>${name}</code>`)}</p>`;
  return markup`${legend}\n${table(heads, body, 'grid')}${rest}`;
}

/** A path goes on in the next line behind a slash, and not inside of a word. */
function brokenAtSlashes(name: string): readonly Markup[] {
  return name.split(/(?<=\/)/).map((part, index) => markup`${index === 0 ? '' : markup`<wbr>`}${part}`);
}

function cellHtml({ state, anchor, count }: GridCell, check: string): Markup {
  const words = `${check}: ${state.replace('-', ' ')}`;
  if (anchor !== null) {
    const title = `${check}: ${count} ${count === 1 ? 'violation' : 'violations'}`;
    return markup`<td class="${state}"><a href="#${anchor}" title="${title}" aria-label="${title}">${signs[state]}</a></td>`;
  }
  return markup`<td class="${state}" title="${words}"><span aria-hidden="true">${signs[state]}</span>${hidden(words)}</td>`;
}

/** A number with a bar under it, of the greatest there is. */
function amount(value: number, most: number, text: string): Markup {
  return markup`<td class="number">${text}<progress max="${Math.ceil(most)}" value="${Math.round(value)}" aria-hidden="true"></progress></td>`;
}
