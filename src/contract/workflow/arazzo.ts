import { isSource, sourceFromText } from '../../document/index.js';
import { CounterproofError, type Problem } from '../../errors.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import type { Criterion } from './criterion.js';

/** What happens after a step (Arazzo 1.0, 4.6.7 and 4.6.8). */
export interface Action {
  readonly type: 'end' | 'goto' | 'retry';
  readonly stepId: string | null;
  readonly workflowId: string | null;
  /** Seconds. */
  readonly retryAfter: number;
  readonly retryLimit: number;
  readonly criteria: readonly Criterion[];
}

export interface WorkflowParameter {
  readonly name: string;
  /** null: an input of another workflow. */
  readonly in: string | null;
  readonly value: Json;
}

export interface WorkflowStep {
  readonly stepId: string;
  /** An operation's id, or its place in a description, or another workflow. */
  readonly operationId: string | null;
  readonly operationPath: string | null;
  readonly workflowId: string | null;
  readonly parameters: readonly WorkflowParameter[];
  readonly payload: Json | undefined;
  readonly replacements: readonly { readonly target: string; readonly value: Json }[];
  /** Empty: any 2xx. */
  readonly successCriteria: readonly Criterion[];
  readonly onSuccess: readonly Action[];
  readonly onFailure: readonly Action[];
  readonly outputs: JsonObject;
}

export interface Workflow {
  readonly workflowId: string;
  /** Defaults of its inputs. */
  readonly inputs: JsonObject;
  /** The names of its inputs; null where it does not say which it has. */
  readonly inputNames: readonly string[] | null;
  /** The names of those that need not be given. */
  readonly optionalInputs: ReadonlySet<string>;
  readonly dependsOn: readonly string[];
  readonly steps: readonly WorkflowStep[];
  readonly outputs: JsonObject;
}

/**
 * Reads an Arazzo document (1.0), JSON or YAML.
 *
 * @throws CounterproofError DOCUMENT_INVALID where it is none
 */
export function readWorkflows(name: string, text: string): readonly Workflow[] {
  const source = sourceFromText(name, text);
  if (!isSource(source)) throw new CounterproofError('DOCUMENT_INVALID', source.problems);
  const { value } = source;
  const problem = (message: string, ...segments: string[]): Problem => ({ message, location: source.locate(segments) });
  if (!isObject(value) || typeof value.arazzo !== 'string' || !Array.isArray(value.workflows)) {
    throw new CounterproofError(
      'DOCUMENT_INVALID',
      problem(`${name} is no Arazzo document: expected "arazzo" and "workflows"`),
    );
  }
  if (!/^1\./.test(value.arazzo)) {
    throw new CounterproofError(
      'DOCUMENT_INVALID',
      problem(`Arazzo ${value.arazzo} is not known: expected 1.0`, 'arazzo'),
    );
  }
  const reader = new Reader(isObject(value.components) ? value.components : {});
  return value.workflows.filter(isObject).map((workflow) => reader.workflow(workflow));
}

class Reader {
  readonly #components: JsonObject;

  constructor(components: JsonObject) {
    this.#components = components;
  }

