import { type HttpRequest, headerOf } from '../operation/index.js';
import { PrismProblem } from './problem.js';

/** What a request asks of Prism for itself. */
export interface Preferences {
  readonly code?: number;
  readonly example?: string;
  readonly dynamic?: boolean;
  readonly seed?: string;
  /** The server that is meant. */
  readonly server?: string;
}

/**
 * Of `Prefer` (RFC 7240), or of the query where there is no such field: `__code`, `__example`, `__dynamic`, `__seed`; and
 * `__server`, of the query alone.
 * @throws PrismProblem 422 where a value is none
 */
export function preferencesOf(request: HttpRequest): Preferences {
  const query = new URL(request.target, 'http://localhost').searchParams;
  const prefer = headerOf(request, 'prefer');
  const given = prefer ? ofField(prefer) : new Map(query);
  const givenFor = (name: string) => given.get(prefer ? name : `__${name}`);
  const [code, dynamic, example, seed] = ['code', 'dynamic', 'example', 'seed'].map(givenFor);
  const unread = [
    ...(code !== undefined && !/^\d{3}$/.test(code) ? [complaint('code', code, 'a number')] : []),
    ...(dynamic !== undefined && !/^(true|false)$/.test(dynamic) ? [complaint('dynamic', dynamic, 'a boolean')] : []),
  ];
  if (unread.length > 0) throw new PrismProblem('UNPROCESSABLE_ENTITY', unread.join('\n'));
  const server = query.get('__server');
  return {
    ...(code !== undefined && { code: Number(code) }),
    ...(dynamic !== undefined && { dynamic: dynamic === 'true' }),
    ...(example !== undefined && { example }),
    ...(seed !== undefined && { seed }),
    ...(server && { server }),
  };
}

function ofField(prefer: string): Map<string, string> {
  return new Map(
    prefer.split(/[,;]/).flatMap((each): [string, string][] => {
      const [name = '', ...rest] = each.split('=');
      const value = rest
        .join('=')
        .trim()
        .replace(/^"(.*)"$/, '$1');
      return rest.length === 0 ? [] : [[name.trim().toLowerCase(), value]];
    }),
  );
}

const complaint = (name: string, found: string, expected: string): string =>
  `optional property "${name}"\n└─ cannot decode ${JSON.stringify(found)}, should be ${expected}`;
