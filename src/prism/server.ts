import type { Operation, Operations } from '../operation/index.js';
import { literal } from '../text/literal.js';
import { parsePointer, pointerOf } from '../text/pointer.js';
import { isObject, type Json } from '../text/value.js';
import { PrismProblem } from './problem.js';

/**
 * Holds the server that a request names (`__server`) against those of its operation.
 * @throws PrismProblem 404 where it is none of them
 */
export function demandServer({ document, entries }: Operations, operation: Operation, url: string): void {
  const serversAt = (pointer: string): readonly Json[] | undefined => {
    const value = document.at(pointer);
    return isObject(value) && Array.isArray(value.servers) ? value.servers : undefined;
  };
  const above = pointerOf(...parsePointer(operation.pointer).slice(0, -1));
  const nearest = serversAt(operation.pointer) ?? serversAt(above) ?? serversAt('') ?? [];
  const hasAny =
    nearest.length > 0 || entries.some(({ pointer }) => (serversAt(pointer) ?? serversAt('') ?? []).length > 0);
  if (!hasAny) {
    const detail = `No server configuration has been provided, although ${url} is set as server url`;
    throw new PrismProblem('NO_SERVER_CONFIGURATION_PROVIDED_ERROR', detail);
  }
  if (nearest.some((server) => isObject(server) && patternOf(server.url, server.variables)?.test(url))) return;
  const detail = `The server url ${url} hasn't been matched with any of the provided servers`;
  throw new PrismProblem('NO_SERVER_MATCHED_ERROR', detail);
}

function patternOf(url: Json | undefined, variables: Json | undefined): RegExp | null {
  if (typeof url !== 'string') return null;
  const pieces = url.split(/\{([^}]*)\}/).map((piece, index) => {
    if (index % 2 === 0) return literal(piece);
    const variable = isObject(variables) ? variables[piece] : undefined;
    const values = isObject(variable) && Array.isArray(variable.enum) ? variable.enum.map(String) : [];
    const longestFirst = values.sort((a, b) => b.length - a.length);
    return values.length === 0 ? '.*' : `(?:${longestFirst.map((each) => each.replace(/\W/g, '\\$&')).join('|')})`;
  });
  return new RegExp(`^${pieces.join('')}$`);
}
