import type { IncomingMessage, OutgoingMessage } from 'node:http';

/** Fields that are about one connection, and end with it (RFC 9110, 7.6.1). */
const ofTheConnection: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const none: ReadonlySet<string> = new Set();

type Fields = readonly (readonly [name: string, value: string])[];

/** Header fields as node gives them: name, value, name, value. */
export function fieldsOf(raw: readonly string[]): Fields {
  const fields: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) fields.push([raw[at] ?? '', raw[at + 1] ?? '']);
  return fields;
}

/**
 * The fields that go on to the next connection, in the order and spelling in which they came (RFC 9110, 7.6.1).
 *
 * @param raw as node gives them, and so they are given back
 * @param without names in lower case that do not go on either
 */
export function endToEnd(raw: readonly string[], without: ReadonlySet<string> = none): string[] {
  let dropped = ofTheConnection;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    if (raw[at]?.toLowerCase() === 'connection') dropped = withNamed(dropped, raw[at + 1] ?? '');
  }
  const kept: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = '', value = ''] = [raw[at], raw[at + 1]];
    const key = name.toLowerCase();
    if (!dropped.has(key) && !without.has(key)) kept.push(name, value);
  }
  return kept;
}

/** With the fields that a Connection field names. */
function withNamed(known: ReadonlySet<string>, connection: string): ReadonlySet<string> {
  const names = connection.toLowerCase();
  if (names === 'keep-alive' || names === 'close') return known;
  return new Set([...known, ...names.split(',').map((name) => name.trim())]);
}

/** Fields by lower-case name, as a request is read. */
export function byName(fields: Fields): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of fields) {
    const key = name.toLowerCase();
    const known = headers[key];
    headers[key] = known === undefined ? value : [known].flat().concat(value);
  }
  return headers;
}

/** Whether a request has a body (RFC 9112, 6.3). */
export function bringsBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Trailers are known once all before them has come. Those of a message that was not in chunks have no place. */
export function addTrailers(to: OutgoingMessage, { rawTrailers }: IncomingMessage): void {
  const fields = fieldsOf(rawTrailers).map(([name, value]): [string, string] => [name, value]);
  if (fields.length > 0) to.addTrailers(fields);
}