  workflow(workflow: JsonObject): Workflow {
    const parameters = objects(workflow.parameters);
    const [successes, failures] = [workflow.successActions, workflow.failureActions].map(objects);
    return {
      workflowId: String(workflow.workflowId ?? ''),
      inputs: this.#defaultsOf(workflow.inputs),
      inputNames: this.#namesOf(workflow.inputs),
      optionalInputs: this.#optionalOf(workflow.inputs),
      dependsOn: strings(workflow.dependsOn),
      outputs: isObject(workflow.outputs) ? workflow.outputs : {},
      steps: objects(workflow.steps).map((step) => this.#step(step, parameters, successes ?? [], failures ?? [])),
    };
  }

  #step(
    step: JsonObject,
    shared: readonly JsonObject[],
    successes: readonly JsonObject[],
    failures: readonly JsonObject[],
  ): WorkflowStep {
    const body = isObject(step.requestBody) ? step.requestBody : {};
    const own = objects(step.parameters).map((each) => this.#parameter(each));
    const inherited = shared.map((each) => this.#parameter(each));
    return {
      stepId: String(step.stepId ?? ''),
      operationId: textOf(step.operationId),
      operationPath: textOf(step.operationPath),
      workflowId: textOf(step.workflowId),
      parameters: [
        ...inherited.filter((each) => !own.some((one) => one.name === each.name && one.in === each.in)),
        ...own,
      ],
      payload: body.payload,
      replacements: objects(body.replacements).map(({ target, value = null }) => ({ target: String(target), value })),
      successCriteria: objects(step.successCriteria).map(criterion),
      onSuccess: [...objects(step.onSuccess), ...successes].map((each) => this.#action(each)),
      onFailure: [...objects(step.onFailure), ...failures].map((each) => this.#action(each)),
      outputs: isObject(step.outputs) ? step.outputs : {},
    };
  }

  /** A Reusable Object (4.6.10) stands for a component, with another value where it has one. */
  #reused(value: JsonObject): JsonObject {
    const reference = textOf(value.reference)?.replace(/^\$components\./, '');
    if (reference === undefined) return value;
    let found: Json | undefined = this.#components;
    for (const step of reference.split('.')) found = isObject(found) ? found[step] : undefined;
    return isObject(found) ? { ...found, ...(value.value !== undefined && { value: value.value }) } : value;
  }

  #parameter(parameter: JsonObject): WorkflowParameter {
    const { name, in: place, value = null } = this.#reused(parameter);
    return { name: String(name ?? ''), in: textOf(place), value };
  }

  #action(action: JsonObject): Action {
    const { type, stepId, workflowId, retryAfter, retryLimit, criteria } = this.#reused(action);
    return {
      type: type === 'goto' || type === 'retry' ? type : 'end',
      stepId: textOf(stepId),
      workflowId: textOf(workflowId),
      retryAfter: Number(retryAfter ?? 0) || 0,
      retryLimit: Number(retryLimit ?? 1) || 1,
      criteria: objects(criteria).map(criterion),
    };
  }

  #namesOf(inputs: Json | undefined): readonly string[] | null {
    const properties = this.#propertiesOf(inputs);
    return properties && Object.keys(properties);
  }

  #optionalOf(inputs: Json | undefined): ReadonlySet<string> {
    const required = strings(this.#schemaOf(inputs)?.required);
    return new Set(this.#namesOf(inputs)?.filter((name) => !required.includes(name)));
  }

  #defaultsOf(inputs: Json | undefined): JsonObject {
    const defaults = Object.entries(this.#propertiesOf(inputs) ?? {}).flatMap(([name, property]) =>
      isObject(property) && property.default !== undefined ? [[name, property.default] as const] : [],
    );
    return Object.fromEntries(defaults);
  }

  #propertiesOf(inputs: Json | undefined): JsonObject | null {
    const schema = this.#schemaOf(inputs);
    return isObject(schema?.properties) ? schema.properties : null;
  }

  #schemaOf(inputs: Json | undefined): JsonObject | null {
    const reference = isObject(inputs) ? textOf(inputs.$ref)?.replace('#/components/inputs/', '') : undefined;
    const components = isObject(this.#components.inputs) ? this.#components.inputs : {};
    const schema = reference === undefined ? inputs : components[reference];
    return isObject(schema) ? schema : null;
  }
}

function criterion({ condition, type, context }: JsonObject): Criterion {
  const kind = isObject(type) ? type.type : type;
  return {
    condition: String(condition ?? ''),
    type: kind === 'regex' || kind === 'jsonpath' || kind === 'xpath' ? kind : 'simple',
    context: textOf(context),
  };
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function strings(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
