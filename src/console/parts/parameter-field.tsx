import type { FormParameter } from '../payloads.js';

interface ParameterFieldProps {
  readonly parameter: FormParameter;
  readonly text: string;
  readonly isSent: boolean;
  readonly change: (text: string, isSent: boolean) => void;
}

/** One parameter of a request: its value, and for one that may be left out whether it is sent. */
export function ParameterField({ parameter, text, isSent, change }: ParameterFieldProps) {
  const { in: where, name, required, description, choices } = parameter;
  const label = `${name} (${where})`;
  return (
    <div class={isSent ? 'parameter' : 'parameter is-left-out'}>
      <label class="check" title={description}>
        <input
          type="checkbox"
          aria-label={`Send ${label}`}
          checked={isSent}
          disabled={required && isSent && where === 'path'}
          onChange={(event) => change(text, event.currentTarget.checked)}
        />
        <span>
          {name} <span class="quiet">{where}</span>
          {required && <span class="required"> required</span>}
        </span>
      </label>
      {choices.length > 0 ? (
        <select aria-label={label} value={text} onChange={(event) => change(event.currentTarget.value, true)}>
          {[...(choices.includes(text) ? [] : [text]), ...choices].map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : (
        <input
          class="mono"
          aria-label={label}
          value={text}
          placeholder={isSent ? '' : 'not sent'}
          onInput={(event) => change(event.currentTarget.value, true)}
        />
      )}
    </div>
  );
}
