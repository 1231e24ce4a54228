import { plannedCases } from '../contract/index.js';
import type { SuiteOptions } from './check-options.js';
import { printable, type Terminal } from './terminal.js';

/** `counterproof check --list`: one line a case, or one JSON object a line, and nothing is sent. */
export function listCases(options: SuiteOptions, json: boolean, { out, paint }: Terminal): number {
  for (const { id, operationId, aspect, expectation, title, request } of plannedCases(options)) {
    const { method, target } = request;
    if (json) out(JSON.stringify({ id, operationId, aspect, expectation, title, method, target }));
    else
      out(`${paint.dim(id)} ${aspect.padEnd(10)} ${method} ${printable(target, 120)}  ${paint.dim(printable(title))}`);
  }
  return 0;
}
