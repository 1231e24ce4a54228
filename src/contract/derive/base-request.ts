import type { Json } from '../../document/index.js';
import { type Content, type Parameter, serializeParameter } from '../../operation/index.js';
import { credentialPlaceholder } from '../credential.js';
import { formOf } from './body-writer.js';
import { type Choice, type Plan, writeRequest } from './plan.js';
import { reshape } from './reshape.js';
import { isDoubtful } from './wire-doubts.js';
import type { Workbench } from './workbench.js';

/** The valid request that every other case differs from in one thing. */
export interface Base {
  readonly plan: Plan;
  /** Whether a path parameter's value is nobody's word that it exists on the target. */
  readonly generatedPath: boolean;
  /** Parameters that cases may vary: those that are not written by the client itself, nor hold a credential. */
  readonly parameters: readonly Parameter[];
}

/** How often another value is drawn where the first cannot be sent. */
const draws = 8;

/**
 * Required parameters, those for which the user gave values, and the body where one is required or given.
 * Values come from the user, the fixtures, examples and defaults of the document, else from the schema.
 * Null where no valid request can be made: the operation then has no cases that need one.
 */
export function createBase(bench: Workbench): Base | null {
  const { operation } = bench;
  const parameters = operation.parameters.filter(
    (parameter) => !isFixed(parameter) && !holdsCredential(bench, parameter),
  );
  for (let attempt = 0; attempt < draws; attempt++) {
    const choices = new Map<Parameter, Choice>(credentialChoices(bench));
    let generatedPath = false;
    for (const parameter of parameters) {
      const given = givenValue(bench, parameter);
      if (!parameter.required && given === undefined) continue;
      const value = given ?? valueFor(bench, parameter, attempt);
      if (value === undefined) return null;
      choices.set(parameter, { value });
      generatedPath ||= parameter.in === 'path' && given === undefined && !isEnumerated(bench, parameter);
    }
    const plan: Plan = { parameters: choices, body: null, headers: {} };
    const base = { plan: withBody(bench, plan, attempt), generatedPath, parameters };
    const request = base.plan && writeRequest(operation, base.plan);
    if (base.plan && request && bench.judge(request) === 'valid') return { ...base, plan: base.plan };
  }
  return null;
}

/** A value for a parameter, valid and fit to be sent; undefined where none is found. */
export function valueFor(bench: Workbench, parameter: Parameter, attempt = 0): Json | undefined {
  const given = givenValue(bench, parameter);
  if (given !== undefined) return given;
  for (const value of attempt === 0 ? documentedValues(bench, parameter.examples, parameter.schema.pointer) : []) {
    if (isSendable(parameter, value)) return value;
  }
  for (let draw = 0; draw < draws; draw++) {
    const value = bench.draw([parameter.schema.pointer], `${parameter.pointer} ${attempt * draws + draw}`);
    if (value !== undefined && isSendable(parameter, value)) return value;
  }
  return undefined;
}

/** What the user gave: by `--set`, or in the fixtures for the operation, or for all. */
function givenValue(bench: Workbench, parameter: Parameter): Json | undefined {
  const { fixtures, operation, values } = bench;
  const sources = [values, fixtures.for(operation.id).contract.parameters, fixtures.contract.parameters];
  for (const source of sources) {
    if (!Object.hasOwn(source, parameter.name)) continue;
    const value = source[parameter.name] as Json;
    for (const reading of readings(value)) if (isSendable(parameter, reading)) return reading;
  }
  return undefined;
}

/** A text of the command line may stand for another JSON value. */
function readings(value: Json): Json[] {
  if (typeof value !== 'string') return [value, String(value)];
  try {
    return [value, JSON.parse(value) as Json];
  } catch {
    return [value];
  }
}

function isSendable(parameter: Parameter, value: Json): boolean {
  if (value === null || parameter.schema.problem !== null || !parameter.schema.accepts(value)) return false;
  const text = serializeParameter(parameter, value);
  return text !== null && !isDoubtful(parameter, text);
}

