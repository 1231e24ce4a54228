import type { Mock, MockAnswer, Preference } from '../mock/index.js';
import {
  checkRequest,
  concreteMediaType,
  contentFor,
  type HttpRequest,
  isJson,
  type Operation,
  type Response,
  responseFor,
  resultOf,
} from '../operation/index.js';
import { parseJson } from '../text/integers.js';
import { parsePointer, valueAt } from '../text/pointer.js';
import { isObject, type Json, type JsonObject, setMember } from '../text/value.js';
import { baseCase, credentialsOf } from './base-request.js';
import { writeFakers } from './x-faker.js';

/** A document with examples, and what could not be said in it. */
export interface ExportedDocument {
  readonly root: JsonObject;
  /** Sentences without a final period. */
  readonly notes: readonly string[];
}

/** A longer body is of no use as an example, in characters. */
const longestExample = 100_000;

/**
 * The document of a mock with its scripted cases and with what it makes as standard examples (Example Object, OpenAPI 3.1, 4.8.19):
 * one file of OpenAPI 3.1, or of 3.2 where it was written in that, for any tool that reads OpenAPI. The first example of a
 * response is what the mock answers when nobody asks for one by name; examples of the author stay.
 */
export function documentWithExamples(mock: Mock): ExportedDocument {
  return resultOf(writingDocument(mock));
}

/** The same, a piece after each operation. */
export function* writingDocument(mock: Mock): Generator<null, ExportedDocument> {
  const { operations } = mock;
  const { document } = operations;
  const root = structuredClone(document.root);
  root.openapi = /^3\.[12]/.test(document.declaredVersion) ? document.declaredVersion : '3.1.1';
  const notes: string[] = [];
  const { filled } = credentialsOf(mock);
  for (const entry of operations.entries) {
    const operation = operations.compile(entry);
    const base = baseCase(mock, operation);
    if (base === null) notes.push(`${entry.id} gets no examples: no valid request can be made for it`);
    else new Writer(mock, operation, filled(base.request, operation), root, notes).write();
    yield null;
  }
  writeFakers(root);
  return { root, notes };
}

/** Writes the examples of one operation into the tree. */
class Writer {
  readonly #mock: Mock;
  readonly #operation: Operation;
  readonly #request: HttpRequest;
  readonly #root: JsonObject;
  readonly #notes: string[];

  constructor(mock: Mock, operation: Operation, request: HttpRequest, root: JsonObject, notes: string[]) {
    this.#mock = mock;
    this.#operation = operation;
    this.#request = request;
    this.#root = root;
    this.#notes = notes;
  }

  write(): void {
    this.#writeRequest();
    const usual = this.#mock.answer(this.#request).status;
    for (const response of this.#operation.responses) this.#writeUsual(response, usual);
    for (const { name, status, description, fault, offContract } of this.#cases) {
      const answer = this.#ask({ example: name, status });
      if (answer.source === 'problem' || answer.status !== status) {
        this.#notes.push(`${this.#operation.id}: the case ${name} answers requests that the document alone cannot say`);
      } else if (fault !== null) {
        this.#notes.push(`${this.#operation.id}: no example can show the fault of the case ${name}`);
      } else this.#script(name, description, answer, offContract);
    }
  }

  get #cases() {
    return this.#mock.fixtures.for(this.#operation.id).cases;
  }

  /** What is answered where nobody asks for an example by name. */
  #writeUsual(response: Response, usual: number): void {
    const isUsual = responseFor(this.#operation, usual) === response;
    const isScripted = this.#cases.some((each) => responseFor(this.#operation, each.status) === response);
    const status = isUsual ? usual : statusOf(response.key);
    for (const content of response.content) {
      const holder = this.#at(content.pointer);
      if (holder === null || 'example' in holder || 'examples' in holder) continue;
      // What the schema shows is enough where nothing comes beside it.
      if (content.examples.length > 0 && !isScripted) continue;
      const answer = this.#ask(isUsual ? {} : { status }, content.mediaType);
      const value = exampleValue(answer);
      if (answer.status !== status || answer.source === 'problem' || value === undefined) continue;
      const unnamed = answer.source === 'example' ? 'example' : 'generated';
      holder.examples = { [answer.source === 'fake' ? unnamed : (answer.name ?? unnamed)]: { value } };
    }
  }

