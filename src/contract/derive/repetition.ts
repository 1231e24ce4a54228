import type { Base } from './base-request.js';
import type { Draft } from './draft.js';
import { judged } from './draft-of.js';
import type { Workbench } from './workbench.js';

/** With the base itself, enough to meet an implementation that fails every fourth request. */
const times = 4;

/** The base again: an implementation may fail now and then, or only from the second time on. */
export function* repetition(bench: Workbench, base: Base): Iterable<Draft> {
  // What is deleted once is gone.
  if (bench.operation.method === 'DELETE' && !base.generatedPath) return;
  for (let ordinal = 1; ordinal <= times; ordinal++) {
    const found = judged(bench, base, base.plan, true, {
      aspect: 'repetition',
      rank: 'repetition',
      title: `the valid request again (${ordinal} of ${times})`,
      varies: { in: null, name: null, keyword: 'repetition', pointer: bench.operation.pointer },
    });
    if (found) yield { ...found, ordinal };
  }
}
