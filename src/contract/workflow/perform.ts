import { type JsonPathQuery, loadJsonPath } from '../../document/index.js';
import { type Json, type JsonObject, setMember } from '../../text/value.js';
import { excerpt, excerptBytes } from '../excerpt.js';
import { systemClock } from '../run/clock.js';
import { noteOfOperation } from '../run/note.js';
import type { RunState } from '../run/state.js';
import { holdsFor, noteStep, sendStep } from '../things/step.js';
import { isUnsafe } from '../types.js';
import type { Action, Workflow, WorkflowStep } from './arazzo.js';
import { type Criterion, holds } from './criterion.js';
import { type ExpressionContext, evaluate, evaluateAll, inputIn } from './expression.js';
import { bodyOf, entryOf, placeOf } from './step-request.js';

/** Steps of one run of all workflows, and how deep one may call another. */
const mostSteps = 500;
const deepest = 8;
/** Longest wait before a step is tried again, in seconds, and how often. */
const longestRetry = 60;
const mostRetries = 20;

type Values = Readonly<Record<string, Json>>;

/** Carries out the workflows of the run, each after those that it depends on. */
export async function performWorkflows(state: RunState): Promise<void> {
  const { workflows = [], inputs = {} } = state.options;
  const isAsked = workflows.some(({ steps }) =>
    steps.some((step) => criteriaOf(step).some(({ type }) => type === 'jsonpath')),
  );
  const performer = new Performer(state, workflows, isAsked ? await loadJsonPath() : null);
  for (const { workflowId } of workflows) await performer.once(workflowId, inputs);
}

/** How a workflow, or a step of it, has ended. */
interface Ending {
  readonly isSuccess: boolean;
  readonly outputs: JsonObject;
}

const failed: Ending = { isSuccess: false, outputs: {} };

class Performer {
  readonly #state: RunState;
  readonly #workflows: ReadonlyMap<string, Workflow>;
  /** What has ended, or has begun and is not to begin again. */
  readonly #ended = new Map<string, Ending>();
  readonly #query: JsonPathQuery | null;
  #steps = 0;

  constructor(state: RunState, workflows: readonly Workflow[], query: JsonPathQuery | null) {
    this.#query = query;
    this.#state = state;
    this.#workflows = new Map(workflows.map((workflow) => [workflow.workflowId, workflow]));
  }

  /** A workflow, unless it has been carried out before; those that it depends on come first. */
  async once(id: string, inputs: Values): Promise<Ending> {
    const known = this.#ended.get(id);
    const workflow = this.#workflows.get(id.replace(/^\$sourceDescriptions\.[^.]+\./, ''));
    if (known !== undefined || workflow === undefined) return known ?? failed;
    this.#ended.set(id, failed);
    for (const before of workflow.dependsOn) {
      if ((await this.once(before, inputs)).isSuccess) continue;
      this.#tellUntold(`The workflow ${id} was not carried out: it depends on ${before}, which has not succeeded`);
      return failed;
    }
    const ending = await this.#perform(workflow, inputs, 0);
    this.#ended.set(id, ending);
    return ending;
  }

