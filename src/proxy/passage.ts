import type { ClientRequest, IncomingMessage } from 'node:http';
import { certificateRemedy, decodeBody, type Judgement, type LiveRun, type ReadRequest } from '../contract/internal.js';
import type { Received } from '../contract/types.js';
import { checkResponse, type HttpRequest, isBodiless, type OperationEntry, responseFor } from '../operation/index.js';
import { addTrailers, bringsBody, byName, endToEnd, fieldsOf } from './fields.js';
import { Flow } from './flow.js';
import { asViolation, isViolation, type Objections } from './objection.js';
import type { ProxyOptions, Turn } from './types.js';
import { answerOf, LateError, passInterim, type UpstreamClient } from './upstream.js';
import { upstreamAnswer } from './upstream-answer.js';

const defaultJudgedBytes = 8 * 1024 * 1024;
const defaultTimeout = 120_000;
/** A shorter answer is judged before it goes on, so that its head can say what was found. */
const heldBytes = 64 * 1024;

/** Methods that mean the same when they are asked twice (RFC 9110, 9.2.2). */
const repeatable: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** What came in and what came back, and what is to be said of it. */
interface Judged {
  readonly read: ReadRequest;
  readonly received: Received;
  readonly judgement: Judgement;
}

/** The way of one request through the proxy, and of its answer back. */
export class Passage {
  readonly #turn: Turn;
  readonly #options: ProxyOptions;
  readonly #client: UpstreamClient;
  readonly #live: LiveRun;
  readonly #objections: Objections;
  readonly #limit: number;
  readonly #head: HttpRequest;
  /** null where the request has no body. */
  readonly #body: Flow | null;
  #answer: Flow | null = null;
  /** Whether the client did not wait for the end of the answer. */
  #hasLeft = false;
  readonly #began = performance.now();

  constructor(turn: Turn, options: ProxyOptions, client: UpstreamClient, objections: Objections) {
    const { message, target } = turn;
    this.#turn = turn;
    this.#options = options;
    this.#client = client;
    this.#live = options.live;
    this.#objections = objections;
    this.#limit = options.judgedBytes ?? defaultJudgedBytes;
    this.#head = { method: message.method ?? 'GET', target, headers: message.headers, body: null };
    this.#body = bringsBody(message) ? new Flow(message, this.#limit) : null;
  }

  async run(): Promise<void> {
    if (!this.#isUpstreams()) return this.#turn.mock();
    // 1. What may be answered without the upstream is read first.
    await this.#readAhead();
    if (this.#body !== null && this.#body.failure !== null) return this.#live.leave('the client went away');
    if (await this.#isRefused()) return;
    // 2. The way there.
    const { message, target, response } = this.#turn;
    let out = this.#client.request(message, target);
    response.once('close', () => {
      if (response.writableFinished) return;
      // An answer that its sender breaks off closes the response as well.
      this.#hasLeft = this.#answer?.failure == null;
      out.destroy();
    });
    const trailers = () => addTrailers(out, message);
    const sent =
      this.#body === null ? Promise.resolve(void out.end()) : this.#body.to(out, trailers).catch(() => undefined);
    let arrived = await this.#answerOf(out);
    while (arrived instanceof Error && this.#mayAskAgain(out)) {
      out = this.#client.request(message, target);
      out.end();
      arrived = await this.#answerOf(out);
    }
    // 3. The way back.
    if (arrived instanceof Error) await this.#withoutAnswer(arrived);
    else await this.#passBack(arrived, sent);
  }

  /** null where the document has no such operation. */
  get #entry(): OperationEntry | null {
    return this.#live.read(this.#head, false).entry;
  }

  #isUpstreams(): boolean {
    const { isUpstreams } = this.#options;
    if (isUpstreams === undefined) return true;
    const entry = this.#entry;
    return entry === null || isUpstreams(entry);
  }

  #answerOf(out: ClientRequest): Promise<IncomingMessage | Error> {
    passInterim(out, this.#turn.response);
    return answerOf(out, this.#options.timeout ?? defaultTimeout);
  }

  /** A connection that was kept may have been closed while the request was on its way (RFC 9112, 9.3.1). */
  #mayAskAgain(out: ClientRequest): boolean {
    return out.reusedSocket && this.#body === null && !this.#hasLeft && repeatable.has(this.#head.method);
  }

  /** Whether all of the request has come that is looked at: some servers answer before they have read it. */
  get #isAsked(): boolean {
    return this.#body === null || this.#body.isWhole || this.#body.isOver;
  }

