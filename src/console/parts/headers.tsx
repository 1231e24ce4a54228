type Fields = readonly (readonly [string, string])[];

/** Header fields, folded. */
export function Headers({ fields }: { fields: Fields }) {
  return (
    <details class="fields">
      <summary>{fields.length === 1 ? '1 header' : `${fields.length} headers`}</summary>
      <dl class="headers">
        {fields.map(([name, value]) => (
          <div key={`${name} ${value}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

export const fieldIn = (fields: Fields, wanted: string): string | null =>
  fields.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null;
