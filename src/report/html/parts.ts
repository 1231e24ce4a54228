import { lines, type Markup, markup } from '../markup.js';
import type { Column, State, Text } from '../report.js';

/** What stands for a state, and what those hear who hear the page. */
export const signs = { kept: '✓', broken: '✗', 'not-exercised': '○', 'not-sent': '–' } as const satisfies Record<
  State,
  string
>;

export const nothing = markup``;

export function section(title: string, content: Markup, id: string): Markup {
  return markup`<section id="${id}">\n<h2>${title}</h2>\n${content}\n</section>`;
}

/** @param total how many there are, of which these are the first */
export function list(items: readonly (string | Markup)[], total = items.length): Markup {
  const rest = total - items.length;
  const all = [...items, ...(rest > 0 ? [`and ${rest.toLocaleString('en')} more`] : [])];
  return markup`<ul>${all.map((item) => markup`<li>${item}</li>`)}</ul>`;
}

/** For those who hear the page. */
export function hidden(text: string): Markup {
  return markup`<span class="hidden">${text}</span>`;
}

export function stateCell(state: State): Markup {
  const words = hidden(state.replace('-', ' '));
  return markup`<td class="${state}"><span aria-hidden="true">${signs[state]}</span>${words}</td>`;
}

export function cellHtml(text: Text): Markup {
  return typeof text === 'number' ? markup`<td class="number">${text}</td>` : markup`<td>${inline(text)}</td>`;
}

export function inline(text: Text): Markup {
  return typeof text === 'object' ? markup`<code>${text.code}</code>` : markup`${text}`;
}

export function row(cells: readonly Markup[]): Markup {
  return markup`<tr>${cells}</tr>`;
}

/** It scrolls by itself on a narrow screen, and can be reached by keyboard for that. */
export function table(columns: readonly Column[], rows: readonly Markup[], kind = 'rows'): Markup {
  const head = columns.map(({ name, isNumber }) => {
    const numeric = isNumber ? markup` class="number"` : nothing;
    return markup`<th scope="col"${numeric}><span>${name || hidden('State')}</span></th>`;
  });
  const names = columns.flatMap(({ name }) => name || []);
  const label = names.slice(0, 6).join(', ');
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="${label}"><table class="${kind}"><thead><tr>${head}</tr></thead><tbody>\n${lines(rows)}\n</tbody></table></div>`;
}
