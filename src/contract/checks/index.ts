import { lifeChecks } from '../life/table.js';
import type { Check, RunCheck } from '../types.js';
import { acceptsValid } from './accepts-valid.js';
import { createAnswersDiffer } from './answers-differ.js';
import { authRequired } from './auth-required.js';
import { createEvidence } from './evidence.js';
import { mediaType } from './media-type.js';
import { methodNotAllowed } from './method-not-allowed.js';
import { noBody } from './no-body.js';
import { noServerError } from './no-server-error.js';
import { rejectsInvalid } from './rejects-invalid.js';
import { responseHeaders } from './response-headers.js';
import { responseSchema } from './response-schema.js';
import { statusDocumented } from './status-documented.js';
import { wellFormed } from './well-formed.js';

/** Every rule over one exchange. A new one is a file here and a row in this list. */
export const checks: readonly Check[] = [
  statusDocumented,
  acceptsValid,
  rejectsInvalid,
  mediaType,
  responseSchema,
  responseHeaders,
  noBody,
  wellFormed,
  noServerError,
  authRequired,
  methodNotAllowed,
];

/** Every rule over a whole run, with nothing seen yet: a run needs its own. */
export function createRunChecks(): RunCheck[] {
  return [createEvidence(), createAnswersDiffer()];
}

/** Id and meaning of every check, for `--check`, help and reports. */
export const checkTable: readonly { readonly id: string; readonly summary: string }[] = [
  ...checks,
  ...createRunChecks(),
  ...lifeChecks,
].map(({ id, summary }) => ({ id, summary }));
