import { writeJson } from '../../../text/integers.js';
import { decodeUtf8 } from '../../text.js';
import type { BodyBudget } from '../limits.js';
import { type Cut, type Framing, type Item, maximumFaults, piecesOf, plainItem } from './framing.js';

/** A JSON text a line (JSON Lines, NDJSON). Blank lines are none. */
export const jsonLines: Framing = {
  frame: (item) => `${writeJson(item)}\n`,
  contentType: (_, { mediaType }) => mediaType,
  end: () => '',
  split: (text) => text.split(/(?<=\n)/).filter((line) => line.trim() !== ''),
  cut: ({ bytes, budget, isOpen }) =>
    cutTexts(bytes, budget, (text) => piecesOf(isOpen ? text.slice(0, text.lastIndexOf('\n') + 1) : text, '\n')),
};

const separator = '\u001e';

/** JSON texts, each behind a record separator and with a line feed at its end (RFC 7464, 2.2). */
export const jsonSequence: Framing = {
  frame: (item) => `${separator}${writeJson(item)}\n`,
  contentType: (_, { mediaType }) => mediaType,
  end: () => '',
  split: (text) => text.split(new RegExp(`(?=${separator})`)).filter((record) => record.trim() !== ''),
  cut({ bytes, budget, isOpen }) {
    const { items, faults } = cutTexts(bytes, budget, (text) => {
      const isCut = isOpen && !text.endsWith('\n');
      return piecesOf(isCut ? text.slice(0, Math.max(0, text.lastIndexOf(separator))) : text, separator);
    });
    const begins = bytes.length === 0 || bytes[0] === separator.charCodeAt(0);
    if (begins) return { items, faults };
    const message = 'sequence does not begin with a record separator (U+001E)';
    return { items, faults: [{ index: 0, message, expected: 'U+001E before each JSON text' }, ...faults] };
  },
};

function cutTexts(bytes: Uint8Array, budget: BodyBudget, split: (text: string) => Iterable<string>): Cut {
  const decoded = decodeUtf8(bytes);
  if (!decoded.ok)
    return {
      items: [],
      faults: [{ index: 0, message: `sequence is not UTF-8: ${decoded.found}`, expected: 'UTF-8' }],
    };
  const items: Item[] = [];
  const faults: { index: number; message: string; expected: string }[] = [];
  for (const text of split(decoded.text)) {
    if (text.trim() === '') continue;
    if (faults.length >= maximumFaults) break;
    const index = items.length + faults.length;
    budget.spend('members');
    const reading = budget.readJson(text);
    if (reading.ok) items.push(plainItem(reading.value));
    else {
      const { column, expected, found } = reading.fault;
      const message = `text of item ${index} is not JSON: expected ${expected} at column ${column}, found ${found}`;
      faults.push({ index, message, expected });
    }
  }
  return { items, faults };
}
