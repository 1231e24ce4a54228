import { type Member, roles } from './members';

interface MembersTableProps {
  readonly members: readonly Member[];
  onEdit(member: Member): void;
  onRemove(member: Member): void;
}

const days = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });

export function MembersTable({ members, onEdit, onRemove }: MembersTableProps) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Role</th>
          <th scope="col">City</th>
          <th scope="col">Joined</th>
          <th scope="col">
            <span className="hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={member.id}>
            <th scope="row">
              {member.name}
              <small>{member.email}</small>
            </th>
            <td>
              <span className={`role ${member.role}`}>{roles[member.role]}</span>
            </td>
            <td>{member.city}</td>
            <td>
              <time dateTime={member.joined}>{days.format(new Date(member.joined))}</time>
            </td>
            <td className="row-actions">
              <button type="button" className="plain" aria-label={`Edit ${member.name}`} onClick={() => onEdit(member)}>
                Edit
              </button>
              <button
                type="button"
                className="plain"
                aria-label={`Remove ${member.name}`}
                onClick={() => onRemove(member)}
              >
                Remove
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
