import { countsList } from './counted.js';
import { isEnvelopeContainer, isOrder, suggestedRole } from './envelope-words.js';
import type { OutlinedParameter } from './outline.js';
import type { Shape } from './shape.js';
import type { EnvelopeRole, QueryRole } from './types.js';
import { fold } from './words.js';

type Name = EnvelopeRole['role'];

const maximumDepth = 3;

/**
 * What the members beside the rows say of the list, and what its headers do.
 * @param path where the rows stand in the answer
 * @param asking all parameters of the query
 */
export function envelopeOf(
  answer: Shape,
  path: readonly string[],
  headers: readonly string[],
  query: readonly QueryRole[],
  asking: readonly OutlinedParameter[],
): EnvelopeRole[] {
  const found = [...membersBeside(answer, path, [])].flatMap(({ member, at }) => {
    const role =
      roleOfMember(member, at, query) ??
      (isPageNumber(member, answer) ? 'page' : undefined) ??
      (mayBeNumber(at) && countsList(member.at(-1) ?? '', path.at(-1) ?? '') ? 'total' : undefined);
    return role === undefined ? [] : [{ role, at: { member } }];
  });
  const all = [
    ...withTotal(
      answer,
      found.filter((each) => !isPeriod(each, found)),
    ),
    ...linkLists(answer, path),
    ...headers.flatMap((header) => roleOfHeader(header) ?? []),
  ];
  const askedBy = asking.find(({ name, shape }) => countNames.has(fold(name)) && shape.is('boolean'))?.name;
  return askedBy === undefined ? all : all.map((one) => (one.role === 'total' ? { ...one, askedBy } : one));
}

interface Member {
  readonly role: Name;
  readonly at: { readonly member: readonly string[] };
}

/** Whether `from` and `to` say from when to when: which rows are shown they say beside pages alone. */
function isPeriod({ role, at: { member } }: Member, found: readonly Member[]): boolean {
  const holder = member.slice(0, -1).join('.');
  const isOfPages = (one: Member): boolean =>
    /^(?:pages?|size|total)$/.test(one.role) && one.at.member.slice(0, -1).join('.') === holder;
  return (role === 'from' || role === 'to') && !found.some(isOfPages);
}

/** `links: [{ "rel": "next", "href": … }]` beside the rows (OGC API Features, 7.15; FHIR's `link` with `relation` and `url`). */
function linkLists(answer: Shape, rows: readonly string[]): EnvelopeRole[] {
  return [...answer.members].flatMap(([name, { item }]): EnvelopeRole[] => {
    if (name === rows[0] || !/^_?links?$/i.test(name) || item === undefined) return [];
    const called = (names: readonly string[]) => names.find((one) => item.members.get(one)?.isScalar);
    const [relation, address] = [called(['rel', 'relation']), called(['href', 'url', 'uri'])];
    if (relation === undefined || address === undefined) return [];
    return [{ role: 'link-list', at: { member: [name] }, link: { relation, address } }];
  });
}

/** What a parameter is called that asks for how many there are. */
const countNames = new Set(
  `count total totalcount includecount includetotal includetotalcount withcount withtotal returncount returntotal
  returntotalcount showtotal showcount calculatetotal needtotal`.split(/\s+/),
);

/** Values that stand beside the rows, those too that stand in an object of paging or links. */
function* membersBeside(
  holder: Shape,
  rows: readonly string[],
  path: readonly string[],
): Generator<{ readonly member: readonly string[]; readonly at: Shape }> {
  for (const [name, at] of holder.members) {
    const member = [...path, name];
    if (name === rows[0]) {
      if (rows.length > 1) yield* membersBeside(at, rows.slice(1), member);
    } else if (at.isScalar) {
      yield { member, at };
    } else if (at.isObject && member.length < maximumDepth) {
      const isLink = urlRole(suggestedRole(name)) !== undefined && at.members.has('href');
      const isCount = suggestedRole(name) === 'total' && at.members.has('value');
      const isOfOrder = isOrder(name) && at.members.has('sorted');
      if (isLink || isCount || isOfOrder || isEnvelopeContainer(name)) yield* membersBeside(at, [], member);
    }
  }
}

const urlRole = (role: Name | undefined): Name | undefined => (role?.endsWith('-url') ? role : undefined);

/** What a name stands for where a number, or yes or no, stands there instead of a text. */
const asNumber: Partial<Record<Name, Name>> = { 'next-url': 'next-page', 'previous-url': 'previous-page' };
const asBoolean: Partial<Record<Name, Name>> = {
  'next-url': 'has-more',
  'previous-url': 'has-previous',
  'first-url': 'is-first',
  'last-url': 'is-last',
};
const numbers = new Set<Name>(['total', 'count', 'size', 'page', 'pages', 'offset', 'remaining', 'from', 'to']);
const booleans = new Set<Name>([
  ...(['has-more', 'has-previous', 'is-empty', 'is-first', 'is-last'] as const),
  ...(['is-paged', 'is-unpaged', 'is-sorted', 'is-unsorted'] as const),
]);

