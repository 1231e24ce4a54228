import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Document, readDocument } from '../../document/index.js';
import { pictureOf } from '../../fake/index.js';
import type { Mock, Preference } from '../../mock/index.js';
import { createOperations, type HttpRequest, pathOf } from '../../operation/index.js';
import {
  type Control,
  type ControlAnswer,
  createControl,
  createControlApi,
  refusalOf,
  type StateStore,
} from '../control/index.js';
import { hasBody, readBody } from './body.js';
import { type CaseFile, keepCases } from './case-file.js';
import { createAssets } from './console-assets.js';
import { onceMade } from './once-made.js';
import type { Mount } from './options.js';
import { addressProblem, sendWebhook } from './webhook.js';

/** Where the console and, below it, its API are. */
export const consolePath = '/__counterproof';
const apiPath = `${consolePath}/api`;
/** Where pictures are that answers name, by their number. */
export const picturePath = `${consolePath}/image`;

/** What the API takes is small: an answer that somebody has edited is the largest. */
const bodyLimit = 2 * 1024 * 1024;
/** But for a state, which may be of many rows. */
const stateLimit = 64 * 1024 * 1024;
/** So many clients follow the journals at a time. */
const maximumStreams = 100;
/** A client of the stream that leaves more than this unread is not sent more until it has read, in bytes. */
const streamLimit = 256 * 1024;

const description = fileURLToPath(new URL('../../../spec/counterproof-control.yaml', import.meta.url));
const bundle = fileURLToPath(new URL('../../../dist/console/', import.meta.url));

export interface ConsoleOptions {
  /** Asked anew each time: a mock is replaced when its document is saved. */
  readonly mock: () => Mock;
  /** Active for every operation that has nothing of its own, in every session. */
  readonly everywhere?: readonly Preference[];
  /** Names besides `localhost` and addresses under which the console may be opened. */
  readonly hosts?: readonly string[];
  /** What a client of the API has to know. */
  readonly token?: string | undefined;
  /** Of the package, for `GET /health`. */
  readonly version: string;
  /** The only credential that the mock lets in. */
  readonly apiKey?: string | undefined;
  /**
   * The fixture file that cases are saved to, which need not be there yet; or why they cannot be saved, as a sentence without its
   * period. Absent: they cannot. It gets the name of the document that the case is of, where that is one of several.
   */
  readonly caseFile?: ((document?: string) => CaseFile) | undefined;
  /** Awaited when a case was saved. */
  readonly onSaved?: ((file: string) => Promise<void>) | undefined;
  /** Where other processes have the same sessions. */
  readonly store?: StateStore | undefined;
  /** Awaited before the API is asked: other processes tell what they have answered. */
  readonly settle?: (() => Promise<void>) | undefined;
}

/** The console: its state beside the mock, and what serves it. */
export interface Console {
  readonly control: Control;
  readonly mount: Required<Mount>;
}

/** Makes the console and its API for one mock. What only they need is read when they are first asked. */
export function createConsole(options: ConsoleOptions): Console {
  const { mock, everywhere, version, store } = options;
  const guard = { hosts: options.hosts ?? [], token: options.token };
  const control = createControl({ mock, store, ...(everywhere !== undefined && { everywhere }) });
  const assets = createAssets(bundle, consolePath);
  const streams = new Set<ServerResponse>();
  const api = onceMade(async () => {
    const document = await readDocument(description, { name: 'counterproof-control.yaml' });
    return createControlApi({
      ...guard,
      control,
      version,
      description: createOperations(document),
      basePath: apiPath,
      webhooks: { addressProblem, send: sendWebhook },
      drafts: async () => ({ draft: (await import('../draft.js')).draftRequest, apiKey: options.apiKey }),
      cases: options.caseFile && keepCases(options.caseFile, options.onSaved),
      files: () => readSources(mock().operations.document),
    });
  });

  async function answer(message: IncomingMessage): Promise<ControlAnswer> {
    const { method = 'GET', headers } = message;
    const request: HttpRequest = { method, target: message.url ?? '/', headers, body: null };
    const path = pathOf(request.target);
    // Pages of any origin show pictures, and they say nothing of the mock.
    if (path.startsWith(`${picturePath}/`)) return picture(path.slice(picturePath.length + 1));
    if (path !== apiPath && !path.startsWith(`${apiPath}/`)) {
      // The page itself holds nothing of the document, and may be linked from elsewhere: only the name counts.
      const refused = refusalOf({ ...request, headers: { host: headers.host } }, { hosts: guard.hosts });
      return refused === null ? assets(request) : plain(refused.status, refused.detail);
    }
    const handle = await api();
    await options.settle?.();
    const isSecure = 'encrypted' in message.socket;
    if (!hasBody(message)) return handle(request, isSecure);
    const body = await readBody(message, path === `${apiPath}/state` ? stateLimit : bodyLimit);
    return body.kind === 'whole'
      ? handle({ ...request, body: body.bytes }, isSecure)
      : plain(413, `The body is ${body.kind}`);
  }

  function handle(message: IncomingMessage, response: ServerResponse): void {
    answer(message)
      .catch((error: unknown) => plain(500, error instanceof Error ? error.message : String(error)))
      .then((answered) => send(response, answered, streams))
      .catch(() => response.destroy())
      .finally(() => message.resume());
  }

  function close(): void {
    for (const response of streams) response.destroy();
  }

  return { control, mount: { path: consolePath, handle, close } };
}

function picture(name: string): ControlAnswer {
  const [, number] = /^(\d{1,4})\.svg$/.exec(name) ?? [];
  if (number === undefined) return plain(404, 'There is no such picture');
  const headers = {
    'Content-Type': 'image/svg+xml',
    'Cache-Control': 'max-age=86400',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
  };
  return { status: 200, headers, body: pictureOf(Number(number)) };
}

function plain(status: number, text: string): ControlAnswer {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' };
  return { status, headers, body: text };
}

function send(
  response: ServerResponse,
  { status, headers, body, stream }: ControlAnswer,
  streams: Set<ServerResponse>,
) {
  if (response.destroyed) return;
  if (stream !== undefined && streams.size >= maximumStreams) {
    const full = plain(
      503,
      `${maximumStreams} clients follow the journal already: close one, or read /journal now and then`,
    );
    response.writeHead(full.status, { ...full.headers, 'Retry-After': '5' }).end(full.body);
    return;
  }
  response.writeHead(status, headers);
  if (stream === undefined || response.req.method === 'HEAD') {
    response.end(body);
    return;
  }
  response.flushHeaders();
  streams.add(response);
  const end = stream((text) => {
    if (response.writableLength > streamLimit) return false;
    response.write(text);
    return true;
  });
  response.once('close', () => {
    streams.delete(response);
    end();
  });
}

/**
 * The files of a document as they were written, named as its locations name them. A document that was made
 * of an object has none, and is shown as JSON.
 */
async function readSources(document: Document): Promise<{ name: string; text: string }[]> {
  const { name, files, root } = document;
  if (files === undefined) return [{ name, text: JSON.stringify(root, null, 2) }];
  const sources: { name: string; text: string }[] = [];
  // One after the other: a process may have few files open, and a document may be thousands.
  for (const [index, file] of files.entries())
    sources.push({ name: index === 0 ? name : relative('', file), text: await readFile(file, 'utf8') });
  return sources;
}
