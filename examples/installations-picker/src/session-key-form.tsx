import { type FormEvent, useState } from 'react';

interface SessionKeyFormProps {
  onKey(key: string): void;
}

/** Another key for the session, after a 401. */
export function SessionKeyForm({ onKey }: SessionKeyFormProps) {
  const [key, setKey] = useState('');

  function submit(event: FormEvent) {
    event.preventDefault();
    onKey(key);
  }

  return (
    <form className="key-form" onSubmit={submit}>
      <label>
        Session API key
        <input value={key} onChange={(event) => setKey(event.target.value)} required autoComplete="off" />
      </label>
      <button type="submit">Use this key</button>
    </form>
  );
}
