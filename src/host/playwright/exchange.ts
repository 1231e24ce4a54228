/** Where a violation, or what it breaks, stands. */
import type { Json } from '../../text/value.js';
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One way in which a request of the page differs from the document. */
export interface PageViolation {
  readonly in: string;
  readonly pointer: string;
  readonly keyword: string;
  /** A sentence without a final period. */
  readonly message: string;
  readonly location: Place;
  /** The offending value, after decoding, where there is one and it is known. */
  readonly received?: unknown;
}

/** One request of the page and what it was answered. */
export interface PageExchange {
  /** `operationId`, or `GET /path`; null where the path has no such method. */
  readonly operation: string | null;
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** Names in lower case. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
    /** The body, where it is JSON. */
    readonly json: Json | undefined;
  };
  readonly response: {
    readonly status: number;
    /** Names in lower case. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly json: Json | undefined;
    /** What made it: `fake`, `example`, `case`, `problem`, `fault` or `none`. */
    readonly source: string;
    /** Of the example, case or fault. */
    readonly name: string | null;
  };
  /** Of the page that sent it, where that is known. */
  readonly page: string | null;
  readonly violations: readonly PageViolation[];
}

/** The value of a JSON text, or undefined. */
export function jsonOf(text: string | null): Json | undefined {
  if (text === null || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * All exchanges in which a client did what the document does not allow, as a person reads them.
 * @param client who that is
 * @param place where it is declared that such is meant
 */
export function describeViolations(exchanges: readonly PageExchange[], client: string, place: string): string {
  const texts = new Map<string, number>();
  for (const exchange of exchanges) {
    const text = describe(exchange);
    texts.set(text, (texts.get(text) ?? 0) + 1);
  }
  const what = exchanges.length === 1 ? 'a request' : `${exchanges.length} requests`;
  return [
    `${client} sent ${what} that the document does not allow.`,
    ...[...texts].map(([text, times]) => (times === 1 ? text : text.replace('\n', `  (${times} times)\n`))),
    `What is meant is declared with ${place}.`,
  ].join('\n\n');
}

function describe({ request, page, violations }: PageExchange): string {
  const lines = [`  ${request.method} ${request.url}`];
  for (const violation of violations) {
    const { file, line, column } = violation.location;
    lines.push(`    ${sentence(violation)}`, `      see ${file}:${line}:${column}`);
  }
  if (page !== null) lines.push(`    sent by ${page}`);
  return lines.join('\n');
}

/** Says what is wrong with what, and what was there instead. */
function sentence({ in: where, pointer, message, received }: PageViolation): string {
  const [, name = '', ...below] = pointer.split('/');
  const isParameter = ['path', 'query', 'querystring', 'header', 'cookie'].includes(where);
  const subject = isParameter
    ? `${where} parameter "${name}"${below.length > 0 ? ` at /${below.join('/')}` : ''}`
    : `${where}${pointer === '' ? '' : ` at ${pointer}`}`;
  const text = message.startsWith(`${where} `) || where === 'method' ? message : `${subject}: ${message}`;
  return received === undefined ? text : `${text}, received ${shortened(JSON.stringify(received) ?? String(received))}`;
}

const shortened = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text);
