import { useState } from 'react';
import { Installations } from './installations-view';
import { ProviderPicker } from './provider-picker';
import type { Provider } from './providers';
import { useInstallations } from './use-installations';

export function App() {
  const [provider, setProvider] = useState<Provider | null>(null);
  const [sessionApiKey, setSessionApiKey] = useState('example-session-key');
  const { asking, retry, cancel } = useInstallations(provider, sessionApiKey);

  function choose(chosen: Provider) {
    setProvider(chosen);
    retry();
  }

  function useKey(key: string) {
    setSessionApiKey(key);
    retry();
  }

  return (
    <main>
      <h1>Where is your code?</h1>
      <p className="lead">Choose a Git provider, then the installation to work with.</p>
      <ProviderPicker chosen={provider} onChoose={choose} />
      {provider !== null && (
        // A chosen installation is one of its provider.
        <Installations
          key={provider}
          provider={provider}
          asking={asking}
          onRetry={retry}
          onCancel={cancel}
          onSessionApiKey={useKey}
        />
      )}
    </main>
  );
}
