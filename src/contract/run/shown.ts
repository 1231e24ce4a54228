import { curlCommand, secretCookies } from '../../operation/index.js';
import { parseJson, writeJson } from '../../text/integers.js';
import { parsePointer } from '../../text/pointer.js';
import type { Credentials } from '../credentials/credentials.js';
import { createMaskOf } from '../credentials/mask.js';
import { excerptBytes, shortened } from '../excerpt.js';
import type { Exchange } from '../types.js';
import type { Occurrence, ReplayedExchange } from './result.js';

const longestField = 300;
/** Fields of a head that are shown. */
const mostFields = 100;
const longestBody = 1_500;
/** Lines of a body around what is wrong in it. */
const around = 12;
/** Larger bodies, and deeper ones, are shown as they came. */
const largest = 200_000;
const deepest = 40;

/** How to send a case again, and what went over the wire, cut where it is long. */
export function showExchange(
  exchange: Exchange,
  target: string,
  at: string | null,
  { mask: ofCredentials, placeholders }: Pick<Credentials, 'mask' | 'placeholders'>,
): Pick<Occurrence, 'curl' | 'exchange'> {
  const { request, received } = exchange;
  const ofCookies = createMaskOf([...new Set(secretCookies(received.headers))], '***');
  const mask = (text: string) => ofCookies(ofCredentials(text));
  const head = [
    `${request.method} ${shortened(request.target, longestField * 2)}`,
    ...fieldsOf(Object.entries(request.headers)),
  ];
  const sent = request.body === null ? [] : ['', excerptBytes(request.body, longestBody)];
  const status = received.status === null ? 'no answer' : String(received.status);
  const wire = received.problems.map(({ message }) => `(${message})`);
  const came = [status, ...fieldsOf(received.headers), ...wire];
  const body = received.body.length === 0 ? { lines: [], wrong: null } : bodyLines(received.body, at);
  return {
    curl: mask(curlCommand(request, target, placeholders)),
    exchange: {
      request: mask([...head, ...sent].join('\n')),
      response: mask([...came, ...(body.lines.length > 0 ? ['', ...body.lines] : [])].join('\n')),
      wrongLine: body.wrong === null ? null : came.length + 1 + body.wrong,
      replay: replayOf(exchange, mask),
    },
  };
}

/** Bytes of an address, and of an answer's head and body, that are kept whole: what is cut could not be answered again. */
const longestReplayed = 16 * 1024;

function replayOf({ request, received }: Exchange, mask: (text: string) => string): ReplayedExchange | null {
  const { status, headers, body } = received;
  // A field takes many times its text.
  const length = request.target.length + body.length + lengthOf(headers);
  if (status === null || headers.length > mostFields || length > longestReplayed) return null;
  const latin = Buffer.from(body).toString('latin1');
  const text = Buffer.from(body).toString();
  const masked = mask(text);
  const isSame = latin === text || mask(latin) === latin;
  return {
    method: request.method,
    target: mask(request.target),
    status,
    headers: headers.map(([name, value]) => [mask(name), mask(value)] as const),
    body: (masked === text && isSame ? Buffer.from(body) : Buffer.from(masked)).toString('base64'),
  };
}

function lengthOf(headers: readonly (readonly [string, string])[]): number {
  return headers.reduce((length, [name, value]) => length + name.length + value.length, 0);
}

/** How long all of what is shown of an exchange is. */
export function charactersOf({ curl, exchange }: Pick<Occurrence, 'curl' | 'exchange'>): number {
  if (exchange === null) return 0;
  const { request, response, replay } = exchange;
  const replayed = replay === null ? 0 : lengthOf(replay.headers) + replay.body.length;
  return curl.length + request.length + response.length + replayed;
}

function fieldsOf(headers: Iterable<readonly [string, string | readonly string[] | undefined]>): string[] {
  const all = [...headers].flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => [name, each as string] as const),
  );
  const shown = all
    .slice(0, mostFields)
    .map(([name, value]) => `${shortened(name, longestField)}: ${shortened(value, longestField)}`);
  return all.length > mostFields ? [...shown, `… (${all.length} fields)`] : shown;
}

/** The lines of a JSON body around a pointer, and which of them it is. */
function bodyLines(body: Uint8Array, at: string | null): { lines: string[]; wrong: number | null } {
  const plain = { lines: [excerptBytes(body, longestBody)], wrong: null };
  if (at === null || body.length > largest) return plain;
  try {
    const lines = new Lines(parsePointer(at));
    lines.write(parseJson(new TextDecoder().decode(body)), '', '', [], true);
    const { wrong } = lines;
    if (wrong === null) return plain;
    const from = Math.max(0, wrong - around);
    const shown = lines.all.slice(from, wrong + around + 1);
    const before = from > 0 ? ['…'] : [];
    const after = from + shown.length < lines.all.length ? ['…'] : [];
    return { lines: [...before, ...shown, ...after], wrong: wrong - from + before.length };
  } catch {
    return plain;
  }
}

/** A value in lines, as `JSON.stringify` has them, and the line at which a place of it begins. */
class Lines {
  readonly all: string[] = [];
  wrong: number | null = null;
  readonly #at: readonly string[];

  constructor(at: readonly string[]) {
    this.#at = at;
  }

  write(value: unknown, indent: string, name: string, path: readonly string[], isLast: boolean): void {
    if (path.length > deepest) throw new RangeError('nested too deep to be shown');
    // What is missing has no line of its own: the nearest that is there stands for it.
    if (path.length <= this.#at.length && path.every((step, index) => step === this.#at[index])) {
      this.wrong = this.all.length;
    }
    const end = isLast ? '' : ',';
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
      this.all.push(`${indent}${name}${shortened(writeJson(value), longestField)}${end}`);
      return;
    }
    const [open, close] = Array.isArray(value) ? '[]' : '{}';
    this.all.push(`${indent}${name}${open}`);
    const entries = Object.entries(value);
    for (const [index, [key, member]] of entries.entries()) {
      const own = Array.isArray(value) ? '' : `${shortened(writeJson(key), longestField)}: `;
      this.write(member, `${indent}  `, own, [...path, key], index === entries.length - 1);
    }
    this.all.push(`${indent}${close}${end}`);
  }
}
