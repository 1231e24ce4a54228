import type { Answer, HttpRequest } from '../operation/http.js';
import { withBody, withHeader, withStatus } from './body.js';
import { requestSites } from './sites.js';
import { noInput } from './status.js';
import type { Fault, FaultContext } from './types.js';

const long = 4000;

function crash(id: string, summary: string, provoked: (context: FaultContext) => boolean): Fault {
  return {
    id,
    family: 'robustness',
    summary,
    caughtBy: ['no-server-error'],
    unfit: noInput,
    spoil: (answer, context) => (provoked(context) ? crashed(answer) : null),
  };
}

/** The family of input that brings the implementation down instead of being refused. */
export const robustnessFaults: readonly Fault[] = [
  crash('crash-on-array', 'answers 500 to a list where one value is expected', ({ request, violations }) => {
    return repeats(request.target) || violations.some(({ received }) => Array.isArray(received));
  }),
  crash('crash-on-long-value', 'answers 500 to a value of thousands of characters', ({ request }) => {
    return (
      request.target.length > long ||
      (request.body?.length ?? 0) > long ||
      headerText(request).some((one) => one.length > long)
    );
  }),
  crash('crash-on-null-byte', 'answers 500 to a NUL character', ({ request }) => {
    return request.target.includes('%00') || bodyText(request).includes('\\u0000') || bodyText(request).includes('\0');
  }),
  crash('crash-on-non-ascii', 'answers 500 to a character beyond ASCII', ({ request }) => {
    return (
      /%[89a-f]/i.test(request.target) ||
      [...bodyText(request), ...headerText(request).join('')].some((one) => one > '\x7f')
    );
  }),
  crash('crash-on-broken-body', 'answers 500 to a body that cannot be read', ({ violations }) => {
    return violations.some(({ keyword }) => keyword === 'syntax' || keyword === 'encoding');
  }),
  {
    ...crash('crash-on-invalid', 'answers 500 where one keyword of one schema is broken', (context) => {
      const all = requestSites(context.operation);
      const site = context.site ?? all[Math.floor(context.random() * all.length)]?.pointer;
      return context.violations.some(({ schemaPointer }) => schemaPointer === site);
    }),
    unfit: (operation) => (requestSites(operation).length === 0 ? 'no request schema asserts anything' : null),
    generated: true,
    sites: requestSites,
  },
];

export function crashed(answer: Answer): Answer {
  const plain = withHeader(withStatus(answer, 500), 'Content-Type', 'text/plain; charset=utf-8');
  return withBody(plain, 'Internal Server Error');
}

function repeats(target: string): boolean {
  const names = (target.split('?')[1] ?? '').split('&').map((pair) => pair.split('=')[0] ?? '');
  return new Set(names).size < names.length || names.some((name) => /\[|%5b/i.test(name));
}

function bodyText({ body }: HttpRequest): string {
  return body === null ? '' : new TextDecoder().decode(body);
}

function headerText({ headers }: HttpRequest): string[] {
  return Object.values(headers).map(String);
}
