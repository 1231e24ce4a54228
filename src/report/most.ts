/** Nobody reads more of one kind than these: a document of others may have any number, and JSON has all. */
const mostOfAKind = 100;
/** Of one kind in SARIF: code scanning shows 5,000 results of all. */
export const mostResults = 1_000;

/**
 * Of each kind the first, in their order.
 * @param options.whole what shows all of them
 */
export function mostOfEachKind<Item>(
  items: readonly Item[],
  kindOf: (item: Item) => string,
  { most = mostOfAKind, whole = '--format json' }: { readonly most?: number; readonly whole?: string } = {},
): {
  readonly shown: readonly Item[];
  /** A line for each kind of which not all are shown. */
  readonly rest: readonly string[];
} {
  const met = new Map<string, number>();
  const shown = items.filter((item) => {
    const number = (met.get(kindOf(item)) ?? 0) + 1;
    met.set(kindOf(item), number);
    return number <= most;
  });
  const rest = [...met].flatMap(([kind, number]) =>
    number > most ? [`… and ${(number - most).toLocaleString('en')} more [${kind}]: ${whole} has all`] : [],
  );
  return { shown, rest };
}
