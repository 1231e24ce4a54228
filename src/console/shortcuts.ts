/** What a key does, and its name in the help. */
export interface Shortcut {
  readonly keys: string;
  readonly does: string;
}

export const shortcuts: readonly Shortcut[] = [
  { keys: '/', does: 'filter what is in this pane' },
  { keys: 'j k', does: 'the next line, the one before' },
  { keys: 'Enter', does: 'open the line' },
  { keys: 'F6', does: 'the next pane; with Shift the one before' },
  { keys: 'r', does: 'reset the answers' },
  { keys: 'c', does: 'copy the request as curl' },
  { keys: 'Ctrl K', does: 'find an operation, a case, a fault, a command' },
  { keys: 'Ctrl Enter', does: 'save or send what is being edited' },
  { keys: 'Escape', does: 'close what is open' },
  { keys: '?', does: 'this list' },
];

export interface ShortcutActions {
  reset(): void;
  help(): void;
  find(): void;
}

/** The pane that has the focus, or the first. */
const paneNow = (): HTMLElement | null =>
  document.activeElement?.closest<HTMLElement>('.pane') ?? document.querySelector<HTMLElement>('.pane');

/** Handles a key that was pressed anywhere on the page; whoever types is left alone. */
export function handleKey(event: KeyboardEvent, actions: ShortcutActions): void {
  const { key, target } = event;
  const isTyping = target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
  const always = (event.ctrlKey || event.metaKey) && key.toLowerCase() === 'k' ? actions.find : null;
  const paneStep = key === 'F6' ? () => nextPane(event.shiftKey ? -1 : 1) : null;
  const isLeftAlone = isTyping || hasModifier || document.querySelector('dialog[open]') !== null;
  const act = always ?? paneStep ?? (isLeftAlone ? undefined : actOf(key, actions));
  if (act === undefined) return;
  event.preventDefault();
  act();
}

function actOf(key: string, actions: ShortcutActions): (() => void) | undefined {
  return {
    '/': () => paneNow()?.querySelector<HTMLElement>('input[type="search"]')?.focus(),
    j: () => step('ArrowDown'),
    k: () => step('ArrowUp'),
    r: actions.reset,
    c: copy,
    '?': actions.help,
  }[key];
}

/** The list of the pane knows what the arrow keys mean. */
function step(key: string): void {
  const list = paneNow()?.querySelector('.virtual') ?? document.querySelector('.virtual');
  list?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

function copy(): void {
  const within = paneNow()?.querySelector('.request-detail') ?? document.querySelector('.request-detail, .try');
  const button = [...(within?.querySelectorAll('button') ?? [])].find((one) => one.textContent === 'Copy as curl');
  button?.click();
}

function nextPane(by: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>('.pane')].filter((pane) => pane.offsetParent !== null);
  const at = all.findIndex((pane) => pane.contains(document.activeElement));
  const next = all[(at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by + all.length) % all.length];
  const stop = next?.querySelector<HTMLElement>('.virtual .row[tabindex="0"], button:not([tabindex="-1"]), input, a');
  stop?.focus();
}
