import type { ReferenceProblems } from './problems.js';
import { isRemote, localFromRemote, type Refusal, type Site } from './reference.js';

/** The files that references lead to and that were not given yet, with the references that wait for them. */
export class WantedFiles {
  readonly #report: ReferenceProblems;
  readonly #waiting = new Map<string, Site[]>();
  readonly #refusals = new Map<string, Refusal | null>();

  constructor(report: ReferenceProblems) {
    this.#report = report;
  }

  uris(): string[] {
    return [...this.#waiting.keys()];
  }

  want(site: Site, uri: string): void {
    if (isRemote(site.file.uri) && !isRemote(uri)) this.refuse(uri, localFromRemote);
    const refusal = this.#refusals.get(uri);
    if (refusal !== undefined) {
      if (refusal) this.#report.leadsToRefused(site, refusal);
      return;
    }
    const waiting = this.#waiting.get(uri);
    if (waiting === undefined) {
      this.#waiting.set(uri, [site]);
    } else {
      waiting.push(site);
    }
  }

  /** The references that wait for a file, and wait no longer. */
  take(uri: string): readonly Site[] {
    const waiting = this.#waiting.get(uri) ?? [];
    this.#waiting.delete(uri);
    return waiting;
  }

  /** Says why a file is not given. null: its own problems were reported. */
  refuse(uri: string, refusal: Refusal | null): void {
    this.#refusals.set(uri, refusal);
    for (const site of this.take(uri)) {
      if (refusal) this.#report.leadsToRefused(site, refusal);
    }
  }

  /** Whether a reference leads where none may. */
  get forbidden(): boolean {
    return [...this.#refusals.values()].some((refusal) => refusal?.forbidden === true);
  }
}
