import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface DialogProps {
  readonly label: string;
  readonly close: () => void;
  readonly children: ComponentChildren;
}

/** What lies over the page until it is closed: by Escape, or a click beside it. */
export function Dialog({ label, close, children }: DialogProps) {
  const place = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = place.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it as well
    <dialog
      ref={place}
      aria-label={label}
      // The event of one that is taken away comes when another one may be open.
      onClose={(event) => event.currentTarget.isConnected && close()}
      onClick={(event) => event.target === place.current && close()}
    >
      {children}
    </dialog>
  );
}
