/**
 * What is as many as a document, a request or an answer says: as arguments of a function (`push(...items)`) they stand on the stack,
 * where a hundred thousand have no room.
 */

/** Adds all of these to the end of a list. */
export function addAll<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item);
}

/** The greatest of these numbers, and of the least one that may come out. */
export function greatest(numbers: Iterable<number>, least = 0): number {
  let most = least;
  for (const number of numbers) most = Math.max(most, number);
  return most;
}
