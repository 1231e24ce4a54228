import {
  type Content,
  type HttpRequest,
  type Operation,
  type Operations,
  type RequestValues,
  shownExample,
} from '../operation/index.js';
import { answerContent, type Role } from '../resource/index.js';
import type { Schema } from '../schema/index.js';
import type { Json } from '../text/value.js';
import type { ShownBody } from './body.js';
import type { Change } from './kept-row.js';
import type { StateReader } from './state.js';

/** A valid request, as far as the world is concerned. */
export interface WorldRequest {
  readonly operation: Operation;
  readonly request: HttpRequest;
  readonly values: RequestValues;
  readonly seed: number;
  readonly state: StateReader;
  /** Whether what stands under something deleted is shown all the same: what a faulty server does. */
  readonly overlooksParents?: boolean;
}

/** What the world has to say to a request. */
export type WorldAnswer =
  /** There is nothing that the request is about, or it may not be changed so. */
  | { readonly kind: 'refused'; readonly status: number; readonly detail: string }
  /** It is as the client knows it (RFC 9110, 15.4.5). */
  | { readonly kind: 'unchanged'; readonly tag: string }
  /** The rows that it is about cannot be made. */
  | { readonly kind: 'skipped' }
  | {
      readonly kind: 'shown';
      /** Where the one row is that it is about, as a path; null where it is about none, or several. */
      readonly at?: string | null;
      readonly changes: readonly Change[];
      /** Whether it depends on what happened before, or is something that happens. */
      readonly isOfState: boolean;
      readonly isCreated: boolean;
      /** Whether a `Range` has asked for these rows (RFC 9110, 15.3.7). */
      readonly isPart?: boolean;
      /** Header fields that say what they say by what is shown; undefined leaves a field out. */
      readonly headers: readonly { readonly name: string; readonly values: readonly (Json | undefined)[] }[];
      /**
       * The body in a declared form.
       * @param schema what it has to fit: that of the content, with what refines it
       * @returns undefined where the answer shows no row, null where what is to be shown does not fit
       */
      body(content: Content, schema: Schema | null): ShownBody;
    };

/** A request with what follows from a path parameter that stands for several segments. */
export function withSpelling(asked: WorldRequest, operations: Operations): WorldRequest {
  const spelling = operations.spelling(asked.operation);
  if (spelling === null) return asked;
  return { ...asked, values: { ...asked.values, path: spelling.completed(asked.values.path) } };
}

/** Whether the document shows the whole of an answer in a way that does not fit: it is shown as it is, until it changes. */
export function showsMisfit(role: Pick<Role, 'answer'>, { operation }: WorldRequest): boolean {
  const content = answerContent(operation, role);
  return content?.examples.some((example) => shownExample(content, example).left.length > 0) ?? false;
}
