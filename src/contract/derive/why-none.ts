import { formatProblem } from '../../errors.js';
import { type Content, checkRequest, type Operation, type Operations, type Parameter } from '../../operation/index.js';
import type { Schema } from '../../schema/index.js';
import { viewOf } from '../../schema/view.js';
import { parsePointer } from '../../text/pointer.js';
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
    ? {
        reason: `what is made from its schemas is not valid when it is read again${whyInvalid(bench)}`,
        isExcused: false,
      }
    : { reason: `its requests are also those of ${other}, which answers`, isExcused: true };
}

/** What is wrong with the request as it is read: with a parameter that shares its names with others, or is lost on the wire. */
function whyInvalid(bench: Workbench): string {
  const { operation, operations } = bench;
  const request = requestFor(bench);
  const match = request && operations.match(request.method, request.target, request.headers);
  if (request === null || match?.kind !== 'operation') return '';
  const [first] = checkRequest(operation, request, match.pathParameters).violations;
  if (first === undefined) return '';
  const name = first.in === 'body' ? undefined : parsePointer(first.pointer)[0];
  const sharing = operation.parameters.find((each) => each.in === first.in && sharesName(operation, each, name));
  if (sharing !== undefined)
    return `: ${first.in} parameter ${JSON.stringify(name)} is written as a member of ${JSON.stringify(sharing.name)} is, which has that name too`;
  const lost = operation.parameters.find((each) => each.in === first.in && each.name === name);
  if (first.keyword === 'missing' && lost !== undefined)
    return `: no value of ${first.in} parameter ${JSON.stringify(name)} has a form there by which it is read again`;
  const what = first.in === 'body' ? 'the body' : `${first.in} parameter ${JSON.stringify(name)}`;
  return `: ${what}${first.in === 'body' && first.pointer !== '' ? ` at ${first.pointer}` : ''}: ${first.message}`;
}

/** Whether a parameter that is written member by member has one that is called as another parameter is. */
function sharesName(
  operation: Operation,
  { name, in: place, schema, style, explode }: Parameter,
  called: string | undefined,
) {
  if (called === undefined || name === called || place !== 'query' || style !== 'form' || !explode) return false;
  const view = viewOf(operation.document);
  return view.members(view.certain(schema.pointer)).has(called);
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
