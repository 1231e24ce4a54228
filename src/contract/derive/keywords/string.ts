import { accepted, brokenSomehow, type Family, type Proposal, rejected } from './proposal.js';

/** Longer than this is not sent for the sake of a boundary. */
const longest = 20_000;

/** Lengths, patterns, formats (JSON Schema 2020-12 validation, 6.3 and 7.3). */
export const string: Family = function* (view, setting) {
  const { value } = setting.place;
  if (typeof value !== 'string') return;
  yield* lengths(view, value);
  yield* patterns(view, value);
  yield* formats(view);
};

type View = Parameters<Family>[0];

function* lengths(view: View, value: string): Iterable<Proposal> {
  const { minLength, maxLength } = view.schema;
  if (typeof minLength === 'number' && minLength > 0 && minLength <= longest) {
    yield accepted(view, 'minLength', ofLength(value, minLength), 'the shortest');
    yield accepted(view, 'minLength', ofLength(value, minLength + 1), 'just longer than the shortest');
    const short = rejected(view, 'minLength', ofLength(value, minLength - 1), 'shorter than minLength');
    yield minLength === 1 ? { ...short, rank: 'near miss' } : short;
  }
  if (typeof maxLength === 'number' && maxLength <= longest) {
    yield accepted(view, 'maxLength', ofLength(value, maxLength), 'the longest');
    if (maxLength > 0)
      yield accepted(view, 'maxLength', ofLength(value, maxLength - 1), 'just shorter than the longest');
    yield rejected(view, 'maxLength', ofLength(value, maxLength + 1), 'longer than maxLength');
  }
}

/** Cut, or filled up with its own last character: a pattern often allows more of it. */
function ofLength(value: string, length: number): string {
  const characters = [...value];
  if (characters.length >= length) return characters.slice(0, length).join('');
  const last = characters.at(-1) ?? 'a';
  return value + (/\s/.test(last) ? 'a' : last).repeat(length - characters.length);
}

function* patterns(view: View, value: string): Iterable<Proposal> {
  const { pattern } = view.schema;
  if (typeof pattern !== 'string') return;
  yield* brokenSomehow(view, 'pattern', value, 'does not match the pattern');
  yield { ...rejected(view, 'pattern', `${value}\n`, 'line feed after a match', 'near miss'), keyword: 'near-miss' };
}

/** Formats that servers check in a request, with a value that is plainly not of them. Others are left alone. */
const brokenFormats: Readonly<Record<string, string>> = {
  'date-time': 'not-a-date-time',
  date: 'not-a-date',
  uuid: 'not-a-uuid',
  email: 'not-an-email',
  uri: 'not a uri',
  ipv4: '999.999.999.999',
  ipv6: 'not-an-ipv6',
};

function* formats(view: View): Iterable<Proposal> {
  const { format } = view.schema;
  if (typeof format !== 'string' || !Object.hasOwn(brokenFormats, format)) return;
  yield rejected(view, 'format', brokenFormats[format], `not of format ${format}`);
}
