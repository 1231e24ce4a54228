import { findResources, type Named, type Naming, setAt } from '../../resource/index.js';
import { isObject, type Json, type JsonObject, setMember } from '../../text/value.js';
import { formsOf } from '../things/naming.js';
import { jsonContent } from './json-content.js';
import { type Plan, withParameter } from './plan.js';
import { reshape } from './reshape.js';
import type { Workbench } from './workbench.js';

/** What names the thing that an operation is about, where that is no path: `GET /users.info?user=7`; null where nothing does. */
export function calledIn(bench: Workbench): (Named & { readonly naming: Naming }) | null {
  return bench.once('called', () => {
    const { operation, operations, fixtures } = bench;
    const last = findResources(operations, fixtures.resources).named(operation).at(-1);
    return last?.naming === undefined ? null : { ...last, naming: last.naming };
  });
}

/** Whether such a name would be made up: neither the user nor the target has said that something is called so. */
export function isCalledByChance(bench: Workbench): boolean {
  const called = calledIn(bench);
  if (called === null) return false;
  const { fixtures, operation, values, learnt } = bench;
  const { parameters, body } = fixtures.for(operation.id).contract;
  const given = { ...fixtures.contract.parameters, ...parameters, ...values };
  if (Object.hasOwn(given, called.parameter) || (called.naming.in === 'body' && body !== undefined)) return false;
  return !learnt.isSure || !Object.hasOwn(learnt.values, called.parameter);
}

/** The request of a call that is about the thing with a key. */
export function aboutCalled(bench: Workbench, plan: Plan, { in: place, member }: Naming, key: Json): Plan {
  const { operation } = bench;
  const parameter = operation.parameters.find((each) => each.in === place && each.name === member[0]);
  if (place === 'query') return parameter ? withParameter(plan, parameter, { value: key }) : plan;
  const content = plan.body?.content ?? jsonContent(operation);
  if (content === undefined) return plan;
  const bodies = formsOf(key).map((form) => setAt(plan.body?.value, member, form));
  const value = bodies.find((body) => content.schema?.problem === null && content.schema.accepts(body)) ?? bodies[0];
  return { ...plan, body: { schemas: operation.schemas, ...plan.body, content, value: value ?? {} } };
}

/** The request of a list with what is asked for in its body, and no more than has to stand there besides. */
export function askedInBody(bench: Workbench, plan: Plan, asked: Readonly<Record<string, Json>>): Plan {
  const { operation, operations } = bench;
  const content = plan.body?.content ?? jsonContent(operation);
  const names = Object.keys(asked);
  if (content === undefined || (plan.body === null && names.length === 0)) return plan;
  const { schema } = content;
  const whole = plan.body?.value ?? {};
  const least = schema === null ? whole : reshape(operations, bench.draw, schema.pointer, whole, 'minimal');
  if (!isObject(least)) return plan;
  const value: JsonObject = { ...least };
  for (const name of names) setMember(value, name, asked[name] ?? null);
  return { ...plan, body: { schemas: operation.schemas, ...plan.body, content, value } };
}
