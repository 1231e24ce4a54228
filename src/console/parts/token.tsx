import { useState } from 'preact/hooks';

/** Asks for what `--control-token` has set. It is kept until the tab is closed. */
export function TokenForm({ wrong, take }: { wrong: boolean; take: (token: string) => void }) {
  const [token, setToken] = useState('');
  return (
    <form
      class="token"
      onSubmit={(event) => {
        event.preventDefault();
        if (token !== '') take(token);
      }}
    >
      <h1>This mock wants a token</h1>
      <p>It was started with a token for its console: the value of --control-token or COUNTERPROOF_CONTROL_TOKEN.</p>
      {wrong && <p role="alert">That was not the token.</p>}
      <div class="field">
        <label for="token">Token</label>
        <input
          id="token"
          type="password"
          autoComplete="off"
          value={token}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
        <button type="submit" class="strong">
          Open
        </button>
      </div>
    </form>
  );
}
