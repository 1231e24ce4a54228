import { checkRequest, type HttpRequest, headerOf, isJson, type Operation } from '../operation/index.js';
import type { JsonSchema, Violation } from '../schema/index.js';
import { type Diagnostic, diagnosticOf, inOrder } from './diagnostic.js';
import { isCovered } from './media.js';

/** The places that Prism looks at, in its order. */
const places = ['header', 'query', 'path'] as const;

/** What Prism finds wrong with parameters and body of a request, and what it warns of; and what we find. */
export function requestFindings(
  operation: Operation,
  request: HttpRequest,
  pathParameters: Readonly<Record<string, string>>,
): { readonly diagnostics: readonly Diagnostic[]; readonly violations: readonly Violation[] } {
  const media = mediaTypeDiagnostics(operation, request);
  const read = asRead(operation, request);
  const { violations: ours } = checkRequest(operation, withoutEmpty(operation, read), pathParameters);
  const ofText = textViolations(operation, read);
  const violations = ofText === null ? ours : [...ours.filter((each) => each.in !== 'body'), ...ofText];
  const body = media.length > 0 ? media : bodyDiagnostics(operation, request, violations);
  const parameters = places.flatMap((place) => [
    ...violations.filter((violation) => violation.in === place).flatMap((each) => ofParameter(each, place)),
    ...deprecated(operation, request, place, pathParameters),
  ]);
  return { diagnostics: [...body, ...parameters], violations };
}

const mediaTypeIn = (request: HttpRequest): string | undefined => headerOf(request, 'content-type');

/** A body without a media type is taken for the first that is declared, and one that is not there for none. */
function asRead({ requestBody }: Operation, request: HttpRequest): HttpRequest {
  const hasBody = request.body !== null && request.body.length > 0;
  const [first] = requestBody?.content ?? [];
  if (!hasBody) return { ...request, body: null, headers: { ...request.headers, 'content-type': undefined } };
  if (mediaTypeIn(request) !== undefined || first === undefined) return request;
  return {
    ...request,
    headers: { ...request.headers, 'content-type': first.mediaType.replaceAll('*/*', 'application/json') },
  };
}

/** What is wrong with a body that Prism reads as a text, which is any but JSON and forms; null where it is none. */
function textViolations({ requestBody }: Operation, request: HttpRequest): readonly Violation[] | null {
  const given = mediaTypeIn(request);
  if (request.body === null || given === undefined || isJson(given) || formTypes.test(given)) return null;
  const content = requestBody?.content.find(({ mediaType }) => isCovered(given, mediaType));
  return content?.schema?.validate(new TextDecoder().decode(request.body), 'body') ?? [];
}

/** A parameter whose whole value is the empty text is not there for Prism. */
function withoutEmpty({ parameters }: Operation, request: HttpRequest): HttpRequest {
  const isText = (name: string, place: string, isSame = (other: string) => other === name) =>
    parameters.some(
      (each) => each.in === place && isSame(each.name) && !/^(array|object)$/.test(typeOf(each.schema.value)),
    );
  const [path = '', query] = request.target.split(/\?(.*)/s, 2);
  const pairs = query?.split('&').filter((pair) => {
    const [name = '', ...value] = pair.split('=');
    return value.join('=') !== '' || !isText(decoded(name), 'query');
  });
  const headers = Object.entries(request.headers).map(([name, value]) => {
    const isEmpty = value === '' && isText(name, 'header', (other) => other.toLowerCase() === name);
    return [name, isEmpty ? undefined : value];
  });
  const target = pairs === undefined || pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
  return { ...request, target, headers: Object.fromEntries(headers) };
}

const typeOf = (schema: JsonSchema): string => String(typeof schema === 'boolean' ? '' : schema.type);

