import type { Operation } from '../../operation/index.js';
import { type Doing, type ItemRole, isForbiddenIn, saysState, speaksOfStates } from '../../resource/index.js';
import { listedValues } from '../../schema/view.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Exchange } from '../types.js';
import { isSuccess, nameOf } from './answers.js';
import { rowOf } from './attributes.js';
import type { Made } from './hands.js';
import { broken, kept, type Life, told } from './life.js';
import { type Member, shownBy } from './members.js';
import { act, madeFor } from './readying.js';

/**
 * An action is refused in a state in which the document says that it cannot be taken (`Only a pending booking can be confirmed`), where
 * it has 409 for that.
 * @param doing by which the thing came into its state
 */
export async function checkAllowed(life: Life, action: ItemRole, made: Made, doing: Exchange): Promise<void> {
  const operation = life.operation(action);
  const states = statesOf(life, operation);
  if (states.length === 0) return;
  await life.hands.hold('change-kept', async () => {
    const before = await life.read(made.thing, 'read the state in which an action is taken again');
    const row = before?.row;
    const state = row && forbiddenIn(operation, states, row);
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

/**
 * The same of the state in which a thing was when an action was first taken.
 * @param first what the thing was then, and the action
 */
export async function checkAllowedFirst(
  life: Life,
  action: ItemRole,
  first: { readonly before: JsonObject; readonly doing: Exchange },
): Promise<void> {
  const operation = life.operation(action);
  const states = statesOf(life, operation);
  if (forbiddenIn(operation, states, first.before) === undefined) return;
  let next: typeof first | null = first;
  await life.hands.hold('change-kept', async () => {
    const taken = next ?? (await actOnAnother());
    next = null;
    const state = taken && forbiddenIn(operation, states, taken.before);
    if (!taken || !state) return null;
    const { before, doing } = taken;
    if (!isSuccess(doing)) return kept(doing);
    return broken(doing, {
      message: `An action was taken that the document says cannot be in this state: "${state.name}" was ${JSON.stringify(before[state.name])}, and then ${told(doing)}`,
      expected: 'status 409, as the document says',
      received: `status ${doing.received.status}`,
      cause: 'an action in a state that does not allow it',
    });
  });

  async function actOnAnother(): Promise<typeof first | null> {
    const made = await madeFor(life, action, null, false);
    const before = made && (await life.read(made.thing, 'read it before an action'))?.row;
    const doing = made && before ? await act(life, action, made, before) : null;
    return before && doing ? { before, doing } : null;
  }
}

/**
 * Nor is a thing changed or replaced in a state in which the document says that it cannot be (`A cancelled course cannot be changed`).
 * @param doing by which the thing came into its state
 */
export async function checkChangeAllowed(life: Life, made: Made, doing: Exchange): Promise<void> {
  const { change, replace } = life.roles;
  for (const role of [change, replace]) {
    if (role === undefined || role.kind === 'patch') continue;
    const operation = life.operation(role);
    const states = statesOf(life, operation);
    if (states.length === 0) continue;
    await life.hands.hold('change-kept', async () => {
      const before = await life.read(made.thing, 'read the state in which it is changed');
      const row = before?.row;
      const body = await life.hands.fresh(role, made.thing);
      const sent = body === null ? null : rowOf(role, body);
      if (!before || !row || !sent) return null;
      const untouched = () => Object.keys(row).filter((name) => !saysState(name) && !isOther(sent[name], row[name]));
      const about = { noun: life.resource.name.split('.').at(-1) ?? '', isByMethod: true, untouched };
      const state = forbiddenIn(operation, states, row, about);
      if (state === undefined) return null;
      const changing = await life.ask(role, made.thing, 'change it in this state', { body, mayBeRefused: true });
      if (changing === null || !isSuccess(changing)) return changing?.received.status === 409 ? kept(changing) : null;
      return broken(changing, {
        message: `A thing was changed in a state in which the document says that it cannot be: ${told(doing)}, ${nameOf(before.exchange)} shows "${state.name}": ${JSON.stringify(row[state.name])}, and then ${told(changing)}`,
        expected: 'status 409, as the document says',
        received: `status ${changing.received.status}`,
        cause: 'a change in a state that does not allow it',
      });
    });
  }
}

const isOther = (sent: Json | undefined, shown: Json | undefined): boolean =>
  sent !== undefined && JSON.stringify(sent) !== JSON.stringify(shown);

/** Members that say in which state a thing is, where the document speaks of these. */
function statesOf(life: Life, operation: Operation): readonly Member[] {
  const { read } = life.roles;
  const states = read ? shownBy(life.operation(read), read).filter(({ name }) => saysState(name)) : [];
  return states.some(({ parts }) => speaksOfStates(operation, listedValues(parts))) ? states : [];
}

function forbiddenIn(
  operation: Operation,
  states: readonly Member[],
  row: JsonObject,
  doing?: Doing,
): Member | undefined {
  return states.find(({ name, parts }) => isForbiddenIn(operation, row[name], listedValues(parts), doing));
}