/** Examples and defaults, from the parameter or Media Type Object and from its schema. */
export function documentedValues(
  bench: Workbench,
  examples: readonly { readonly value: Json }[],
  schemaPointer: string,
): Json[] {
  const { document } = bench.operations;
  const schema = document.resolve(document.at(schemaPointer), schemaPointer).value;
  const values = examples.map(({ value }) => value);
  if (typeof schema === 'object' && schema !== null && !Array.isArray(schema)) {
    if (Array.isArray(schema.examples)) values.push(...schema.examples);
    if (schema.example !== undefined) values.push(schema.example);
    if (schema.default !== undefined) values.push(schema.default);
  }
  return values;
}

function isEnumerated(bench: Workbench, parameter: Parameter): boolean {
  const { document } = bench.operations;
  const schema = document.resolve(document.at(parameter.schema.pointer), parameter.schema.pointer).value;
  return typeof schema === 'object' && schema !== null && ('enum' in schema || 'const' in schema);
}

function withBody(bench: Workbench, plan: Plan, attempt: number): Plan | null {
  const { requestBody } = bench.operation;
  if (!requestBody) return plan;
  const given = givenBody(bench);
  if (!requestBody.required && given === undefined) return plan;
  for (const content of requestBody.content) {
    const body = bodyFor(bench, content, attempt);
    if (body !== null) return { ...plan, body };
  }
  return requestBody.required ? null : plan;
}

/** A valid body in one of the declared media types, or null where we cannot make one. */
export function bodyFor(bench: Workbench, content: Content, attempt = 0): Plan['body'] {
  if (formOf(content.mediaType) === null) return null;
  const { document, schemas } = bench.operations;
  const plan = (value: Json) => ({ content, value, document, schemas });
  const { schema } = content;
  if (schema === null) return plan(content.examples[0]?.value ?? 'counterproof');
  if (schema.problem !== null) return null;
  const given = givenBody(bench);
  if (given !== undefined && schema.accepts(given)) return plan(given);
  const examples = attempt === 0 ? documentedValues(bench, content.examples, schema.pointer) : [];
  const example = examples.find((value) => schema.accepts(value));
  const value = example ?? bench.draw([schema.pointer], `body ${attempt}`);
  return value === undefined ? null : plan(reshape(bench, schema.pointer, value, 'sendable'));
}

function givenBody(bench: Workbench): Json | undefined {
  return bench.fixtures.for(bench.operation.id).contract.body;
}

/** Fields that the client writes, and those that OpenAPI 3.1, 4.8.12.1 takes out of `parameters`. */
const fixedFields = new Set([
  'accept',
  'accept-encoding',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function isFixed(parameter: Parameter): boolean {
  return parameter.in === 'header' && fixedFields.has(parameter.name.toLowerCase());
}

/** Some documents declare an API key twice: as a scheme, and as a parameter. */
function holdsCredential(bench: Workbench, parameter: Parameter): boolean {
  return schemeOf(bench, parameter) !== undefined;
}

function schemeOf({ operation }: Workbench, parameter: Parameter) {
  return operation.security
    .flat()
    .find(
      (scheme) =>
        scheme.type === 'apiKey' &&
        scheme.in === parameter.in &&
        (scheme.parameterName === parameter.name ||
          (scheme.in === 'header' && scheme.parameterName?.toLowerCase() === parameter.name.toLowerCase())),
    );
}

/** A required parameter that is a credential holds its place, so that the request is whole before it is filled in. */
function* credentialChoices(bench: Workbench): Iterable<[Parameter, Choice]> {
  for (const parameter of bench.operation.parameters) {
    const scheme = parameter.required ? schemeOf(bench, parameter) : undefined;
    const placeholder = scheme && credentialPlaceholder(scheme.name);
    if (placeholder)
      yield [parameter, { raw: parameter.in === 'header' ? placeholder : `${parameter.name}=${placeholder}` }];
  }
}
