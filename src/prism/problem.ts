import type { Json } from '../text/value.js';

/** The problems that Prism answers with: their fragment, title and status. */
export const problems = {
  UNPROCESSABLE_ENTITY: { title: 'Invalid request', status: 422 },
  UNAUTHORIZED: { title: 'Invalid security scheme used', status: 401 },
  INVALID_CONTENT_TYPE: { title: 'Invalid content type', status: 415 },
  NOT_ACCEPTABLE: { title: 'The server cannot produce a representation for your accept header', status: 406 },
  NOT_FOUND: { title: 'The server cannot find the requested content', status: 404 },
  NO_RESPONSE_RESPONSE_DEFINED: { title: 'No response defined for the selected operation', status: 500 },
  SCHEMA_TOO_COMPLEX: { title: 'Schema too complex', status: 500 },
  VIOLATIONS: { title: 'Request/Response not valid', status: 500 },
  NO_RESOURCE_PROVIDED_ERROR: { title: 'Route not resolved, no resource provided', status: 404 },
  NO_PATH_MATCHED_ERROR: { title: 'Route not resolved, no path matched', status: 404 },
  NO_METHOD_MATCHED_ERROR: { title: 'Route resolved, but no method matched', status: 405 },
  NO_SERVER_MATCHED_ERROR: { title: 'Route not resolved, no server matched', status: 404 },
  NO_SERVER_CONFIGURATION_PROVIDED_ERROR: {
    title: 'Route not resolved, no server configuration provided',
    status: 404,
  },
  PROXY_UNSUPPORTED_REQUEST_BODY: {
    title:
      'The Prism proxy does not support sending a GET/HEAD request with a message body to an upstream server. See: https://github.com/stoplightio/prism/issues/2259',
    status: 501,
  },
  NO_COMPLEX_OBJECT_TEXT: { title: 'Cannot serialise complex objects as text', status: 500 },
  UNKNOWN: { title: '', status: 500 },
} as const;

/** What Prism answers where it gives up, as an exception: each step that finds it ends the others. */
export class PrismProblem extends Error {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;

  /** @param additional members that follow the usual ones; `headers` among them are sent too, and stand in the body */
  constructor(
    type: keyof typeof problems,
    detail: string,
    additional: { readonly headers?: Readonly<Record<string, string>>; readonly validation?: Json } = {},
  ) {
    const { title, status } = problems[type];
    super(`${title}: ${detail}`);
    this.status = status;
    this.headers = additional.headers ?? {};
    // What no template is for has its reason as a title.
    const [shownTitle, shownDetail] = type === 'UNKNOWN' ? [detail, ''] : [title, detail];
    this.body = JSON.stringify({
      type: `https://stoplight.io/prism/errors#${type}`,
      title: shownTitle,
      status,
      detail: shownDetail,
      ...additional,
    });
  }
}
