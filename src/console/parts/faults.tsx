import { useState } from 'preact/hooks';
import { isChosen } from '../active.js';
import type { Active, OperationDetail } from '../payloads.js';
import { ChoiceButton } from './choice.js';
import { Roving } from './roving.js';

interface FaultsProps {
  readonly faults: OperationDetail['faults'];
  readonly active: Active | null;
  readonly toggle: (fault: string) => void;
  readonly setProbability: (probability: number) => void;
}

/** The ways in which this operation can be wrong or slow, by family. */
export function Faults({ faults, active, toggle, setProbability }: FaultsProps) {
  const [filter, setFilter] = useState('');
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = faults.filter(({ id, family, summary }) => {
    const text = `${id} ${family} ${summary}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const families = [...new Set(found.map(({ family }) => family))];
  const hasActive = faults.some(({ id }) => isChosen(active, { fault: id }));
  return (
    <details class="faults" open={hasActive}>
      <summary>
        Contract faults <span class="count">{faults.length}</span>
      </summary>
      <div class="tools">
        <input
          type="search"
          aria-label="Filter faults"
          placeholder="Filter: reset, slow, 500, charset …"
          value={filter}
          onInput={(event) => setFilter(event.currentTarget.value)}
        />
        {active?.fault !== undefined && (
          <label class="field">
            strikes
            <select
              value={String(active.probability ?? 1)}
              onChange={(event) => setProbability(Number(event.currentTarget.value))}
            >
              {[...new Set([1, 0.5, 0.2, 0.1, active.probability ?? 1])].map((probability) => (
                <option key={probability} value={String(probability)}>
                  {probability === 1 ? 'always' : `in ${Math.round(probability * 100)} % of requests`}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {found.length === 0 && <p class="quiet">No fault has all of these words.</p>}
      {families.map((family) => {
        const members = found.filter((fault) => fault.family === family);
        const isOpen = words.length > 0 || members.some(({ id }) => isChosen(active, { fault: id }));
        return (
          <details key={family} open={isOpen}>
            <summary>
              {family} <span class="count">{members.length}</span>
            </summary>
            <Roving>
              {members.map(({ id, summary }) => (
                <ChoiceButton
                  key={id}
                  name={id}
                  status={null}
                  text={summary}
                  note={null}
                  isActive={isChosen(active, { fault: id })}
                  choose={() => toggle(id)}
                />
              ))}
            </Roving>
          </details>
        );
      })}
    </details>
  );
}
