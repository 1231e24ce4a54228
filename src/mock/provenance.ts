import type { AnswerSource } from '../operation/index.js';
import { remembering } from '../text/words.js';

/** The field that says how an answer came about. */
export const provenanceHeader = 'Counterproof';

/**
 * `operation="…", source=fake, name="…", seed=1`: a Dictionary of RFC 9651, 3.2. What is not ASCII is a Display
 * String (3.3.8). `valid=no` where the body does not fit what the document declares, `state=skipped` where it says nothing of
 * what happened before, since that would not fit.
 */
export function provenance(
  operationId: string | null,
  source: AnswerSource,
  name: string | null,
  seed: number,
  { valid = true, isSkipped = false }: { readonly valid?: boolean; readonly isSkipped?: boolean } = {},
): string {
  const operation = operationId === null ? '' : `operation=${text(operationId)}, `;
  const named = name === null ? '' : `, name=${text(name)}`;
  return `${operation}source=${source}${named}${valid ? '' : ', valid=no'}${isSkipped ? ', state=skipped' : ''}, seed=${seed}`;
}

const text = remembering((value: string): string => {
  if (/^[\x20-\x7e]*$/.test(value)) return `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
  const encoded = value
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll(/[^\x20-\x7e]|[%"]/gu, (character) => encodeURIComponent(character).toLowerCase());
  return `%"${encoded}"`;
});
