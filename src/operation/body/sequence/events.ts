import { isObject, type Json } from '../../../text/value.js';
import { Draft } from '../../parameter/draft.js';
import { decodeText, replaceInPieces } from '../../text.js';
import { textOf } from '../format.js';
import type { BodyBudget } from '../limits.js';
import { type Cut, type Framing, type Item, maximumFaults, piecesOf } from './framing.js';
import { itemNamesOf } from './item-schema.js';

const fieldNames = new Set(['data', 'event', 'id', 'retry']);

/** Server-sent events (HTML, 9.2): an item is an event with its fields, or what the JSON of its data says. */
export const events: Framing = {
  frame(item, _, { content }) {
    const isData = content !== null && meaning(itemNamesOf(content)) === 'data';
    if (typeof item === 'string' && /^(?:data|event|id|retry|):/m.test(item)) return `${item.trimEnd()}\n\n`;
    const fields: [string, Json][] = !isData && isEvent(item) ? Object.entries(item) : [['data', item]];
    return `${fields
      .filter(([name, field]) => name === 'data' || field !== null)
      .flatMap(([name, field]) =>
        textOf(field)
          .split(/\r\n|\r|\n/)
          .map((line) => `${name}: ${line}\n`),
      )
      .join('')}\n`;
  },
  contentType: (_, { mediaType }) => mediaType,
  end: () => '',
  split: (text) => text.split(/(?<=\r\n\r\n|\n\n|\r\r)/).filter((block) => block.trim() !== ''),
  cut({ bytes, content, budget, isOpen }) {
    const text = decodeText(bytes, undefined);
    if (!text.ok)
      return {
        items: [],
        faults: [{ index: 0, message: `stream is not UTF-8: ${text.found}`, expected: 'UTF-8' }],
      };
    return cutEvents(text.text, isOpen, meaning(itemNamesOf(content)), budget);
  },
};

/** Whether an item says its fields, and is not the data itself. */
function isEvent(item: Json): item is { [name: string]: Json } {
  return (
    isObject(item) && ('data' in item || 'event' in item) && Object.keys(item).every((name) => fieldNames.has(name))
  );
}

type Meaning = 'event' | 'data' | 'either';

/**
 * What an item stands for, by the members that it is described to have: the fields of an event, as OpenAPI 3.2 has it
 * (4.14.4), or the JSON of its data, as was usual before.
 */
function meaning(names: readonly string[]): Meaning {
  if (names.length === 0) return 'either';
  const areFields =
    names.every((name) => fieldNames.has(name)) && names.some((name) => name === 'data' || name === 'event');
  return areFields || (names.includes('data') && names.includes('event')) ? 'event' : 'data';
}

/** By the rules of HTML, 9.2.6: comments and fields that are not known are ignored, an event without data is none. */
function cutEvents(text: string, isOpen: boolean, meant: Meaning, budget: BodyBudget): Cut {
  const items: Item[] = [];
  const faults: { index: number; message: string; expected: string }[] = [];
  const lined = replaceInPieces(text, /\r\n?/g, '\n');
  const end = lined.lastIndexOf('\n\n');
  const rest = end < 0 ? lined : lined.slice(end + 2);
  for (const block of end < 0 ? [] : piecesOf(lined.slice(0, end), '\n\n')) {
    if (faults.length >= maximumFaults) break;
    budget.spend('members');
    const lines = block.split('\n').filter((line) => line !== '');
    const read = fieldsOf(lines);
    if (read.data !== undefined) items.push(itemOf(read as Event, meant, budget));
    else if (lines.length > 0 && lines.every((line) => !line.startsWith(':') && !isField(line))) {
      const message = `text between two events has no field of an event, so that no client sees it: ${JSON.stringify(lines[0]?.slice(0, 80))}`;
      faults.push({ index: items.length, message, expected: 'lines such as data: …' });
    }
  }
  if (!isOpen && rest.split('\n').some((line) => /^data(?::|$)/.test(line))) {
    const message = 'last event has no blank line behind it, so that no client sees it';
    faults.push({ index: items.length, message, expected: 'a blank line behind each event' });
  }
  return { items, faults };
}

interface Event {
  event?: string;
  data: string;
  id?: string;
  retry?: number;
}

function isField(line: string): boolean {
  return fieldNames.has(line.split(':', 1)[0] ?? '');
}

function fieldsOf(lines: readonly string[]): Partial<Event> {
  const event: Partial<Event> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') event.event = value;
    else if (name === 'data') event.data = event.data === undefined ? value : `${event.data}\n${value}`;
    else if (name === 'id' && !value.includes('\0')) event.id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) event.retry = Number(value);
  }
  return event;
}

/** What an event says: its fields, with data as text or as the JSON that it is, or the data alone. */
function itemOf({ data, ...fields }: Event, meant: Meaning, budget: BodyBudget): Item {
  const json = budget.readJson(data);
  const readings = json.ok ? [data, json.value] : [data];
  const whole: Record<string, unknown> = { ...fields };
  const event = Draft.container(whole);
  event.put(whole, 'data', '/data', readings);
  const alone = Draft.of(readings.toReversed());
  return meant === 'either' ? [event, alone] : [meant === 'event' ? event : alone];
}
