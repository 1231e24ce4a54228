import { type Provider, providerIds, providers } from './providers';

interface ProviderPickerProps {
  readonly chosen: Provider | null;
  onChoose(provider: Provider): void;
}

export function ProviderPicker({ chosen, onChoose }: ProviderPickerProps) {
  return (
    <fieldset className="providers">
      <legend>Provider</legend>
      {providerIds.map((id) => (
        <label key={id}>
          <input type="radio" name="provider" value={id} checked={chosen === id} onChange={() => onChoose(id)} />
          <span>{providers[id].name}</span>
        </label>
      ))}
    </fieldset>
  );
}