  #ask(preference: Preference, mediaType?: string): MockAnswer {
    const { headers } = this.#request;
    const accept = mediaType === undefined ? headers.accept : concreteMediaType(mediaType);
    return this.#mock.answer({ ...this.#request, headers: { ...headers, accept } }, preference);
  }

  /** Values of the valid request, where the document shows none. */
  #writeRequest(): void {
    const { parameters, requestBody } = this.#operation;
    const match = this.#mock.operations.match(this.#request.method, this.#request.target, this.#request.headers);
    if (match.kind !== 'operation') return;
    const { values } = checkRequest(this.#operation, this.#request, match.pathParameters);
    for (const { in: place, name, pointer, examples, content } of parameters) {
      const value = values[place][place === 'header' ? name.toLowerCase() : name] as Json | undefined;
      const holder = this.#at(pointer);
      if (value === undefined || examples.length > 0 || content !== null || holder === null) continue;
      holder.example ??= value;
    }
    const type = String(this.#request.headers['content-type'] ?? '');
    for (const { mediaType, pointer, examples } of requestBody?.content ?? []) {
      const holder = this.#at(pointer);
      if (values.body === undefined || !isJson(mediaType) || !isJson(type) || examples.length > 0) continue;
      if (holder !== null) holder.examples ??= { generated: { value: values.body as Json } };
    }
  }

  /** Puts a scripted case beside the other examples of its response, which then is the operation's own. */
  #script(name: string, description: string, answer: MockAnswer, offContract: boolean): void {
    const response = this.#ownResponse(answer.status, description);
    const value = exampleValue(answer);
    if (response === null || value === undefined) return;
    const type = typeOf(answer);
    const declared = responseFor(this.#operation, answer.status)?.content ?? [];
    const mediaType = contentFor(declared, type)?.mediaType ?? (type.split(';')[0] ?? type).trim();
    const held = this.#own(memberOf(response, 'content'), mediaType);
    const examples = memberOf(held, 'examples');
    if ('example' in held) {
      examples.example ??= { value: held.example };
      delete held.example;
    }
    const example: JsonObject = { ...(description !== '' && { summary: description }), value };
    if (offContract) example['x-off-contract'] = true;
    setMember(examples, name, example);
  }

  /** The response of this operation for a status; one that only a case has is added. */
  #ownResponse(status: number, description: string): JsonObject | null {
    const holder = this.#at(this.#operation.pointer);
    if (holder === null) return null;
    const responses = memberOf(holder, 'responses');
    const key = responseFor(this.#operation, status)?.key;
    if (key !== undefined) return this.#own(responses, key);
    const own: JsonObject = { description: description || 'What the server answers besides', 'x-off-contract': true };
    responses[String(status)] ??= own;
    return responses[String(status)] as JsonObject;
  }

  /** A member as an object of its own: what a reference leads to is copied, since others lead there too. */
  #own(holder: JsonObject, name: string): JsonObject {
    const member = holder[name];
    const found = isObject(member) && typeof member.$ref === 'string' ? this.#at(member.$ref) : member;
    const own = isObject(found) ? (found === member ? found : structuredClone(found)) : {};
    setMember(holder, name, own);
    return own;
  }

  /** What stands at a pointer of the tree, references followed; null where that is no object. */
  #at(pointer: string): JsonObject | null {
    let value = valueAt(this.#root, parsePointer(pointer));
    for (let steps = 0; steps < maximumReferences && isObject(value) && typeof value.$ref === 'string'; steps++) {
      value = valueAt(this.#root, parsePointer(value.$ref));
    }
    return isObject(value) ? value : null;
  }
}

const maximumReferences = 20;

/** The number that a key of `responses` is asked for as. */
function statusOf(key: string): number {
  if (key === 'default') return 500;
  return /^\dXX$/i.test(key) ? Number(key[0]) * 100 : Number(key);
}

function memberOf(holder: JsonObject, name: string): JsonObject {
  const member = holder[name];
  if (isObject(member)) return member;
  const own: JsonObject = {};
  holder[name] = own;
  return own;
}

function typeOf({ headers }: MockAnswer): string {
  return String(headers['Content-Type'] ?? 'application/json');
}

/** The body of an answer as the value of an example; undefined where it is none, is no text, or is too long. */
function exampleValue(answer: MockAnswer): Json | undefined {
  const { body } = answer;
  if (typeof body !== 'string' || body === '' || body.length > longestExample) return undefined;
  return isJson(typeOf(answer)) ? (parseJson(body) as Json) : body;
}
