import { headerOf, isForm, type OperationEntry } from '../../operation/index.js';
import { listOf, type Resource, readOf } from '../../resource/index.js';
import { isObject, type Json, type JsonObject } from '../../text/value.js';
import { outcomeOf, standingOf } from '../checks/outcome.js';
import { contentHash } from '../derive/content-hash.js';
import { type StepRequest, stepRequest, type Wanted } from '../derive/step-request.js';
import { ask } from '../run/ask.js';
import { complaintsOf } from '../run/case.js';
import { type CheckComplaint, observe } from '../run/judge.js';
import { note } from '../run/note.js';
import type { RunState } from '../run/state.js';
import { OperationTally } from '../run/tally.js';
import type { Task } from '../run/tasks.js';
import type { Aspect, Complaint, ContractCase, Exchange, Expectation } from '../types.js';
import type { Thing } from './harvest.js';
import { withOwnKey } from './own-key.js';
import { patching } from './patch-steps.js';
import { referring } from './refer.js';
import { sentBody } from './sent-body.js';

/** One request of a sequence: the valid request of an operation with these values. */
export interface Step extends Wanted {
  readonly entry: OperationEntry;
  /** What it is for, the same in every run: the case is known by it. `life of pets: read what was deleted` */
  readonly name: string;
  /** For a person, with values. */
  readonly title: string;
  /** `accepted`; `survived` where the sequence itself says what the answer should be. */
  readonly expectation?: Expectation;
  /** What the case counts as: `life` */
  readonly aspect?: Aspect;
  /** Another address than the operation has. */
  readonly target?: string;
  /** Whose credentials it has: those of the run. */
  readonly as?: 'nobody' | 'second user';
}

/** What was sent for a step, and what came back. */
export interface SentStep {
  readonly exchange: Exchange;
  /** The value of the body that was sent. */
  readonly body: Json | undefined;
  /** Members that it could have besides. */
  readonly absent: readonly string[];
  /** What its path names, and is gone since the run has deleted something else; the step is refused for that. */
  readonly gone: Thing | null;
}

/**
 * Sends a step and judges it as every case is, but for sending it again: what comes before it would be missing then.
 * @returns null where it could not be written, or the run has stopped
 */
export async function sendStep(state: RunState, step: Step): Promise<SentStep | null> {
  const sent = await askStep(state, step);
  if (sent === null) return null;
  const { task, exchange } = sent;
  const { tally } = task;
  if (state.tallyOf(tally.entry.id) !== tally) return sent;
  const looked: string[] = [];
  const said = complaintsOf(state, task, exchange, looked);
  const complaints = sent.gone === null ? said : said.map((each) => explained(each, sent.gone));
  state.options.listener?.judged(exchange, complaints);
  const observed = observe(exchange, state.runChecks, looked);
  for (const complaint of [...complaints, ...observed]) note(state, task, afterCases, exchange, complaint, false);
  state.coverage?.observe(exchange);
  tally.judged(exchange, complaints.some(isViolation), looked);
  state.onStep();
  return sent;
}

/** The refusal of what is sent to a thing that the run itself has brought down says nothing of the target. */
function explained(complaint: CheckComplaint, gone: Thing | null): CheckComplaint {
  if (complaint.check !== 'accepts-valid' && complaint.check !== 'status-documented') return complaint;
  const message = `Refused, since a DELETE of this run has removed ${JSON.stringify(gone?.key)} of ${gone?.resource.name} with others`;
  return { ...complaint, severity: 'information', message, cause: 'an earlier DELETE' };
}

/** Makes what a sequence has to say of an exchange part of a finding. */
export function noteStep(state: RunState, exchange: Exchange, complaint: Complaint & { readonly check: string }): void {
  const tally = tallyOf(state, exchange.operation);
  holdsFor(state, exchange, complaint.check);
  const whole: CheckComplaint = { concern: 'data', ...complaint };
  state.options.listener?.judged(exchange, [whole]);
  note(state, { tally, case: exchange.case }, afterCases, exchange, whole, false);
  if (isViolation(complaint)) tally.broken++;
}

/** Counts an exchange that a rule over a sequence is about. */
export function holdsFor(state: RunState, { operation }: Exchange, check: string): void {
  const { exchanges } = tallyOf(state, operation);
  exchanges.set(check, (exchanges.get(check) ?? 0) + 1);
}

/** The request of a step, as it is written from what the document says alone; null: none can be. */
function drawnFor({ options }: RunState, step: Step): StepRequest | null {
  const { operations, seed = 1, fixtures, values } = options;
  const operation = operations.compile(step.entry);
  const derivation = { seed, ...(fixtures && { fixtures }), ...(values && { values }) };
  return operation.problems.length > 0 ? null : stepRequest(operation, operations, derivation, step);
}

