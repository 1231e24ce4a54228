import type { Content, Header, Operation, Response } from '../operation/index.js';
import type { Json } from '../text/value.js';
import { bestContent } from './media.js';
import { PrismProblem } from './problem.js';

/** What is wanted of the answer to a valid request. */
export interface Wanted {
  readonly code: number | undefined;
  readonly example: string | undefined;
  readonly dynamic: boolean;
  /** The ranges of Accept, or null where there is no such field. */
  readonly accepted: readonly string[] | null;
}

/** What is answered, before its body is made. */
export interface Negotiated {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly mediaType: string | null;
  readonly content: Content | null;
  /** The example that is shown; undefined where the body is made from the schema. */
  readonly example: { readonly value: Json; readonly name: string } | undefined;
}

/** A response, and the status that it is sent with. */
interface Chosen {
  readonly status: number;
  readonly response: Response;
}

/** The examples of a content as Prism counts them: one for all that have no name, and then those that have one. */
function examplesOf({ examples }: Content): { readonly name: string; readonly value: Json }[] {
  const [unnamed] = examples.filter(({ name }) => name === '');
  const named = examples.filter(({ name }) => name !== '');
  return [...(unnamed === undefined ? [] : [{ name: 'default', value: unnamed.value }]), ...named];
}

/**
 * The answer to a valid request: the lowest 2XX, `default`, the first response; or what is asked for by `code`.
 * @throws PrismProblem 404, 406 or 500 where there is none
 */
export function negotiateValid(operation: Operation, wanted: Wanted): Negotiated {
  if (wanted.code === undefined) return negotiateUsual(operation, wanted);
  const chosen = withStatus(operation.responses, wanted.code) ?? byDefault(operation.responses, wanted.code);
  if (chosen === undefined) {
    throw new PrismProblem('NOT_FOUND', `Requested status code ${wanted.code} is not defined in the document.`);
  }
  try {
    return negotiateContent(operation, wanted, chosen);
  } catch (error) {
    if (!(error instanceof PrismProblem)) throw error;
    return negotiateUsual(operation, wanted);
  }
}

function negotiateUsual(operation: Operation, wanted: Wanted): Negotiated {
  const { responses } = operation;
  const successes = responses.filter(({ key }) => /^2(\d\d|XX)$/.test(key));
  const [lowest] = successes.sort((a, b) => (a.key < b.key ? -1 : 1));
  const first = lowest ?? responses.find(({ key }) => key === 'default') ?? responses[0];
  if (first === undefined) throw new PrismProblem('NO_RESPONSE_RESPONSE_DEFINED', '');
  const status = first.key === 'default' ? 200 : Number(first.key.replace('XX', '00'));
  return negotiateContent(operation, wanted, { status, response: first });
}

function negotiateContent({ method }: Operation, wanted: Wanted, { status, response }: Chosen): Negotiated {
  const { headers, content: contents } = response;
  const empty: Negotiated = { status, headers, mediaType: null, content: null, example: undefined };
  if (method === 'HEAD') return empty;
  const { accepted } = wanted;
  if (accepted === null) {
    const usual = contents.find(({ mediaType }) => mediaType === '*/*');
    const content = usual ?? bestContent(contents, ['application/json', '*/*']);
    return content === undefined ? { ...empty, mediaType: 'text/plain' } : shown(empty, content, wanted);
  }
  const content = bestContent(contents, accepted);
  if (content !== undefined) {
    const negotiated = shown(empty, content, wanted);
    return negotiated.mediaType === '*/*' ? { ...negotiated, mediaType: 'text/plain' } : negotiated;
  }
  const mayBeEmpty = contents.length === 0 || status === 204 || accepted.some((range) => range.includes('*/*'));
  if (!mayBeEmpty) throw new PrismProblem('NOT_ACCEPTABLE', `Unable to find content for ${accepted.join(',')}`);
  return empty;
}

function shown(empty: Negotiated, content: Content, { example, dynamic }: Wanted): Negotiated {
  const { mediaType } = content;
  const examples = examplesOf(content);
  if (example !== undefined) {
    const named = examples.find(({ name }) => name === example);
    if (named === undefined) throw new PrismProblem('NOT_FOUND', noExample(mediaType, example));
    return { ...empty, mediaType, content, example: named };
  }
  if (!dynamic) return { ...empty, mediaType, content, example: examples[0] };
  if (content.schema !== null) return { ...empty, mediaType, content };
  throw new PrismProblem('UNKNOWN', `Tried to force a dynamic response for: ${mediaType} but schema is not defined.`);
}

const noExample = (mediaType: string, name: string): string =>
  `Response for contentType: ${mediaType} and exampleKey: ${name} does not exist.`;

/**
 * The answer to a request that is not valid, of those that the document has for these statuses, best first.
 * @returns null where it has none
 * @throws PrismProblem 404 where the example that is asked for is not there
 */
export function negotiateInvalid(
  { responses }: Operation,
  statuses: readonly number[],
  example: string | undefined,
): Negotiated | null {
  const [first = 422] = statuses;
  const found = statuses.map((status) => withStatus(responses, status)).find((chosen) => chosen !== undefined);
  const chosen = found ?? byDefault(responses, first);
  if (chosen === undefined) return null;
  const { status, response } = chosen;
  const empty: Negotiated = { status, headers: response.headers, mediaType: null, content: null, example: undefined };
  const content = response.content.find((each) => examplesOf(each).length > 0);
  if (content !== undefined) {
    const examples = examplesOf(content);
    const named = example === undefined ? examples[0] : examples.find(({ name }) => name === example);
    if (named === undefined) throw new PrismProblem('NOT_FOUND', noExample(content.mediaType, example ?? ''));
    return { ...empty, mediaType: content.mediaType, content, example: named };
  }
  const withSchema = response.content.find(({ schema }) => schema !== null);
  return withSchema === undefined ? empty : { ...empty, mediaType: withSchema.mediaType, content: withSchema };
}

function withStatus(responses: readonly Response[], status: number): Chosen | undefined {
  const response =
    responses.find(({ key }) => key === String(status)) ??
    responses.find(({ key }) => key === `${String(status).charAt(0)}XX`);
  return response && { status, response };
}

function byDefault(responses: readonly Response[], status: number): Chosen | undefined {
  const response = responses.find(({ key }) => key === 'default');
  return response && { status, response };
}
