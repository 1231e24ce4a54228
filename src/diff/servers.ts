import { origin, urlsOf } from '../operation/match/servers.js';
import { isLoopback } from '../text/loopback.js';
import { parsePointer, pointerOf } from '../text/pointer.js';
import { isObject, type JsonObject } from '../text/value.js';
import { memberOf, type Spot } from './compare.js';
import type { Found, Pair } from './pairs.js';

/** Where requests go: a server of the old document that is none of the new one, and the other way round. */
export function* serverChanges({ old, new: other }: Pair): Generator<Found> {
  const [before, after] = [serversOf(old), serversOf(other)];
  // A document that names no server leaves it to others to say where it is.
  if (before.length === 0 || after.length === 0) return;
  const [wasThere, isThere] = [addressTest(before), addressTest(after)];
  for (const server of before) {
    const lost = addressesOf(server).find((url) => !isThere(url));
    if (lost === undefined || (URL.canParse(lost) && isLoopback(new URL(lost).hostname))) continue;
    const message = `the server ${lost} is no more`;
    yield { kind: 'server-removed', message, cause: `server ${lost}`, old: server.pointer, new: null };
  }
  for (const server of after) {
    const found = addressesOf(server).find((url) => !wasThere(url));
    if (found === undefined) continue;
    const message = `the server ${found} is new`;
    yield { kind: 'added', message, cause: `new server ${found}`, old: null, new: server.pointer };
  }
}

interface Server {
  readonly value: JsonObject;
  readonly pointer: string;
}

/** Of the operation, of its path, or of the document, whichever speaks first (OpenAPI 3.1, 4.8.10.1). */
function serversOf({ document, pointer }: Pair['old']): Server[] {
  const [paths, path] = parsePointer(pointer);
  const around = [pointer, pointerOf(paths ?? '', path ?? ''), ''];
  const lists = around.map((at): Spot => memberOf({ value: document.at(at), pointer: at }, 'servers'));
  const list = lists.find(({ value }) => Array.isArray(value));
  return (Array.isArray(list?.value) ? list.value : []).flatMap((value, index) =>
    isObject(value) ? [{ value, pointer: `${list?.pointer}/${index}` }] : [],
  );
}

/** What may be asked there; an open variable as it stands only where nothing else is known of it. */
function addressesOf(server: Server): readonly string[] {
  const urls = urlsAt(server);
  const fixed = urls.filter((url) => !url.includes('{'));
  return fixed.length > 0 ? fixed : urls;
}

function urlsAt({ value }: Server): string[] {
  return urlsOf([value]).map((url) => url.replace(/\/+$/, ''));
}

/** Tells whether one of some servers has an address. One that is relative to its document is told apart by its path alone. */
function addressTest(servers: readonly Server[]): (address: string) => boolean {
  const urls = servers.flatMap(urlsAt);
  const pathIn = (url: string) => url.replace(origin, '');
  const isAbsolute = (url: string) => origin.test(url) || url.startsWith('{');
  const isWhole = urlTest(urls.filter(isAbsolute));
  const isRelative = urlTest(urls.filter((url) => !isAbsolute(url)));
  const isPath = urlTest(urls.map(pathIn));
  return (address) => (isAbsolute(address) ? isWhole(address) || isRelative(pathIn(address)) : isPath(pathIn(address)));
}

const variable = /\{[^{}]*\}/;

/** Tells whether a URL is one of some, in which a variable stands for anything within a segment of the path. */
function urlTest(urls: readonly string[]): (asked: string) => boolean {
  const fixed = new Set(urls.map((url) => url.toLowerCase()));
  const open = [...fixed].filter((url) => variable.test(url)).map(partsOf);
  return (asked) => {
    const text = asked.toLowerCase();
    if (fixed.has(text)) return true;
    const segments = text.split('/');
    return open.some(
      (parts) =>
        parts.length === segments.length && parts.every((literals, index) => fits(literals, segments[index] ?? '')),
    );
  };
}

/** What stands before, between and after the variables of each segment. */
function partsOf(url: string): string[][] {
  const between = url.split(variable);
  const parts: string[][] = [[]];
  for (const literal of between) {
    const [first = '', ...others] = literal.split('/');
    parts.at(-1)?.push(first);
    for (const other of others) parts.push([other]);
  }
  return parts;
}

/** In one pass, since an expression with many open places would try all ways to divide a text among them. */
function fits([first = '', ...others]: readonly string[], text: string): boolean {
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const literal of others) {
    const at = text.indexOf(literal, from);
    if (at === -1) return false;
    from = at + literal.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
