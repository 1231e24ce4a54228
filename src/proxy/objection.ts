import type { CheckComplaint, ReadRequest } from '../contract/internal.js';
import type { Received } from '../contract/types.js';
import type { OwnAnswer, ProxyDialect } from '../prism/index.js';
import type { Violation } from '../schema/index.js';
import { byName } from './fields.js';
import type { ProxyOptions, Turn } from './types.js';

/** Answers a request instead of passing on what came. */
export type Instead = (turn: Turn) => void;

/** What a proxy has against what it is to pass on, and in whose words it says so. */
export interface Objections {
  /** Whether requests are looked at before the upstream hears of them. */
  readonly readsAhead: boolean;
  /** null where a request may go on. */
  toRequest(read: ReadRequest): Instead | null;
  /** What is added to the head of an answer that goes on, and what is answered where it may not. */
  toAnswer(
    read: ReadRequest,
    received: Received,
    complaints: readonly CheckComplaint[],
  ): { readonly fields: readonly string[]; readonly instead: Instead | null };
}

export function objectionsOf({ errors = false, dialect }: ProxyOptions): Objections {
  return dialect === undefined ? ownObjections(errors) : objectionsIn(dialect, errors);
}

/** With `errors` the mock says what is wrong with a request, in the words that the document declares for that. */
function ownObjections(errors: boolean): Objections {
  return {
    readsAhead: errors,
    toRequest({ violations, request }) {
      return errors && violations.length > 0 ? (turn) => turn.mock(request.body) : null;
    },
    toAnswer(_read, _received, complaints) {
      const violations = errors ? complaints.filter(isViolation).map(asViolation) : [];
      if (violations.length === 0) return { fields: [], instead: null };
      const detail = `The answer of the upstream is not as the document says: ${violations[0]?.message}`;
      return { fields: [], instead: (turn) => turn.refuse(500, detail, violations) };
    },
  };
}

function objectionsIn(dialect: ProxyDialect, errors: boolean): Objections {
  return {
    readsAhead: true,
    toRequest({ request }) {
      const own = dialect.refused(request, errors);
      return own && answering(own);
    },
    toAnswer({ request }, { status, headers, body }) {
      const answer = { status: status ?? 502, headers: byName(headers), body };
      const { fields, instead } = dialect.judged(request, answer, errors);
      return { fields: Object.entries(fields).flat(), instead: instead && answering(instead) };
    },
  };
}

function answering({ status, headers, body }: OwnAnswer): Instead {
  return ({ response }) => void response.writeHead(status, headers).end(body);
}

export function isViolation({ severity }: CheckComplaint): boolean {
  return severity === 'violation';
}

export function asViolation({ check, message, expected, received, pointer, at = '' }: CheckComplaint): Violation {
  return {
    in: 'response',
    pointer: at,
    keyword: check,
    message,
    expected,
    received,
    schemaPointer: pointer,
    params: {},
  };
}
