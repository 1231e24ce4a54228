import type { DocumentProblem } from '../../../document/index.js';
import type { MockOptions, Preference, ReadPart, StateSnapshot } from '../../../mock/index.js';
import type { Answer, HttpRequest } from '../../../operation/index.js';
import type { Json, JsonObject } from '../../../text/value.js';
import type { Change } from '../../../world/index.js';

/** Options of `createMock` that can be sent to a thread. */
export type AsideOptions = Omit<
  MockOptions,
  'operations' | 'fixtures' | 'resources' | 'handlers' | 'handlerPlaces' | 'handlerTimeLimit' | 'aside' | 'locale'
> & {
  /** The name of a language. */
  readonly locale?: string | undefined;
};

/** What the thread is told. A port keeps the order of what is sent. */
export type ToThread =
  /** A part of the document: members of the object at a path. */
  | {
      readonly kind: 'piece';
      readonly path: readonly string[];
      readonly members: JsonObject;
      /** `Document.elsewhere`, by pointer. */
      readonly elsewhere: Readonly<Record<string, string>>;
    }
  /** All pieces were sent: the mock can be made. */
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly declaredVersion: string;
      readonly fixtures: { readonly name: string; readonly value: Json } | null;
      readonly options: AsideOptions;
      /** `knownIntegers`: without them the pieces have numbers that are rounded. */
      readonly integers: readonly string[];
    }
  /** To look the document through. */
  | { readonly kind: 'look' }
  /** A part of the state that the next request is asked in. */
  | { readonly kind: 'state'; readonly collection: StateSnapshot['collections'][number] }
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly request: HttpRequest;
      readonly preference: Preference | undefined;
      /** The request whose answer led to this state; null for that of the parts that were sent. */
      readonly after: number | null;
      /** The request in whose state nothing is asked any more. */
      readonly forget: number | null;
    };

/** What the thread says. */
export type FromThread =
  /** What was found; the places that its message names are left out (`places.ts`). */
  | { readonly kind: 'problem'; readonly problem: DocumentProblem; readonly pointers: readonly string[] }
  | { readonly kind: 'looked' }
  | { readonly kind: 'opened' }
  /** An answer without what cannot be sent between threads: the state after it, and frames of a stream behind those it has. */
  | {
      readonly kind: 'answered';
      readonly id: number;
      readonly answer: Answer;
      readonly changes: readonly Change[] | null;
      /** What was read for it, so that it need not be asked for again; null where it is not to be remembered. */
      readonly read: readonly ReadPart[] | null;
      /** How long the answer was in the making. */
      readonly milliseconds: number;
    }
  /** It names a place in a file, which only the other thread knows. */
  | { readonly kind: 'placed'; readonly id: number };
