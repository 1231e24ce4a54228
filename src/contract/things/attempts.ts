import type { OperationEntry } from '../../operation/index.js';
import type { Resource, Resources } from '../../resource/index.js';
import type { Json } from '../../text/value.js';

/** What has become of making things of a resource. */
export interface Attempts {
  /** How often it was tried. */
  count: number;
  /** How many bodies have had names of their own: each gets others. */
  names: number;
  /** By member of the body that names a thing: which of those that it may name, where others were refused for their state. */
  readonly turns: Map<string, number>;
  /** So many of these were refused one after the other. */
  turnsInVain: number;
  /** By the same: in which state one was that was taken. */
  readonly taken: Map<string, string>;
  /** How the last of them was answered. */
  status: number | null;
  /** Why none can be made; null while one may. */
  refusal: string | null;
  /** Optional members of the body that the target asks for. */
  members: readonly string[];
  /** What members of the body say instead of what was made up: the target knows no other values. */
  values: Readonly<Record<string, Json>>;
}

export const noAttempts = (): Attempts => ({
  count: 0,
  names: 0,
  turns: new Map(),
  turnsInVain: 0,
  taken: new Map(),
  status: null,
  refusal: null,
  members: [],
  values: {},
});

/** What members of the body of an operation say of what is there, since other values were refused. */
export function adoptedBy(
  things: { readonly resources: Resources; attemptsOf(resource: Resource): Attempts },
  { id }: OperationEntry,
): Readonly<Record<string, Json>> {
  const role = things.resources.roleOf(id);
  return role === undefined ? {} : things.attemptsOf(role.resource).values;
}
