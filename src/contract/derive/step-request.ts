import type { Content, HttpRequest, Operation, Operations, Parameter } from '../../operation/index.js';
import { isJson } from '../../operation/index.js';
import type { Json } from '../../text/value.js';
import { createBase } from './base-request.js';
import { bodyFor } from './body-values.js';
import { freshened } from './freshened.js';
import { type Plan, withParameter, writeRequest } from './plan.js';
import { createWorkbench, type DeriveOptions } from './workbench.js';

/** What of a valid request is not as it is derived. */
export interface Wanted {
  /** By parameter name. */
  readonly path: Readonly<Record<string, Json>>;
  readonly query?: Readonly<Record<string, Json>>;
  readonly body?: Json;
  /** How many bodies were made before: each has other names and keys than those. Absent: that of the valid request. */
  readonly bodiesBefore?: number;
}

/** A request of a sequence, and the value of its body. */
export interface StepRequest {
  readonly request: HttpRequest;
  readonly body: Json | undefined;
}

/** The valid request of an operation with other values; null where none can be made, or it would not be valid. */
export function stepRequest(
  operation: Operation,
  operations: Operations,
  options: DeriveOptions,
  wanted: Wanted,
): StepRequest | null {
  const bench = createWorkbench(operation, operations, options);
  const base = createBase(bench);
  if (base === null) return null;
  let { plan } = base;
  const set = (place: Parameter['in'], values: Readonly<Record<string, Json>>) => {
    for (const parameter of operation.parameters) {
      const value = parameter.in === place ? values[parameter.name] : undefined;
      if (value !== undefined) plan = withParameter(plan, parameter, { value });
    }
  };
  set('path', wanted.path);
  set('query', wanted.query ?? {});
  if (wanted.body !== undefined) {
    const content = plan.body?.content ?? jsonContent(operation);
    if (content === undefined) return null;
    plan = { ...plan, body: { content, value: wanted.body, schemas: operations.schemas } };
  } else if (wanted.bodiesBefore !== undefined && plan.body !== null) {
    plan = freshPlan(plan, wanted.bodiesBefore);
  }
  const request = writeRequest(operation, plan);
  if (request === null || bench.judge(request) === 'invalid') return null;
  return { request, body: plan.body?.value };

  function freshPlan(from: Plan, ordinal: number): Plan {
    const content = from.body?.content;
    if (from.body === null || content === undefined) return from;
    const value = freshened(from.body.value, content.schema, ordinal);
    if (value !== undefined) return { ...from, body: { ...from.body, value } };
    return { ...from, body: bodyFor(bench, content, ordinal + 1) ?? from.body };
  }
}

function jsonContent({ requestBody }: Operation): Content | undefined {
  const content = requestBody?.content ?? [];
  return content.find(({ mediaType }) => isJson(mediaType)) ?? content[0];
}
