import type { ReadRequest } from '../contract/internal.js';
import type { Answer } from '../operation/index.js';
import type { Violation } from '../schema/index.js';

/** What a real server has answered, in the shape of the mock's own answers: for the log, the journal and a record. */
export function upstreamAnswer(
  { entry }: ReadRequest,
  { status, headers, body }: Pick<Answer, 'status' | 'headers' | 'body'>,
  violations: readonly Violation[],
): Answer {
  return {
    status,
    headers,
    body,
    delay: 0,
    effect: null,
    operationId: entry?.id ?? null,
    source: 'upstream',
    name: null,
    seed: 0,
    violations,
  };
}