function roleOfMember(member: readonly string[], at: Shape, query: readonly QueryRole[]): Name | undefined {
  const [name, holder] = [member.at(-1) ?? '', member.at(-2) ?? ''];
  const { types } = at;
  const role = roleByHolder(name, holder) ?? suggestedRole(name) ?? sizeAsAsked(name, holder, query);
  if (role === undefined) return undefined;
  const isNumber = types === null ? numbers.has(role) : types.has('integer') || types.has('number');
  const isBoolean = types === null ? booleans.has(role) : types.has('boolean');
  if (numbers.has(role)) return isNumber ? bySize(at, role) : undefined;
  if (booleans.has(role)) return isBoolean ? role : undefined;
  if (isBoolean) return asBoolean[role];
  if (isNumber && (role === 'next-page' || role === 'previous-page')) return role;
  const isOffset = /^(?:next|prev|previous)(?:offset|start|skip)$/.test(fold(name));
  const isPlace = query.some(
    ({ role: asked }) => asked === 'cursor' || asked === 'after' || (asked === 'offset' && isOffset),
  );
  if (isNumber) return asNumber[role] ?? (isPlace ? role : undefined);
  if (types !== null && !types.has('string')) return undefined;
  return roleOfText(at, role, `${name} ${holder}`, query);
}

/** What only the object around it makes plain: `{ "page": { "number": 1 } }`, `{ "next": { "href": … } }`. */
function roleByHolder(name: string, holder: string): Name | undefined {
  if (isOrder(holder) && fold(name) === 'empty') return 'is-unsorted';
  if (name === 'href') return urlRole(suggestedRole(holder));
  if (name === 'value' && suggestedRole(holder) === 'total') return 'total';
  // The address of the list, without what it is asked for, as Laravel has it.
  if (name === 'path' && isEnvelopeContainer(holder)) return 'self-url';
  return fold(name) === 'number' && isEnvelopeContainer(holder) ? 'page' : undefined;
}

/** What is called in an object of paging as the parameter that asks for a number of rows is. */
function sizeAsAsked(name: string, holder: string, query: readonly QueryRole[]): Name | undefined {
  const isAsked = query.some(({ role, parameter }) => role === 'size' && fold(parameter) === fold(name));
  return isAsked && isEnvelopeContainer(holder) ? 'size' : undefined;
}

const mayBeNumber = ({ types }: Shape): boolean => types?.has('integer') === true || types?.has('number') === true;

/** `number` beside the count of all pages, as Spring has it. */
function isPageNumber(member: readonly string[], answer: Shape): boolean {
  if (member.length !== 1 || fold(member[0] ?? '') !== 'number') return false;
  const isNumber = answer.at(member)?.may('integer') ?? false;
  return isNumber && [...answer.members.keys()].some((name) => suggestedRole(name) === 'pages');
}

/** A text that leads on is a URL, or a cursor where the list has a parameter for one. */
function roleOfText(at: Shape, role: Name, names: string, query: readonly QueryRole[]): Name | undefined {
  const isLink = isUrl(at) || /link|url|href/i.test(names);
  if (role === 'first-url' || role === 'last-url') return isLink || /pag/i.test(names) ? role : undefined;
  if (!/^(?:next|previous)-(?:url|page)$/.test(role)) return role;
  const way = role.startsWith('next') ? 'next' : 'previous';
  const takesCursor = query.some(({ role: asked }) => asked === 'cursor' || asked === 'after');
  return takesCursor && !isLink ? `${way}-cursor` : `${way}-url`;
}

/** Whether a count is of all or of what is shown, its description tells better than its name. */
function bySize(at: Shape, role: Name): Name {
  const description = at.text('description');
  if (role !== 'count' && role !== 'size') return role;
  if (role === 'size' && /\b(?:got|was|were|are|been) returned\b/i.test(description)) return 'count';
  if (/\btotal\b|\ball\b|\bmatch/i.test(description) && !/per page|on (?:this|the) page/i.test(description))
    return 'total';
  return role;
}

function isUrl(at: Shape): boolean {
  const said = [at.text('format'), at.text('description'), at.text('example')];
  return said.some((text) => /\bur[il]\b|\blink\b|\brelative path\b|https?:|^uri|^\/\w/i.test(text));
}

/** A count where no total stands is that of all, unless it says that it is of the page. */
function withTotal(answer: Shape, found: readonly Member[]): EnvelopeRole[] {
  if (found.some(({ role }) => role === 'total')) return [...found];
  const count = found.find(({ role, at }) => {
    const description = answer.at(at.member)?.text('description') ?? '';
    return role === 'count' && !/\bpage\b|returned|this response|in the (?:list|array|response)/i.test(description);
  });
  return found.map((each) => (each === count ? { ...each, role: 'total' as const } : each));
}

function roleOfHeader(header: string): EnvelopeRole | undefined {
  if (/^link$/i.test(header)) return { role: 'link-header', at: { header } };
  if (/^content-range$/i.test(header)) return { role: 'content-range', at: { header } };
  const name = header.replace(/^x-/i, '').replace(/^(?:wp|pagination|paging|list|collection|result)-(?=.)/i, '');
  const role = suggestedRole(name) ?? suggestedRole(header);
  const isCount = role === 'count' && /^(?:x-)?(?:pagination-|paging-|item-|items-|collection-)?count$/i.test(header);
  if (isCount) return { role: 'total', at: { header } };
  return role === undefined || role === 'has-previous' || role === 'self-url' ? undefined : { role, at: { header } };
}
