import { type ItemRole, isForbiddenIn, saysState, speaksOfStates } from '../../resource/index.js';
import { listedValues } from '../../schema/view.js';
import type { JsonObject } from '../../text/value.js';
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
  if (read === undefined) return;
  const states = shownBy(life.operation(read), read).filter(({ name }) => saysState(name));
  if (!states.some(({ parts }) => speaksOfStates(operation, listedValues(parts)))) return;
  await life.hands.hold('change-kept', async () => {
    const before = await life.read(made.thing, 'read the state in which an action is taken again');
    const row = before?.row;
    const state = row && states.find(({ name, parts }) => isForbiddenIn(operation, row[name], listedValues(parts)));
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
