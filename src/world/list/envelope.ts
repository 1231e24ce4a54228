import type { RequestValues } from '../../operation/index.js';
import { type EnvelopeRole, keyOf, type ListRole, readAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { percentEncoded } from '../../text/percent.js';
import type { Json } from '../../text/value.js';
import type { Query } from './filter.js';
import { asksForOrder } from './order.js';
import { cursorsFor, isPlace, type Page, type PlaceRole } from './page.js';
import { memberCalled } from './values.js';

/** What a member or a header beside the rows says: values, best first; undefined leaves it out. */
export interface Said {
  readonly at: EnvelopeRole['at'];
  readonly values: readonly (Json | undefined)[];
}

/** A request, as far as links are made from it. */
export interface LinkSource {
  /** As it stands in the request: asked for where a link is made from it. */
  target(): string;
  /** `http://localhost:3000`: asked for where a link has to be absolute. */
  origin(): string;
}

/** What stands where there is no further page. */
const nothing: readonly (Json | undefined)[] = [null, undefined, ''];

/** The number that the first or the last row of a page has among all; of one without any nothing. */
function endOf({ rows, offset }: Page, place: number): Said['values'] {
  return rows.length === 0 ? [null, 0, undefined] : [offset + place];
}

/** What the members and headers around the rows of a page say. */
export function envelopeOf(role: ListRole, query: Query, page: Page, source: LinkSource): Said[] {
  const isOrdered = asksForOrder(role, query);
  return role.envelope.flatMap((envelope) => {
    const { at, askedBy } = envelope;
    const said = cursorOfRow(at, role, page) ?? valuesOf(envelope, role, page, source, isOrdered);
    const isAsked = askedBy === undefined || /^(?:true|1)$/i.test(String(query[askedBy]));
    const values = isAsked ? said : [undefined, ...said];
    // A link that leads nowhere is left out with the object that it is.
    if (values !== nothing || !('member' in at) || at.member.at(-1) !== 'href') return [{ at, values }];
    return [
      { at: { member: at.member.slice(0, -1) }, values: [undefined] },
      { at, values: [undefined, null, ''] },
    ];
  });
}

/** `startCursor` and `endCursor` are those of the first and the last row that is shown (Relay's cursor connections, 5). */
function cursorOfRow(at: EnvelopeRole['at'], role: ListRole, { rows, offset }: Page): Said['values'] | null {
  const name = 'member' in at ? at.member.at(-1)?.replaceAll('_', '').toLowerCase() : undefined;
  if (name !== 'startcursor' && name !== 'endcursor') return null;
  const place = name === 'startcursor' ? 0 : rows.length - 1;
  const row = rows[place];
  return row === undefined ? nothing : cursorsFor(role, row.value, offset + place + 1);
}

function valuesOf(
  { role: name, at, link }: EnvelopeRole,
  role: ListRole,
  page: Page,
  source: LinkSource,
  isOrdered: boolean,
): readonly (Json | undefined)[] {
  const { total, offset, size, rows } = page;
  // What names the end of a page leads back.
  const place = role.query.filter(isPlace).find((each) => each.role !== 'before');
  const first = place?.role === 'page' ? place.first : 1;
  const pages = size === 0 ? 0 : Math.ceil(total / size);
  const hasMore = offset + rows.length < total;
  const back = Math.max(0, offset - size);
  const url = (to: number | null): readonly (Json | undefined)[] => {
    const path = to === null ? null : linkTo(to, place, role, page, source.target());
    return path === null ? nothing : [path, `${source.origin()}${path}`];
  };
  switch (name) {
    case 'total':
      return [total];
    case 'count':
      return [rows.length];
    case 'size':
      return [size, rows.length];
    case 'page':
      return [first + (size === 0 ? 0 : Math.floor(offset / size))];
    case 'pages':
      return [pages, Math.max(1, pages)];
    case 'offset':
      return [offset + (place?.role === 'offset' ? place.first : 0)];
    case 'remaining':
      return [total - offset - rows.length];
    case 'from':
      return endOf(page, 1);
    case 'to':
      return endOf(page, rows.length);
    case 'has-more':
      return [hasMore];
    case 'has-previous':
      return [offset > 0];
    case 'is-empty':
      return [rows.length === 0];
    case 'is-first':
      return [offset === 0];
    case 'is-last':
      return [!hasMore];
    case 'next-page':
      return hasMore ? [first + Math.floor(offset / size) + 1] : nothing;
    case 'previous-page':
      return offset > 0 ? [first + Math.max(0, Math.ceil(offset / size) - 1)] : nothing;
    case 'is-paged':
      return [place !== undefined];
    case 'is-unpaged':
      return [place === undefined];
    case 'is-sorted':
      return [isOrdered];
    case 'is-unsorted':
      return [!isOrdered];
    case 'self-url':
      return selfUrls(at, source);
    case 'next-cursor':
      return hasMore ? cursorsAt(role, place, rows.at(-1)?.value, offset + rows.length) : nothing;
    case 'previous-cursor':
      return offset > 0 ? cursorsAt(role, place, undefined, back) : nothing;
    case 'next-url':
      return url(hasMore ? offset + rows.length : null);
    case 'previous-url':
      return url(offset > 0 ? back : null);
    case 'first-url':
      return url(0);
    case 'last-url':
      return url(Math.max(0, pages - 1) * size);
    case 'content-range': {
      const span = rows.length === 0 ? '*' : `${offset}-${offset + rows.length - 1}`;
      return [`${page.unit ?? 'items '}${span}/${total}`, `items ${span}/${total}`, `${span}/${total}`];
    }
    case 'link-header':
      return [
        linksOf(role, page, place, source.target())
          .map(([relation, path]) => `<${path}>; rel="${relation}"`)
          .join(', '),
      ];
    case 'link-list':
      return linkLists(link, linksOf(role, page, place, source.target()), source);
  }
}

/** The address of the request; where a member is called an address, and not a link to itself, that of the list. */
function selfUrls(at: EnvelopeRole['at'], source: LinkSource): readonly Json[] {
  const isOfList = 'member' in at && /^(?:url|path)$/.test(at.member.at(-1) ?? '');
  const target = isOfList ? (source.target().split(/[?#]/, 1)[0] ?? '') : source.target();
  return [target, `${source.origin()}${target}`];
}

/** What leads to a place in a list: an offset where that is what is asked for. */
function cursorsAt(role: ListRole, place: PlaceRole | undefined, before: Json | undefined, offset: number): Json[] {
  if (place?.role !== 'offset') return cursorsFor(role, before, offset);
  return [offset + place.first, String(offset + place.first)];
}

type Links = ReturnType<typeof linksOf>;

/** Links as objects in a list, with one to the page itself: by paths, or by addresses with an origin. */
function linkLists(names: EnvelopeRole['link'], others: Links, source: LinkSource): readonly Json[] {
  const { relation, address } = names ?? { relation: 'rel', address: 'href' };
  const links: Links = [['self', source.target()], ...others];
  const written = (origin: string, back: string): Json =>
    links.map(([one, path]) => ({ [relation]: one === 'prev' ? back : one, [address]: origin + path }));
  const ways = relation === 'rel' ? ['prev', 'previous'] : ['previous', 'prev'];
  return ways.flatMap((back) => [written('', back), written(source.origin(), back)]);
}

/** To which pages it goes on from here, by the relations of links (RFC 8288, 3): paths, relative to the request. */
function linksOf(
  role: ListRole,
  page: Page,
  place: PlaceRole | undefined,
  target: string,
): readonly (readonly [relation: string, path: string])[] {
  const { total, offset, size, rows } = page;
  const links: [string, number][] = [];
  if (offset + rows.length < total) links.push(['next', offset + rows.length]);
  if (size > 0 && total > size) links.push(['last', Math.floor((total - 1) / size) * size]);
  if (offset > 0) links.push(['first', 0], ['prev', Math.max(0, offset - size)]);
  // To a page that no parameter names nothing leads: the same address would lead to this page again and again.
  return links.flatMap(([relation, to]) => {
    const path = linkTo(to, place, role, page, target);
    return path === null ? [] : [[relation, path] as const];
  });
}

/** The request's own target with another place in the list; null where no parameter names one. */
function linkTo(
  offset: number,
  place: PlaceRole | undefined,
  role: ListRole,
  page: Page,
  target: string,
): string | null {
  if (place === undefined) return null;
  const before = page.rows.at(-1)?.value;
  const value =
    place.role === 'page'
      ? String(place.first + (page.size === 0 ? 0 : Math.floor(offset / page.size)))
      : place.role === 'offset'
        ? String(offset + place.first)
        : cursorTo(role, place, offset === page.offset + page.rows.length ? before : undefined, offset);
  const name = place.parameter + place.within.map((step) => `[${step}]`).join('');
  const [path = '', query = ''] = target.split('#', 1)[0]?.split(/\?(.*)/s) ?? [];
  const others = query.split('&').filter((pair) => pair !== '' && decodeName(pair) !== name);
  return `${path}?${[...others, `${percentEncoded(name)}=${percentEncoded(value)}`].join('&')}`;
}

/** A parameter that takes keys gets one. */
function cursorTo(role: ListRole, place: PlaceRole, before: Json | undefined, offset: number): string {
  const key = before === undefined ? undefined : keyOf(role.resource, before);
  return place.role === 'after' && key !== undefined ? key : String(cursorsFor(role, before, offset)[0]);
}

function decodeName(pair: string): string {
  const name = pair.split('=', 1)[0]?.replaceAll('+', ' ') ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Members beside the rows that are called as a parameter of the path is say what it says. */
export function echoed(
  around: Json,
  path: RequestValues['path'],
  taken: readonly { readonly path: readonly string[] }[],
) {
  return Object.entries(path).flatMap(([parameter, value]) => {
    const name = memberCalled(around, parameter);
    if (name === undefined || taken.some((other) => other.path[0] === name)) return [];
    const held = readAt(around, [name]);
    const said = typeof held === 'number' ? Number(value) : scalarText(value);
    return typeof held === 'object' || Number.isNaN(said) ? [] : [{ path: [name], values: [said, held] }];
  });
}
