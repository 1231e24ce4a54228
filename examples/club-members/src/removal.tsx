import { useState } from 'react';
import { Dialog } from './dialog';
import { type Member, messageOf } from './members';

interface RemovalProps {
  readonly member: Member;
  remove(): Promise<void>;
  onClose(): void;
}

/** Asks before a member is removed. */
export function Removal({ member, remove, onClose }: RemovalProps) {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <Dialog title={`Remove ${member.name}?`} onClose={onClose}>
      <p>The club forgets name, address and role.</p>
      {problem !== null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      <div className="actions">
        <button
          type="button"
          className="danger"
          onClick={() => remove().catch((error: unknown) => setProblem(messageOf(error)))}
        >
          Remove
        </button>
        <button type="button" className="quiet" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}
