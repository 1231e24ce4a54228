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

type Fields = readonly (readonly [name: string, value: string])[];

/** Header fields as node gives them: name, value, name, value. */
export function fieldsOf(raw: readonly string[]): Fields {
  const fields: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) fields.push([raw[at] ?? '', raw[at + 1] ?? '']);
  return fields;
}

/** The fields that go on to the next connection, in the order and spelling in which they came (RFC 9110, 7.6.1). */
export function endToEnd(fields: Fields): Fields {
  const named = fields
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(','))
    .map((name) => name.trim().toLowerCase());
  const dropped = new Set([...ofTheConnection, ...named]);
  return fields.filter(([name]) => !dropped.has(name.toLowerCase()));
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
