import type { Operation } from '../../operation/index.js';
import type { ItemRole } from '../../resource/index.js';
import { listedValues } from '../../schema/view.js';
import type { Json, JsonObject } from '../../text/value.js';
import { phraseOf } from '../../text/words.js';
import type { Exchange } from '../types.js';
import { isSuccess, nameOf } from './answers.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, told } from './life.js';
import { shownBy } from './members.js';
import { act } from './readying.js';

/**
 * An action is refused in a state in which the document says that it cannot be taken (`Only a pending booking can be confirmed`), where
 * it has 409 for that.
 * @param doing by which the thing came into its state
 */
export async function checkAllowed(life: Life, action: ItemRole, made: Made, doing: Exchange): Promise<void> {
  const { read } = life.roles;
  const operation = life.operation(action);
  if (read === undefined || !operation.responses.some(({ key }) => key === '409')) return;
  const states = shownBy(life.operation(read), read).filter(({ name }) => isState.test(phraseOf(name)));
  if (!states.some(({ parts }) => isAnySaid(operation, listedValues(parts)))) return;
  await life.hands.hold('change-kept', async () => {
    const before = await life.read(made.thing, 'read the state in which an action is taken again');
    const row = before?.row;
    const state = row && states.find(({ name, parts }) => isForbidden(operation, row[name], listedValues(parts)));
    if (!before || !row || !state) return null;
    const again = await act(life, action, made, row as JsonObject);
    if (again === null || !isSuccess(again)) return again?.received.status === 409 ? kept(again) : null;
    return broken(again, {
      message: `An action was taken that the document says cannot be in this state: ${told(doing)}, ${nameOf(before.exchange)} shows "${state.name}": ${JSON.stringify(row[state.name])}, and then ${told(again)}`,
      expected: 'status 409, as the document says',
      received: `status ${again.received.status}`,
      cause: 'an action in a state that does not allow it',
    });
  });
}

const isState = /^(?:status|state|phase|stage)$/;

function isAnySaid(operation: Operation, listed: readonly Json[]): boolean {
  const { allowed, forbidden } = saidOf(operation, listed);
  return allowed.length + forbidden.length > 0;
}

function isForbidden(operation: Operation, state: Json | undefined, listed: readonly Json[]): boolean {
  const { allowed, forbidden } = saidOf(operation, listed);
  if (state === undefined || !listed.includes(state)) return false;
  return forbidden.includes(state) || (allowed.length > 0 && !allowed.includes(state));
}

/** Where a sentence names the states in which something can be done, or cannot. */
const ofAllowed = [
  /\bonly\b(.*?)\b(?:can|may)\b/,
  /\b(?:can|may) only\b.*?\b(?:while|when|if|in)\b(.*)/,
  /\bonly (?:while|when|if)\b(.*)/,
];
const ofForbidden = [
  /^(.*?)\b(?:can ?not|can't|may not|must not)\b/,
  /\b(?:can ?not|can't|may not|must not)\b.*?\b(?:once|after|when|while|if)\b(.*)/,
];

/** The states in which an operation says that it can, or cannot, be done. */
function saidOf({ summary, description, responses }: Operation, listed: readonly Json[]) {
  const conflicts = responses.filter(({ key }) => key === '409').map((each) => each.description);
  const sentences = [summary, description, ...conflicts].flatMap((text) =>
    typeof text === 'string' ? text.split(/[.;\n]\s/) : [],
  );
  const named = (expressions: readonly RegExp[]) =>
    listed.filter((state) =>
      sentences.some((sentence) =>
        expressions.some((each) => {
          const said = each.exec(sentence.toLowerCase())?.[1];
          return said !== undefined && ` ${phraseOf(said)} `.includes(` ${phraseOf(String(state))} `);
        }),
      ),
    );
  return { allowed: named(ofAllowed), forbidden: named(ofForbidden) };
}
