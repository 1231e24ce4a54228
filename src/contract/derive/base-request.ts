import { type HttpRequest, type Parameter, serializeParameter } from '../../operation/index.js';
import type { Naming } from '../../resource/index.js';
import { credentialPlaceholder } from '../credentials/place.js';
import { bodyFor, givenBody } from './body-values.js';
import { calledIn, isCalledByChance } from './called.js';
import { hasVagueBody, isFree, schemeOf } from './parameter-owners.js';
import { draws, givenValue, knownValue, listedValues, valueFor } from './parameter-values.js';
import { type Choice, longestTarget, type Plan, shortestTarget, writeRequest } from './plan.js';
import type { Workbench } from './workbench.js';

/** The valid request that every other case differs from in one thing. */
export interface Base {
  readonly plan: Plan;
  /** Whether a path parameter's value, or what a call names, is nobody's word that it exists on the target. */
  readonly generatedPath: boolean;
  /** What a call names. */
  readonly naming: Naming | null;
  /** Names of path parameters with a closed list of values, all of which exist. */
  readonly listed: ReadonlySet<string>;
  /** Path parameters whose values may be others in the next run, with their texts: neither given nor of a closed list. */
  readonly passing: Readonly<Record<string, string>>;
  /** Parameters that cases may vary. */
  readonly parameters: readonly Parameter[];
}

/**
 * Required parameters, those for which the user gave values, and the body where one is required, given or usual.
 * Null where no valid request can be made.
 */
export function createBase(bench: Workbench): Base | null {
  if (shortestTarget(bench.operation) > longestTarget) return null;
  // What is there may be called so that another path takes the request, as `{id}` takes the numbers of `{name}`.
  return baseOf(bench) ?? (Object.keys(bench.learnt.values).length > 0 ? baseOf(withoutLearnt(bench)) : null);
}

/** The same bench, as if nothing were known to be there. */
function withoutLearnt(bench: Workbench): Workbench {
  return {
    ...bench,
    learnt: { ...bench.learnt, values: {} },
    once: (key, make) => bench.once(`without what was learnt: ${key}`, make),
  };
}

function baseOf(bench: Workbench): Base | null {
  const { operation } = bench;
  const parameters = operation.parameters.filter((parameter) => isFree(operation, parameter));
  const paths = parameters.filter((parameter) => parameter.in === 'path');
  const listed = new Set(paths.filter((path) => isListed(bench, path)).map((path) => path.name));
  for (let attempt = 0; attempt < draws; attempt++) {
    const chosen = choose(bench, parameters, attempt);
    const plan = chosen && withBody(bench, chosen, attempt);
    const request = plan && writeRequest(operation, plan);
    if (!plan || !request || bench.judge(request) !== 'valid') continue;
    // An example of the document need not exist on any target.
    const unlisted = paths.filter((path) => !listed.has(path.name) && givenValue(bench, path) === undefined);
    const generatedPath =
      unlisted.some((path) => knownValue(bench, path) === undefined || !bench.learnt.isSure) || isCalledByChance(bench);
    const passing = Object.fromEntries(unlisted.map((path) => [path.name, textIn(plan, path)]));
    return { plan, generatedPath, naming: calledIn(bench)?.naming ?? null, listed, passing, parameters };
  }
  return null;
}

/** The first request that would be the base if it were valid; null where none can be written. */
export function requestFor(bench: Workbench): HttpRequest | null {
  const { operation } = bench;
  const chosen = choose(
    bench,
    operation.parameters.filter((parameter) => isFree(operation, parameter)),
    0,
  );
  const plan = chosen && withBody(bench, chosen, 0);
  return plan && writeRequest(operation, plan);
}

function choose(bench: Workbench, parameters: readonly Parameter[], attempt: number): Plan | null {
  const choices = new Map<Parameter, Choice>([...credentialChoices(bench), ...codingChoices(bench)]);
  for (const parameter of parameters) {
    const given = knownValue(bench, parameter);
    if (!parameter.required && given === undefined) continue;
    const value = given ?? valueFor(bench, parameter, attempt);
    if (value === undefined) return null;
    choices.set(parameter, { value });
  }
  return { parameters: choices, body: null, headers: {} };
}

function textIn(plan: Plan, parameter: Parameter): string {
  const choice = plan.parameters.get(parameter);
  return choice && 'value' in choice ? (serializeParameter(parameter, choice.value) ?? '') : '';
}

function isListed(bench: Workbench, parameter: Parameter): boolean {
  return listedValues(bench, parameter.schema.pointer).length > 0;
}

function withBody(bench: Workbench, plan: Plan, attempt: number): Plan | null {
  const { requestBody } = bench.operation;
  if (!requestBody) return plan;
  // Documents often forget to say that a body is required; then it is one case without it that fails, and not all.
  const isUsual = !hasVagueBody(bench.operation);
  if (!requestBody.required && !isUsual && givenBody(bench) === undefined) return plan;
  for (const content of requestBody.content) {
    const body = bodyFor(bench, content, attempt);
    if (body !== null) return { ...plan, body };
  }
  return requestBody.required ? null : plan;
}

/** A required parameter that is a credential holds its place, so that the request is whole before it is filled in. */
function* credentialChoices({ operation }: Workbench): Iterable<[Parameter, Choice]> {
  for (const parameter of operation.parameters) {
    const scheme = parameter.required ? schemeOf(operation, parameter) : undefined;
    if (!scheme) continue;
    const placeholder = credentialPlaceholder(scheme.name);
    yield [parameter, { raw: parameter.in === 'header' ? placeholder : `${parameter.name}=${placeholder}` }];
  }
}

/** Fields in which a client says how it may be answered, and has sent the body (RFC 9110, 8.4 and 12.5.3): as it is. */
const codingFields = new Set(['accept-encoding', 'content-encoding']);

function* codingChoices(bench: Workbench): Iterable<[Parameter, Choice]> {
  for (const parameter of bench.operation.parameters) {
    const name = parameter.name.toLowerCase();
    if (!parameter.required || parameter.in !== 'header' || !codingFields.has(name)) continue;
    const plain = ['identity', ['identity']].find((value) => parameter.schema.accepts(value));
    const value = plain ?? (name === 'accept-encoding' ? valueFor(bench, parameter) : undefined);
    if (value !== undefined) yield [parameter, { value }];
  }
}
