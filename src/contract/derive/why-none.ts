import { formatProblem } from '../../errors.js';
import type { Content, Operation, Operations } from '../../operation/index.js';
import type { Schema } from '../../schema/index.js';
import { requestFor } from './base-request.js';
import { bodyFor, bodyValue } from './body-values.js';
import { isFree } from './parameter-owners.js';
import { valueFor } from './parameter-values.js';
import { longestTarget, shortestTarget } from './plan.js';
import { createWorkbench, type DeriveOptions, type Workbench } from './workbench.js';

/** Why no valid request can be made, in half a sentence. */
export interface WhyNone {
  readonly reason: string;
  /**
   * Whether a run is whole without it: for want of a writer, where what the document says may be right; or since another
   * operation answers its requests.
   */
  readonly isExcused: boolean;
}

/** For an operation without cases. */
export function whyNone(operation: Operation, operations: Operations, options: DeriveOptions): WhyNone {
  const shortest = shortestTarget(operation);
  if (shortest > longestTarget) {
    const limit = longestTarget.toLocaleString('en');
    return {
      reason: `its path makes a target of at least ${shortest.toLocaleString('en')} characters, and of more than ${limit} nothing is sent, since many servers refuse them for their length`,
      isExcused: false,
    };
  }
  const bench = createWorkbench(operation, operations, options);
  for (const parameter of operation.parameters.filter((each) => each.required && isFree(operation, each))) {
    if (valueFor(bench, parameter) !== undefined) continue;
    const { name, in: place } = parameter;
    return {
      reason: `no value of ${name} was found that fits its schema and can stand in a ${place}${because(bench, parameter.schema)}`,
      isExcused: false,
    };
  }
  const whys = (operation.requestBody?.content ?? []).map((content) => whyNoBody(bench, content));
  const [first] = whys;
  if (operation.requestBody?.required && first && whys.every((why) => why !== undefined)) {
    return { reason: whys.map((why) => why.reason).join('; '), isExcused: whys.every((why) => why.isExcused) };
  }
  const other = answeringInstead(bench);
  return other === null
    ? { reason: 'what is made from its schemas is not valid when it is read again', isExcused: false }
    : { reason: `its requests are also those of ${other}, which answers`, isExcused: true };
}

/** The operation that a request for this one leads to, where the paths of both say the same. */
function answeringInstead(bench: Workbench): string | null {
  const { operation, operations } = bench;
  const request = requestFor(bench);
  const match = request && operations.match(request.method, request.target, request.headers);
  if (match?.kind !== 'operation' || match.entry.id === operation.id) return null;
  return `${match.entry.method} ${match.entry.path}`;
}

/** Why no body can be written; undefined where one can. */
function whyNoBody(bench: Workbench, content: Content): WhyNone | undefined {
  const { schema, mediaType } = content;
  if (bodyFor(bench, content) !== null || bodyFor(bench, content, 1) !== null) return undefined;
  if (schema?.problem) {
    return {
      reason: `the schema of a body of ${mediaType} cannot be used: ${schema.problem.message}`,
      isExcused: false,
    };
  }
  return bodyValue(bench, content, 1) === undefined
    ? {
        reason: `no value was found that fits the schema of a body of ${mediaType}${because(bench, schema)}`,
        isExcused: false,
      }
    : {
        reason: `a body of ${mediaType} cannot be made from a schema: an example or fixtures can give one`,
        isExcused: true,
      };
}

/** What in a schema contradicts itself, where that is known. */
function because(bench: Workbench, schema: Schema | null): string {
  const found = schema && schema.problem === null ? bench.contradiction(schema) : null;
  return found === null ? '' : `: ${formatProblem(found)}`;
}
