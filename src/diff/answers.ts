import { bytesOf } from '../contract/derive/body-writer.js';
import {
  type Content,
  checkResponse,
  concreteMediaType,
  contentFor,
  type Header,
  type HttpResponse,
  type Response,
  responseFor,
} from '../operation/index.js';
import type { Violation } from '../schema/index.js';
import { addAll } from '../text/many.js';
import type { Json } from '../text/value.js';
import type { Found, Pair } from './pairs.js';
import { first, placeIn, ruleOf, sameSchemas, undecided } from './requests.js';
import { fakerOf, separatingValues } from './separate.js';
import type { AnswerWitness } from './types.js';

/** Answers that the new document allows, and what the old one has against them. */
export function answersUnforeseen(pair: Pair): Found[] {
  const found: Found[] = [];
  for (const response of pair.new.responses) {
    const status = statusOf(pair, response);
    const old = status === null ? undefined : responseFor(pair.old, status);
    if (status === null || old === undefined || isSame(pair, old, response)) continue;
    const looked = answersOf({ pair, response, old, status });
    addAll(found, looked ?? [undecided(pair, old.pointer, response.pointer, `answer ${response.key}`)]);
  }
  return found;
}

/** A status that means this response in the new document; null where none does. */
function statusOf({ new: other, old }: Pair, response: Response): number | null {
  const { key } = response;
  const declared = [...other.responses, ...old.responses].map((one) => Number(one.key)).filter(Number.isInteger);
  const statuses = /^\dXX$/.test(key)
    ? [...declared, ...Array.from({ length: 100 }, (_, index) => Number(key[0]) * 100 + index)]
    : key === 'default'
      ? [...declared, 200, 400, 500, 599]
      : [Number(key)];
  return statuses.find((status) => responseFor(other, status) === response) ?? null;
}

function isSame({ comparison, old, new: other }: Pair, left: Response, right: Response): boolean {
  const spot = (document: typeof old.document, { pointer }: Response) => ({ value: document.at(pointer), pointer });
  return comparison.isSame(spot(old.document, left), spot(other.document, right));
}

interface Answers {
  readonly pair: Pair;
  readonly response: Response;
  readonly old: Response;
  readonly status: number;
}

/** null where no answer could be made. */
function answersOf(answers: Answers): Found[] | null {
  const { pair, response, old, status } = answers;
  const fields = fieldsOf(
    pair,
    response.headers.filter((header) => header.required),
  );
  const found: Found[] = [];
  /** By their cause: how many things the plainest witness is wrong in. */
  const fewest = new Map<string, number>();
  const isWithout = response.content.length === 0;
  const say = (value: Json | undefined, content: Content | null, headers: AnswerWitness['headers']) => {
    const answer = answerOf(pair, status, content, value, headers);
    if (answer === null || checkResponse(pair.new, answer).length > 0) return false;
    const violations = checkResponse(pair.old, answer).filter((violation) => !isAskedFor(violation));
    for (const violation of violations) {
      const cause = causeOf(violation);
      if ((fewest.get(cause) ?? Number.POSITIVE_INFINITY) <= violations.length) continue;
      fewest.set(cause, violations.length);
      found.push(foundIn(answers, answer, violation, value, violations.length));
    }
    return true;
  };
  if (isWithout) {
    const body = old.content.length > 0 && status !== 204 && status !== 304;
    if (body || old.headers.length > 0) say(undefined, null, fields);
    for (const [name, value] of headersOtherwise(answers)) say(undefined, null, { ...fields, [name]: value });
    return found;
  }
  for (const content of response.content) {
    const twin = contentFor(old.content, concreteMediaType(content.mediaType));
    if (old.content.length > 0 && twin === undefined) continue;
    const from = { schemas: pair.new.schemas, schema: ruleOf(pair.new, content, 'response') };
    let model: Json | undefined;
    let isMade = false;
    for (const value of modelsOf(pair, from.schema)) {
      isMade = true;
      if (!say(value, content, fields)) continue;
      model = value;
      break;
    }
    if (!isMade) return null;
    for (const [name, value] of headersOtherwise(answers)) say(model, content, { ...fields, [name]: value });
    // 2. Those whose body breaks.
    if (twin === undefined) continue;
    const to = { schemas: pair.old.schemas, schema: ruleOf(pair.old, twin, 'response') };
    const isSameHere = sameSchemas(pair, to.schema.pointer, from.schema.pointer);
    const options = { ...pair, isSame: (from: Json, to: Json) => isSameHere(to, from) };
    for (const value of first(separatingValues(from, to, options) ?? [])) {
      say(value, content, fields);
    }
  }
  return found;
}

