interface ChoiceButtonProps {
  readonly name: string;
  readonly status: number | string | null;
  readonly text: string;
  readonly note: string | null;
  readonly isActive: boolean;
  readonly choose: () => void;
}

/** One thing that can be made active: pressed it is, pressed again it no longer is. */
export function ChoiceButton({ name, status, text, note, isActive, choose }: ChoiceButtonProps) {
  return (
    <button type="button" class="choice" aria-pressed={isActive} onClick={choose}>
      <span class="choice-line">
        <span class="mono">{name}</span>
        {note !== null && <span class="choice-note">{note}</span>}
        {status !== null && <span class={`status status-${String(status)[0]}`}>{status}</span>}
      </span>
      {text !== '' && <span class="choice-text">{text}</span>}
    </button>
  );
}
