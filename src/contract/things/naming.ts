import { type HttpRequest, type Operation, serializeParameter } from '../../operation/index.js';
import { type Naming, readAt, setAt } from '../../resource/index.js';
import { scalarText } from '../../text/integers.js';
import type { Json } from '../../text/value.js';
import { sentBody, withSentBody } from './sent-body.js';

/** What a request says at the place where a call is told which thing it is about; undefined where it says nothing there. */
export function saidAt(operation: Operation, request: HttpRequest, { in: place, member }: Naming): Json | undefined {
  if (place === 'body') return readAt(sentBody(operation, request)?.value, member);
  return new URLSearchParams(queryOf(request)).get(member[0] ?? '') ?? undefined;
}

/** The same request about the thing with this key; null where it has no place for that. */
export function naming(
  operation: Operation,
  request: HttpRequest,
  { in: place, member }: Naming,
  key: Json,
): HttpRequest | null {
  if (place === 'query') return inQuery(operation, request, member[0] ?? '', key);
  const sent = sentBody(operation, request);
  if (sent === null) return null;
  const { schema = null } = sent.content ?? {};
  const bodies = formsOf(key, readAt(sent.value, member)).map((form) => setAt(sent.value, member, form));
  // What is broken in another place is broken with any key.
  const body = bodies.find((each) => schema?.problem === null && schema.accepts(each)) ?? bodies[0];
  return body === undefined ? null : withSentBody(operation, request, sent, body);
}

/** Ways to say a key, those first that are of the type of what stood there. */
export function formsOf(key: Json, before?: Json): Json[] {
  const number = typeof key === 'string' && /^-?\d{1,15}$/.test(key) ? Number(key) : key;
  const forms = [...new Set([key, scalarText(key), number])];
  return forms.toSorted((a, b) => Number(typeof b === typeof before) - Number(typeof a === typeof before));
}

function inQuery({ parameters }: Operation, request: HttpRequest, name: string, key: Json): HttpRequest | null {
  const parameter = parameters.find((each) => each.in === 'query' && each.name === name);
  const form = formsOf(key).find((each) => parameter?.schema.problem === null && parameter.schema.accepts(each));
  const text = parameter === undefined || form === undefined ? null : serializeParameter(parameter, form);
  if (text === null) return null;
  const pairs = queryOf(request).split('&');
  const isOwn = (pair: string) => new URLSearchParams(pair).has(name);
  const others = pairs.some(isOwn) ? pairs.map((pair) => (isOwn(pair) ? text : pair)) : [...pairs, text];
  const [path = ''] = request.target.split('?', 1);
  return { ...request, target: `${path}?${others.filter((pair) => pair !== '').join('&')}` };
}

function queryOf({ target }: HttpRequest): string {
  const start = target.indexOf('?');
  return start < 0 ? '' : target.slice(start + 1);
}