  get #mayMock(): boolean {
    return this.#options.mockMissing === true && this.#entry !== null && this.#body?.isOver !== true;
  }

  async #readAhead(): Promise<void> {
    if (this.#body === null || !(this.#objections.readsAhead || this.#options.mockMissing === true)) return;
    const { message, response } = this.#turn;
    // Whoever asks first waits for a word, and the upstream hears nothing yet (RFC 9110, 10.1.1).
    if (/100-continue/i.test(message.headers.expect ?? '')) response.writeContinue();
    await this.#body.ahead(this.#limit);
  }

  async #isRefused(): Promise<boolean> {
    if (!this.#objections.readsAhead || this.#body?.isOver === true) return false;
    const read = await this.#read();
    const instead = this.#objections.toRequest(read);
    if (instead === null) return false;
    if (read.violations.length > 0) this.#live.accuse(read);
    instead(this.#turn);
    return true;
  }

  async #withoutAnswer(error: Error): Promise<void> {
    if (this.#hasLeft) this.#live.leave('the client went away');
    else if (this.#mayMock) this.#turn.mock((await this.#read()).request.body);
    else {
      this.#live.leave('the upstream gave no answer');
      const remedy = certificateRemedy(error);
      const reason = reasonOf(error) + (remedy === null ? '' : `; ${remedy}`);
      const detail = `${this.#options.upstream.url} gives no answer: ${reason}`;
      this.#turn.refuse(error instanceof LateError ? 504 : 502, detail);
    }
  }

  async #passBack(arrived: IncomingMessage, sent: Promise<unknown>): Promise<void> {
    const { errors = false } = this.#options;
    const { response } = this.#turn;
    const answer = new Flow(arrived, this.#limit);
    this.#answer = answer;
    const { dialect } = this.#options;
    const isUnknown = arrived.statusCode === 501 && dialect !== undefined && this.#entry !== null;
    const mayBeMissing = isUnknown || (this.#mayMock && (arrived.statusCode === 404 || arrived.statusCode === 501));
    await answer.ahead(heldOf(arrived, this.#head.method, errors || mayBeMissing ? this.#limit : heldBytes));
    let judged: Judged | null = null;
    let added: readonly string[] = [];
    if (answer.isWhole && this.#isAsked) {
      const read = await this.#read();
      const received = await this.#receive(arrived, answer);
      if (mayBeMissing && isMissing(read, received)) {
        this.#turn.mock(read.request.body);
        return;
      }
      judged = this.#judge(read, received, answer);
      const { fields, instead } = this.#objections.toAnswer(read, received, judged.judgement.complaints);
      if (instead !== null) {
        judged.judgement.note();
        return instead(this.#turn);
      }
      added = fields;
    }
    const head = [...headOf(arrived, judged), ...added];
    response.writeHead(arrived.statusCode ?? 502, reasonPhrase(arrived), head);
    try {
      await answer.to(response, () => addTrailers(response, arrived));
    } catch {
      if (this.#hasLeft || answer.failure === null) {
        this.#live.leave('the client went away');
        return;
      }
    }
    if (judged === null) {
      await sent;
      judged = this.#judge(await this.#read(), await this.#receive(arrived, answer), answer);
    }
    this.#tell(judged);
  }

  /** What the request is by the document; where requests are not judged, nothing that is wrong with it. */
  async #read(): Promise<ReadRequest> {
    const read = await this.#readWhole();
    return this.#options.validateRequest === false ? { ...read, violations: [] } : read;
  }

  /** The request, its body decoded; of one that is too long, or has not come whole, the head alone. */
  async #readWhole(): Promise<ReadRequest> {
    if (this.#body === null) return this.#live.read(this.#head);
    const { bytes } = this.#body;
    if (bytes === null) return this.#live.read(this.#head, false);
    const fields = fieldsOf(this.#turn.message.rawHeaders);
    const { body, problems } = await decodeBody(bytes, fields, this.#limit);
    return this.#live.read({ ...this.#head, body }, problems.length === 0);
  }

  async #receive(arrived: IncomingMessage, { bytes, failure }: Flow): Promise<Received> {
    const raw = bytes ?? new Uint8Array();
    const headers = fieldsOf(arrived.rawHeaders);
    const isCoded =
      bytes !== null &&
      arrived.headers['content-encoding'] !== undefined &&
      !isBodiless(arrived.statusCode ?? 0, this.#head.method);
    const { body, problems } = isCoded ? await decodeBody(raw, headers, this.#limit) : { body: raw, problems: [] };
    const broken = failure === null ? null : `the connection ended before the body did: ${reasonOf(failure)}`;
    return {
      status: arrived.statusCode ?? null,
      headers,
      raw,
      body,
      problems: broken === null ? problems : [{ kind: 'truncated', message: broken }],
      duration: performance.now() - this.#began,
    };
  }

  #judge(read: ReadRequest, received: Received, answer: Flow): Judged {
    if (!answer.isOver) return { read, received, judgement: this.#live.judge(read, received) };
    const note = () => this.#live.leave(`the answer is longer than ${this.#limit} bytes`);
    return { read, received, judgement: { complaints: [], note } };
  }

  #tell({ read, received, judgement: { complaints, note } }: Judged): void {
    note();
    const ofAnswer = complaints.filter((complaint) => isViolation(complaint) && complaint.check !== 'request-valid');
    const { status, headers, body } = received;
    const shown = { status: status ?? 502, headers: byName(headers), body };
    const answer = upstreamAnswer(read, shown, [...read.violations, ...ofAnswer.map(asViolation)]);
    const milliseconds = performance.now() - this.#began;
    this.#options.onExchange?.({ request: read.request, read, answer, milliseconds });
  }
}

/** So much of an answer is read before it is passed on; what need not end is passed on as it comes. */
function heldOf({ statusCode = 0, headers }: IncomingMessage, method: string, most: number): number {
  if (isBodiless(statusCode, method)) return most;
  const length = headers['content-length'];
  if (length !== undefined) return Number(length) <= most ? most : 0;
  const isStream =
    /^(text\/event-stream|application\/(x-)?ndjson|application\/jsonl|application\/json-seq|multipart\/)/i;
  return isStream.test(headers['content-type'] ?? '') ? 0 : most;
}

/** What a client is told beside the status: what cannot be sent on of it is left out (RFC 9112, 4). */
const reasonPhrase = ({ statusMessage = '' }: IncomingMessage): string =>
  statusMessage.replace(/[^\t\x20-\x7e\x80-\xff]/g, '');

/** Whether the upstream does not have the operation: 501, or a 404 that is not the one of the document. */
function isMissing({ operation, request }: ReadRequest, received: Received): boolean {
  if (received.status === 501) return true;
  if (operation === null || received.status === null) return false;
  if (responseFor(operation, 404) === undefined) return true;
  const { status, body } = received;
  return checkResponse(operation, { status, headers: byName(received.headers), body }, request).length > 0;
}

/** An answer that never has a body says no length of one (RFC 9110, 8.6). */
const lengths: ReadonlySet<string> = new Set(['content-length']);

/** The head that goes to the client: `judged` is null where the answer has not been judged yet. */
function headOf(arrived: IncomingMessage, judged: Judged | null): string[] {
  const fields = endToEnd(arrived.rawHeaders, arrived.statusCode === 204 ? lengths : undefined);
  const count = judged?.judgement.complaints.filter(isViolation).length;
  const found = count === undefined ? '' : `, violations=${count}`;
  return [...fields, 'Via', `${arrived.httpVersion} counterproof`, 'Counterproof', `source=upstream${found}`];
}

function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return error.message || code || 'it closed the connection';
}