function mediaTypeDiagnostics({ requestBody }: Operation, request: HttpRequest): Diagnostic[] {
  if (request.body === null || request.body.length === 0) return [];
  const declared = requestBody?.content ?? [];
  const given = mediaTypeIn(request);
  const isSupported =
    requestBody !== null && (given === undefined || declared.some(({ mediaType }) => isCovered(given, mediaType)));
  if (isSupported) return [];
  const message =
    declared.length > 0
      ? `Supported content types: ${declared.map(({ mediaType }) => mediaType).join(',')}`
      : 'No supported content types, but request included a non-empty body';
  return [{ message, code: 415, severity: 'Error' }];
}

function bodyDiagnostics(operation: Operation, request: HttpRequest, violations: readonly Violation[]): Diagnostic[] {
  const found = violations.filter((violation) => violation.in === 'body');
  if (found.some(({ keyword, pointer }) => keyword === 'missing' && pointer === '')) {
    // That a form of 2.0 has to be there its members say, and Prism holds only a body that is there against them.
    if (operation.document.declaredVersion.startsWith('2') && isForm(operation)) return [];
    return [{ code: 'required', message: 'Body parameter is required', severity: 'Error' }];
  }
  const reserved = reservedDiagnostics(operation, request);
  return reserved.length > 0
    ? reserved
    : inOrder(found).flatMap((violation) => diagnosticOf(violation, 'Request', 'body'));
}

function isForm({ requestBody }: Operation): boolean {
  return requestBody?.content.some(({ mediaType }) => formTypes.test(mediaType)) === true;
}

const formTypes = /^(multipart\/|application\/x-www-form)/i;

/** Characters of a form that stand as they are where the Encoding Object does not allow it (OpenAPI 3.0, 4.7.15). */
function reservedDiagnostics({ requestBody }: Operation, request: HttpRequest): Diagnostic[] {
  const given = mediaTypeIn(request);
  const content = requestBody?.content.find(({ mediaType }) => given !== undefined && isCovered(given, mediaType));
  if (content === undefined || given === undefined || request.body === null) return [];
  const text = new TextDecoder().decode(request.body);
  const values = /multipart/i.test(given) ? partsOf(text) : pairsOf(text);
  return Object.entries(content.encoding).flatMap(([name, { style, allowReserved }]): Diagnostic[] => {
    if (typeof style !== 'string' || allowReserved === true) return [];
    const isReserved = /[/?#[\]@!$&'()*+,;=]/.test(values.get(name) ?? '');
    return isReserved
      ? [{ path: ['body', name], message: 'Reserved characters used in request body', severity: 'Error' }]
      : [];
  });
}

const pairsOf = (text: string): Map<string, string> =>
  new Map(
    text.split('&').map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=');
      return [decoded(name), value.join('=')];
    }),
  );

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const partsOf = (text: string): Map<string, string> =>
  new Map(
    [...text.matchAll(/name="([^"]*)"[^\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n([\s\S]*?)\r?\n--/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );

/** Prism knows parameters by their names in lower case. */
function ofParameter(violation: Violation, place: string): Diagnostic[] {
  const { keyword, pointer } = violation;
  const isRoot = (keyword === 'missing' || keyword === 'required') && pointer.lastIndexOf('/') === 0;
  const expected = isRoot ? pointer.slice(1).toLowerCase() : violation.expected;
  return diagnosticOf({ ...violation, pointer: lowered(pointer), expected }, 'Request', place);
}

const lowered = (pointer: string): string => pointer.replace(/^\/[^/]*/, (name) => name.toLowerCase());

function deprecated(
  { parameters }: Operation,
  request: HttpRequest,
  place: (typeof places)[number],
  pathParameters: Readonly<Record<string, string>>,
): Diagnostic[] {
  const query = new URL(request.target, 'http://localhost').searchParams;
  const sent = {
    header: (name: string) => headerOf(request, name),
    query: (name: string) => query.get(name),
    path: (name: string) => pathParameters[name],
  }[place];
  return parameters
    .filter((parameter) => parameter.in === place && parameter.deprecated && sent(parameter.name))
    .map(({ name }) => ({
      path: [place, name],
      code: 'deprecated',
      message: `${place.charAt(0).toUpperCase()}${place.slice(1)} param ${name} is deprecated`,
      severity: 'Warning',
    }));
}
