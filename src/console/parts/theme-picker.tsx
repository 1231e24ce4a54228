import { useEffect, useState } from 'preact/hooks';

const key = 'counterproof-theme';
const themes = { auto: 'Auto', light: 'Light', dark: 'Dark' } as const;
type Theme = keyof typeof themes;

/** Light, dark, or as the system has it. */
export function ThemePicker() {
  const [theme, setTheme] = useState<Theme>(known);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(key, theme);
  }, [theme]);
  return (
    <select
      class="theme"
      aria-label="Theme"
      value={theme}
      onChange={(event) => setTheme(event.currentTarget.value as Theme)}
    >
      {Object.entries(themes).map(([id, title]) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </select>
  );
}

function known(): Theme {
  const kept = localStorage.getItem(key);
  return kept !== null && Object.hasOwn(themes, kept) ? (kept as Theme) : 'auto';
}
