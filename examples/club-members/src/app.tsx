import { useState } from 'react';
import { Filters } from './filters';
import { MemberForm } from './member-form';
import { addMember, changeMember, type Member, type MemberDraft, type Query, removeMember } from './members';
import { MembersTable } from './members-table';
import { Removal } from './removal';
import { useMembers } from './use-members';

type Task = { readonly kind: 'add' } | { readonly kind: 'edit' | 'remove'; readonly member: Member };

export function App() {
  const [query, setQuery] = useState<Query>({ q: '', role: '', sort: '', page: 1 });
  const [task, setTask] = useState<Task | null>(null);
  const [said, setSaid] = useState('');
  const { page, problem, refresh } = useMembers(query);
  const close = () => setTask(null);

  function ended(message: string): void {
    setSaid(message);
    close();
    refresh();
  }

  async function save(draft: MemberDraft): Promise<void> {
    if (task?.kind === 'edit') {
      const { name } = await changeMember(task.member.id, draft);
      return ended(`${name} was changed`);
    }
    const { name } = await addMember(draft);
    // Who is new stands first where nothing is filtered.
    setQuery({ q: '', role: '', sort: '', page: 1 });
    ended(`${name} was added`);
  }

  async function remove(member: Member): Promise<void> {
    await removeMember(member.id);
    // The last one of a page takes the page along.
    if (page?.items.length === 1 && query.page > 1) setQuery({ ...query, page: query.page - 1 });
    ended(`${member.name} was removed`);
  }

  return (
    <main>
      <header>
        <div>
          <h1>Members</h1>
          <p role="status">{page === null ? 'Loading…' : summary(page.total, said)}</p>
        </div>
        <button type="button" onClick={() => setTask({ kind: 'add' })}>
          Add a member
        </button>
      </header>
      <Filters query={query} change={(part) => setQuery({ ...query, ...part, page: 1 })} />
      {problem !== null && (
        <div role="alert" className="problem">
          {problem}{' '}
          <button type="button" className="plain" onClick={refresh}>
            Try again
          </button>
        </div>
      )}
      {page !== null && page.items.length > 0 && (
        <MembersTable
          members={page.items}
          onEdit={(member) => setTask({ kind: 'edit', member })}
          onRemove={(member) => setTask({ kind: 'remove', member })}
        />
      )}
      {page?.items.length === 0 && <p className="empty">Nobody is found with these filters.</p>}
      {page !== null && page.pages > 1 && (
        <nav aria-label="Pages">
          <button
            type="button"
            className="quiet"
            disabled={query.page <= 1}
            onClick={() => setQuery({ ...query, page: query.page - 1 })}
          >
            Previous
          </button>
          <span>
            Page {page.page} of {page.pages}
          </span>
          <button
            type="button"
            className="quiet"
            disabled={query.page >= page.pages}
            onClick={() => setQuery({ ...query, page: query.page + 1 })}
          >
            Next
          </button>
        </nav>
      )}
      {(task?.kind === 'add' || task?.kind === 'edit') && (
        <MemberForm member={task.kind === 'edit' ? task.member : null} save={save} onClose={close} />
      )}
      {task?.kind === 'remove' && <Removal member={task.member} remove={() => remove(task.member)} onClose={close} />}
    </main>
  );
}

function summary(total: number, said: string): string {
  const count = total === 1 ? '1 person' : `${total} people`;
  return said === '' ? count : `${said}. ${count}`;
}
