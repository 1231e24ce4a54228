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
  for (const server of before) {
    const lost = addressesOf(server).find((url) => !after.some((one) => isAt(one, url)));
    if (lost === undefined || (URL.canParse(lost) && isLoopback(new URL(lost).hostname))) continue;
    const message = `the server ${lost} is no more`;
    yield { kind: 'server-removed', message, cause: `server ${lost}`, old: server.pointer, new: null };
  }
  for (const server of after) {
    const found = addressesOf(server).find((url) => !before.some((one) => isAt(one, url)));
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

/** Whether a server has an address. One that is relative to its document is told apart by its path alone. */
function isAt(server: Server, address: string): boolean {
  return urlsAt(server).some((url) => {
    const isAbsolute = [url, address].every((one) => origin.test(one) || one.startsWith('{'));
    const [own, asked] = isAbsolute ? [url, address] : [url, address].map((one) => one.replace(origin, ''));
    const parts = (own ?? '').split(/\{[^{}]*\}/).map((part) => part.replace(/[^\w]/g, '\\$&'));
    return own === asked || new RegExp(`^${parts.join('[^/]*')}$`, 'i').test(asked ?? '');
  });
}
