import { impliedStatus, type Operation } from '../operation/index.js';
import { declares, jsonContents, readContents, succeeds, successes, withBody, withHeader, withStatus } from './body.js';
import type { Fault } from './types.js';

/** Success statuses in the order in which a developer mixes them up. */
const otherSuccesses = [201, 200, 202, 203, 206, 207];

const caughtBy = ['status-documented', 'accepts-valid'];

/** The family of wrong status codes (RFC 9110, 15). */
export const statusFaults: readonly Fault[] = [
  {
    id: 'status-undocumented',
    family: 'status',
    summary: 'answers success with a 2xx that the document does not declare',
    generated: true,
    caughtBy: ['status-documented'],
    unfit: (operation) =>
      undeclaredSuccess(operation) === undefined ? 'every 2xx is declared' : anySuccess(operation),
    spoil(answer, { operation }) {
      const status = undeclaredSuccess(operation);
      return succeeds(answer) && status !== undefined ? withStatus(answer, status) : null;
    },
  },
  {
    id: 'status-no-content',
    family: 'status',
    summary: 'answers success with 204 and nothing else',
    caughtBy: ['status-documented'],
    unfit: (operation) => (declares(operation, 204) ? '204 is declared' : anySuccess(operation)),
    spoil: (answer) =>
      succeeds(answer) ? withHeader(withBody(withStatus(answer, 204), ''), 'Content-Type', null) : null,
  },
  {
    id: 'status-server-error',
    family: 'status',
    summary: 'answers 500 to everything',
    caughtBy: ['no-server-error', ...caughtBy],
    unfit: () => null,
    spoil: (answer) => ({
      ...withHeader(withStatus(answer, 500), 'Content-Type', 'text/plain'),
      body: 'Internal Server Error',
    }),
  },
  {
    id: 'status-not-found',
    family: 'status',
    summary: 'answers 404 to everything',
    caughtBy: ['accepts-valid', 'status-documented', 'evidence'],
    unfit: () => null,
    spoil: (answer) => withStatus(answer, 404),
  },
  {
    id: 'status-bad-request',
    family: 'status',
    summary: 'answers 400 instead of the declared 422',
    caughtBy: ['status-documented'],
    unfit(operation) {
      if (!operation.responses.some(({ key }) => key === '422')) return 'no 422 is declared';
      return declares(operation, 400) ? '400 is declared' : noInput(operation);
    },
    // Where a body is asked for and none came, 400 is as right.
    spoil: (answer, { request, operation }) =>
      answer.status === 422 && (operation.requestBody === null || request.body?.length)
        ? withStatus(answer, 400)
        : null,
  },
  {
    id: 'status-redirect',
    family: 'status',
    summary: 'sends everybody to a login page',
    caughtBy: ['status-documented', 'accepts-valid'],
    unfit: (operation) => (declares(operation, 302) ? '302 is declared' : null),
    spoil(answer) {
      const redirect = withHeader(withStatus(answer, 302), 'Location', '/login');
      return withBody(withHeader(redirect, 'Content-Type', 'text/html; charset=utf-8'), '<a href="/login">Log in</a>');
    },
  },
  {
    id: 'status-error-as-success',
    family: 'status',
    summary: 'refuses a request with status 200 and an error body',
    caughtBy: ['rejects-invalid', 'response-schema'],
    unfit: noInput,
    spoil: (answer, { violations }) => (violations.length > 0 && answer.status >= 400 ? withStatus(answer, 200) : null),
  },
];

function undeclaredSuccess(operation: Parameters<Fault['unfit']>[0]): number | undefined {
  return otherSuccesses.find((status) => !declares(operation, status));
}

/** Where no success is declared, any is as right. */
function anySuccess({ responses }: Pick<Operation, 'responses'>): string | null {
  const declared = responses.map(({ key }) => key);
  return impliedStatus(200, 'accepted', declared) ? 'no success is declared' : null;
}

/** A fault that shows in refusals needs something that can be refused. */
export function noInput({ parameters, requestBody }: Parameters<Fault['unfit']>[0]): string | null {
  return parameters.length === 0 && requestBody === null ? 'the operation has no parameters and no body' : null;
}

/** A fault that shows in a JSON body needs one. */
export function noJson(operation: Parameters<Fault['unfit']>[0]): string | null {
  return jsonContents(successes(operation)).length === 0 ? 'no successful answer has a JSON body with a schema' : null;
}

/** A fault in what a body says needs one that is read as values. */
export function noValues(operation: Parameters<Fault['unfit']>[0]): string | null {
  return readContents(successes(operation)).length === 0 ? 'no successful answer has a body with a schema' : null;
}
