import type { Arguments } from './arguments.js';

const dayMilliseconds = 86_400_000;

type StateFlags = Pick<Arguments<'mock'>['flags'], 'state' | 'state-expiry'>;

/** Whether a value of `--state` names a store that other processes use too. */
export function isShared(state: string | false | undefined): state is string {
  return typeof state === 'string' && /^rediss?:\/\//.test(state);
}

/**
 * The store that `--state` names; undefined where it names none.
 * @throws CounterproofError STATE_UNREADABLE
 */
export async function storeOf({ state, 'state-expiry': expiry }: StateFlags) {
  if (!isShared(state)) return undefined;
  const { openRedisStore } = await import('../index.js');
  return openRedisStore(state, { expiryMilliseconds: expiry ?? dayMilliseconds });
}
