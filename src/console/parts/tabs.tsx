import { Roving } from './roving.js';

interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly id: Id; readonly title: string }[];
  readonly chosen: Id;
  readonly choose: (id: Id) => void;
}

export function Tabs<Id extends string>({ label, tabs, chosen, choose }: TabsProps<Id>) {
  return (
    <Roving class="tabs" role="tablist" label={label}>
      {tabs.map(({ id, title }) => (
        <button key={id} type="button" role="tab" aria-selected={id === chosen} onClick={() => choose(id)}>
          {title}
        </button>
      ))}
    </Roving>
  );
}
