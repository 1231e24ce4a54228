import { type FormEvent, useState } from 'react';
import { Dialog } from './dialog';
import { type Member, type MemberDraft, messageOf, type Role, roles } from './members';

interface MemberFormProps {
  /** null: a new one. */
  readonly member: Member | null;
  save(draft: MemberDraft): Promise<void>;
  onClose(): void;
}

export function MemberForm({ member, save, onClose }: MemberFormProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setIsSaving] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name)).trim();
    setIsSaving(true);
    try {
      await save({ name: text('name'), email: text('email'), role: text('role') as Role, city: text('city') });
    } catch (error) {
      setProblem(messageOf(error));
      setIsSaving(false);
    }
  }

  return (
    <Dialog title={member === null ? 'Add a member' : `Edit ${member.name}`} onClose={onClose}>
      <form onSubmit={submit}>
        <label>
          Name
          <input name="name" defaultValue={member?.name} required maxLength={80} autoComplete="off" />
        </label>
        <label>
          E-mail
          <input name="email" type="email" defaultValue={member?.email} required maxLength={120} autoComplete="off" />
        </label>
        <label>
          City
          <input name="city" defaultValue={member?.city} required maxLength={80} autoComplete="off" />
        </label>
        <label>
          Role
          <select name="role" defaultValue={member?.role}>
            {Object.entries(roles).map(([role, title]) => (
              <option key={role} value={role}>
                {title}
              </option>
            ))}
          </select>
        </label>
        {problem !== null && (
          <p role="alert" className="problem">
            {problem}
          </p>
        )}
        <div className="actions">
          <button type="submit" disabled={isSaving}>
            {member === null ? 'Add' : 'Save'}
          </button>
          <button type="button" className="quiet" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
