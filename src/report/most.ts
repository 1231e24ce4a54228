/** Nobody reads more of one kind in a terminal than these: a document of others may have any number, and JSON has all. */
const mostOfAKind = 100;

/** Of each kind the first, in their order. */
export function mostOfEachKind<Item>(
  items: readonly Item[],
  kindOf: (item: Item) => string,
): {
  readonly shown: readonly Item[];
  /** A line for each kind of which not all are shown. */
  readonly rest: readonly string[];
} {
  const met = new Map<string, number>();
  const shown = items.filter((item) => {
    const number = (met.get(kindOf(item)) ?? 0) + 1;
    met.set(kindOf(item), number);
    return number <= mostOfAKind;
  });
  const rest = [...met].flatMap(([kind, number]) =>
    number > mostOfAKind
      ? [`… and ${(number - mostOfAKind).toLocaleString('en')} more [${kind}]: --format json has all`]
      : [],
  );
  return { shown, rest };
}
