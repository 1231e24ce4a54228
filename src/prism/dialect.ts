import { type HttpRequest, isJson, type Operations } from '../operation/index.js';
import { readJson } from '../text/json.js';
import type { Json } from '../text/value.js';
import type { Diagnostic } from './diagnostic.js';
import { PrismProblem } from './problem.js';
import { brokenAnswer, refusalOf, violationsField } from './refusal.js';
import { requestFindings } from './request.js';
import { responseDiagnostics } from './response.js';
import { matched } from './route.js';
import { securityDiagnostics } from './security.js';

/** An answer that a proxy gives itself. */
export interface OwnAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a proxy speaks of what it has found. */
export interface ProxyDialect {
  /** What is answered instead of passing a request on, or null. */
  refused(request: HttpRequest, errors: boolean): OwnAnswer | null;
  /** What is added to the head of an answer, and what is answered instead of it, or null. */
  judged(
    request: HttpRequest,
    response: {
      readonly status: number;
      readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
      readonly body: Uint8Array;
    },
    errors: boolean,
  ): { readonly fields: Readonly<Record<string, string>>; readonly instead: OwnAnswer | null };
}

/**
 * The words of Prism's proxy.
 * @param validateRequest whether parameters and bodies of requests are judged; credentials always are
 */
export function prismDialect(operations: Operations, validateRequest = true): ProxyDialect {
  function read(request: HttpRequest) {
    const { operation, pathParameters } = matched(operations, request);
    const diagnostics = validateRequest ? requestFindings(operation, request, pathParameters).diagnostics : [];
    return { operation, found: [...securityDiagnostics(operation, request), ...diagnostics] };
  }

  return {
    refused(request, errors) {
      const hasBody = request.body !== null && request.body.length > 0;
      return answerOf(() => {
        if (!errors) return void (hasBody && demandNoBody(request));
        const { found } = read(request);
        if (found.some(isError)) throw refusalOf(found);
        if (hasBody) demandNoBody(request);
      });
    },
    judged(request, { status, headers, body }, errors) {
      let fields: Record<string, string> = {};
      const instead = answerOf(() => {
        const { operation, found } = readOrNothing(() => read(request));
        if (operation === null) {
          fields = violationsField([{ message: 'Selected route not found', severity: 'Warning' }], []);
          return;
        }
        const mediaType = [headers['content-type'] ?? null].flat()[0] ?? null;
        const plain = Object.fromEntries(
          Object.entries(headers).flatMap(([name, value]) =>
            value === undefined ? [] : [[name, [value].flat().join(', ')]],
          ),
        );
        const answer = { status, headers: plain, mediaType, body: dataOf(body, mediaType) };
        const answered = responseDiagnostics(operation, answer);
        fields = violationsField(found, answered);
        const broken = answered.filter(isError);
        if (errors && broken.length > 0) throw brokenAnswer(broken);
      });
      return { fields, instead: instead === null ? null : { ...instead, headers: { ...fields, ...instead.headers } } };
    },
  };
}

const isError = ({ severity }: Diagnostic): boolean => severity === 'Error';

function demandNoBody({ method }: HttpRequest): void {
  if (/^(GET|HEAD)$/i.test(method)) throw new PrismProblem('PROXY_UNSUPPORTED_REQUEST_BODY', '');
}

/** What the document does not know is passed on, and nothing is said of it. */
function readOrNothing<Read>(read: () => Read): Read | { readonly operation: null; readonly found: readonly [] } {
  try {
    return read();
  } catch (error) {
    if (error instanceof PrismProblem) return { operation: null, found: [] };
    throw error;
  }
}

function answerOf(act: () => void): OwnAnswer | null {
  try {
    act();
    return null;
  } catch (error) {
    if (!(error instanceof PrismProblem)) throw error;
    const { status, headers, body } = error;
    return { status, headers: { 'content-type': 'application/problem+json', ...headers }, body };
  }
}

function dataOf(body: Uint8Array, mediaType: string | null): Json {
  const text = new TextDecoder().decode(body);
  const json = mediaType !== null && isJson(mediaType) ? readJson(text) : null;
  return json?.ok ? (json.value as Json) : text;
}
