import { useState } from 'preact/hooks';
import { type Client, operationPath } from '../client.js';
import type { SavedCase } from '../payloads.js';
import { messageOf } from '../use-mock.js';
import { CopyButton } from './copy.js';
import { Body } from './json-tree.js';

interface SaveCaseProps {
  readonly client: Client;
  readonly operation: string;
  /** What the case answers, as a fixture file has it. */
  readonly value: object;
  /** Which requests it can answer; absent: it answers when it is asked for. */
  readonly when?: object | undefined;
  /** Whether what looks like a placeholder in it is none. */
  readonly isLiteral?: boolean;
}

/** Puts a case into the fixture file; where that may not be written, shows what to put there. */
export function SaveCase({ client, operation, value, when, isLiteral = false }: SaveCaseProps) {
  const [name, setName] = useState('');
  const [isAutomatic, setAutomatic] = useState(when !== undefined);
  const [saved, setSaved] = useState<SavedCase | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function save(): Promise<void> {
    const scripted = { ...(isAutomatic && when !== undefined && { when }), ...value };
    try {
      const wish = { name, case: scripted, isLiteral, save: true };
      setSaved(await client.ask<SavedCase>('POST', `${operationPath(operation)}/cases`, wish));
      setProblem(null);
    } catch (error) {
      setProblem(messageOf(error));
    }
  }

  return (
    <form
      class="save-case"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div class="tools">
        <label class="field">
          Name of the case
          <input
            value={name}
            pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
            title="Letters, digits and . _ -"
            required
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        {when !== undefined && (
          <label class="check">
            <input
              type="checkbox"
              checked={isAutomatic}
              onChange={(event) => setAutomatic(event.currentTarget.checked)}
            />
            answers such requests by itself
          </label>
        )}
        <button type="submit" class="strong">
          Save
        </button>
      </div>
      {problem !== null && <p role="alert">{problem}</p>}
      {saved !== null && (
        <>
          <p role="status">
            {saved.file === null ? `${saved.reason}. Put this into your fixture file:` : `Saved to ${saved.file}.`}
          </p>
          <Body text={saved.yaml} label="The case as YAML" />
          <div class="buttons">
            <CopyButton text={saved.yaml} label="Copy as YAML" />
          </div>
        </>
      )}
    </form>
  );
}
