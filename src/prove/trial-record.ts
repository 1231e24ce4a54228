import type { ContractCase } from '../contract/index.js';
import type { Fault } from '../fault/index.js';
import type { Answer } from '../operation/index.js';
import type { Outcome } from '../report/proof/result.js';

/** After so many successes that a fault left as they were it is taken not to apply. */
const patience = 8;

/** What becomes of one fault, case by case. */
export class TrialRecord {
  readonly #by = new Set<string>();
  /** What gives one success nothing to spoil seldom gives another: they are made from the same schema. */
  readonly #strikesSuccess: boolean;
  #sent = 0;
  #first: { readonly contractCase: ContractCase; readonly requests: number } | null = null;
  #shown: string | null = null;
  #tolerated: string | null = null;
  #spared = 0;

  readonly #site: string | null;

  /** @param site where it is to strike, or null for a fault without places */
  constructor(fault: Fault, site: string | null) {
    this.#site = site;
    this.#strikesSuccess = fault.sites !== undefined && fault.judge === undefined;
  }

  get isKilled(): boolean {
    return this.#first !== null;
  }

  get isHopeless(): boolean {
    return this.#strikesSuccess && this.#shown === null && this.#spared >= patience;
  }

  /** An answer that the fault did not change. */
  left({ status }: Answer): void {
    this.#sent += 1;
    if (status < 300) this.#spared += 1;
  }

  /** An answer that it changed, and the checks that complained of it. */
  spoiled(contractCase: ContractCase, answer: Answer, by: readonly string[]): void {
    this.#sent += 1;
    if (isOpen(contractCase, answer)) this.#tolerated ??= contractCase.title;
    else this.#shown ??= contractCase.title;
    for (const check of by) this.#by.add(check);
    if (by.length > 0) this.#first ??= { contractCase, requests: this.#sent };
  }

  noticedAtEnd(check: string): void {
    if (this.#shown !== null) this.#by.add(check);
  }

  outcome(cases: readonly ContractCase[]): Outcome {
    if (this.#shown === null && this.#by.size === 0) return this.#unseen();
    const last = cases.at(-1);
    if (this.#by.size === 0 || last === undefined) {
      return { kind: 'survived', requests: this.#sent, example: this.#shown ?? '' };
    }
    const { contractCase, requests } = this.#first ?? { contractCase: last, requests: this.#sent };
    return { kind: 'killed', by: [...this.#by], caseId: contractCase.id, title: contractCase.title, requests };
  }

  #unseen(): Outcome {
    if (this.#tolerated !== null) {
      const reason = `it shows only where the document promises nothing, such as in the answer to ${this.#tolerated}`;
      return { kind: 'not-applicable', reason };
    }
    return this.#site === null
      ? { kind: 'not-applicable', reason: 'no answer of this operation gives it anything to spoil' }
      : { kind: 'not-tried', reason: 'no answer of this operation gives it anything to spoil at this place' };
  }
}

/**
 * Whether the document lets nothing be expected of an answer, but that there is one: so no change in it is wrong. Who refuses an
 * undeclared method otherwise than for the method has not served it.
 */
function isOpen({ expectation }: ContractCase, { status, effect }: Answer): boolean {
  const isRefusedOtherwise = expectation === 'method-not-allowed' && status >= 400 && status !== 405;
  return (expectation === 'survived' || isRefusedOtherwise) && status < 500 && effect === null;
}
