import { useState } from 'preact/hooks';
import { CutPath } from './cut-path.js';
import { Dialog } from './dialog.js';

/** What can be found, and what is done when it is chosen. */
export interface Finding {
  readonly kind: 'operation' | 'case' | 'fault' | 'command';
  readonly name: string;
  readonly note: string;
  readonly act: () => void;
}

/** So many are shown. */
const mostShown = 40;

/** Finds an operation, a case, a fault or a command by its words. */
export function Palette({ findings, close }: { findings: readonly Finding[]; close: () => void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = findings
    .filter(({ kind, name, note }) => {
      const said = `${kind} ${name} ${note}`.toLowerCase();
      return words.every((word) => said.includes(word));
    })
    .slice(0, mostShown);
  const chosen = Math.min(at, shown.length - 1);

  function choose(finding: Finding | undefined): void {
    if (finding === undefined) return;
    close();
    finding.act();
  }

  return (
    <Dialog label="Find" close={close}>
      <input
        type="text"
        // biome-ignore lint/a11y/noRedundantRoles: the list is not the browser's own
        role="combobox"
        aria-expanded="true"
        aria-controls="findings"
        aria-activedescendant={chosen < 0 ? undefined : `finding-${chosen}`}
        aria-label="Find an operation, a case, a fault, a command"
        placeholder="Operation, case, fault, command"
        list={undefined}
        ref={(input) => input?.focus()}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (by !== undefined) {
            event.preventDefault();
            setAt(Math.min(Math.max(chosen + by, 0), shown.length - 1));
          } else if (event.key === 'Enter') {
            event.preventDefault();
            choose(shown[chosen]);
          }
        }}
      />
      <div class="findings" id="findings" role="listbox" aria-label="Found">
        {shown.map((finding, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys
          <div
            key={`${finding.kind} ${finding.name} ${finding.note}`}
            id={`finding-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            ref={index === chosen ? reveal : null}
            onClick={() => choose(finding)}
          >
            <span class="quiet">{finding.kind}</span> <CutPath path={finding.name} />{' '}
            <span class="quiet note">{finding.note}</span>
          </div>
        ))}
      </div>
      {shown.length === 0 && <p class="quiet">Nothing is like that.</p>}
    </Dialog>
  );
}

function reveal(line: HTMLElement | null): void {
  line?.scrollIntoView({ block: 'nearest' });
}