/** A client asks for the media types that it knows, so that others are not in its way. */
function isAskedFor({ in: place, keyword }: Violation): boolean {
  return place === 'content-type' && keyword === 'mediaType';
}

function* modelsOf({ new: other, seed }: Pair, schema: ReturnType<typeof ruleOf>): Generator<Json> {
  for (const optionals of schema.problem === null ? (['none', 'some', 'all'] as const) : []) {
    const made = fakerOf(other.schemas).generate(schema, { seed, optionals, steps: 4000 });
    if (made.ok) yield made.value;
  }
}

/** Header fields that the new document allows to be other than the old one does. */
function* headersOtherwise({ pair, response, old }: Answers): Generator<[string, string]> {
  for (const header of response.headers) {
    const twin = old.headers.find(({ name }) => name.toLowerCase() === header.name.toLowerCase());
    if (!header.schema || !twin?.schema) continue;
    const from = { schemas: pair.new.schemas, schema: header.schema };
    const to = { schemas: pair.old.schemas, schema: twin.schema };
    const isSameHere = sameSchemas(pair, twin.pointer, header.pointer);
    const values =
      separatingValues(from, to, { ...pair, isSame: (from: Json, to: Json) => isSameHere(to, from) }) ?? [];
    for (const value of first(values)) if (typeof value !== 'object') yield [header.name.toLowerCase(), String(value)];
  }
}

function fieldsOf({ new: other, seed }: Pair, headers: readonly Header[]): Record<string, string> {
  const faker = fakerOf(other.schemas);
  const fields: Record<string, string> = {};
  for (const { name, schema } of headers) {
    const made = schema && schema.problem === null ? faker.generate(schema, { seed, steps: 1000 }) : null;
    const value = made?.ok ? made.value : 'counterproof';
    fields[name.toLowerCase()] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  return fields;
}

function answerOf(
  { new: other }: Pair,
  status: number,
  content: Content | null,
  value: Json | undefined,
  fields: Readonly<Record<string, string>>,
): (HttpResponse & { readonly headers: Readonly<Record<string, string>> }) | null {
  if (content === null || value === undefined) {
    return { status, headers: { ...fields, ...(content && { 'content-type': content.mediaType }) }, body: null };
  }
  const written = bytesOf({ content, value, schemas: other.schemas });
  return written && { status, headers: { ...fields, 'content-type': written.contentType }, body: written.bytes };
}

function causeOf({ in: place, keyword, message, schemaPointer }: Violation): string {
  return `answer ${place} ${keyword} ${schemaPointer} ${keyword === 'required' || keyword === 'type' ? message : ''}`;
}

function foundIn(
  { pair, old, status }: Answers,
  { headers, body }: NonNullable<ReturnType<typeof answerOf>>,
  violation: Violation,
  value: Json | undefined,
  wrongs: number,
): Found {
  const { in: place, pointer, message, schemaPointer } = violation;
  const where = pointer === '' ? place : `${place} ${pointer}`;
  const content = pair.new.responses.flatMap((response) => response.content).find((one) => one.schema !== null);
  const response = responseFor(pair.new, status);
  const own = contentFor(response?.content ?? [], headers['content-type'] ?? '') ?? content;
  const at =
    place === 'body' && own?.schema && value !== undefined
      ? placeIn(pair.new, own.schema, value, violation)
      : undefined;
  return {
    kind: 'answer-unforeseen',
    message: `answer ${old.key}, ${where}: ${message}`,
    cause: causeOf(violation),
    old: schemaPointer,
    new: at ?? response?.pointer ?? pair.new.pointer,
    answer: { status, headers, body: body && new TextDecoder().decode(body) },
    wrongs,
  };
}
