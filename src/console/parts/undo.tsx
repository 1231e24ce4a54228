import { useEffect } from 'preact/hooks';

/** What can be taken back. */
export interface Undo {
  /** Without its period. */
  readonly said: string;
  readonly undo: () => Promise<void>;
}

/** So long it is offered, in milliseconds. */
const offered = 20_000;

export function UndoBar({ undo, done }: { undo: Undo | null; done: () => void }) {
  useEffect(() => {
    if (undo === null) return;
    const timer = setTimeout(done, offered);
    return () => clearTimeout(timer);
  }, [undo, done]);
  return (
    <div role="status" class="undo-bar" hidden={undo === null}>
      {undo !== null && (
        <>
          {undo.said}.{' '}
          <button type="button" class="small" onClick={() => undo.undo().then(done)}>
            Undo
          </button>
        </>
      )}
    </div>
  );
}
