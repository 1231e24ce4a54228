import { useMemo, useState } from 'preact/hooks';

/** Members of one list or object that are drawn at once. */
const mostMembers = 100;
/** Deeper than this it is folded. */
const openDepth = 3;

/** A body: JSON as a tree that can be folded, everything else as it is. */
export function Body({ text, label }: { text: string; label: string }) {
  const value = useMemo(() => parsed(text), [text]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
    <section class="body mono" aria-label={label} tabIndex={0}>
      {value === undefined ? <pre>{text}</pre> : <Node name={null} value={value} depth={0} />}
    </section>
  );
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // It was cut, or is none.
    return undefined;
  }
}

function Node({ name, value, depth }: { name: string | null; value: unknown; depth: number }) {
  if (typeof value !== 'object' || value === null) {
    return (
      <div class="leaf">
        <Name name={name} />
        <span class={`json-${value === null ? 'null' : typeof value}`}>{JSON.stringify(value)}</span>
      </div>
    );
  }
  return <Branch name={name} value={value} depth={depth} />;
}

function Branch({ name, value, depth }: { name: string | null; value: object; depth: number }) {
  const isList = Array.isArray(value);
  const members = Object.entries(value);
  const [isOpen, setOpen] = useState(depth < openDepth && (depth === 0 || members.length <= 20));
  const [most, setMost] = useState(mostMembers);
  const [open, close] = isList ? '[]' : '{}';
  if (members.length === 0) {
    return (
      <div class="leaf">
        <Name name={name} />
        <span class="quiet">{`${open}${close}`}</span>
      </div>
    );
  }
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it is what a browser folds by */}
      <summary tabIndex={depth === 0 ? 0 : -1} onKeyDown={walk}>
        <Name name={name} />
        <span class="quiet">
          {open}
          {!isOpen && ` ${glimpse(value)} ${close}`}
        </span>
      </summary>
      {isOpen && (
        <div class="branch">
          {members.slice(0, most).map(([key, member]) => (
            <Node key={key} name={isList ? null : key} value={member} depth={depth + 1} />
          ))}
          {members.length > most && (
            <button type="button" class="small" onClick={() => setMost(most + mostMembers)}>
              {members.length - most} more
            </button>
          )}
        </div>
      )}
      {isOpen && <span class="quiet">{close}</span>}
    </details>
  );
}

/** So much of what is folded is shown, in characters. */
const mostGlimpsed = 60;

/** The first of what is folded, and how much more there is. */
function glimpse(value: object): string {
  const members = Object.entries(value);
  let text = '';
  let count = 0;
  for (const [key, member] of members) {
    if (typeof member === 'object' && member !== null) break;
    const said = Array.isArray(value) ? JSON.stringify(member) : `${key}: ${JSON.stringify(member)}`;
    if (text.length + said.length > mostGlimpsed) break;
    text += `${count === 0 ? '' : ', '}${said}`;
    count += 1;
  }
  const rest = members.length - count;
  return [text, rest > 0 && (count === 0 ? String(rest) : `and ${rest} more`)].filter(Boolean).join(' ');
}

const Name = ({ name }: { name: string | null }) =>
  name === null ? null : (
    <>
      <span class="json-name">{name}</span>
      <span class="quiet">: </span>
    </>
  );

/** Arrow keys go from one fold to another, and fold. */
function walk(event: KeyboardEvent): void {
  const here = event.currentTarget as HTMLElement;
  const fold = here.parentElement as HTMLDetailsElement;
  const all = [...(here.closest('.body')?.querySelectorAll<HTMLElement>('summary') ?? [])];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step !== undefined) all[all.indexOf(here) + step]?.focus();
  else if (event.key === 'ArrowRight') fold.open = true;
  else if (event.key === 'ArrowLeft') fold.open = false;
  else return;
  event.preventDefault();
}
