import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface RovingProps {
  /** What is gone to, as a selector. */
  readonly stops?: string;
  readonly class?: string;
  readonly role?: 'tablist' | 'group';
  readonly label?: string;
  readonly children: ComponentChildren;
}

const stepsBetween: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** A group that Tab stops at once: arrow keys, Home and End go from one of its links or buttons to another. */
export function Roving({ stops = 'button, a', class: kind, role = 'group', label, children }: RovingProps) {
  const group = useRef<HTMLDivElement>(null);
  const all = () => [...(group.current?.querySelectorAll<HTMLElement>(stops) ?? [])];

  function settle(): void {
    const here = all();
    const focused = here.find((stop) => stop === document.activeElement);
    const before = here.find((stop) => stop.tabIndex === 0 && stop.dataset.stop === 'true');
    const pressed = here.find((stop) => stop.matches('[aria-pressed="true"], [aria-selected="true"]'));
    const chosen = focused ?? before ?? pressed ?? here.find((stop) => !stop.matches(':disabled')) ?? here[0];
    for (const stop of here) {
      stop.tabIndex = stop === chosen ? 0 : -1;
      stop.dataset.stop = String(stop === focused || (stop === before && focused === undefined));
    }
  }
  // What stands in it may be another with each drawing.
  useLayoutEffect(settle);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it takes the keys of what is in it
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: each of its roles has a name
    <div
      class={kind}
      role={role}
      aria-label={label}
      ref={group}
      onFocusIn={settle}
      onKeyDown={(event) => {
        const step = stepsBetween[event.key];
        if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
        const here = all().filter((stop) => !stop.matches(':disabled') && stop.offsetParent !== null);
        const at = here.indexOf(document.activeElement as HTMLElement);
        if (at < 0) return;
        event.preventDefault();
        here[step(at, here.length - 1)]?.focus();
      }}
    >
      {children}
    </div>
  );
}
