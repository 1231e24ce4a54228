import { answeredWord, participlesOf } from '../text/participles.js';
import { phraseOf } from '../text/words.js';
import type { Named } from './filter-moments.js';
import type { Shape } from './shape.js';

/** `unassigned` asks for what has no `assignee_id`, `unscheduled` for what has no `scheduled_at`; null where nothing is called so. */
export function lackingOf(words: readonly string[], row: Shape): Named | null {
  const [word, ...others] = words.filter((one) => one !== 'only');
  const said = others.length === 0 ? /^un(\w{4,})$/.exec(word ?? '')?.[1] : undefined;
  if (said === undefined) return null;
  const isOf = (name: string): boolean => {
    const [first = '', ...rest] = answeredWord(phraseOf(name)).split(' ');
    const isPlain = rest.every((one) => /^(?:id|to|at|on|by|date|time)$/.test(one));
    return isPlain && (first === said || participlesOf(first.replace(/ee$/, '')).includes(said));
  };
  const [member] = [...row.members].find(([name, shape]) => isOf(name) && shape.isScalar && shape.may('null')) ?? [];
  return member === undefined ? null : { member: [member], operator: 'absent' };
}
