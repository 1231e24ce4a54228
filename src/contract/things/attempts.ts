/** What has become of making things of a resource. */
export interface Attempts {
  /** How often it was tried. */
  count: number;
  /** How many bodies have had names of their own: each gets others. */
  names: number;
  /** How the last of them was answered. */
  status: number | null;
  /** Why none can be made; null while one may. */
  refusal: string | null;
  /** Optional members of the body that the target asks for. */
  members: readonly string[];
}

export const noAttempts = (): Attempts => ({ count: 0, names: 0, status: null, refusal: null, members: [] });