/** The same as `sendStep`, and nobody judges it: for what only prepares. */
export async function askStep(state: RunState, step: Step): Promise<(SentStep & { readonly task: Task }) | null> {
  const { entry, name, title, expectation = 'accepted', aspect = 'life', as } = step;
  if (state.stopReason !== null) return null;
  const operation = state.options.operations.compile(entry);
  const drawn = drawnFor(state, step);
  if (drawn === null) return null;
  const body = step.body ?? asAsked(step.query ?? {}, drawn.body, referringBody(state, step, drawn.body));
  const isAsDrawn = body === undefined || body === drawn.body;
  const made = isAsDrawn ? drawn : (drawnFor(state, { ...step, body }) ?? drawn);
  const text = new TextEncoder().encode(`step\n${entry.method} ${entry.path}\n${name}`);
  const contractCase: ContractCase = {
    id: contentHash(text).slice(0, 12),
    operationId: entry.id,
    aspect,
    title,
    expectation,
    // With all members it may say what nobody knows to be there, as the case with everything that is declared may.
    varies: { in: null, name: null, keyword: step.isFull ? 'all' : 'step', pointer: entry.pointer },
    request: step.target === undefined ? made.request : { ...made.request, target: step.target },
    authenticated: as !== 'nobody',
    ...(as === 'second user' && { isOfSecondUser: true }),
    generatedPath: false,
  };
  const drafted = { tally: tallyOf(state, entry), operation, case: contractCase, isBase: false, atEnd: false };
  const { parameter, naming } = state.things.resources.named(entry).at(-1) ?? {};
  // A call that is told which thing it is about is about that one, be it gone.
  const isTold = naming !== undefined && step.path[parameter ?? ''] !== undefined;
  const task = isTold ? drafted : await withOwnKey(state, drafted, lookIn(state));
  const exchange = task && (await ask(state, task));
  if (!task || !exchange) return null;
  const { request } = task.case;
  // A form leaves out what cannot be written into one.
  const isAsMade = task === drafted && !isForm(headerOf(request, 'content-type') ?? '');
  const sent = isAsMade ? made.body : sentBody(operation, request)?.value;
  return { exchange, body: sent, absent: made.absent, task, gone: await goneSince(state, exchange) };
}

/** Looks whether a thing is there, which nobody judges. */
export function lookIn(state: RunState) {
  return async (entry: OperationEntry, path: Step['path']): Promise<boolean | null> => {
    const name = 'look whether the key is free';
    const looked = await askStep(state, { entry, path, name, title: name, expectation: 'survived' });
    const status = looked && standingOf(looked.exchange);
    return status === 404 || status === 410 ? false : status === 200 ? true : null;
  };
}

/** Whether nothing has the key that a step is to put something under; null where nobody can tell. */
export async function isFree(state: RunState, step: Step, resource: Resource): Promise<boolean | null> {
  const read = readOf(resource)?.entry;
  const request = step.newKey && read?.path === step.entry.path ? drawnFor(state, step)?.request : undefined;
  const path = request && state.things.pathValues(request);
  const isThere = read && path ? await lookIn(state)(read, path) : null;
  return isThere === null ? null : !isThere;
}

/**
 * The thing that a refused request has in its path and that is not there any more, since the run has deleted something else:
 * all of its kind at once, or what it belonged to. Its own operation says so, or the list that it stood in; it is forgotten.
 */
async function goneSince(state: RunState, exchange: Exchange): Promise<Thing | null> {
  if (!isMissing(exchange)) return null;
  const { operation, request } = exchange;
  const { things } = state;
  const lost = things.lost.in(things.resources, operation, things.pathValues(request) ?? {});
  if (lost !== undefined) return lost;
  for (const thing of things.inPath({ operation, request })) {
    const { resource, scope } = thing;
    const read = readOf(resource);
    const list = listOf(resource);
    const witness = (read ?? list)?.entry;
    if (witness === undefined || witness.id === operation.id || !things.mayBeGone(thing)) continue;
    const path = read ? things.pathTo(witness, thing) : scope;
    const name = `look whether one of ${resource.name} is still there`;
    const looked = await askStep(state, { entry: witness, path, name, title: name, expectation: 'survived' });
    const answer = looked?.exchange;
    const isGone = read ? answer && isMissing(answer) : answer && outcomeOf(answer) === 200 && things.mayBeGone(thing);
    if (!isGone) continue;
    things.forget(thing);
    things.lost.add(thing);
    return thing;
  }
  return null;
}

function isMissing(exchange: Exchange): boolean {
  const status = standingOf(exchange);
  return status === 404 || status === 410;
}

/** A drawn body whose members name things that exist; one that the user has given stays. */
export function referringBody<Body extends Json | undefined>(
  state: RunState,
  { entry, path }: Pick<Step, 'entry' | 'path'>,
  body: Body,
): Body | Json {
  if (body === undefined || state.options.fixtures?.for(entry.id).contract.body !== undefined) return body;
  return patching(
    state,
    entry,
    path,
    referring(state.things, entry, path, body, () => true),
    () => true,
  );
}

/** A body whose members say what a list is asked for, whatever exists. */
function asAsked<Body extends Json | undefined>(query: Step['path'], drawn: Body, referring: Body | Json): Body | Json {
  if (drawn === referring || !isObject(drawn) || !isObject(referring)) return referring;
  const asked = Object.keys(query).flatMap((name) =>
    Object.hasOwn(drawn, name) ? [[name, drawn[name]] as const] : [],
  );
  return { ...referring, ...Object.fromEntries(asked) } as JsonObject;
}

/** Behind all cases of the operation, in what speaks for a finding. */
const afterCases = Number.MAX_SAFE_INTEGER - 1;

/** That of the run, or one that nobody counts where the operation was not asked for. */
function tallyOf(state: RunState, entry: OperationEntry): OperationTally {
  return state.tallyOf(entry.id) ?? new OperationTally(entry);
}

function isViolation({ severity }: Pick<Complaint, 'severity'>): boolean {
  return severity === 'violation';
}
