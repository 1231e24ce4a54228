import { useState } from 'preact/hooks';
import { type Choice, choose, dataChoices, isChosen, withOption } from '../active.js';
import { chipsOf, without } from '../chips.js';
import type { Active, OperationDetail } from '../payloads.js';
import { duration } from '../words.js';
import { ChoiceButton } from './choice.js';
import { Faults } from './faults.js';
import { Roving } from './roving.js';

interface ChoicesProps {
  readonly detail: OperationDetail;
  readonly active: Active | null;
  readonly activate: (wish: Active | null) => void;
}

/** Everything that an operation can be made to answer, what is wanted most first. */
export function Choices({ detail, active, activate }: ChoicesProps) {
  const { cases, examples, faults } = detail;
  /** What is active already is let go. */
  const toggle = (choice: Choice) => activate(isChosen(active, choice) ? null : choose(active, choice));
  return (
    <>
      <fieldset>
        <legend>Answer with</legend>
        <Roving class="chips">
          {chipsOf(detail).map((chip) => {
            const isOn = chip.isOn(active);
            return (
              <button
                key={chip.label}
                type="button"
                class={`chip ${chip.isDeclared ? '' : 'undeclared'} ${chip.status === null ? '' : `dot-${String(chip.status)[0]}`}`}
                aria-pressed={isOn}
                title={chip.title}
                onClick={() => activate(isOn ? without(active, chip) : chip.wish(active))}
              >
                {chip.label}
              </button>
            );
          })}
        </Roving>
      </fieldset>
      <Delay delay={active?.delay ?? 0} change={(delay) => activate(withOption(active, { delay }))} />
      {cases.length > 0 && (
        <fieldset>
          <legend>
            Cases <span class="count">{cases.length}</span>
          </legend>
          <Roving>
            {cases.map(({ name, description, status, automatic }) => (
              <ChoiceButton
                key={name}
                name={name}
                status={status}
                text={description}
                note={automatic ? 'also by itself' : null}
                isActive={isChosen(active, { example: name })}
                choose={() => toggle({ example: name })}
              />
            ))}
          </Roving>
        </fieldset>
      )}
      {examples.length > 0 && (
        <fieldset>
          <legend>
            Examples <span class="count">{examples.length}</span>
          </legend>
          <Roving>
            {examples.map(({ name, status }) => (
              <ChoiceButton
                key={`${status} ${name}`}
                name={name}
                status={status}
                text=""
                note={null}
                isActive={isChosen(active, { example: name })}
                choose={() => toggle({ example: name })}
              />
            ))}
          </Roving>
        </fieldset>
      )}
      <fieldset>
        <legend>Data</legend>
        <Roving class="chips">
          {[[null, 'as usual'] as const, ...dataChoices].map(([data, label]) => (
            <button
              key={label}
              type="button"
              class={data === null ? 'chip usual' : 'chip'}
              aria-pressed={(active?.data ?? null) === data}
              onClick={() => activate(withOption(active, { data }))}
            >
              {label}
            </button>
          ))}
        </Roving>
      </fieldset>
      <Faults
        faults={faults}
        active={active}
        toggle={(fault) => toggle({ fault })}
        setProbability={(probability) => activate(withOption(active, { probability }))}
      />
    </>
  );
}

const usualDelays = [0, 300, 1000, 3000, 10_000];
const longestDelay = 600_000;

function Delay({ delay, change }: { delay: number; change: (milliseconds: number) => void }) {
  const [text, setText] = useState('');
  const wanted = Number(text);
  const fits = /^\d{1,6}$/.test(text) && wanted <= longestDelay;
  return (
    <fieldset>
      <legend>Delay</legend>
      <div class="chips">
        <Roving class="chips">
          {usualDelays.map((milliseconds) => (
            <button
              key={milliseconds}
              type="button"
              class={milliseconds === 0 ? 'chip usual' : 'chip'}
              aria-pressed={delay === milliseconds}
              onClick={() => change(milliseconds)}
            >
              {milliseconds === 0 ? 'none' : duration(milliseconds)}
            </button>
          ))}
        </Roving>
        <form
          class="field"
          onSubmit={(event) => {
            event.preventDefault();
            if (fits) change(wanted);
          }}
        >
          <input
            class="short"
            inputMode="numeric"
            aria-label="Delay in milliseconds"
            aria-invalid={text !== '' && !fits}
            placeholder={usualDelays.includes(delay) ? 'ms' : String(delay)}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <button type="submit" disabled={!fits}>
            Set
          </button>
        </form>
      </div>
    </fieldset>
  );
}
