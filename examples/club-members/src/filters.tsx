import { orders, type Query, type Role, roles } from './members';

interface FiltersProps {
  readonly query: Query;
  change(part: Partial<Query>): void;
}

export function Filters({ query, change }: FiltersProps) {
  return (
    <search className="filters">
      <label className="grows">
        Search
        <input type="search" value={query.q} maxLength={80} onChange={(event) => change({ q: event.target.value })} />
      </label>
      <label>
        Role
        <select value={query.role} onChange={(event) => change({ role: event.target.value as Role | '' })}>
          <option value="">All</option>
          {Object.entries(roles).map(([role, title]) => (
            <option key={role} value={role}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        Order
        <select value={query.sort} onChange={(event) => change({ sort: event.target.value })}>
          <option value="">As added</option>
          {Object.entries(orders).map(([order, title]) => (
            <option key={order} value={order}>
              {title}
            </option>
          ))}
        </select>
      </label>
    </search>
  );
}
