import { type Conflict, isConflict } from '../needs/conflict.js';
import type { Facts } from '../needs/facts.js';
import { kept } from '../needs/site.js';
import type { Situation } from './run.js';

/** The names of members, in the order in which they are planned, and in that of the document. */
interface Order {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly all: readonly string[];
}

const orders = new WeakMap<Facts, Order>();

/** The same for all values of the schemas. */
export function orderOf(declared: readonly string[], facts: Facts): Order {
  return kept(orders, facts, () => orderIn(declared, facts));
}

function orderIn(declared: readonly string[], { required }: Facts): Order {
  const first = declared.filter((name) => required.has(name));
  return {
    required: [...new Set([...first, ...required.keys()])],
    optional: declared.filter((name) => !required.has(name)),
    all: [...new Set([...declared, ...required.keys()])],
  };
}

const contradictions = { request: new WeakMap<Facts, Contradiction>(), response: new WeakMap<Facts, Contradiction>() };

/** What contradicts itself in the members that an object has to have: the same for all values by direction. */
export function contradictionBelow(situation: Pick<Situation, 'run' | 'needs' | 'facts'>): Conflict | null {
  const { run, facts } = situation;
  return kept(contradictions[run.direction], facts, () => ({ found: contradictionIn(situation) })).found;
}

interface Contradiction {
  readonly found: Conflict | null;
}

function contradictionIn({ run, needs, facts }: Pick<Situation, 'run' | 'needs' | 'facts'>): Conflict | null {
  for (const name of facts.required.keys()) {
    const member = needs.member(name);
    if (member.demands.length > 1 && isConflict(member.facts) && !isHidden({ run, needs }, name)) return member.facts;
  }
  return null;
}

/** Whether a member stays out because of the direction: write-only in a response, read-only in a request. */
export function isHidden({ run, needs }: Pick<Situation, 'run' | 'needs'>, name: string): boolean {
  const mark = run.direction === 'request' ? 'readOnly' : 'writeOnly';
  return needs.member(name).parts.some(({ schema }) => schema[mark] === true);
}
