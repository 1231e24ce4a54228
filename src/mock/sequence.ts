import { type ScriptedAnswer, type ScriptedCase, stepAt } from '../fixture/index.js';
import type { Operation } from '../operation/index.js';
import type { Change, StateReader } from '../world/index.js';

/** What a scripted case answers a request: itself, or the step that its sequence has come to. */
export interface ScriptedStep {
  readonly name: string;
  readonly answer: ScriptedAnswer;
  /** What is to be remembered, so that the next request gets the next step; null where the case is no sequence. */
  readonly counted: Change | null;
}

/** How often the cases that are sequences have answered, kept beside the rows. No resource can be called so. */
const collection = 'counterproof:cases';

/**
 * The step that a case has come to in a session.
 * @param isAsked whether the case was asked for by name: then the last step stays
 * @returns null where it has answered so often as it shall
 */
export function stepOf(
  state: StateReader,
  operation: Operation,
  scripted: ScriptedCase,
  isAsked: boolean,
): ScriptedStep | null {
  const { name, steps } = scripted;
  if (steps.length === 0 && scripted.times === null) return { name, answer: scripted, counted: null };
  const key = `${operation.id} ${name}`;
  const ordinal = Number(state.collection(collection)?.row(key)?.value ?? 0);
  const answer = stepAt([scripted, ...steps], ordinal) ?? (isAsked ? (steps.at(-1) ?? scripted) : null);
  if (answer === null) return null;
  return { name, answer, counted: { collection, key, row: ordinal + 1, isBase: true, unique: [] } };
}
