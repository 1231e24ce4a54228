import {
  type Answer,
  type DocumentProblem,
  formatDocumentProblem,
  formatProblem,
  type ServedExchange,
  type Violation,
} from '../index.js';
import { type Paint, problemsLine } from '../report/index.js';
import { visible } from '../text/visible.js';
import { wrapped } from '../text/wrapped.js';
import { nothingHere } from './document-file.js';
import type { Loaded } from './load.js';
import type { Reporter, Served, ServedConsole } from './reporter.js';
import type { Terminal } from './terminal.js';

/** More problems than this are counted, and listed by `lint` alone. */
export const mostProblems = 20;
/** Of one kind: what a document does wrong everywhere must not hide the rest. */
const mostOfOneKind = 5;

/** Lines for a person. */
export function createTextReporter(terminal: Terminal, quiet: boolean): Reporter {
  const { out, log, paint, columns } = terminal;
  let brokenBy: string | null = null;

  /** How many problems of the document that is served were met. */
  let met = 0;
  let shown = 0;
  let lints = '';
  const ofKind = new Map<string, number>();

  const warn = (text: string) => {
    const [first = '', ...more] = text.split('\n').flatMap((line) => wrapped(line, columns, '  '));
    out([`${paint.yellow('!')}${first.slice(1)}`, ...more].join('\n'));
  };
  const say = (problem: DocumentProblem) => {
    met += 1;
    const alike = (ofKind.get(problem.id) ?? 0) + 1;
    ofKind.set(problem.id, alike);
    if (alike > mostOfOneKind || shown === mostProblems) return;
    shown += 1;
    warn(formatDocumentProblem(problem));
  };
  const begin = ({ document, mock }: Loaded) => {
    const { problems, leftOut } = document;
    met = 0;
    shown = 0;
    ofKind.clear();
    lints = lintOf(document);
    const operations = mock.operations.entries.length + leftOut.length;
    if (problems.length > 0) warn(problemsLine({ problems, leftOut, operations }));
    for (const problem of problems) say(problem);
    for (const problem of mock.keptOut) warn(formatProblem(problem));
  };

  return {
    listening(server, loaded, console, served) {
      if (quiet) {
        out(server.url);
        if (console !== null && console.madeToken !== null) warn(`The token of ${console.url} is ${console.madeToken}`);
        return;
      }
      const be = (loaded.document.parts?.length ?? 1) > 1 ? 'are' : 'is';
      const how = 'upstream' in served ? `of ${served.upstream} is judged on` : `${be} mocked on`;
      out(`${paint.bold(titleOf(loaded))} ${how} ${paint.cyan(server.url)}`);
      const lines = [
        ...facts(loaded),
        ...(served.configuration === undefined ? [] : [['config', served.configuration]]),
        ...watchFacts(served, loaded),
        ...(console === null ? [] : consoleFacts(console)),
      ];
      for (const [name = '', value] of lines) out(`  ${paint.dim(name.padEnd(10))}${value}`);
      begin(loaded);
    },
    problem: say,
    looked() {
      if (met > shown) warn(`${met - shown} more: ${lints}`);
    },
    exchange: (exchange) =>
      log(
        exchangeLines(exchange, paint).join('\n'),
        (count) => `… ${count} requests are not listed: this output is not read`,
      ),
    reloaded(loaded, changed) {
      const what = changed.length === 0 ? loaded.document.name : changed.join(', ');
      const became = brokenBy !== null ? 'is mended' : changed.length > 1 ? 'have changed' : 'has changed';
      const isUsable = loaded.document.problems.every(
        ({ id }) => id !== 'document-outdated' && id !== 'document-unusable',
      );
      out(`${isUsable ? paint.green('✓') : paint.red('✗')} ${what} ${became}: ${count(loaded)}`);
      begin(loaded);
      brokenBy = null;
    },
    unfollowed(flags, file) {
      warn(`${flags.map((name) => `--${name}`).join(', ')} of ${file}: counts when the mock is started again`);
    },
    broken(error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message === brokenBy) return;
      brokenBy = message;
      out(`${paint.red('✗')} The last save cannot be used, so the one before is still served:`);
      out(message.replaceAll(/^/gm, '  '));
    },
    unsent: (reason) => warn(visible(reason, 300)),
    unwritten({ message }) {
      out(`${paint.red('✗')} What requests change cannot be kept: ${message}`);
    },
    lost: (session) =>
      warn(`What was chosen and changed in the session ${session} is forgotten: it made room for others`),
    replaced(reason) {
      warn(`A worker has ended (${reason}); another one takes its place`);
    },
    stopping(signal) {
      if (!quiet) out(`${signal}: finishing what has begun`);
    },
  };
}

function titleOf({ document }: Loaded): string {
  const all = document.parts?.map((part) => part.document) ?? [document];
  const titles = all.map(({ root, name }) => {
    const { title, version } = (root.info ?? {}) as { title?: unknown; version?: unknown };
    return [title, version].filter((part) => typeof part === 'string').join(' ') || name;
  });
  return visible(titles.join(' and '), 100);
}

function facts(loaded: Loaded): [string, string][] {
  const { fixtures, handlers, mock } = loaded;
  return [
    ...documentFacts(loaded),
    ['fixtures', fixtures ?? 'none'],
    ...Object.entries(handlers === null ? {} : { handlers: Object.keys(handlers.handlers).join(', ') }),
    ['seed', String(mock.seed)],
  ];
}

