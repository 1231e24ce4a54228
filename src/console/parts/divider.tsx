import { useEffect, useState } from 'preact/hooks';

interface DividerProps {
  /** The custom property that has the share of what is before it, in percent. */
  readonly property: string;
  readonly label: string;
  readonly usual: number;
  readonly least: number;
  readonly most: number;
  /** Whether it lies between what is above and below. */
  readonly isHorizontal?: boolean;
}

/** How far an arrow key goes, in percent. */
const step = 2;

/** A line between two panes that can be dragged, or moved by the arrow keys; a double click puts it back. */
export function Divider({ property, label, usual, least, most, isHorizontal = false }: DividerProps) {
  const [share, setShare] = useState(() => Number(localStorage.getItem(property)) || usual);
  useEffect(() => {
    document.documentElement.style.setProperty(property, `${share}%`);
    localStorage.setItem(property, String(share));
  }, [property, share]);
  const move = (wanted: number) => setShare(Math.round(Math.min(most, Math.max(least, wanted)) * 10) / 10);
  const keys = isHorizontal ? { ArrowUp: -step, ArrowDown: step } : { ArrowLeft: -step, ArrowRight: step };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a line that can be moved is no hr (WAI-ARIA, window splitter)
    <div
      class="divider"
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={isHorizontal ? 'horizontal' : 'vertical'}
      aria-valuenow={share}
      aria-valuemin={least}
      aria-valuemax={most}
      onDblClick={() => move(usual)}
      onKeyDown={(event) => {
        const by = Object.hasOwn(keys, event.key) ? keys[event.key as keyof typeof keys] : undefined;
        if (by === undefined) return;
        event.preventDefault();
        move(share + by);
      }}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const line = event.currentTarget;
        if (!line.hasPointerCapture(event.pointerId)) return;
        const around = (line.parentElement as HTMLElement).getBoundingClientRect();
        const before = line.previousElementSibling?.getBoundingClientRect() ?? around;
        move(
          isHorizontal
            ? ((event.clientY - around.top) / around.height) * 100
            : ((event.clientX - before.left) / around.width) * 100,
        );
      }}
    />
  );
}
