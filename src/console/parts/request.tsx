import { memo } from 'preact/compat';
import type { Exchange } from '../payloads.js';
import { duration, sourceWord, timeOfDay } from '../words.js';
import { CutPath } from './cut-path.js';
import { violationText } from './violations.js';

interface RequestRowProps {
  readonly exchange: Exchange;
  readonly isOpen: boolean;
  readonly tabIndex: 0 | -1;
  readonly open: (exchange: Exchange) => void;
}

/** One exchange in one line. */
export const RequestRow = memo(function RequestRow({ exchange, isOpen, tabIndex, open }: RequestRowProps) {
  const { time, method, target, status, violations, source, name, milliseconds, delay } = exchange;
  const [first] = violations;
  const why = first === undefined ? (name ?? sourceWord(source)) : `${name ?? ''} ${violationText(first)}`.trim();
  return (
    <button
      type="button"
      class={violations.length > 0 ? 'row request is-wrong' : 'row request'}
      tabIndex={tabIndex}
      aria-current={isOpen ? 'true' : undefined}
      title={first === undefined ? undefined : violations.map(violationText).join('\n')}
      onClick={() => open(exchange)}
    >
      <span class={`status status-${String(status)[0]}`}>{status}</span>
      <span class={`method method-${method.toLowerCase()}`}>{method}</span>
      <CutPath path={target} class="target" />
      <span class={`source source-${source}`}>{why}</span>
      <span class="took">
        {duration(milliseconds)}
        {delay > 0 && ` + ${duration(delay)} delay`}
      </span>
      <time dateTime={time}>{timeOfDay(time)}</time>
    </button>
  );
});