function documentFacts(loaded: Loaded): [string, string][] {
  const { document, mock, isBuiltIn } = loaded;
  if (document.parts === undefined) {
    const notice = isBuiltIn ? `, built in: ${nothingHere}` : '';
    return [['document', `${document.name} (OpenAPI ${document.declaredVersion}, ${count(loaded)})${notice}`]];
  }
  return document.parts.map((part) => {
    const { name, declaredVersion } = part.document;
    const { length } = mock.operations.entries.filter((entry) => part.ownOperation(entry) !== undefined);
    const where = part.mount === '' ? '' : `, under ${part.mount}`;
    return ['document', `${name} (OpenAPI ${declaredVersion}, ${operations(length)}${where})`];
  });
}

/** The commands that list all problems of a document. */
export function lintOf({ name, parts }: Loaded['document']): string {
  const names = parts?.map((part) => part.document.name) ?? [name];
  return names.map((each) => `counterproof lint ${each}`).join(', ');
}

/** The first problems of a document, and how many more there are. */
export function problemLines(document: Loaded['document'], most: number): string[] {
  const { problems } = document;
  const lines = problems.slice(0, most).map(formatDocumentProblem);
  return problems.length > most ? [...lines, `${problems.length - most} more: ${lintOf(document)}`] : lines;
}

function watchFacts(served: Served, { handlers }: Loaded): [string, string][] {
  if ('upstream' in served) return [];
  const kinds = [
    'document',
    'fixtures',
    ...(handlers === null ? [] : ['handlers']),
    ...(served.configuration === undefined ? [] : ['configuration']),
  ];
  const files = kinds.join(', ').replace(/, (?=[^,]*$)/, ' and ');
  return [['watched', served.isWatched ? files : 'nothing (--watch reads files again when they change)']];
}

function count({ mock }: Loaded): string {
  return operations(mock.operations.entries.length);
}

const operations = (length: number): string => (length === 1 ? '1 operation' : `${length} operations`);

/** More reasons than this for one refusal are counted, not listed. */
const mostReasons = 20;

/** The line of one exchange, and one more for each reason of a refusal. */
export function exchangeLines({ request, answer, milliseconds }: ServedExchange, paint: Paint): string[] {
  const { before, after, below } = told(answer);
  const origin = paint.dim(`${before} · ${Math.round(milliseconds * 10) / 10} ms${after}`);
  return [`${paintStatus(answer.status, paint)} ${askedOf(request, answer)}  ${origin}`, ...below];
}

function paintStatus(status: number, paint: Paint): string {
  const color = status >= 500 ? paint.red : status >= 400 ? paint.yellow : status >= 300 ? paint.cyan : paint.green;
  return color(String(status));
}

/** What is to be said of an answer, whoever got it and when. */
interface Told {
  /** Operation, and what made the answer. */
  readonly before: string;
  /** What the wire will do to it. */
  readonly after: string;
  /** The lines below. */
  readonly below: readonly string[];
}

/** The request that an answer was given to last, as its line begins: nearly always it is asked for in the same words. */
const lastAsked = new WeakMap<Answer, { readonly method: string; readonly target: string; readonly text: string }>();

function askedOf(request: ServedExchange['request'], answer: Answer): string {
  if (request === null) return 'what is not HTTP';
  const { method, target } = request;
  const last = lastAsked.get(answer);
  if (last !== undefined && last.target === target && last.method === method) return last.text;
  const text = `${method} ${visible(target, 200)}`;
  lastAsked.set(answer, { method, target, text });
  return text;
}

/** By answer: one that the mock remembers is the same object each time. */
const known = new WeakMap<Answer, Told>();

function told(answer: Answer): Told {
  let all = known.get(answer);
  if (all === undefined) {
    const { operationId, source, name, delay, effect } = answer;
    const maker = name === null ? source : `${source} ${visible(name, 60)}`;
    const why = reasons(answer);
    const below = why.slice(0, mostReasons).map((one) => `    ${visible(one, 300)}`);
    if (why.length > mostReasons) below.push(`    and ${why.length - mostReasons} more`);
    all = {
      before: operationId === null ? maker : `${visible(operationId, 100)} · ${maker}`,
      after: `${delay > 0 ? ` · after ${delay} ms` : ''}${effect === null ? '' : ` · ${effect.kind}`}`,
      below,
    };
    known.set(answer, all);
  }
  return all;
}

function reasons({ status, violations, body }: Answer): string[] {
  if (violations.length > 0) return violations.map(reason);
  const detail = status >= 400 ? detailOf(body) : undefined;
  return detail === undefined ? [] : [detail];
}

function reason({ in: where, pointer, message }: Violation): string {
  return `${where}${pointer === '' ? '' : ` ${pointer.slice(1)}`}: ${message}`;
}

/** What a problem document (RFC 9457) says of itself. */
function detailOf(body: string | Uint8Array): string | undefined {
  if (typeof body !== 'string') return undefined;
  try {
    const { detail } = JSON.parse(body) as { detail?: unknown };
    return typeof detail === 'string' ? detail : undefined;
  } catch {
    // It is no JSON, or a fault has spoilt it: then the line alone has to do.
    return undefined;
  }
}

function consoleFacts({ url, madeToken }: ServedConsole): string[][] {
  if (madeToken === null) return [['console', url]];
  return [
    ['console', url],
    ['token', `${madeToken} (others reach this mock, so the console asks for it; --open-control asks for none)`],
  ];
}
