import type { Parameter } from '../../operation/index.js';
import type { Json } from '../../text/value.js';
import { excerptForTitle } from '../excerpt.js';
import type { Base } from './base-request.js';
import { bodyFor, documentedBodies } from './body-values.js';
import type { Candidate, Draft, Rank, Varies } from './draft.js';
import { judged } from './draft-of.js';
import { documentedValues, givenValue, listedValues, otherValueFor, valueFor } from './parameter-values.js';
import { type Plan, withParameter, withParameters } from './plan.js';
import { reshape } from './reshape.js';
import type { Workbench } from './workbench.js';

/** Valid requests: the base, what may be left out or added, what the document gives as examples, each media type. */
export function* accepted(bench: Workbench, base: Base): Iterable<Candidate | Draft | null> {
  const { operation } = bench;
  const say = (plan: Plan, title: string, varied: Partial<Varies>, rank: Rank = 'accepted'): Draft | null => {
    const varies = { in: null, name: null, keyword: 'base', pointer: operation.pointer, ...varied };
    return judged(bench, base, plan, true, { aspect: 'accepted', rank, title, varies });
  };
  yield say(base.plan, 'a valid request', {}, 'base');
  for (const [parameter, value] of optional(bench, base)) {
    const plan = withParameter(base.plan, parameter, { value });
    yield say(plan, `with optional ${parameter.name}`, { ...variesOf(parameter), keyword: 'optional' });
  }
  for (const [parameter, value, plan] of examples(bench, base)) {
    const title = `${parameter.name} = ${excerptForTitle(value)} (documented example)`;
    yield say(plan, title, { ...variesOf(parameter), keyword: 'examples' });
  }
  for (const [parameter, value, plan] of otherValues(bench, base)) {
    const title = `${parameter.name} = ${excerptForTitle(value)} (another value)`;
    yield say(plan, title, { ...variesOf(parameter), keyword: 'another-value' });
  }
  yield say(onlyRequired(bench, base), 'only what is required', { keyword: 'only-required' });
  const all = () => say(everything(bench, base), 'everything that is declared', { keyword: 'all' });
  yield { rank: 'accepted', varies: { in: null, name: null }, make: all };
  for (const [title, plan, varies] of bodies(bench, base)) yield say(plan, title, varies);
}

function variesOf(parameter: Parameter): Pick<Varies, 'in' | 'name' | 'pointer'> {
  return { in: parameter.in, name: parameter.name, pointer: parameter.pointer };
}

/** Optional parameters that are not in the base. */
function* optional(bench: Workbench, base: Base): Iterable<[Parameter, Json]> {
  for (const parameter of base.parameters) {
    if (parameter.required || base.plan.parameters.has(parameter)) continue;
    const value = valueFor(bench, parameter);
    if (value !== undefined) yield [parameter, value];
  }
}

function* examples(bench: Workbench, base: Base): Iterable<[Parameter, Json, Plan]> {
  for (const parameter of base.parameters) {
    for (const value of documentedValues(bench, parameter.examples, parameter.schema.pointer)) {
      if (value !== null) yield [parameter, value, withParameter(base.plan, parameter, { value })];
    }
  }
}

/**
 * A second value for each required parameter that has no closed list, so that one that is ignored can be seen. A
 * value that the user gave is known to work; outside a path, where another may be not found, it stays alone.
 */
function* otherValues(bench: Workbench, base: Base): Iterable<[Parameter, Json, Plan]> {
  for (const parameter of base.parameters) {
    const isKnown = parameter.in !== 'path' && givenValue(bench, parameter) !== undefined;
    if (!parameter.required || isKnown || listedValues(bench, parameter.schema.pointer).length > 0) continue;
    const value = otherValueFor(bench, parameter);
    if (value !== undefined) yield [parameter, value, withParameter(base.plan, parameter, { value })];
  }
}

function onlyRequired(bench: Workbench, base: Base): Plan {
  const unneeded = base.parameters.filter(({ required }) => !required);
  const plan = withParameters(
    base.plan,
    unneeded.map((parameter) => [parameter, null] as const),
  );
  if (plan.body === null) return plan;
  if (!bench.operation.requestBody?.required) return { ...plan, body: null };
  return reshaped(bench, plan, 'minimal');
}

function everything(bench: Workbench, base: Base): Plan {
  const choices = [...optional(bench, base)].map(([parameter, value]) => [parameter, { value }] as const);
  let plan = withParameters(base.plan, choices);
  if (plan.body === null) {
    const body = (bench.operation.requestBody?.content ?? []).map((content) => bodyFor(bench, content));
    plan = { ...plan, body: body.find((each) => each !== null) ?? null };
  }
  return reshaped(bench, plan, 'full');
}

function reshaped(bench: Workbench, plan: Plan, shape: 'minimal' | 'full'): Plan {
  const { body } = plan;
  if (!body?.content.schema) return plan;
  return {
    ...plan,
    body: {
      ...body,
      value: reshape(bench.operations, bench.draw, body.content.schema.pointer, body.value, shape),
    },
  };
}

/** Each media type, and each documented example of a body; the body left out where it may be. */
function* bodies(bench: Workbench, base: Base): Iterable<[title: string, plan: Plan, varies: Partial<Varies>]> {
  const { requestBody } = bench.operation;
  if (!requestBody) return;
  for (const content of requestBody.content) {
    const body = bodyFor(bench, content);
    if (body === null) continue;
    const { pointer, mediaType } = content;
    yield [`a body of ${mediaType}`, { ...base.plan, body }, { in: 'content-type', keyword: 'content', pointer }];
    for (const value of documentedBodies(bench, content)) {
      const plan = { ...base.plan, body: { ...body, value } };
      yield [`the documented example ${excerptForTitle(value)}`, plan, { in: 'body', keyword: 'examples', pointer }];
    }
  }
  if (requestBody.required) return;
  yield [
    'without the optional body',
    { ...base.plan, body: null },
    { in: 'body', keyword: 'optional', pointer: requestBody.pointer },
  ];
}
