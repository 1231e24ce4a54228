import { type ListRole, type QueryRole, readAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import { isObject, type Json } from '../../text/value.js';
import { headerValues } from '../checks/received.js';
import type { Exchange } from '../types.js';
import { besideRows, jsonOf } from './answers.js';

type PlaceRole = Extract<QueryRole, { first: number }>;

/** The cursor of the next page; undefined: there is none, null: the list says nothing of it. */
export function cursorIn(exchange: Exchange, role: ListRole, place: PlaceRole): Json | undefined | null {
  const declared = role.envelope.map(({ role: each }) => each);
  for (const kind of ['next-cursor', 'next-url', 'link-header'] as const) {
    if (!declared.includes(kind)) continue;
    const said = kind === 'link-header' ? nextLink(exchange) : besideRows(exchange, role, kind);
    if (said === undefined || said === null || said === '') return undefined;
    const text = scalarText(said);
    // What need not be an address may be one all the same: `next` beside a parameter that takes a token.
    const isToken = kind === 'next-cursor' && !/^(?:https?:\/\/|\/|\?)/i.test(text);
    return isToken ? said : (inAddress(text, place) ?? (kind === 'next-cursor' ? said : null));
  }
  return null;
}

/** Whether links say that there is a next page. */
export const isLinked = (exchange: Exchange, role: ListRole): boolean =>
  (linkedIn(exchange, role) ?? nextLink(exchange)) !== undefined;

/** The address of the next page, beside the items, in a link of HAL (draft-kelly-json-hal, 4.1.1), or in `Link` (RFC 8288). */
export function nextAddress(exchange: Exchange, role: ListRole): Json | undefined {
  const inBody =
    besideRows(exchange, role, 'next-url') ?? readAt(jsonOf(exchange.received), ['_links', 'next', 'href']);
  return inBody ?? linkedIn(exchange, role) ?? nextLink(exchange);
}

/** In a list of links beside the items (OGC API Features, 7.15.4; FHIR R4, 3.1.0.1.6). */
function linkedIn({ received }: Exchange, { envelope }: ListRole): Json | undefined {
  for (const { at, link } of envelope) {
    const all = link && 'member' in at ? readAt(jsonOf(received), at.member) : undefined;
    const next = Array.isArray(all) ? all.find((one) => link && isObject(one) && one[link.relation] === 'next') : null;
    if (link && isObject(next)) return next[link.address];
  }
  return undefined;
}

/**
 * A page by the address that another one gives; null where that is none. A proxy may have another prefix, and what stands before the
 * last words of the path is then its own.
 * @param base the base URL of the target
 */
export function targetOfNext({ case: { request } }: Exchange, address: Json | undefined, base: string): string | null {
  const own = new URL(`http://localhost${request.target}`).pathname;
  if (typeof address !== 'string' || !URL.canParse(address, `http://localhost${own}`)) return null;
  const { pathname, search } = new URL(address, `http://localhost${own}`);
  const prefix = URL.canParse(base) ? new URL(base).pathname.replace(/\/$/, '') : '';
  const isElsewhere = !pathname.endsWith(own) && pathname.startsWith(`${prefix}/`);
  return (isElsewhere ? pathname.slice(prefix.length) : own) + search;
}

/** RFC 8288, 3: each link has relations of its own, as a word or several in quotes. */
function nextLink({ received }: Exchange): string | undefined {
  const links = headerValues(received, 'link').join(', ');
  for (const [, address, parameters = ''] of links.matchAll(/<([^>]*)>((?:[^,"]|"[^"]*")*)/g)) {
    const [, quoted, word] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters) ?? [];
    if ((quoted ?? word ?? '').toLowerCase().split(/\s+/).includes('next')) return address;
  }
  return undefined;
}

function inAddress(address: string, { parameter, within }: PlaceRole): Json | null {
  if (!URL.canParse(address, 'http://localhost')) return null;
  const name = [parameter, ...within.map((step) => `[${step}]`)].join('');
  return new URL(address, 'http://localhost').searchParams.get(name);
}
