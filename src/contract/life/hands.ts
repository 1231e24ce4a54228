import type { Operation, OperationEntry } from '../../operation/index.js';
import type { Beside, ItemRole, Resource, Role } from '../../resource/index.js';
import type { Json, JsonObject } from '../../text/value.js';
import type { Thing } from '../things/harvest.js';
import type { Queried } from '../things/queried.js';
import type { Complaint, Exchange } from '../types.js';
import type { LifeCheckId } from './table.js';

/** One request of a sequence: the valid request of an operation, with these values in it. */
export interface Asked {
  readonly entry: OperationEntry;
  /** Path parameters by name. */
  readonly path: Readonly<Record<string, Json>>;
  readonly query?: Readonly<Record<string, Json>>;
  /** undefined: as for the base case. */
  readonly body?: Json;
  /** Of that body; absent: as for the base case. */
  readonly mediaType?: string;
  /** Lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In the place of the address that the operation gives. */
  readonly target?: string;
  readonly title: string;
  /** Who asks; absent: whoever the credentials are of. */
  readonly as?: 'nobody' | 'second user';
  /** What it asks for need not be there. */
  readonly mayBeMissing?: true;
  /** Whoever keeps the document may refuse it. */
  readonly mayBeRefused?: true;
}

/** What a rule has to say: what had been promised, and what came. */
export type Said = Pick<Complaint, 'message' | 'expected' | 'received'> & Partial<Complaint>;

/** How a rule fared with what came last: nothing said where it held. */
export interface Outcome {
  readonly exchange: Exchange;
  readonly said: Said | null;
}

/** A thing that a sequence has made. */
export interface Made {
  readonly thing: Thing;
  /** Of its create. */
  readonly exchange: Exchange;
  /** The members that were sent; null where they were not sent as JSON. */
  readonly sent: JsonObject | null;
}

/** Sends the requests of sequences, and keeps what the rules say of them. */
export interface Hands {
  /** null: it could not be sent, or nothing more may be. */
  send(asked: Asked): Promise<Exchange | null>;
  /** Makes a thing, under these ancestors, with all members or those that it needs; a sentence where none can be made. */
  make(
    resource: Resource,
    name: string,
    scope?: Readonly<Record<string, Json>>,
    isFull?: boolean,
  ): Promise<Made | string>;
  /** A body for a create that is of no earlier thing, with all members that the document declares. */
  fresh(role: Pick<Role, 'entry' | 'resource' | 'keyParameter' | 'scope'>, beside: Thing): Promise<Json | null>;
  /** What a create has made; null where nobody can tell. */
  madeBy(exchange: Exchange, role: Role): Made | null;
  /** A thing that has another key by now. */
  renamed(thing: Thing, key: Json): Thing;
  /** The path parameters of an operation that is about a thing. */
  pathTo(role: Pick<Role, 'entry' | 'keyParameter' | 'scope'>, thing: Thing): Readonly<Record<string, Json>>;
  /** What the path of a request says, decoded, by parameter. */
  pathOf(exchange: Exchange): Readonly<Record<string, Json>>;
  /** A thing that was made with others: it is this run's from now on. */
  claimed(thing: Thing): Thing;
  /** Forgets a thing that was removed otherwise than by its own path. */
  forgotten(thing: Thing): void;
  /** Whether what removes several things may be sent: others have none, or let theirs be removed. */
  mayRemoveMany(resource: Resource): boolean;
  /** What else is about the things of a resource, and has none of its roles. */
  beside(resource: Resource): readonly Beside[];
  /** The operations on the paths that are one step below that of a thing. */
  below(resource: Resource): readonly OperationEntry[];
  /** The resource whose keys the things of another have, as members of a group have those of users; null where it has its own. */
  keysOf(resource: Resource): Resource | null;
  /** What the query of a role's operation has to name. */
  queried(role: Pick<Role, 'entry'>): readonly Queried[];
  /** Whether a thing of a resource is known by a key. */
  isKnown(resource: Resource, key: Json): boolean;
  /** Whether the run has deleted such a thing, which a list may still show for a while. */
  hasEnded(thing: Pick<Thing, 'resource' | 'scope' | 'key'>): boolean;
  /** The actions that have to be taken before one, in their order. */
  leadsTo(entry: OperationEntry): readonly ItemRole[];
  /** What there is one of and stands under nothing. */
  readonly singletons: readonly Resource[];
  /** Whether what is done may take its time. */
  readonly isPatient: boolean;
  readonly hasSecondUser: boolean;
  /** The base URL of what is checked. */
  readonly target: string;
  operation(entry: OperationEntry): Operation;
  isWanted(check: LifeCheckId): boolean;
  /** Lets so many milliseconds pass; false, and none pass, where the run has waited enough. */
  pause(milliseconds: number): Promise<boolean>;
  /**
   * Whether a rule holds. Where it does not, it is looked at again: others may have changed the target meanwhile, or
   * it may need its time.
   * @param look sends and judges; null: nothing came that could show whether the rule holds
   */
  hold(check: LifeCheckId, look: () => Promise<Outcome | null>): Promise<boolean | null>;
}

/** The same judgement of what is known already, if anything is, and then of what comes when it is asked for again. */
export function firstThen<Known>(
  first: Known | null,
  again: () => Promise<Known | null>,
  judge: (known: Known) => Outcome | null,
): () => Promise<Outcome | null> {
  let next: Known | null = first;
  return async () => {
    const now = next ?? (await again());
    next = null;
    return now === null ? null : judge(now);
  };
}
