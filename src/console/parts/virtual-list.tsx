import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Height of a row in pixels: the style sheet says the same. */
export const rowHeight = 28;
/** So many rows are drawn above and below what is seen. */
const margin = 8;

interface VirtualListProps<Item> {
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** Its link or button has the class `row` and this `tabIndex`. */
  readonly row: (item: Item, tabIndex: 0 | -1) => ComponentChildren;
  /** The key of what is selected: it is brought into view when it becomes another. */
  readonly selected: string | null;
  readonly label: string;
}

/** A list of rows of one height, of which those are drawn that are seen, however many there are. Tab stops at it once. */
export function VirtualList<Item>({ items, keyOf, row, selected, label }: VirtualListProps<Item>) {
  const view = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const [stop, setStop] = useState<string | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  const goTo = useRef<string | null>(null);
  const indexOf = (key: string | null) => (key === null ? -1 : items.findIndex((item) => keyOf(item) === key));

  useEffect(() => {
    const place = view.current;
    if (place === null) return;
    const observer = new ResizeObserver(() => setHeight(place.clientHeight));
    observer.observe(place);
    return () => observer.disconnect();
  }, []);

  function reveal(index: number): void {
    const place = view.current;
    if (place === null || index < 0) return;
    const from = index * rowHeight;
    if (from < place.scrollTop) place.scrollTop = from;
    else if (from + rowHeight > place.scrollTop + place.clientHeight)
      place.scrollTop = from + rowHeight - place.clientHeight;
    setTop(place.scrollTop);
  }

  const isThere = items.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is selected is brought into view once, and may be scrolled away
  useLayoutEffect(() => {
    const index = indexOf(selected);
    const place = view.current;
    if (place === null || index < 0) return;
    const from = index * rowHeight;
    if (from < place.scrollTop || from + rowHeight > place.scrollTop + place.clientHeight)
      place.scrollTop = Math.max(0, from - place.clientHeight / 2);
    setTop(place.scrollTop);
    setStop(selected);
  }, [selected, isThere]);

  // What comes at the top moves nothing for whoever has scrolled down.
  const firstKey = items[0] === undefined ? null : keyOf(items[0]);
  const before = useRef(firstKey);
  useLayoutEffect(() => {
    const known = before.current;
    before.current = firstKey;
    if (known === firstKey) return;
    const moved = indexOf(known);
    const place = view.current;
    if (place === null || moved <= 0 || place.scrollTop === 0) return;
    place.scrollTop += moved * rowHeight;
    setTop(place.scrollTop);
  });

  useLayoutEffect(() => {
    if (goTo.current === null) return;
    const there = view.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(goTo.current)}"] .row`);
    if (!there) return;
    goTo.current = null;
    there.focus({ preventScroll: true });
  });

  function move(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = items.length - 1;
    const page = Math.max(1, Math.floor(height / rowHeight) - 1);
    const at = Math.max(indexOf(stop), 0);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: last };
    const wanted = Object.hasOwn(next, event.key) ? next[event.key as keyof typeof next] : undefined;
    if (wanted === undefined || last < 0) return;
    event.preventDefault();
    const isInside = view.current?.contains(document.activeElement) ?? false;
    const index = isInside ? Math.min(Math.max(wanted, 0), last) : at;
    const key = keyOf(items[index] as Item);
    goTo.current = key;
    setStop(key);
    reveal(index);
  }

  const first = Math.max(0, Math.min(Math.floor(top / rowHeight), items.length) - margin);
  const end = Math.min(items.length, Math.ceil((top + height) / rowHeight) + margin);
  const drawn = items.slice(first, end).map((item, index) => ({ item, key: keyOf(item), at: first + index }));
  // What has the focus and is taken away leaves the keyboard nowhere.
  const held = hasFocus && !drawn.some(({ key }) => key === stop) ? indexOf(stop) : -1;
  if (held >= 0) {
    drawn.splice(held < first ? 0 : drawn.length, 0, { item: items[held] as Item, key: stop as string, at: held });
  }
  const isStopDrawn = drawn.some(({ key }) => key === stop);
  /** What is not drawn between two rows, or before the first and after the last. */
  const gap = (from: number, to: number) => `${(to - from) * rowHeight}px`;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it takes the keys of what is in it
    <div
      class="virtual"
      ref={view}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={move}
      onFocusIn={({ target }) => {
        const key = (target as HTMLElement).closest<HTMLElement>('[data-key]')?.dataset.key;
        if (key !== undefined) setStop(key);
        setHasFocus(true);
      }}
      onFocusOut={() => setHasFocus(false)}
    >
      <ol aria-label={label} style={{ paddingBottom: gap((drawn.at(-1)?.at ?? -1) + 1, items.length) }}>
        {drawn.map(({ item, key, at }, index) => {
          const isStop = isStopDrawn ? key === stop : index === Math.min(margin, first);
          const above = gap((drawn[index - 1]?.at ?? -1) + 1, at);
          return (
            <li
              key={key}
              data-key={key}
              style={{ marginTop: above }}
              aria-setsize={items.length}
              aria-posinset={at + 1}
            >
              {row(item, isStop ? 0 : -1)}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
