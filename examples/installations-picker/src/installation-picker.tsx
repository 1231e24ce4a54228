import { useState } from 'react';
import { type Provider, providers } from './providers';

interface InstallationPickerProps {
  readonly provider: Provider;
  readonly ids: readonly string[];
}

export function InstallationPicker({ provider, ids }: InstallationPickerProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const { name, one, many } = providers[provider];
  return (
    <section>
      <p className="count" role="status">
        {ids.length} {ids.length === 1 ? one : many} on {name}
      </p>
      <fieldset className="installations">
        <legend className="hidden">Choose one</legend>
        {ids.map((id) => (
          <label key={id}>
            <input type="radio" name="installation" checked={chosen === id} onChange={() => setChosen(id)} />
            <span>{id}</span>
          </label>
        ))}
      </fieldset>
      <button type="button" disabled={chosen === null}>
        {chosen === null ? `Choose one of the ${many}` : `Work with ${chosen}`}
      </button>
    </section>
  );
}
