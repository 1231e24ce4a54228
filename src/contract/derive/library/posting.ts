import { documentFromObject } from '../../../document/index.js';
import { createOperations } from '../../../operation/index.js';
import type { JsonObject } from '../../../text/value.js';
import type { ContractCase } from '../../types.js';
import { deriveCases } from '../derive.js';
import type { DeriveOptions } from '../workbench.js';

/** The cases of a POST whose body has a schema. */
export function casesOfPost(schema: JsonObject, options: Partial<DeriveOptions> = {}): readonly ContractCase[] {
  const post = {
    operationId: 'send',
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: { 200: { description: 'x' } },
  };
  const document = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths: { '/a': { post } } };
  const operations = createOperations(documentFromObject(document));
  const [entry] = operations.entries;
  if (entry === undefined) throw new Error('Failed to find the operation.');
  return deriveCases(operations.compile(entry), operations, { seed: 1, ...options });
}

/** The body of the first of them, the valid request. */
export function firstBody([base]: readonly ContractCase[]): JsonObject {
  return JSON.parse(new TextDecoder().decode(base?.request.body ?? new Uint8Array()));
}
