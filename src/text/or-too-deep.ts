/** What an action gives, or something else where it needs more stack than there is. */
export function orTooDeep<Value>(action: () => Value, otherwise: () => Value): Value {
  try {
    return action();
  } catch (error) {
    if (error instanceof RangeError) return otherwise();
    throw error;
  }
}
