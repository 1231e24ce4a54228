import { type Answer, checkRequest, checkSecurity, type HttpRequest, type Operations } from '../../operation/index.js';
import type { PageViolation } from './exchange.js';

/**
 * What is wrong with a request, whatever it was answered: a fault may overlook a violation, and a test that has
 * made it active still wants to hear of it.
 */
export function violationsOf(
  operations: Operations,
  request: HttpRequest,
  answer: Answer,
  apiKey: string | undefined,
): PageViolation[] {
  const { document } = operations;
  const match = operations.match(request.method, request.target);
  if (match.kind === 'not-found') return [];
  if (match.kind === 'method-not-allowed') {
    if (request.method.toUpperCase() === 'OPTIONS') return [];
    const neighbour = operations.match(match.allow[0] ?? '', request.target);
    return [
      {
        in: 'method',
        pointer: '',
        keyword: 'undocumented',
        message: `${match.path} has no ${request.method}, it has ${match.allow.join(', ')}`,
        location: document.locate(neighbour.kind === 'operation' ? parent(neighbour.entry.pointer) : '/paths'),
      },
    ];
  }
  const operation = operations.compile(match.entry);
  if (operation.problems.length > 0) return [];
  const found = [
    ...checkSecurity(operation, request, apiKey === undefined ? {} : { apiKey }),
    ...checkRequest(operation, request, match.pathParameters).violations,
    ...answer.violations.filter(({ in: where }) => where === 'accept'),
  ];
  return found.map(({ in: where, pointer, keyword, message, schemaPointer, received }) => ({
    in: where,
    pointer,
    keyword,
    message,
    location: document.locate(schemaPointer || match.entry.pointer),
    ...(received !== undefined && where !== 'security' && { received }),
  }));
}

const parent = (pointer: string): string => pointer.slice(0, pointer.lastIndexOf('/'));
