import { formatProblem, type Problem } from '../errors.js';
import { withPictures } from '../fake/index.js';
import { contentOfCase, type Refinement } from '../fixture/index.js';
import { type Content, headerOf, isBodiless, negotiate, type Operation, type Response } from '../operation/index.js';
import type { Schema, Violation } from '../schema/index.js';
import { parseJson } from '../text/integers.js';
import type { Json } from '../text/value.js';
import { ownOrigin, type ShownBody } from '../world/index.js';
import { matchingRefinements } from './choose.js';
import { isEventStream, sentStream } from './content/stream.js';
import { exampleOf, successBody } from './content/success.js';
import { type Draft, type Exchange, emptyDraft } from './context.js';
import { invent } from './error/invented.js';
import { challengeHeaders, refuse } from './refusal.js';
import { responseHeaders } from './response-headers.js';
import { lazySaltOf, partedBy } from './salt.js';

/** A response that the document declares, and an example of it by name or null. */
export interface Wanted {
  readonly status: number;
  readonly response: Response | null;
  readonly example: string | null;
  /** What the body has to satisfy besides what fixtures say of all bodies. */
  readonly refinements?: readonly Refinement[];
  /** A body that comes before all others, as `successBody` takes it. */
  readonly body?: (content: Content, schema: Schema | null) => ShownBody;
}

/** An answer from an example or from made-up data. */
export function declaredSuccess(exchange: Exchange, operation: Operation, wanted: Wanted): Draft {
  const { setup, request, preference, seed, path } = exchange;
  const { status, response, example } = wanted;
  const salt = lazySaltOf(operation, exchange.values);
  if (response === null) return { ...emptyDraft, status };
  const headers = responseHeaders(response, { faker: setup.faker, seed, salt, path, method: request.method });
  if (response.content.length === 0 || isBodiless(status)) return { ...emptyDraft, status, headers };
  const acceptable = negotiate(response.content, headerOf(request, 'accept'));
  if (acceptable === undefined) return notAcceptable(exchange, response);
  const holder = response.content.find(({ examples }) => examples.some(({ name }) => name === example));
  const content = (example === null ? undefined : holder) ?? acceptable;
  const made = successBody(
    {
      content,
      // Refinements are of the JSON; what a text is, they do not say.
      refinements:
        content === contentOfCase(response, null) ? refinementsOf(exchange, operation, response, wanted) : none,
      example,
      dynamic: preference.dynamic === true,
      data: preference.data,
      method: operation.method,
      seed,
      salt,
      said: () => exchange.values && partedBy(operation, exchange.values),
      settled: (value, schema) => {
        const { path: named = {}, query = {} } = exchange.values ?? {};
        return setup.world.settled(operation, { response: response.key, path: named, query }, value, schema);
      },
      body: wanted.body,
    },
    {
      schemas: setup.operations.schemas,
      faker: setup.faker,
      refined: setup.refined,
      made: setup.made,
      errors: setup.errors,
      streamItems: setup.streamItems,
    },
  );
  if (!made.ok) return unusable(exchange, [made.problem]);
  const { contentType } = made.serialized;
  const written = made.serialized.body;
  const body =
    typeof written === 'string' && made.source === 'fake'
      ? withServedPictures(exchange, atOrigin(exchange, written, content), content)
      : written;
  const { source, name, valid, stream, isSkipped = false } = made;
  const isEvents = contentType !== null && isEventStream({ mediaType: contentType });
  const sent = stream && sentStream(stream, isEvents ? headerOf(request, 'last-event-id') : undefined);
  const draft = { ...emptyDraft, status, headers, body, contentType, source, name, valid, isSkipped };
  return sent === undefined ? draft : { ...draft, ...sent };
}

const none: readonly Refinement[] = [];

function refinementsOf(
  exchange: Exchange,
  operation: Operation,
  response: Response,
  { refinements = none }: Wanted,
): readonly Refinement[] {
  const matching = matchingRefinements(exchange, operation, response);
  return refinements.length === 0 ? matching : [...matching, ...refinements];
}

/** A body whose pictures are those that the host serves, under the name by which the mock is asked. */
function withServedPictures({ setup, request }: Exchange, body: string, { schema }: Content): string {
  const { picturePath } = setup;
  if (picturePath === null) return body;
  const served = withPictures(body, (number) => {
    return `${askedOrigin(request) ?? ''}${picturePath}/${number}.svg`;
  });
  return served === body || schema === null || schema.accepts(parsed(served)) ? served : body;
}

/** The origin by which the mock is asked; null where the request names none that one could ask again. */
function askedOrigin(request: Exchange['request']): string | null {
  const host = headerOf(request, 'host') ?? '';
  return /^[\w.:[\]-]+$/.test(host) ? `http://${host}` : null;
}

/** A body whose addresses of its own are at the origin by which the mock is asked. */
function atOrigin({ request }: Exchange, body: string, { schema }: Content): string {
  if (!body.includes(ownOrigin)) return body;
  const origin = askedOrigin(request) ?? 'http://localhost';
  const placed = body.replaceAll(ownOrigin, origin);
  // What is not longer fits as well.
  const isFit = origin.length <= ownOrigin.length || schema === null || schema.accepts(parsed(placed));
  return isFit ? placed : body;
}

/** JSON, or else the text itself. */
function parsed(text: string): Json {
  try {
    return parseJson(text) as Json;
  } catch {
    return text;
  }
}

/** RFC 9110, 15.5.7: with what there is to choose from. */
function notAcceptable(exchange: Exchange, { pointer, content }: Response): Draft {
  const offered = content.map(({ mediaType }) => mediaType);
  const detail = `The answer can be had as ${offered.join(', ')}`;
  const violation: Violation = {
    in: 'accept',
    pointer: '',
    keyword: 'mediaType',
    message: `must accept ${offered.join(' or ')}`,
    expected: offered,
    received: headerOf(exchange.request, 'accept'),
    schemaPointer: `${pointer}/content`,
    params: {},
  };
  return refuse(exchange, { status: 406, detail, violations: [violation] });
}

/** An error that was asked for and has not happened: an example of it, or one that could well have happened. */
export function declaredError(exchange: Exchange, operation: Operation, wanted: Wanted): Draft {
  const { request, preference } = exchange;
  const { status, response, example } = wanted;
  const content = response === null ? undefined : negotiate(response.content, headerOf(request, 'accept'));
  const hasExample = content !== undefined && exampleOf(content, exchange.setup.errors) !== undefined;
  const isShown = example !== null || (hasExample && preference.dynamic !== true);
  if (isShown || response?.content.length === 0) return declaredSuccess(exchange, operation, wanted);
  const { violations, detail } = invent(operation, status, request, exchange.pathParameters);
  const headers = status === 401 ? challengeHeaders(operation) : laterHeaders(status, response);
  const draft = refuse(exchange, { status, detail, violations, headers });
  return { ...draft, violations: [], source: 'fake', chosen: true };
}

/** RFC 6585, 4, and RFC 9110, 15.6.4: a client that came too often, or at the wrong time, is told when to come again. */
function laterHeaders(status: number, response: Response | null): Record<string, string> {
  const isSaid = response?.headers.some(({ name }) => name.toLowerCase() === 'retry-after') === true;
  return (status === 429 || status === 503) && !isSaid ? { 'Retry-After': '1' } : {};
}

/** A 500 that says what in the document cannot be used, and where. */
export function unusable(exchange: Exchange, problems: readonly Problem[]): Draft {
  // In no declared shape: it is not the operation that says this.
  return refuse(exchange, { status: 500, detail: problems.map(formatProblem).join('\n'), declared: false });
}
