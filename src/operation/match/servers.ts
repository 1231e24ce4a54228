import { addAll } from '../../text/many.js';
import { isObject, type Json } from '../../text/value.js';
import type { OperationEntry } from '../types.js';
import { matchMixed, parseTemplate, type Segment } from './template.js';

/** One operation with the base paths of the servers that it is offered on. */
export interface Route {
  readonly entry: OperationEntry;
  readonly basePaths: readonly string[];
}

/** More combinations of server variables than this are not expected by anyone. */
const combinationLimit = 64;

/** What stands before the path of an absolute URL or of one without a scheme; it may hold variables. */
export const origin = /^([^/?#]*:)?\/\/[^/?#]*/;

/**
 * The base paths of a list of Server Objects (OpenAPI 3.1, 4.8.5), without trailing slash, '' where a server has none.
 * A variable with an `enum` takes each of its values; one without stands as its default, and as a template parameter,
 * since it may have any value.
 */
export function basePaths(servers: Json | undefined): string[] {
  const paths = urlsOf(servers)
    // Of a variable that stands for a whole origin it is not known what path it has.
    .filter((url) => origin.test(url) || !url.startsWith('{'))
    .map((url) =>
      url
        .replace(/[?#].*$/s, '')
        .replace(origin, '')
        .replace(/\/+$/, ''),
    )
    .map((path) => (path === '' || path.startsWith('/') ? path : `/${path}`));
  return [...new Set(paths)];
}

/**
 * Tells whether one of some lists of Server Objects has an origin (RFC 6454, 4). The origin of a relative URL is that of
 * the page or of the document, and not told here.
 */
export function createOriginTest(lists: Iterable<Json>): (origin: string) => boolean {
  const fixed = new Set<string>();
  const open: Segment[] = [];
  for (const list of lists) {
    for (const url of urlsOf(list)) {
      const [before] = origin.exec(url) ?? (url.startsWith('{') ? [url.replace(/\}.*/s, '}')] : []);
      if (before === undefined) continue;
      if (before.includes('{')) addAll(open, parseTemplate(before.replaceAll('/', '%2F').toLowerCase()));
      else if (URL.canParse(before)) fixed.add(new URL(before).origin);
    }
  }
  return (asked) => {
    if (fixed.has(asked)) return true;
    return [asked, withPort(asked)].some((text) =>
      open.some((segment) => segment.kind === 'parameter' || (segment.kind === 'mixed' && matchMixed(segment, text))),
    );
  };
}

const ports: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** With the port that its scheme implies, which a variable may name. */
function withPort(asked: string): string {
  const port = URL.canParse(asked) && new URL(asked).port === '' ? ports[new URL(asked).protocol] : undefined;
  return port === undefined ? asked : `${asked}:${port}`;
}

/** The URLs of Server Objects, with the values of variables put in; an open variable also stays as it stands. */
export function urlsOf(servers: Json | undefined): string[] {
  return (Array.isArray(servers) ? servers : []).flatMap((server) =>
    isObject(server) && typeof server.url === 'string'
      ? substitute(server.url, isObject(server.variables) ? server.variables : {})
      : [],
  );
}

/** The values of some variables of a URL, each with those of the variables before it. */
interface Chosen {
  readonly name: string;
  readonly value: string;
  readonly others: Chosen | null;
}

function substitute(url: string, variables: Readonly<Record<string, Json>>): string[] {
  const pieces = url.split(/\{([^{}]*)\}/);
  const named = new Set(pieces.filter((_, index) => index % 2 === 1));
  let choices: (Chosen | null)[] = [null];
  for (const [name, variable] of Object.entries(variables)) {
    if (!isObject(variable) || !named.has(name)) continue;
    const placeholder = `{${name}}`;
    // One that stands for the beginning of a path stays within the path.
    const isOpen = !url.startsWith(placeholder) || origin.test(`${variable.default}${url.slice(placeholder.length)}`);
    const listed = Array.isArray(variable.enum) ? variable.enum : isOpen ? [placeholder] : [];
    const values = [variable.default, ...listed].filter(
      (value) => typeof value === 'string' || typeof value === 'number',
    );
    const distinct = [...new Set(values)].slice(0, combinationLimit);
    choices = choices.flatMap((others) => distinct.map((value) => ({ name, value: String(value), others })));
    choices = choices.slice(0, combinationLimit);
  }
  // Put together once for each: a URL may have thousands of variables.
  return choices.map((chosen) => {
    const values = new Map<string, string>();
    for (let at = chosen; at !== null; at = at.others) values.set(at.name, at.value);
    return pieces.map((piece, index) => (index % 2 === 0 ? piece : (values.get(piece) ?? `{${piece}}`))).join('');
  });
}
