import type { Operation } from '../operation/types.js';
import { isObject } from '../text/value.js';
import { withStatus } from './body.js';
import type { Fault } from './types.js';

const common = ['POST', 'DELETE'] as const;

/** The family of methods that the path does not declare, and of HEAD (RFC 9110, 9). */
export const methodFaults: readonly Fault[] = [
  ...common.map(
    (method): Fault => ({
      id: `method-${method.toLowerCase()}-served`,
      family: 'method',
      summary: `serves ${method} as the method that is declared`,
      caughtBy: ['method-not-allowed'],
      unfit: (operation) => declared(operation, method),
      alias: (asked, allowed) => (asked === method ? served(allowed) : null),
    }),
  ),
  {
    id: 'method-any-served',
    family: 'method',
    summary: 'serves every method that the path does not declare',
    generated: true,
    caughtBy: ['method-not-allowed'],
    unfit: () => null,
    alias: (asked, allowed) => (['HEAD', 'OPTIONS'].includes(asked) ? null : served(allowed)),
  },
  {
    id: 'method-put-crashes',
    family: 'method',
    summary: 'answers PUT with 500 where it is not declared',
    caughtBy: ['no-server-error', 'method-not-allowed'],
    unfit: (operation) => declared(operation, 'PUT'),
    spoil: (answer, { request }) =>
      request.method === 'PUT' && answer.status === 405 ? withStatus(answer, 500) : null,
  },
  {
    id: 'method-head-with-body',
    family: 'method',
    summary: 'sends a body with HEAD',
    caughtBy: ['no-body', 'well-formed'],
    unfit: (operation) => (operation.method === 'GET' ? declared(operation, 'HEAD') : 'only GET answers HEAD'),
    spoil: (answer, { request }) =>
      request.method === 'HEAD' && answer.body.length > 0 ? { ...answer, effect: { kind: 'body-always' } } : null,
  },
];

function served(allowed: readonly string[]): string | null {
  return allowed.find((method) => method !== 'HEAD' && method !== 'OPTIONS') ?? null;
}

function declared({ document, pointer }: Operation, method: string): string | null {
  const pathItem = document.at(pointer.slice(0, pointer.lastIndexOf('/')));
  return isObject(pathItem) && Object.hasOwn(pathItem, method.toLowerCase()) ? `the path declares ${method}` : null;
}
