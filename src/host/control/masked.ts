import { createMaskOf, type Mask } from '../../contract/credentials/mask.js';
import type { Document } from '../../document/index.js';
import {
  type Answer,
  credentialsIn,
  type HttpRequest,
  secretsHandedOut,
  withoutCredentials,
} from '../../operation/index.js';
import { Memo } from '../../text/memo.js';
import type { JournalEntry } from './journal.js';

/** What stands where a credential was, and what a shell fills in: whoever reads the journal need not learn it. */
export const placeholder = '$CREDENTIAL';

/** An exchange as anybody may see it, but for its bodies, in which `mask` hides what is secret. */
export interface MaskedExchange {
  readonly request: HttpRequest;
  readonly answer: Answer;
  readonly mask: Mask;
}

/** Requests of one client have the same credential again and again. */
const masks = new Memo<Mask>(4);

function maskOf(secrets: readonly string[]): Mask {
  const key = JSON.stringify(secrets);
  const known = masks.get(key);
  if (known !== undefined) return known;
  const mask = createMaskOf(secrets, placeholder);
  masks.set(key, mask);
  return mask;
}

/**
 * Hides the credentials that the document, or HTTP itself, has in a request, and what has the name of one in its body, there
 * and wherever the answer repeats them; of a real server's answer also the tokens and cookies that it hands out.
 */
export function maskedExchange({ request, answer }: JournalEntry, document: Document): MaskedExchange {
  const issued = answer.source === 'upstream' ? secretsHandedOut(Object.entries(answer.headers), answer.body) : [];
  const secrets = [...new Set([...credentialsIn(request, document), ...issued])];
  const shown = withoutCredentials(request, document, placeholder);
  const mask = maskOf(secrets);
  const at = shown.target.indexOf('?') + 1;
  // The path says what was asked for, and a password may be a word of it.
  const target = at === 0 ? shown.target : shown.target.slice(0, at) + mask(shown.target.slice(at));
  const violations = answer.violations.map((violation) => ({ ...violation, message: mask(violation.message) }));
  return {
    request: { ...shown, target },
    answer: { ...answer, headers: maskedFields(answer.headers, mask), violations },
    mask,
  };
}

function maskedFields(headers: Answer['headers'], mask: Mask): Answer['headers'] {
  const fields = Object.entries(headers).map(([name, value]) => [
    name,
    typeof value === 'string' ? mask(value) : value.map(mask),
  ]);
  return Object.fromEntries(fields);
}
