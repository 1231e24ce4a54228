import type { SessionChange, SessionPlace, SessionSnapshot } from '../../control/index.js';
import type { ServedExchange } from '../options.js';

/** What a worker says to the primary. */
export type FromWorker =
  | { readonly kind: 'pull'; readonly id: number; readonly session: string }
  | {
      readonly kind: 'commit';
      readonly id: number;
      readonly session: string;
      /** Where the copy of the worker is. */
      readonly place: SessionPlace;
      readonly change: SessionChange;
    }
  /** It has what was told under this number. */
  | { readonly kind: 'done'; readonly id: number }
  | { readonly kind: 'exchanges'; readonly exchanges: readonly ServedExchange[] };

/** What the primary says to a worker. A channel keeps the order of what is sent. */
export type ToWorker =
  | {
      readonly kind: 'pulled';
      readonly id: number;
      readonly place: SessionPlace;
      readonly snapshot: SessionSnapshot;
    }
  /** A session has changed and is at this place now; to be told when the copy has it. */
  | {
      readonly kind: 'changed';
      readonly id: number;
      readonly session: string;
      readonly place: SessionPlace;
      readonly change: SessionChange;
    }
  /** The change of a commit is the next one. */
  | { readonly kind: 'taken'; readonly id: number; readonly place: SessionPlace }
  /** What becomes of a commit: it was taken, and all others have it; or it came too late. */
  | { readonly kind: 'committed'; readonly id: number; readonly isTaken: boolean }
  | { readonly kind: 'forget'; readonly session: string }
  /** Its exchanges are wanted now. */
  | { readonly kind: 'flush'; readonly id: number };
