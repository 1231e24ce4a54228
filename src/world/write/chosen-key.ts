import { headerOf } from '../../operation/index.js';
import { afterNoun, type ItemRole, keyInName, readAt } from '../../resource/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Call } from './call.js';
import { isServers } from './fresh.js';

/** The key that a client has chosen: in the row, as a path calls it (where that is no file), or in the query (`?thingId=9`, AIP-133). */
export function chosenKey(
  { role: { resource }, role, values, ground, request }: Call<ItemRole>,
  sent: JsonObject,
): Json | undefined {
  const { key } = resource;
  if (key === null) return undefined;
  const noun = resource.name.split('.').at(-1) ?? '';
  const named = Object.keys(values.query).find((name) => name === key.parameter || afterNoun(name, noun) === 'id');
  const asked = named === undefined ? undefined : values.query[named];
  if (typeof asked === 'string' && asked !== '') return asked;
  if (isServers(role, key.member, ground)) return undefined;
  const isUpload = /^multipart\//i.test(headerOf(request, 'content-type') ?? '');
  const called = key.parameter === null || isUpload ? undefined : sent[key.parameter];
  const said = readAt(sent, key.member) ?? called;
  return typeof said === 'string' ? keyInName(resource, said) : said;
}
