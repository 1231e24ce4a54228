import { useState } from 'preact/hooks';

export function CopyButton({ text, label }: { text: string; label: string }) {
  const [said, setSaid] = useState('');

  async function copy(): Promise<void> {
    setSaid((await copied(text)) ? 'Copied' : 'The browser does not let this page copy');
    setTimeout(() => setSaid(''), 2000);
  }

  return (
    <>
      <button type="button" onClick={copy}>
        {label}
      </button>
      <span role="status" class="said">
        {said}
      </span>
    </>
  );
}

/** Where the console was opened by an address without TLS, the Clipboard API is absent. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    const before = document.activeElement;
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    if (before instanceof HTMLElement) before.focus();
    return done;
  }
}