  async #perform(workflow: Workflow, given: Values, depth: number): Promise<Ending> {
    const { workflowId, steps } = workflow;
    const inputs: Values = { ...workflow.inputs, ...given };
    const outputs: Record<string, Json> = {};
    const retries = new Map<string, number>();
    let at = 0;
    while (at < steps.length && this.#state.stopReason === null) {
      const step = steps[at] as WorkflowStep;
      if (this.#steps++ >= mostSteps || depth > deepest) {
        this.#tellUntold(
          `The workflow ${workflowId} was not carried out to its end: it takes more than ${mostSteps} steps`,
        );
        return failed;
      }
      const base = { ...this.#context(inputs, outputs), optional: workflow.optionalInputs, left: [] };
      const done = await this.#step(workflow, step, base, depth);
      if (done === null) return failed;
      const { context, unmet } = done;
      if (unmet === null) setMember(outputs, step.stepId, { outputs: outputsOf(step.outputs, context) });
      const action = (unmet === null ? step.onSuccess : step.onFailure).find((each) =>
        each.criteria.every((one) => holds(one, context, this.#query) === true),
      );
      const next = action
        ? await this.#next(action, step, workflow, retries, { at, inputs, depth })
        : unmet === null
          ? at + 1
          : null;
      const isHandled = unmet === null || next !== null;
      if (!isHandled) this.#tellFailure(workflow, step, context, unmet);
      if (next === null) {
        return unmet === null ? { isSuccess: true, outputs: this.#outputsOf(workflow, inputs, outputs) } : failed;
      }
      at = next;
    }
    return { isSuccess: true, outputs: this.#outputsOf(workflow, inputs, outputs) };
  }

  /** Which step comes now; null: none, the workflow has ended. */
  async #next(
    action: Action,
    { stepId }: WorkflowStep,
    { steps }: Workflow,
    retries: Map<string, number>,
    { at, inputs, depth }: { readonly at: number; readonly inputs: Values; readonly depth: number },
  ): Promise<number | null> {
    if (action.type === 'end') return null;
    if (action.type === 'retry') {
      const count = (retries.get(stepId) ?? 0) + 1;
      retries.set(stepId, count);
      if (count > Math.min(action.retryLimit, mostRetries)) return null;
      const { clock = systemClock, signal } = this.#state.options;
      await clock.pause(Math.min(action.retryAfter, longestRetry) * 1000, signal);
      return at;
    }
    if (action.workflowId !== null) {
      const other = this.#workflows.get(action.workflowId.replace(/^\$sourceDescriptions\.[^.]+\./, ''));
      if (other !== undefined) await this.#perform(other, inputs, depth + 1);
      return null;
    }
    const index = steps.findIndex((step) => step.stepId === action.stepId);
    return index < 0 ? null : index;
  }

  /** Null where it could not be taken at all; what it did not meet, or null where it met all. */
  async #step(
    workflow: Workflow,
    step: WorkflowStep,
    base: ExpressionContext,
    depth: number,
  ): Promise<{ readonly context: ExpressionContext; readonly unmet: string | null } | null> {
    const name = `${workflow.workflowId}, step ${step.stepId}`;
    const values = evaluateAll(Object.fromEntries(step.parameters.map((each, index) => [index, each.value])), base);
    if ('missing' in values) return this.#untaken(name, unknown(values.missing));
    const parameters = step.parameters.flatMap((each, index) => {
      const value = (values.value as JsonObject)[index];
      return value === undefined ? [] : [{ ...each, value }];
    });
    if (step.workflowId !== null) return this.#subWorkflow(step, parameters, base, depth);
    const entry = entryOf(step, this.#state.options.operations);
    if (entry === undefined)
      return this.#untaken(name, `${step.operationId ?? step.operationPath} is no operation of this document`);
    if (isUnsafe(entry.method) && this.#state.options.allowWrites !== true) {
      this.#state.leaveOut(this.#state.options.unsafeReason ?? 'unsafe-method');
      return this.#untaken(name, `${entry.method} ${entry.path} may change the target: pass --allow-writes`);
    }
    const body = bodyOf(step, base);
    if (body !== undefined && 'missing' in body) return this.#untaken(name, unknown(body.missing));
    const of = (place: string) =>
      Object.fromEntries(
        parameters.flatMap((each) => (placeOf(each, entry, this.#state) === place ? [[each.name, each.value]] : [])),
      );
    const headers = Object.entries(of('header')).map(([key, value]) => [key.toLowerCase(), String(value)]);
    const path = of('path');
    const sent = await sendStep(this.#state, {
      entry,
      path,
      query: of('query'),
      headers: Object.fromEntries(headers),
      ...(body && { body: body.value }),
      name: `workflow ${name}`,
      title: `step ${step.stepId} of the workflow ${workflow.workflowId}`,
      expectation: 'survived',
    });
    const [left] = base.left ?? [];
    const invalid = 'its request is not valid by the document, or cannot be written';
    if (sent === null) return this.#untaken(name, left === undefined ? invalid : unknown(left));
    const { exchange } = sent;
    const context = { ...base, exchange, path };
    const unmet = this.#unmet(step, context);
    if (unmet === null) holdsFor(this.#state, exchange, 'workflow');
    return { context, unmet };
  }

  async #subWorkflow(
    step: WorkflowStep,
    parameters: readonly { readonly name: string; readonly value: Json }[],
    base: ExpressionContext,
    depth: number,
  ): Promise<{ readonly context: ExpressionContext; readonly unmet: string | null }> {
    const id = (step.workflowId ?? '').replace(/^\$sourceDescriptions\.[^.]+\./, '');
    const other = this.#workflows.get(id);
    const inputs = Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
    const ending = other === undefined ? failed : await this.#perform(other, inputs, depth + 1);
    const context = { ...base, named: { ...base.named, outputs: ending.outputs } };
    return { context, unmet: ending.isSuccess ? null : `the workflow ${id} succeeds` };
  }

  /** The first criterion that does not hold; what nobody here can judge is said, and holds. */
  #unmet(step: WorkflowStep, context: ExpressionContext): string | null {
    const status = context.exchange?.received.status ?? 0;
    if (step.successCriteria.length === 0) return status >= 200 && status < 300 ? null : 'status 2xx';
    for (const criterion of step.successCriteria) {
      const held = holds(criterion, context, this.#query);
      if (typeof held === 'string') this.#tellUntold(`In the step ${step.stepId} ${held}`);
      else if (!held)
        return criterion.context === null ? criterion.condition : `${criterion.context}: ${criterion.condition}`;
    }
    return null;
  }

  #context(inputs: Values, steps: Values): ExpressionContext {
    const workflows = Array.from(this.#ended, ([id, { outputs }]) => [id, { outputs, inputs }] as const);
    const named = {
      inputs: { ...inputs },
      steps: { ...steps },
      workflows: Object.fromEntries(workflows) as JsonObject,
    };
    return { exchange: null, path: {}, named };
  }

  #outputsOf({ outputs }: Workflow, inputs: Values, steps: Values): JsonObject {
    return outputsOf(outputs, this.#context(inputs, steps));
  }

  #tellFailure(
    { workflowId }: Workflow,
    { stepId }: WorkflowStep,
    { exchange, left: [left] = [] }: ExpressionContext,
    unmet: string | null,
  ): void {
    if (exchange === null) return;
    // Nobody knows whether it would have been met with what was not given.
    if (left !== undefined) {
      this.#untaken(`${workflowId}, step ${stepId}`, unknown(left));
      return;
    }
    const { status, body } = exchange.received;
    const { method, target } = exchange.case.request;
    noteStep(this.#state, exchange, {
      check: 'workflow',
      severity: 'violation',
      concern: 'contract',
      message: `The workflow ${workflowId} fails in its step ${stepId}: ${method} ${target} was answered with ${status ?? 'nothing'}`,
      expected: unmet ?? 'success',
      received: `status ${status ?? 'none'}: ${excerptBytes(body)}`,
      pointer: exchange.operation.pointer,
      cause: `workflow ${workflowId} ${stepId}`,
    });
  }

  #untaken(name: string, reason: string): null {
    this.#tellUntold(`The workflow ${name}, could not be taken: ${excerpt(reason, 300).replace(/^"|"$/g, '')}`);
    return null;
  }

  /** What was not judged does not make a run that proves anything. */
  #tellUntold(message: string): void {
    const [tally] = this.#state.tallies;
    if (tally === undefined) return;
    this.#state.hasUntoldWorkflow = true;
    noteOfOperation(this.#state, tally, {
      check: 'workflow',
      severity: 'warning',
      concern: 'contract',
      message,
      expected: 'a workflow that can be carried out, and judged',
      received: 'one that cannot',
      pointer: '',
    });
  }
}

function unknown(expression: string): string {
  const input = inputIn(expression);
  return `nothing is known of ${expression}${input === undefined ? '' : `: pass --input ${input}=…`}`;
}

function criteriaOf({ successCriteria, onSuccess, onFailure }: WorkflowStep): readonly Criterion[] {
  return [...successCriteria, ...[...onSuccess, ...onFailure].flatMap(({ criteria }) => criteria)];
}

function outputsOf(outputs: JsonObject, context: ExpressionContext): JsonObject {
  const found = {};
  for (const [name, expression] of Object.entries(outputs)) {
    const value = evaluate(expression, context);
    if (value !== undefined) setMember(found, name, value);
  }
  return found;
}
