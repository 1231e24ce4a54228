import type { ListRole } from '../../resource/index.js';
import { besideRows, nameOf, totalIn } from './answers.js';
import type { Outcome } from './hands.js';
import { countOf, type Page, placeRole, type Walk } from './walk.js';

/**
 * What a list says of its own pages beside the total: whether there are more, and how many there are.
 *
 * @param size that was asked for; null: none
 * @param first items that the list shows when nothing is asked for
 */
export function pagingRight(
  { pages, isWhole }: Walk,
  role: ListRole,
  size: number | null,
  first: number,
): Outcome | null {
  const [head] = pages;
  if (head === undefined || placeRole(role) === undefined) return null;
  let observed = false;
  for (const [index, page] of pages.entries()) {
    const hasMore = besideRows(page.exchange, role, 'has-more');
    if (typeof hasMore !== 'boolean') continue;
    const next = pages[index + 1];
    const shown = countOf(pages.slice(0, index + 1));
    const all = Math.max(totalIn(page.exchange, role)?.value ?? 0, first);
    observed ||= next !== undefined || (isWhole && index === pages.length - 1);
    if (hasMore && (page.rows.length === 0 || next?.rows.length === 0)) {
      const found = next === undefined ? 'none on this one' : `none on the next page, ${nameOf(next.exchange)}`;
      return wrong(
        page,
        'says that there are more items, and there are none',
        'false on the last page',
        `true, and ${found}`,
      );
    }
    if (!hasMore && shown < all) {
      return wrong(
        page,
        'says that there are no more items, and there are',
        'true',
        `false after ${shown} of ${all} items`,
      );
    }
  }
  const total = totalIn(head.exchange, role)?.value;
  const count = besideRows(head.exchange, role, 'pages');
  if (typeof count === 'number' && total !== undefined && size !== null) {
    observed = true;
    const right = Math.ceil(total / size);
    // Of nothing some say that it is one page.
    if (count !== right && !(total === 0 && count === 1)) {
      return wrong(
        head,
        'says another number of pages than it has',
        `${right}: ${total} items by ${size}`,
        String(count),
      );
    }
  }
  return observed ? { exchange: head.exchange, said: null } : null;
}

function wrong({ exchange }: Page, what: string, expected: string, received: string): Outcome {
  return { exchange, said: { message: `The list ${what}: ${nameOf(exchange)}`, expected, received, cause: what } };
}
